// One visit of the reporter's page: everything that page_core.h offers, in the types of the core.
//
// The order in which it carries what waits: replies that live, replies to burn, and then what is
// sent, first come first served.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "client/lib/beats.h"
#include "client/lib/reporter_outgoing.h"
#include "client/page/core/correspondence.h"
#include "client/page/core/page_puzzle.h"
#include "crypto/code.h"

namespace meldpunt::page {

using client::Beats;

enum class NoticeState : std::uint8_t { waiting = 0, taken = 1, refused = 2, unreachable = 3 };
enum class SendingState : std::uint8_t {
  waiting = 0,
  sending = 1,
  solving = 2,
  arrived = 3,
  refused = 4,
  cancelled = 5
};

struct Line {
  NoticeState notice = NoticeState::waiting;
  bool clock_is_off = false;
  std::chrono::seconds busy{0};
  std::chrono::seconds daemon_time{0};  // 0: unknown
  bool alarm = false;
};

struct Sending {
  SendingState state = SendingState::waiting;
  std::size_t acknowledged = 0;
  std::size_t total = 0;
};

// What the page last said: WebAssembly has no clock.
class ToldTime : public client::WallClock {
 public:
  explicit ToldTime(std::chrono::seconds now) : now_(now) {}
  [[nodiscard]] std::chrono::seconds now() const override { return now_; }
  void set(std::chrono::seconds now) { now_ = now; }

 private:
  std::chrono::seconds now_;
};

struct WordLists {
  crypto::WordList english;
  crypto::WordList dutch;
};

class Page : private client::SessionView {
 public:
  Page(crypto::Pin pin, WordLists words, std::chrono::seconds now, Beats::Steady steady,
       std::chrono::milliseconds beat);

  [[nodiscard]] const WordLists& words() const { return words_; }
  [[nodiscard]] const crypto::RegionId& region() const { return source_.pin().region; }
  crypto::Result<crypto::Code> parse_code(std::string_view typed) const;

  void take_keys(crypto::ThreadKeys keys);
  // Null before.
  [[nodiscard]] Correspondence* correspondence() { return correspondence_.get(); }

  // The number to ask for. `way_back` needs take_keys() first, and is malformed without.
  crypto::Result<std::size_t> send(client::Outgoing outgoing, bool way_back);
  [[nodiscard]] std::optional<Sending> sending(std::size_t number) const;
  bool cancel(std::size_t number);

  const crypto::Frame& prepare();
  [[nodiscard]] Beats::Steady due() const { return beats_.due(); }
  // Before each of the calls below: for the jitter of the beat that follows.
  void draw(std::uint32_t draw) { draw_ = draw; }
  void take(crypto::FrameView answer, std::chrono::seconds now, Beats::Steady steady);
  void not_delivered(client::Delivery why, Beats::Steady steady);
  void resume(Beats::Steady steady) { beats_.skip_to(steady); }
  void change_beat(std::chrono::milliseconds beat, Beats::Steady steady);

  [[nodiscard]] Line line(std::chrono::seconds now);
  [[nodiscard]] PagePuzzle& puzzle() { return puzzle_; }

 private:
  struct Sent {
    std::unique_ptr<client::PutReports> put;  // null when it is over
    Sending last;
  };

  void notice_taken(const client::NoticeSource& source) override;
  void notice_refused(crypto::Error why) override;
  void not_delivered(client::Delivery why) override;
  void busy(std::chrono::seconds wait) override;
  [[nodiscard]] std::vector<client::Errand*> errands();
  void settle();
  void end(Sent& sent, SendingState state);

  WordLists words_;
  ToldTime time_;
  client::NoticeSource source_;
  std::uint32_t draw_ = 0;
  Beats beats_;
  PagePuzzle puzzle_;
  std::unique_ptr<Correspondence> correspondence_;
  std::vector<Sent> sent_;
  Beats::Steady steady_;
  Beats::Steady busy_until_{};
  NoticeState notice_ = NoticeState::waiting;
  bool alarm_ = false;
};

}  // namespace meldpunt::page
