#include "client/cli/doctor.h"

#include <nlohmann/json.hpp>

#include "client/cli/served_page.h"
#include "client/cli/staff.h"
#include "client/cli/visit.h"
#include "client/lib/case_words.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::array doctor_own_options{
    row_of(config::reporter_options, "language"),
    config::Option{"page", config::Type::text, "",
                   "Check the page that is served at this address; without --pin nothing else."},
    config::Option{"hash", config::Type::text, "",
                   "The hash of the page as the region published it: 64 hexadecimal digits."},
};

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::good:
      return "good";
    case Verdict::note:
      return "note";
    case Verdict::wrong:
      return "WRONG";
  }
  return {};
}

// Says one finding; the first that is bad decides the exit code.
class Findings {
 public:
  explicit Findings(Terminal& terminal) : terminal_(terminal) {}

  void good(std::string what, const std::string& sentence) {
    tell({std::move(what), Verdict::good, sentence, EX_OK});
  }
  void bad(std::string what, const std::string& sentence, int exit_code) {
    tell({std::move(what), Verdict::wrong, sentence, exit_code});
  }
  void tell(const Finding& finding) {
    const bool fine = finding.verdict != Verdict::wrong;
    const std::string name(verdict_name(finding.verdict));
    terminal_.print({{"event", "finding"},
                     {"what", finding.what},
                     {"fine", fine},
                     {"note", finding.verdict == Verdict::note},
                     {"sentence", finding.sentence}});
    terminal_.say(name + std::string(7 - name.size(), ' ') + finding.what + ": " +
                  finding.sentence);
    if (!fine && exit_code_ == EX_OK) exit_code_ = finding.exit_code;
  }

  [[nodiscard]] Outcome<void> outcome() const {
    if (exit_code_ == EX_OK) return {};
    return problem(exit_code_, "Something is wrong; see above.");
  }

 private:
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

std::string remedy_for(ImageTrouble trouble) {
  switch (trouble) {
    case ImageTrouble::no_program:
      return "meldpunt-image is not beside this program. Install it there, from the same release";
    case ImageTrouble::no_sandbox:
      return "meldpunt-image cannot shut itself in here. Use a system with seccomp";
    case ImageTrouble::no_photo:
    case ImageTrouble::unreadable:
    case ImageTrouble::too_large:
    case ImageTrouble::too_slow:
      break;
  }
  return "meldpunt-image does not do its work here. Install it anew, from the same release, on a "
         "system that lets it run";
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
  const auto staff = open_staff(call);
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

void examine_line(Call& call, Findings& findings, const crypto::Pin& pin) {
  Visit visit(call, pin);
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
}

// What a visitor of the page gets, and who finds a fault in it.
void examine_served(Call& call, Findings& findings, const crypto::Pin* pin) {
  const std::string published = call.options.text("hash");
  if (!published.empty() && !is_page_hash(published)) {
    return findings.bad("published", "--hash takes 64 hexadecimal digits in small letters.",
                        EX_USAGE);
  }
  const auto address = parse_web_address(call.options.text("page"));
  if (!address) return findings.bad("page", address.error().sentence, address.error().exit_code);
  if (!address->tls && !address->is_onion() && !address->is_loopback()) {
    findings.bad("page", "without TLS anybody on the way can read and change it. Use https.",
                 EX_CONFIG);
  }
  const WebLimits limits{.patience = call.options.seconds("timeout")};
  const std::string proxy = call.options.text("proxy");
  const auto page = fetch_web(*address, proxy, limits);
  if (!page) return findings.bad("page", page.error().sentence, page.error().exit_code);
  const auto found = examine_page(*page, published, pin);
  for (const Finding& finding : found) findings.tell(finding);
  if (found.front().verdict == Verdict::wrong) return;
  const auto contact = fetch_web(address->at("/.well-known/security.txt"), proxy, limits);
  if (contact) findings.tell(examine_security_text(*contact, call.clock.now()));
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
  std::optional<crypto::Pin> pin;
  const bool has_page = call.options.has("page");
  if (call.options.has("pin") || !has_page) {
    auto loaded = load_pin(call);
    if (!loaded) {
      findings.bad("pin", loaded.error().sentence, loaded.error().exit_code);
      return findings.outcome();
    }
    pin = std::move(*loaded);
    examine_pin(findings, *pin);
    examine_memory(findings, *pin);
    findings.tell(examine_photos(ImageProgram::beside_this_one(), call.clock));
    examine_line(call, findings, *pin);
  }
  if (has_page) examine_served(call, findings, pin ? &*pin : nullptr);
  if (call.options.has("home")) examine_device(call, findings);
  return findings.outcome();
}

Finding examine_photos(const ImageProgram& program, Clock& clock) {
  const auto trouble = program.trouble(clock);
  if (!trouble) {
    return {"photos", Verdict::good, "they are made anew without what is hidden in them.", EX_OK};
  }
  return {"photos", Verdict::wrong,
          remedy_for(*trouble) + ". Until then no photo is sent or saved; text is.",
          EX_UNAVAILABLE};
}

}  // namespace meldpunt::client
