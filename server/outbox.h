// Answers on their way to the listener, which alone owns the sockets. Filling it wakes the listener
// through a descriptor that it polls.
#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include "server/work_queue.h"

namespace meldpunt::server {

class Outbox {
 public:
  Outbox() : wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (wake_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  }
  ~Outbox() { ::close(wake_); }
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  void push(Outgoing answer) {
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      first = answers_.empty();
      answers_.push_back(std::move(answer));
    }
    // Whoever put the first has woken the listener, which then takes all: one call into the kernel
    // for many answers.
    if (first) wake();
  }
  // Also wakes the listener for other reasons: room in the queue, the end.
  void wake() {
    const std::uint64_t one = 1;
    // A full counter means that the listener has been woken already.
    static_cast<void>(!::write(wake_, &one, sizeof one));
  }
  std::vector<Outgoing> take_all() {
    std::uint64_t ignored = 0;
    static_cast<void>(!::read(wake_, &ignored, sizeof ignored));
    const std::lock_guard lock(mutex_);
    return std::exchange(answers_, {});
  }
  [[nodiscard]] int descriptor() const { return wake_; }

 private:
  const int wake_;
  std::mutex mutex_;  // guards answers_
  std::vector<Outgoing> answers_;
};

}  // namespace meldpunt::server
