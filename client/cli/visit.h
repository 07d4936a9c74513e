// One session of a reporter's command: pin and code in, errands carried, trouble told in sentences.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>

#include "client/cli/command.h"
#include "client/cli/reporter_texts.h"
#include "client/lib/session.h"
#include "config/client_options.h"
#include "crypto/code.h"
#include "crypto/thread.h"

namespace meldpunt::client {

inline constexpr std::array proxy_options{
    config::Option{"proxy", config::Type::text, "",
                   "Connect through this SOCKS proxy, for example Tor's 127.0.0.1:9050."},
};

// The row of a table that has this name; a misspelt one does not compile.
template <std::size_t Size>
consteval config::Option row_of(const std::array<config::Option, Size>& table,
                                std::string_view name) {
  for (const config::Option& row : table) {
    if (row.name == name) return row;
  }
  throw "no such row";
}

[[nodiscard]] Tongue tongue_of(const config::Options& options);

// The pin that --pin names: EX_USAGE without one, EX_DATAERR when it is none.
Outcome<crypto::Pin> load_pin(Call& call);
// From --code-file, or asked for at the terminal.
Outcome<crypto::Code> ask_code(Call& call);
// Takes the 64 MiB and the tenth of a second that a code's keys cost.
Outcome<crypto::ThreadKeys> thread_of(const crypto::Code& code, const crypto::Pin& pin);

// "2026-11-22 13:45 UTC"
[[nodiscard]] std::string format_time(std::chrono::seconds time);

class Visit : private SessionView {
 public:
  // Called after every beat: for telling at once what has come.
  using Progress = std::function<void()>;

  Visit(Call& call, const crypto::Pin& pin);

  // Until every errand is done and the visit is over. EX_UNAVAILABLE, EX_PROTOCOL or EX_TEMPFAIL
  // otherwise. May be called again with what was not done.
  Outcome<void> run(std::span<Errand* const> errands, const Progress& progress = {});

  [[nodiscard]] const NoticeSource& source() const { return source_; }
  // The last thing that went wrong with a notice or on the line, as a sentence; empty: nothing.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

 private:
  void notice_taken(const NoticeSource& source) override;
  void notice_refused(crypto::Error why) override;
  void not_delivered(Delivery why) override;
  void busy(std::chrono::seconds wait) override;
  void beat_over(unsigned exchanges) override;
  void tell_once(const std::string& sentence);

  Call& call_;
  Tongue tongue_;
  NoticeSource source_;
  std::unique_ptr<Line> line_;
  Rhythm rhythm_;
  Progress progress_;
  std::set<std::string> told_;
  std::string trouble_;
};

}  // namespace meldpunt::client
