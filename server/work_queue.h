// What waits for a worker: frames that arrived, and answers that became durable. Answers go first,
// so that what was accepted leaves before anything new is taken.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>

#include "crypto/wire/frame.h"
#include "crypto/wire/messages.h"
#include "server/clock.h"
#include "server/mailboxes.h"

namespace meldpunt::server {

// Where an answer goes back to.
struct Origin {
  Door door = Door::reporters;
  std::array<std::uint8_t, 5> route{};  // ZeroMQ's routing id; it never means anything
  std::optional<crypto::DeviceId> device;
  Moment arrived;
};

using FramePointer = std::unique_ptr<crypto::Frame>;

struct Arrived {
  Origin origin;
  FramePointer frame;
};

struct Finished {
  Origin origin;
  crypto::ResponseKey key;
  crypto::Response response;
};

struct Outgoing {
  Origin origin;
  FramePointer frame;
};

class WorkQueue {
 public:
  using Work = std::variant<Arrived, Finished>;

  explicit WorkQueue(std::size_t limit) : limit_(limit) {}

  // False when the queue is full: the listener stops reading until there is room, and wants to be
  // told then.
  [[nodiscard]] bool has_room() {
    const std::lock_guard lock(mutex_);
    wanted_ = arrived_.size() >= limit_;
    return !wanted_;
  }
  // True once, when there is room again that the listener waits for.
  [[nodiscard]] bool made_room() {
    if (!wanted_) return false;
    const std::lock_guard lock(mutex_);
    return arrived_.size() < limit_ && wanted_.exchange(false);
  }
  void push(Arrived work) {
    {
      const std::lock_guard lock(mutex_);
      arrived_.push_back(std::move(work));
    }
    something_.notify_one();
  }
  // Never refused: there are no more of these than requests that were accepted.
  void push(Finished work) {
    {
      const std::lock_guard lock(mutex_);
      finished_.push_back(std::move(work));
    }
    something_.notify_one();
  }
  // Waits; nullopt after close(), once everything has been handed out.
  std::optional<Work> pop() {
    std::unique_lock lock(mutex_);
    something_.wait(lock, [&] { return closed_ || !finished_.empty() || !arrived_.empty(); });
    if (!finished_.empty()) return take(finished_);
    if (!arrived_.empty()) return take(arrived_);
    return std::nullopt;
  }
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    something_.notify_all();
  }
  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return arrived_.size() + finished_.size();
  }

 private:
  template <class Kind>
  static Work take(std::deque<Kind>& from) {
    Work work(std::move(from.front()));
    from.pop_front();
    return work;
  }

  const std::size_t limit_;
  mutable std::mutex mutex_;          // guards all below
  std::atomic<bool> wanted_ = false;  // room, by the listener; only its change is guarded
  std::condition_variable something_;
  std::deque<Arrived> arrived_;
  std::deque<Finished> finished_;
  bool closed_ = false;
};

}  // namespace meldpunt::server
