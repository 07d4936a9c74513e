// The journal as an access log: shown, written to a file, and such a file checked.
#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/audit_file.h"
#include "client/lib/case_words.h"
#include "client/lib/file.h"
#include "client/lib/taking_out.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t longest_audit_file = std::size_t{1} << 30;

constexpr std::array audit_own_options{
    config::Option{"save", config::Type::path, "",
                   "Write it to this new file, chained and signed, and journal that it was taken "
                   "out."},
    config::Option{"reason", config::Type::text, "",
                   "Why it is taken out, in a few words without names: it is journaled."},
    config::Option{"verify", config::Type::path, "",
                   "Check such a file: no line was changed, dropped or moved. Needs no server and "
                   "no --home; with --home also that a coordinator's device of this region signed "
                   "it."},
};

std::string line_of_access(const nlohmann::json& event) {
  const auto text = [&](const char* name) { return event[name].get<std::string>(); };
  std::string line = std::to_string(event["position"].get<Position>()) + "  " + text("time") +
                     "  " + text("action") + "  " + text("object");
  if (const std::string name = text("name"); !name.empty()) line += "  " + name;
  line += "  " + text("user") + " (" + text("role") + ")";
  for (const char* more : {"detail", "ground", "reason"}) {
    if (const std::string said = text(more); !said.empty()) line += "  " + said;
  }
  if (text("outcome") != "done") line += "  " + text("outcome");
  return line;
}

Outcome<void> show_audit(Call& call, Casework& casework,
                         const std::optional<crypto::CaseId>& subject) {
  const auto cases = subject ? threads_of(casework, *subject) : std::set<crypto::CaseId>{};
  const auto heads = journaled_heads(casework, cases);
  if (!heads) return pass_on(heads.error());
  const AccessLog log(casework);
  for (const JournaledHead& head : *heads) {
    nlohmann::json event = log.json_of(log.of(head));
    call.terminal.say(line_of_access(event));
    event["line"] = "event";
    call.terminal.print(event);
  }
  return {};
}

Outcome<void> save_audit(Call& call, Casework& casework,
                         const std::optional<crypto::CaseId>& subject) {
  const Path path = call.options.path("save");
  if (auto possible = is_new_file(path); !possible) return possible;
  auto taken =
      take_out_audit(casework, subject.value_or(crypto::CaseId{}), call.options.text("reason"));
  if (!taken) return taken;
  const auto text = audit_file(casework, subject);
  if (!text) return pass_on(text.error());
  if (auto written = write_new_file(path, crypto::as_bytes(*text)); !written) return written;
  call.terminal.say("Written to " + path.string() +
                    ", for you alone. Whoever gets it checks it with 'audit --verify'.");
  call.terminal.print({{"event", "audit_taken"}, {"file", path.string()}});
  return {};
}

// Whether the signature is of this region; nothing to say without a home.
Outcome<void> check_signer(Call& call, const AuditFile& file) {
  if (!call.options.has("home")) {
    call.terminal.say(
        "Whose device signed it was not checked: a coordinator does that with "
        "--home.");
    return {};
  }
  const auto path = home_path(call);
  if (!path) return pass_on(path.error());
  const auto passphrase =
      call.terminal.secret(call.options.text("passphrase-file"), "Passphrase of this device: ");
  if (!passphrase) return pass_on(passphrase.error());
  const auto home = Home::open(*path, passphrase->view());
  if (!home) return pass_on(home.error());
  const auto rosters = RosterHistory::open(*home);
  if (!rosters) return pass_on(rosters.error());
  if (file.region_id != home->pin().region || !is_of_region(file, *rosters)) {
    return problem(EX_DATAERR,
                   "no coordinator's device of this region signed this file: it is somebody "
                   "else's, or this home's rosters are older than the file. Run 'cases' first");
  }
  call.terminal.say("Signed by " + rosters->name_of(file.device) + ", a coordinator's device.");
  return {};
}

Outcome<void> verify_audit(Call& call) {
  const auto text = call.terminal.read_input(call.options.text("verify"), longest_audit_file);
  if (!text) return pass_on(text.error());
  const auto file = verify_audit_file(*text);
  if (!file) return pass_on(file.error());
  if (auto checked = check_signer(call, *file); !checked) return checked;
  const std::string words = five_words(file->chain, english_words());
  call.terminal.say("The file is as it was written: " + std::to_string(file->events) +
                    " events of " + file->region + ", made " + file->made +
                    ". Its five words: " + words);
  call.terminal.print({{"event", "audit_verified"},
                       {"events", file->events},
                       {"region", file->region},
                       {"made", file->made},
                       {"words", words}});
  return {};
}

}  // namespace

config::Table audit_options() {
  static constexpr auto all = config::join(staff_options, audit_own_options);
  return all;
}

Outcome<void> audit(Call& call) {
  if (call.options.has("verify")) return verify_audit(call);
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  std::optional<crypto::CaseId> subject;
  if (!call.options.positional().empty()) {
    const auto named = named_case(call, casework);
    if (!named) return pass_on(named.error());
    subject = *named;
  }
  if (call.options.has("save")) return save_audit(call, casework, subject);
  return show_audit(call, casework, subject);
}

}  // namespace meldpunt::client
