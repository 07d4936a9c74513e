#include <nlohmann/json.hpp>

#include "client/cli/handover.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/approving.h"
#include "client/lib/case_words.h"
#include "client/lib/countersigning.h"
#include "client/lib/escalating.h"
#include "client/lib/second_refusals.h"

namespace meldpunt::client {

namespace {

constexpr std::array countersign_own_options{
    config::Option{"yes", config::Type::flag, "",
                   "Sign all that waits without asking; with --refuse, say no to all of it."},
    config::Option{"list", config::Type::flag, "", "Show what waits, and sign nothing."},
    config::Option{"refuse", config::Type::path, "",
                   "Say no instead of signing, for the reason in this file, or - for standard "
                   "input: who proposed it reads it."},
};
constexpr std::array own_erase_options{
    config::Option{"reason", config::Type::path, "",
                   "Read the reason from this file, or - for standard input."},
    config::Option{"yes", config::Type::flag, "", "Propose it without asking, for a script."},
};

// Why nothing is signed; empty: it is.
Outcome<std::string> reason_to_refuse(Call& call) {
  auto reason = text_option(call, "refuse", 4096);
  if (reason && reason->empty() && call.options.has("refuse")) {
    return problem(EX_USAGE, "Why? Give the reason with --refuse FILE: who proposed it reads it.");
  }
  return reason;
}

// Shows one, all of it, and asks. False when nothing is to be done with it now.
Outcome<bool> said_yes(Call& call, const RosterHistory& rosters,
                       const crypto::ToCountersign& request, const std::string& refusal) {
  call.terminal.say("");
  show(call.terminal, request, rosters);
  auto object = json_of(request, rosters);
  object["event"] = "to_countersign";
  call.terminal.print(object);
  if (call.options.flag("list")) return false;
  return confirmed(call, refusal.empty() ? "Sign this as the second person?"
                                         : "Say no to this as the second person?");
}

void tell(Call& call, std::size_t waiting, std::size_t count, const std::string& refusal) {
  const bool no = !refusal.empty();
  call.terminal.say(std::to_string(count) + " of " + std::to_string(waiting) +
                    (no ? " refused." : " signed."));
  call.terminal.print({{"event", no ? "second_refused" : "countersigned"},
                       {"waiting", waiting},
                       {no ? "refused" : "signed", count}});
}

// An approver sees what its box brings, and nothing else.
Outcome<void> from_the_box(Call& call, StaffDevice& staff, const RosterHistory& rosters,
                           const std::string& refusal) {
  Approving desk(staff.home, staff.line, rosters, call.clock);
  const auto waiting = desk.collect();
  for (const std::string& line : desk.take_announcements()) call.terminal.complain(line);
  if (!waiting) return pass_on(waiting.error());
  std::size_t count = 0;
  for (const RequestToSign& request : *waiting) {
    const auto yes = said_yes(call, rosters, request.request, refusal);
    if (!yes) return pass_on(yes.error());
    if (!*yes) continue;
    auto done = refusal.empty() ? desk.sign(request) : desk.refuse(request, refusal);
    if (!done) return done;
    ++count;
  }
  if (auto done = desk.leave_rest(); !done) return done;
  tell(call, waiting->size(), count, refusal);
  return {};
}

// True when it has been signed.
Outcome<bool> sign_proposed(Call& call, StaffDevice& staff, const crypto::ToCountersign& request) {
  Casework& casework = *staff.casework;
  const auto second = sign_second(staff.home, request);
  if (!second) return pass_on(second.error());
  const auto done =
      take_second(casework, staff.line, *second, staff.home.keys().id, hour_of(call.clock.now()));
  if (!done) return pass_on(done.error());
  if (*done == SecondOutcome::outdated) {
    call.terminal.complain(
        "The case has changed since (a new key, or a new message of the reporter): read it, and "
        "propose it again.");
  }
  return *done == SecondOutcome::done;
}

Outcome<bool> refuse_proposed(StaffDevice& staff, const crypto::ToCountersign& request,
                              const std::string& reason) {
  const auto refusal = refuse_second(request, reason);
  if (!refusal) return pass_on(refusal.error());
  const auto filed = file_refusal(*staff.casework, *refusal, staff.home.keys().id,
                                  crypto::random_id<record::ChangeId>());
  if (!filed) return pass_on(filed.error());
  return true;
}

// A coordinator answers what colleagues have proposed, from the journal.
Outcome<void> from_the_journal(Call& call, StaffDevice& staff, const std::string& refusal) {
  Casework& casework = *staff.casework;
  if (auto synced = casework.sync(); !synced) return synced;
  const auto waiting = waiting_for_second(casework);
  if (!waiting) return pass_on(waiting.error());
  std::size_t count = 0;
  std::size_t others = 0;
  for (const auto& request : *waiting) {
    if (proposer_of(request) == staff.home.keys().id) continue;
    ++others;
    const auto yes = said_yes(call, casework.rosters(), request, refusal);
    if (!yes) return pass_on(yes.error());
    if (!*yes) continue;
    const auto answered = refusal.empty() ? sign_proposed(call, staff, request)
                                          : refuse_proposed(staff, request, refusal);
    if (!answered) return pass_on(answered.error());
    if (*answered) ++count;
  }
  const auto carried = carry(casework, staff.line, hour_of(call.clock.now()));
  if (!carried) return pass_on(carried.error());
  tell(call, others, count, refusal);
  return {};
}

}  // namespace

config::Table countersign_options() {
  static constexpr auto all = config::join(staff_options, countersign_own_options);
  return all;
}

config::Table erase_options() {
  static constexpr auto all = config::join(staff_options, own_erase_options);
  return all;
}

Outcome<void> countersign(Call& call) {
  const auto refusal = reason_to_refuse(call);
  if (!refusal) return pass_on(refusal.error());
  const auto staff = open_staff(call);
  if (!staff) return pass_on(staff.error());
  auto rosters = RosterHistory::open((*staff)->home);
  if (!rosters) return pass_on(rosters.error());
  const auto changes = rosters->refresh((*staff)->line);
  if (!changes) return pass_on(changes.error());
  const auto* self = rosters->empty() ? nullptr : rosters->newest().find((*staff)->home.keys().id);
  if (self == nullptr) {
    return problem(EX_NOPERM, "This device is not enrolled: ask the steward.");
  }
  auto done = self->role == crypto::DeviceRole::coordinator
                  ? from_the_journal(call, **staff, *refusal)
                  : from_the_box(call, **staff, *rosters, *refusal);
  tell(call.terminal, **staff);
  if (!done) return done;
  return (*staff)->remember();
}

Outcome<void> erase(Call& call) {
  const auto reason = text_option(call, "reason", 4096);
  if (!reason) return pass_on(reason.error());
  if (reason->empty()) {
    return problem(EX_USAGE, "Why? Give the reason with --reason FILE: the second person sees it.");
  }
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = named_case(call, casework);
  if (!subject) return pass_on(subject.error());
  const auto yes = confirmed(call, "Propose to erase this case for ever?");
  if (!yes) return pass_on(yes.error());
  if (!*yes) return problem(EX_OK, "Nothing was proposed.");
  auto proposed = propose_erasure(casework, (*staff)->line, *subject, *reason);
  if (!proposed) return proposed;
  const auto asked =
      ask_to_countersign_erasure(casework, (*staff)->line, *subject, hour_of(call.clock.now()));
  if (!asked) return pass_on(asked.error());
  call.terminal.say(
      "It is proposed. When a second person has signed, the case's key is erased; "
      "erasing is complete when the vault key has next changed, the backups from "
      "before have expired, and every coordinator's device has been opened since.");
  call.terminal.print({{"event", "erasure_proposed"},
                       {"case", hexadecimal(subject->view())},
                       {"approvers_asked", *asked}});
  return {};
}

}  // namespace meldpunt::client
