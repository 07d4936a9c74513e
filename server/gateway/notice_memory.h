// The notice that every web visitor of this tick gets, and when to ask the daemon for the next one.
//
// The notice tells its own time and the length of its tick, so the next one is due when the
// daemon's tick ends. Where the two clocks differ, what was fetched may be the same notice again:
// then it is asked for more often, until the tick has turned. Pure: times are handed in.
#pragma once

#include <cstdint>
#include <memory>

#include "crypto/wire/notice.h"
#include "server/gateway/token_bucket.h"

namespace meldpunt::gateway {

class NoticeMemory {
 public:
  // `pin` must outlive it.
  explicit NoticeMemory(const crypto::Pin& pin) : pin_(pin) {}

  // Whether the daemon's answer is a notice that the pin vouches for; then it is kept.
  bool take(std::shared_ptr<const crypto::Frame> answer, Time now, std::uint64_t unix_seconds);
  // The daemon did not answer: asks again in a while.
  void missed(Time now);
  // The daemon may be another now.
  void forget(Time now);

  // Null while there is none.
  const std::shared_ptr<const crypto::Frame>& current() const { return current_; }
  bool due(Time now) const { return now >= next_; }

 private:
  const crypto::Pin& pin_;
  std::shared_ptr<const crypto::Frame> current_;
  std::uint32_t tick_ = 0;
  Time next_{};
};

}  // namespace meldpunt::gateway
