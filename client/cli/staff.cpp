#include "client/cli/staff.h"

#include <algorithm>

#include "client/lib/case_words.h"
#include "client/lib/personal_notes.h"
#include "client/lib/steward_keys.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t text_longest = std::size_t{64} * 1024;

StaffPatience patience_of(const config::Options& options) {
  StaffPatience patience;
  const std::chrono::milliseconds all = options.seconds("timeout");
  patience.answer =
      std::clamp<std::chrono::milliseconds>(all, std::chrono::milliseconds(100), patience.answer);
  patience.tries = static_cast<int>(std::max<std::int64_t>(1, all / patience.answer));
  return patience;
}

std::string when(crypto::Hour hour) { return format_time(std::chrono::hours(hour)); }

std::string assigned_to(const Case& entry, const Casework& casework) {
  return entry.assigned.is_zero() ? std::string() : casework.rosters().name_of(entry.assigned);
}

}  // namespace

Outcome<std::unique_ptr<StaffDevice>> open_staff(Call& call) {
  const auto path = home_path(call);
  if (!path) return pass_on(path.error());
  const auto passphrase =
      call.terminal.secret(call.options.text("passphrase-file"), "Passphrase of this device: ");
  if (!passphrase) return pass_on(passphrase.error());
  auto home = Home::open(*path, passphrase->view());
  if (!home) return pass_on(home.error());
  const auto dial = [&](const Home& opened) {
    return call.network.line({call.options.has("endpoint") ? call.options.text("endpoint")
                                                           : opened.pin().endpoints.staff,
                              opened.pin().server, call.options.text("proxy")},
                             &opened.keys().curve);
  };
  return StaffDevice::open(std::move(*home), dial, call.clock, patience_of(call.options));
}

Outcome<std::unique_ptr<StaffDevice>> sync_staff(Call& call) {
  auto staff = open_staff(call);
  if (!staff) return staff;
  const auto synced = (*staff)->casework->sync();
  tell(call.terminal, **staff);
  if (!synced) return pass_on(synced.error());
  if (const auto kept = (*staff)->remember(); !kept) return pass_on(kept.error());
  auto notes = PersonalNotes::open((*staff)->home);
  if (!notes) return pass_on(notes.error());
  const auto gone = notes->forget_erased((*staff)->casework->vault_history());
  if (!gone) return pass_on(gone.error());
  return staff;
}

void tell(Terminal& terminal, StaffDevice& staff) {
  for (const std::string& sentence : staff.casework->take_announcements()) {
    terminal.complain(sentence);
  }
  for (const NoticeAlarm alarm : staff.notices.alarms()) terminal.complain(describe(alarm));
}

Outcome<Path> home_path(Call& call) {
  if (!call.options.has("home")) {
    return problem(EX_USAGE, "Which device? Name its directory with --home DIR.");
  }
  return Path(call.options.path("home"));
}

Outcome<crypto::SecretBuffer> new_passphrase(Call& call, const std::string& file,
                                             const std::string& whose) {
  auto first = call.terminal.secret(file, "New passphrase for " + whose + ": ");
  if (!first || !file.empty()) return first;
  const auto second = call.terminal.secret(file, "The same again: ");
  if (!second) return pass_on(second.error());
  if (!crypto::same_secret(first->view(), second->view())) {
    return problem(EX_DATAERR, "The two are not the same. Nothing was made.");
  }
  return first;
}

Outcome<RootKey> read_root_key(Call& call, const crypto::Pin& pin, WhichRoot which) {
  const auto file = read_file(call.options.path("root-key"), 4096);
  if (!file) return pass_on(file.error());
  const auto passphrase = call.terminal.secret(call.options.text("root-passphrase-file"),
                                               "Passphrase of the root key: ");
  if (!passphrase) return pass_on(passphrase.error());
  return open_root_key(*file, passphrase->view(), pin, which);
}

Outcome<std::string> read_text(Call& call, std::string_view question) {
  std::string text;
  if (call.options.has("text-file")) {
    auto read = call.terminal.read_input(call.options.text("text-file"), text_longest);
    if (!read) return read;
    text = std::move(*read);
  } else {
    text = call.terminal.ask_text(question);
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) return problem(EX_DATAERR, "There is no text. Nothing was written.");
  return text;
}

Outcome<crypto::CaseId> named_case(Call& call, const Casework& casework) {
  const auto& operands = call.options.positional();
  if (operands.size() != 1) {
    return problem(EX_USAGE,
                   "Which case? Give its two words, or the first digits of its id: see 'cases'.");
  }
  return case_called(operands.front(), casework);
}

Outcome<crypto::CaseId> case_called(const std::string& name, const Casework& casework) {
  std::vector<crypto::CaseId> found;
  for (const auto& [id, entry] : casework.index().cases()) {
    const bool prefix = name.size() >= shortest_prefix && hexadecimal(id.view()).starts_with(name);
    if (prefix || case_name(id, english_words()) == name) found.push_back(id);
  }
  if (found.empty()) return problem(EX_NOINPUT, "There is no case " + name + ": see 'cases'.");
  if (found.size() > 1) {
    return problem(EX_USAGE,
                   "More than one case is called " + name + ": give more digits of its id.");
  }
  return found.front();
}

std::string line_of(const Case& entry, const Casework& casework) {
  std::string line =
      hexadecimal(entry.id.view().first(4)) + "  " + case_name(entry.id, english_words());
  if (!entry.readable) return line + "  erased";
  line += "  since " + when(entry.oldest);
  if (entry.acute) line += "  ACUTE";
  if (entry.minor) line += "  MINOR";
  line += "  " + std::to_string(entry.reports.size()) +
          (entry.reports.size() == 1 ? " report" : " reports");
  if (entry.waits_for_answer()) line += ", waits for an answer";
  if (const auto count = unposted(entry); count > 0) {
    line += ", " + std::to_string(count) + " to be posted";
  }
  if (!entry.assigned.is_zero()) line += "  (" + assigned_to(entry, casework) + ")";
  return line;
}

}  // namespace meldpunt::client
