#include "server/gateway/request_reader.h"

#include <algorithm>
#include <utility>

namespace meldpunt::gateway {

std::size_t RequestReader::room() const {
  switch (state_) {
    case State::head:
      return head_max - held_.size();
    case State::body:
      return crypto::frame_size - filled_;
    case State::waiting:
    case State::complete:
      return 0;
  }
  return 0;
}

RequestReader::Outcome RequestReader::take(std::span<const std::uint8_t> bytes) {
  held_.insert(held_.end(), bytes.begin(), bytes.end());
  return state_ == State::head ? look_for_head() : fill_frame();
}

RequestReader::Outcome RequestReader::look_for_head() {
  const RequestHead head = read_head(held_);
  const bool unfinished = head.outcome == RequestHead::Outcome::incomplete;
  if (unfinished && held_.size() < head_max) return Outcome::more;
  state_ = State::waiting;
  judge(head);
  const std::size_t size = head.outcome == RequestHead::Outcome::complete ? head.size : 0;
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(size));
  return Outcome::head;
}

void RequestReader::judge(const RequestHead& head) {
  using Method = RequestHead::Method;
  wish_ = {.kind = Wish::Kind::refused,
           .without_body = head.method == Method::head,
           .last = true,
           .coding = head.coding};
  if (head.outcome != RequestHead::Outcome::complete || head.chunked) return;
  const bool here = head.path == path_;
  const std::uint64_t length = head.length.value_or(0);
  const bool sends_frame = head.method == Method::post && here && length == crypto::frame_size;
  // Another body is not read, and what follows cannot be told from it.
  if (length != 0 && !sends_frame) return;
  const bool asks = head.method == Method::get || head.method == Method::head;
  wish_.last = !head.keep_alive;
  wish_.kind = sends_frame             ? Wish::Kind::frame
               : asks && here && page_ ? Wish::Kind::page
                                       : Wish::Kind::nothing;
  // A POST without a frame is refused like one with half of it.
  if (head.method == Method::post && here && !sends_frame) {
    wish_.kind = Wish::Kind::refused;
    wish_.last = true;
  }
}

RequestReader::Outcome RequestReader::go_on() {
  if (wish_.kind != Wish::Kind::frame) {
    state_ = State::complete;
    return Outcome::complete;
  }
  state_ = State::body;
  filled_ = 0;
  frame_ = std::make_unique<crypto::Frame>();
  return fill_frame();
}

RequestReader::Outcome RequestReader::fill_frame() {
  const std::size_t size = std::min(held_.size(), crypto::frame_size - filled_);
  const auto end = held_.begin() + static_cast<std::ptrdiff_t>(size);
  std::copy(held_.begin(), end, frame_->begin() + static_cast<std::ptrdiff_t>(filled_));
  filled_ += size;
  held_.erase(held_.begin(), end);
  if (filled_ < crypto::frame_size) return Outcome::more;
  state_ = State::complete;
  return Outcome::complete;
}

RequestReader::Outcome RequestReader::next() {
  state_ = State::head;
  wish_ = {};
  frame_.reset();
  // A waiting connection keeps no memory.
  held_.shrink_to_fit();
  return held_.empty() ? Outcome::more : look_for_head();
}

}  // namespace meldpunt::gateway
