#include "server/gateway/way.h"

#include <utility>

#include "server/gateway/socket.h"

namespace meldpunt::gateway {

Way::Next Way::move(int in, int out, std::span<std::uint8_t> shared, Meter& meter, Judge judge,
                    Time now) {
  std::span<const std::uint8_t> bytes = held_;
  if (held_.empty()) {
    const Transfer read = receive(in, shared);
    if (read.state == Transfer::State::would_block) return Next::read;
    if (read.state == Transfer::State::ended) return Next::reader_left;
    bytes = shared.first(read.bytes);
  }
  std::size_t judged = judged_;
  wait_until_.reset();
  if (judged < bytes.size()) {
    const Verdict verdict = (meter.*judge)(bytes.subspan(judged), now);
    cut_ = verdict.cut;
    if (cut_) return Next::cut;
    judged += verdict.passed;
    wait_until_ = verdict.wait_until;
  }
  const Transfer written = judged > 0 ? send(out, bytes.first(judged)) : Transfer{};
  if (written.state == Transfer::State::ended) return Next::writer_left;
  hold(bytes, written.bytes, judged);
  if (judged_ == 0) {
    blocked_since_.reset();
    return held_.empty() ? Next::again : Next::wait;
  }
  if (!blocked_since_) blocked_since_ = now;
  return Next::write;
}

void Way::hold(std::span<const std::uint8_t> bytes, std::size_t sent, std::size_t judged) {
  judged_ = judged - sent;
  // Swapped, not cleared: what is empty gives its memory back.
  std::vector<std::uint8_t> rest(bytes.begin() + static_cast<std::ptrdiff_t>(sent), bytes.end());
  held_.swap(rest);
}

}  // namespace meldpunt::gateway
