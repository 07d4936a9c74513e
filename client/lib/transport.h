// The line to the daemon: one frame out, one frame in, and never two requests outstanding.
//
// Everybody speaks over a Line, reporters and staff alike. What the frames mean is not its
// business: transport/sealed_exchange.h seals requests and opens responses.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

#include "crypto/wire/frame.h"

namespace meldpunt::client {

enum class Delivery : std::uint8_t {
  answered,     // `answer` holds one frame
  unreachable,  // no connection in time: nothing was sent
  no_answer,    // sent, and no answer in time: it may or may not have arrived
  not_a_frame,  // something else than one frame came back
};

// One sentence for the person at the keyboard.
[[nodiscard]] std::string_view describe(Delivery delivery);

class Line {
 public:
  Line() = default;
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  virtual ~Line() = default;

  // Blocks until the answer is there or `patience` is over. After anything but `answered` the next
  // exchange starts on a new connection, so that a late answer is never taken for another one's.
  // A request that is tried again must have been sealed again: no frame is sent twice.
  virtual Delivery exchange(std::span<std::uint8_t, crypto::frame_size> answer,
                            crypto::FrameView request, std::chrono::milliseconds patience) = 0;
};

}  // namespace meldpunt::client
