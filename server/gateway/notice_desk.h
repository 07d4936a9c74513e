// Answers web visitors who ask for the notice: from memory, or, while there is none, with what the
// daemon is asked for once for all who wait. It asks of its own accord once per tick, and at once
// when its connection to the daemon is new, so that neither the time nor the number of visitors
// shows there, and nobody can be given a notice of his own.
#pragma once

#include <functional>
#include <unordered_map>

#include "server/gateway/counters.h"
#include "server/gateway/fair_queue.h"
#include "server/gateway/frame_line.h"
#include "server/gateway/notice_memory.h"

namespace meldpunt::gateway {

class NoticeDesk {
 public:
  using Clock = Time (*)();
  using UnixClock = std::uint64_t (*)();  // seconds since 1970

  struct Parts {
    boost::asio::io_context& loop;
    server::DaemonPlace& place;
    const crypto::Pin& pin;
    Counters& counters;
    Clock now;
    UnixClock unix_seconds;
    Duration patience;
  };

  // What the parts name must outlive it. Connects at once.
  explicit NoticeDesk(const Parts& parts);
  NoticeDesk(const NoticeDesk&) = delete;
  NoticeDesk& operator=(const NoticeDesk&) = delete;
  ~NoticeDesk() = default;

  // Calls back at once when it knows; with null when nothing was heard in time.
  void ask(ConnectionId id, FrameLine::Answered answered);
  void forget(ConnectionId id) { waiting_.erase(id); }
  void tick();
  void stop();

 private:
  struct Visitor {
    FrameLine::Answered answered;
    Time until;
  };

  void fetch();
  void fetched(const FramePointer& answer);
  void heard(server::DaemonLine::News news);
  void answer_all(const FramePointer& answer);

  Parts parts_;
  NoticeMemory memory_;
  FrameLine line_;
  std::unordered_map<ConnectionId, Visitor> waiting_;
};

}  // namespace meldpunt::gateway
