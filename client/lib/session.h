// A session is a metronome: it fetches the notice, then makes one exchange per beat for as long as
// it is open (docs/protocol.md, "Session"). A beat carries whatever waits, or a GET of a random
// address, which even the server cannot tell from a miss. Who watches the line sees how long the
// session was open, and nothing else.
//
//   beat n is sent at: start + n * beat + jitter(n), jitter drawn per beat, whatever it carries
//
// A session lasts a whole number of visits, 12 answers each unless set otherwise: what does not fit
// one visit, because it has many parts or the server was busy, takes as many more visits as it
// needs. An answer that is late for the next beat moves it to the first one after. Everything is
// sealed between beats, right after an answer, never when the beat is due.
//
// An answer that cannot be opened means that the request key has changed: the next beat fetches
// the notice and a later one tries again. A busy server is asked again after the beats it named.
// Nothing is sent twice: what is tried again is sealed again.
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

class Session {
 public:
  // A number below `limit`, for the jitter; it must not depend on anything that is sent.
  using Draw = std::function<std::uint32_t(std::uint32_t limit)>;

  // All must outlive it.
  Session(Line& line, NoticeSource& source, Clock& clock, Rhythm rhythm, Draw draw,
          SessionView& view);

  // Carries the errands, in their order, until the visit in which the last is done has ended. With
  // none it is a visit that only reads.
  SessionEnd run(std::span<Errand* const> errands);

 private:
  struct Waiting {  // sealed and ready for its beat
    const crypto::Frame* frame = nullptr;
    Errand* errand = nullptr;  // null: the notice, or a random address
    std::optional<SealedRequest> sealed;
    bool for_notice = false;
  };

  void prepare(std::span<Errand* const> errands);
  bool prepare_errand(std::span<Errand* const> errands);
  void prepare_random();
  [[nodiscard]] bool exchange();
  void handle_notice();
  void handle_response();
  void make_up_for(const crypto::Response& response);
  void wait_for_next_beat();
  [[nodiscard]] unsigned next_beat() const;

  Line& line_;
  NoticeSource& source_;
  Clock& clock_;
  Rhythm rhythm_;
  Draw draw_;
  SessionView& view_;

  crypto::Frame request_for_notice_{};
  crypto::Frame answer_{};
  Waiting waiting_;
  Clock::Steady start_{};
  unsigned beat_ = 0;        // on the grid
  unsigned exchanges_ = 0;   // towards the visit
  unsigned not_before_ = 0;  // the beat at which a busy server may be asked again
  bool fetch_notice_ = true;
  bool stepped_ = false;  // an errand went forward in this visit
  bool heard_ = false;    // the line has answered
};

// The system generator, for programs.
[[nodiscard]] Session::Draw random_draw();

}  // namespace meldpunt::client
