// The receiver's door: a ROUTER with CURVE on a socket of this machine, behind a gateway that
// meters who comes. Questions are answered one after the other, each with one frame; what is no
// frame is dropped.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "client/lib/transport/zmq_line.h"

namespace meldpunt::client {

class Door {
 public:
  using Answer = std::function<void(std::span<std::uint8_t, crypto::frame_size> answer,
                                    crypto::FrameView question)>;

  // std::runtime_error when nothing can listen there. The network must outlive it.
  Door(Network& network, const std::string& endpoint, const crypto::CurveSecret& own);
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;
  ~Door();

  // Until stop() is true; looked at ten times a second.
  void serve(const Answer& answer, const std::function<bool()>& stop);

 private:
  void answer_all(const Answer& answer);

  struct Socket;
  std::unique_ptr<Socket> socket_;
};

}  // namespace meldpunt::client
