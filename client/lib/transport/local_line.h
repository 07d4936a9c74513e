// A line to a function in the same process: what a test, or a story told in one process, puts in
// the daemon's place.
#pragma once

#include <functional>
#include <utility>

#include "client/lib/transport.h"

namespace meldpunt::client {

class LocalLine : public Line {
 public:
  using Answer = std::function<Delivery(std::span<std::uint8_t, crypto::frame_size> answer,
                                        crypto::FrameView request)>;

  explicit LocalLine(Answer answer) : answer_(std::move(answer)) {}

  Delivery exchange(std::span<std::uint8_t, crypto::frame_size> answer, crypto::FrameView request,
                    std::chrono::milliseconds /*patience*/) override {
    return answer_(answer, request);
  }

 private:
  Answer answer_;
};

}  // namespace meldpunt::client
