#include "client/cli/visit.h"

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t pin_longest = 4096;

Route route_of(const config::Options& options, const crypto::Pin& pin) {
  return {options.has("endpoint") ? options.text("endpoint") : pin.endpoints.reporters, pin.server,
          options.text("proxy")};
}

Rhythm rhythm_of(const config::Options& options) {
  Rhythm rhythm;
  rhythm.beat = options.milliseconds("beat");
  rhythm.patience = options.seconds("timeout");
  const auto beats = options.number("beats");
  if (beats > 0) rhythm.visit = static_cast<unsigned>(std::min<std::uint64_t>(beats, 100'000));
  return rhythm;
}

}  // namespace

Tongue tongue_of(const config::Options& options) { return tongue_of(options.text("language")); }

Outcome<crypto::Pin> load_pin(Call& call) {
  if (!call.options.has("pin")) {
    return problem(EX_USAGE, "Which region? Name its pin with --pin FILE.");
  }
  const std::string file = call.options.text("pin");
  const auto bytes = call.terminal.read_input(file, pin_longest);
  if (!bytes) return pass_on(bytes.error());
  auto pin = crypto::trust_pin(crypto::as_bytes(*bytes));
  if (!pin) return problem(EX_DATAERR, file, pin.error());
  return std::move(*pin);
}

Outcome<crypto::Code> ask_code(Call& call) {
  const auto typed = call.terminal.secret(call.options.text("code-file"),
                                          text::type_code.in(tongue_of(call.options)));
  if (!typed) return pass_on(typed.error());
  const auto lists = all_words();
  auto code = crypto::Code::parse(crypto::as_text(typed->view()), lists);
  if (!code) return problem(EX_DATAERR, "The code", code.error());
  return std::move(*code);
}

Outcome<crypto::ThreadKeys> thread_of(const crypto::Code& code, const crypto::Pin& pin) {
  auto keys = crypto::derive_thread(code, pin.region);
  if (!keys) return problem(EX_OSERR, "The code's keys", keys.error());
  return std::move(*keys);
}

std::string format_time(std::chrono::seconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{std::chrono::sys_days(days)};
  const auto minutes = std::chrono::floor<std::chrono::minutes>(time - days).count();
  std::array<char, 40> text{};
  (void)std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d UTC",
                      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day()), static_cast<int>(minutes / 60),
                      static_cast<int>(minutes % 60));
  return text.data();
}

Visit::Visit(Call& call, const crypto::Pin& pin)
    : call_(call),
      tongue_(tongue_of(call.options)),
      source_(pin, call.clock),
      line_(call.network.line(route_of(call.options, pin))),
      rhythm_(rhythm_of(call.options)) {}

Outcome<void> Visit::run(std::span<Errand* const> errands, const Progress& progress) {
  progress_ = progress;
  Session session(*line_, source_, call_.clock, rhythm_, random_draw(), *this);
  switch (session.run(errands)) {
    case SessionEnd::done:
      return {};
    case SessionEnd::unreachable:
      return problem(EX_UNAVAILABLE, trouble_);
    case SessionEnd::no_notice:
      return problem(EX_PROTOCOL, "Nothing was sent. " + trouble_);
    case SessionEnd::gave_up:
      return problem(EX_TEMPFAIL, "Not everything was done. Try again later. " + trouble_);
  }
  return {};
}

void Visit::notice_taken(const NoticeSource& source) {
  nlohmann::json alarms = nlohmann::json::array();
  for (const NoticeAlarm alarm : source.alarms()) {
    alarms.push_back(describe(alarm));
    tell_once(describe(alarm));
  }
  const std::string server = format_time(source.daemon_time());
  const std::string own = format_time(call_.clock.now());
  if (source.clock_is_off()) {
    tell_once(std::string(text::clock_off.in(tongue_)) + " (" + own + " / " + server + ")");
  }
  call_.terminal.print({{"event", "notice"},
                        {"server_time", server},
                        {"own_time", own},
                        {"clock_is_off", source.clock_is_off()},
                        {"alarms", alarms}});
}

void Visit::notice_refused(crypto::Error why) {
  trouble_ = "The server's notice is not one of this region: " + std::string(describe(why)) + ".";
  tell_once(trouble_);
}

void Visit::not_delivered(Delivery why) {
  trouble_ = describe(why);
  tell_once(trouble_);
}

void Visit::busy(std::chrono::seconds /*wait*/) {
  trouble_ = text::server_busy.in(tongue_);
  tell_once(trouble_);
}

void Visit::beat_over(unsigned /*exchanges*/) {
  if (progress_) progress_();
}

void Visit::tell_once(const std::string& sentence) {
  if (told_.insert(sentence).second) call_.terminal.complain(sentence);
}

}  // namespace meldpunt::client
