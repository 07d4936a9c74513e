// Reads the requests of one connection, one after the other, out of the bytes as they come, and
// says what each one wants. It holds one head or one frame, and nothing between two requests.
//
// A head is read to its end before anything of the body: whoever serves it can wait for a token
// first. Pure: bytes are handed in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "crypto/wire/frame.h"
#include "server/gateway/request_head.h"

namespace meldpunt::gateway {

struct Wish {
  enum class Kind : std::uint8_t {
    page,
    frame,    // to be exchanged
    nothing,  // that is there
    refused   // the connection cannot go on: what follows cannot be told from a body
  };
  Kind kind = Kind::nothing;
  bool without_body = false;  // HEAD
  bool last = false;          // the connection ends after the answer
  Coding coding = Coding::identity;
};

class RequestReader {
 public:
  enum class Outcome : std::uint8_t {
    more,     // hand in what comes next
    head,     // wish() is known; go_on() reads its frame, if it has one
    complete  // take_frame(), serve, next()
  };

  // `path` must outlive it. `page`: whether there is one to be had.
  RequestReader(std::string_view path, bool page) : path_(path), page_(page) {}

  // How many bytes may be handed in next; more are an error of the caller.
  std::size_t room() const;
  Outcome take(std::span<const std::uint8_t> bytes);
  Outcome go_on();
  // Forgets the request. What was sent behind it is read now.
  Outcome next();

  const Wish& wish() const { return wish_; }
  std::unique_ptr<crypto::Frame> take_frame() { return std::move(frame_); }

  // Between two requests, without a byte of the next.
  bool idle() const { return state_ == State::head && held_.empty(); }

 private:
  enum class State : std::uint8_t { head, waiting, body, complete };

  Outcome look_for_head();
  void judge(const RequestHead& head);
  Outcome fill_frame();

  std::string_view path_;
  bool page_;
  State state_ = State::head;
  Wish wish_;
  std::vector<std::uint8_t> held_;
  std::unique_ptr<crypto::Frame> frame_;
  std::size_t filled_ = 0;  // of frame_
};

}  // namespace meldpunt::gateway
