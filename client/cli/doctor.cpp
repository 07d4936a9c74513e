#include "client/cli/doctor.h"

#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/visit.h"
#include "client/lib/case_words.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::array doctor_own_options{
    row_of(config::reporter_options, "language"),
};

// Says one finding; the first that is bad decides the exit code.
class Findings {
 public:
  explicit Findings(Terminal& terminal) : terminal_(terminal) {}

  void good(std::string_view what, const std::string& sentence) { tell(what, true, sentence); }
  void bad(std::string_view what, const std::string& sentence, int exit_code) {
    tell(what, false, sentence);
    if (exit_code_ == EX_OK) exit_code_ = exit_code;
  }

  [[nodiscard]] Outcome<void> outcome() const {
    if (exit_code_ == EX_OK) return {};
    return problem(exit_code_, "Something is wrong; see above.");
  }

 private:
  void tell(std::string_view what, bool fine, const std::string& sentence) {
    terminal_.print({{"event", "finding"}, {"what", what}, {"fine", fine}, {"sentence", sentence}});
    terminal_.say(std::string(fine ? "good   " : "WRONG  ") + std::string(what) + ": " + sentence);
  }

  Terminal& terminal_;
  int exit_code_ = EX_OK;
};

void examine_memory(Findings& findings, const crypto::Pin& pin) {
  const auto thread = crypto::derive_thread(crypto::Code::generate(), pin.region);
  if (thread) {
    findings.good("memory", "there is enough to make a code's keys.");
  } else {
    findings.bad("memory", std::string(crypto::describe(thread.error())) + ".", EX_OSERR);
  }
}

void examine_pin(Findings& findings, const crypto::Pin& pin) {
  std::string sentence = "region " + printable(pin.name) + ", pin number " +
                         std::to_string(pin.number) + ", " + printable(pin.endpoints.reporters);
  if (pin.demonstration) sentence += "; a demonstration: send nothing real to it";
  findings.good("pin", sentence + ".");
}

void examine_clock(Findings& findings, const NoticeSource& source, const Clock& clock) {
  const std::string times =
      "this device " + format_time(clock.now()) + ", server " + format_time(source.daemon_time());
  if (source.clock_is_off()) {
    findings.bad("clock", times + ". Set this device's clock; if it is right, tell the steward.",
                 EX_CONFIG);
  } else {
    findings.good("clock", times + ".");
  }
}

void examine_keys(Findings& findings, const NoticeSource& source) {
  const crypto::Bundle& bundle = source.notice()->bundle;
  for (const NoticeAlarm alarm : source.alarms()) {
    findings.bad("keys", describe(alarm), EX_PROTOCOL);
  }
  findings.good("keys", "today's bundle is signed for this region, generation " +
                            std::to_string(bundle.generation) + ".");
  if (bundle.server != source.pin().server || bundle.endpoints != source.pin().endpoints) {
    findings.bad("keys", "the region has moved to other endpoints or keys. Get its new pin.",
                 EX_CONFIG);
  }
}

// What staff is told anyway, and the five words that a colleague's console must show too.
void examine_device(Call& call, Findings& findings) {
  const auto staff = Staff::open(call);
  if (!staff) return findings.bad("device", staff.error().sentence, staff.error().exit_code);
  Casework& casework = *(*staff)->casework;
  const auto synced = casework.sync();
  for (const std::string& sentence : casework.take_announcements()) {
    if (sentence.starts_with("ALARM")) {
      findings.bad("device", sentence, EX_CONFIG);
    } else {
      findings.good("device", sentence);
    }
  }
  if (!synced) return findings.bad("device", synced.error().sentence, synced.error().exit_code);
  findings.good("journal", std::to_string(casework.journal().size()) + " events, which end in: " +
                               five_words(casework.journal().head(), english_words()));
}

}  // namespace

config::Table doctor_options() {
  static constexpr auto all =
      config::join(config::common_options, config::session_options, proxy_options,
                   config::device_options, doctor_own_options);
  return all;
}

Outcome<void> doctor(Call& call) {
  Findings findings(call.terminal);
  const auto pin = load_pin(call);
  if (!pin) {
    findings.bad("pin", pin.error().sentence, pin.error().exit_code);
    return findings.outcome();
  }
  examine_pin(findings, *pin);
  examine_memory(findings, *pin);
  Visit visit(call, *pin);
  bool told = false;
  const auto tell = [&] {
    if (visit.source().notice() == nullptr || std::exchange(told, true)) return;
    findings.good("connection", "the server answers.");
    examine_clock(findings, visit.source(), call.clock);
    examine_keys(findings, visit.source());
  };
  const auto ended = visit.run({}, tell);
  if (!ended && visit.source().notice() == nullptr) {
    const bool answers = ended.error().exit_code == EX_PROTOCOL;
    findings.bad(answers ? "keys" : "connection", visit.trouble(), ended.error().exit_code);
  }
  if (call.options.has("home")) examine_device(call, findings);
  return findings.outcome();
}

}  // namespace meldpunt::client
