// What a session is made of: which frame goes at which beat, and what its answer means. It has no
// thread, no sleep and no socket: whoever keeps time and line asks it, in this order, again and
// again (docs/protocol.md, "The session of a reporter").
//
//   begin                        beat 0 is due at once
//   prepare -> the frame         sealed now, long before it is due
//   due     -> when to send it   start + n * beat + jitter(n), drawn whatever the frame carries
//   take or not_delivered        what came of it; moves on to the first beat after now
//
// The native session (session.h) and the page's core run the same one. All calls come from one
// thread.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>

#include "client/lib/clock.h"
#include "client/lib/notice_source.h"
#include "client/lib/transport.h"
#include "client/lib/transport/sealed_exchange.h"

namespace meldpunt::client {

// What a session carries. All calls come between beats, on the session's thread.
class Errand {
 public:
  Errand() = default;
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;
  virtual ~Errand() = default;

  // What to send at the next beat; nothing when it is done or not ready. Asked again for what was
  // not answered. Must be quick: what takes long runs on a thread of its own.
  virtual std::optional<crypto::Request> prepare(const crypto::Notice& notice) = 0;
  // The answer to what was prepared last. Neither busy nor stale: those the session tries again.
  virtual void answered(const crypto::Response& response) = 0;
  [[nodiscard]] virtual bool done() const = 0;
};

struct Rhythm {
  std::chrono::milliseconds beat{5000};
  unsigned visit = 12;                        // exchanges a visit
  unsigned idle_visits = 3;                   // gives up after so many without a step forward
  std::chrono::milliseconds patience{60000};  // with one answer
  // Asks for the notice once per tick, for a session that stays open for longer than one.
  bool follow_ticks = false;
};

// What a person may want to be told while it runs. Called between beats.
class SessionView {
 public:
  SessionView() = default;
  SessionView(const SessionView&) = delete;
  SessionView& operator=(const SessionView&) = delete;
  virtual ~SessionView() = default;

  virtual void notice_taken(const NoticeSource& /*source*/) {}
  virtual void notice_refused(crypto::Error /*why*/) {}
  virtual void not_delivered(Delivery /*why*/) {}
  virtual void busy(std::chrono::seconds /*wait*/) {}
  virtual void beat_over(unsigned /*exchanges*/) {}
};

enum class SessionEnd : std::uint8_t {
  done,         // every errand is
  no_notice,    // none that the pin vouches for came: nothing was sent
  unreachable,  // the line never answered
  gave_up,      // visits passed without a step forward
};

class Beats {
 public:
  using Errands = std::span<Errand* const>;
  using Steady = Clock::Steady;
  // A number below `limit`, for the jitter; it must not depend on anything that is sent.
  using Draw = std::function<std::uint32_t(std::uint32_t limit)>;

  // `source` and `view` must outlive it.
  Beats(NoticeSource& source, Rhythm rhythm, Draw draw, SessionView& view);

  void begin(Steady now);
  // The frame for the next beat; it stays until take(), not_delivered() or the next prepare(). The
  // errands must live until then, or be let go. Nobody may send the same frame twice.
  const crypto::Frame& prepare(Errands errands);
  [[nodiscard]] Steady due() const { return due_; }
  void take(crypto::FrameView answer, Steady now);
  void not_delivered(Delivery why, Steady now);

  // Once a visit is over and everything is done, or nothing goes forward any more: why the session
  // ends. A session that somebody else ends never asks.
  std::optional<SessionEnd> ended(Errands errands);

  // The errand will be destroyed: the answer to it that may be on its way counts for nothing.
  void let_go(const Errand& errand);
  // No beat was kept for a while: the next one is the first on the grid after now.
  void skip_to(Steady now);
  // A grid of another beat begins now.
  void change_beat(std::chrono::milliseconds beat, Steady now);

  [[nodiscard]] bool heard() const { return heard_; }
  // The next frame, or the one on its way, carries a part of this errand.
  [[nodiscard]] bool carries(const Errand& errand) const { return waiting_.errand == &errand; }

 private:
  struct Waiting {  // sealed and ready for its beat
    const crypto::Frame* frame = nullptr;
    Errand* errand = nullptr;  // null: the notice, or a random address
    std::optional<SealedRequest> sealed;
    bool for_notice = false;
  };

  bool prepare_errand(Errands errands);
  void prepare_random();
  void prepare_notice();
  void handle_notice(crypto::FrameView answer, Steady now);
  void handle_response(crypto::FrameView answer);
  void make_up_for(const crypto::Response& response);
  void set_due();
  void move_on(bool answered, Steady now);
  [[nodiscard]] unsigned next_beat(Steady now) const;

  NoticeSource& source_;
  Rhythm rhythm_;
  Draw draw_;
  SessionView& view_;

  crypto::Frame request_for_notice_{};
  Waiting waiting_;
  Steady start_{};
  Steady due_{};
  Steady notice_until_{};    // when the tick of the notice is over
  unsigned beat_ = 0;        // on the grid
  unsigned exchanges_ = 0;   // towards the visit
  unsigned visit_end_ = 0;   // in exchanges
  unsigned idle_ = 0;        // visits without a step forward
  unsigned not_before_ = 0;  // the beat at which a busy server may be asked again
  bool fetch_notice_ = true;
  bool stepped_ = false;  // an errand went forward in this visit
  bool heard_ = false;    // the line has answered
};

}  // namespace meldpunt::client
