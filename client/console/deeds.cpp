#include "client/console/deeds.h"

#include <algorithm>
#include <array>

#include "client/console/approver_deeds.h"
#include "client/console/caller_deeds.h"
#include "client/console/handover_deeds.h"
#include "client/console/many_deeds.h"
#include "client/console/paper_deeds.h"
#include "client/console/partner_deeds.h"
#include "client/console/personal_deeds.h"
#include "client/console/receiver_deeds.h"
#include "client/console/record_deeds.h"
#include "client/console/retention_answer.h"
#include "client/console/striking_deed.h"
#include "client/console/trends_deeds.h"
#include "client/console/unsent_deeds.h"
#include "client/lib/assigning.h"
#include "client/lib/case_words.h"
#include "client/lib/fresh_code.h"
#include "client/lib/releases.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

Outcome<json> next_case(Workplace& place, const Wish& /*wish*/) {
  const auto chosen = place.casework().next();
  if (!chosen) return pass_on(chosen.error());
  return json{{"case", *chosen ? json(client::hexadecimal((*chosen)->view())) : json()}};
}

Outcome<json> assign(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  crypto::DeviceId device;
  if (!wish.text("device").empty()) {
    const auto named = wish.id<crypto::DeviceId>("device");
    if (!named) return pass_on(named.error());
    device = *named;
  }
  const auto done = client::assign_case(place.casework(), *subject, device);
  if (!done) return pass_on(done.error());
  return json::object();
}

Outcome<json> offer_fresh_code(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const auto number = client::offer_fresh_code(place.casework(), *subject, wish.text("text"));
  if (!number) return pass_on(number.error());
  return json{{"number", *number}};
}

Outcome<json> code(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  client::CodingChange change;
  // The form sends all of them: only what somebody changed has been coded.
  const auto known = client::inflow_codes(place.casework(), *subject);
  for (const auto& [dimension, chosen] : wish.pairs("codes")) {
    const auto shown = known.find(dimension);
    if (shown == known.end() || shown->second != chosen) change.codes[dimension] = chosen;
  }
  change.statistics_refused = wish.choice("statistics_refused");
  client::Releases releases(place.device.home, place.casework(), place.device.line, place.clock);
  const auto released = releases.code(*subject, change);
  if (!released) return pass_on(released.error());
  return json{{"released", *released}};
}

Outcome<void> in_step(Workplace& place) { return place.casework().sync(); }
Outcome<void> in_step(PartnerPlace& place) { return place.collect(); }
Outcome<void> in_step(ApproverPlace& place) { return place.collect(); }
Outcome<void> in_step(ReceiverPlace& place) { return place.look(); }

template <class OfRole>
Outcome<json> sync_now(OfRole& place, const Wish& /*wish*/) {
  const auto done = in_step(place);
  place.state.online = done.has_value() || done.error().exit_code != EX_TEMPFAIL;
  if (!done) return pass_on(done.error());
  place.state.synced = place.clock.now();
  return json::object();
}

// The person is still there: the door has seen to it.
template <class OfRole>
Outcome<json> stay(OfRole& /*place*/, const Wish& /*wish*/) {
  return json::object();
}

template <class OfRole>
struct Deed {
  std::string_view name;
  Outcome<json> (*run)(OfRole& place, const Wish& wish);
};
constexpr std::array coordinators_deeds{
    Deed<Workplace>{"next", next_case},
    Deed<Workplace>{"assign", assign},
    Deed<Workplace>{"reply", reply},
    Deed<Workplace>{"note", note},
    Deed<Workplace>{"offer_fresh_code", offer_fresh_code},
    Deed<Workplace>{"send_held", send_held},
    Deed<Workplace>{"drop_unsent", drop_unsent},
    Deed<Workplace>{"note_for_me", note_for_me},
    Deed<Workplace>{"drop_note_for_me", drop_note_for_me},
    Deed<Workplace>{"many", many},
    Deed<Workplace>{"prepare_caller_report", prepare_caller_report},
    Deed<Workplace>{"send_caller_report", send_caller_report},
    Deed<Workplace>{"code", code},
    Deed<Workplace>{"record", record_item},
    Deed<Workplace>{"add_checklist", add_checklist},
    Deed<Workplace>{"merge", merge},
    Deed<Workplace>{"split", split},
    Deed<Workplace>{"reopen", reopen},
    Deed<Workplace>{"open_identity", open_identity},
    Deed<Workplace>{"ask_consent", ask_for_consent},
    Deed<Workplace>{"record_consent", record_consent},
    Deed<Workplace>{"prepare_escalation", prepare_escalation},
    Deed<Workplace>{"send_escalation", send_escalation},
    Deed<Workplace>{"withdraw_escalation", withdraw_escalation},
    Deed<Workplace>{"prepare_paper", prepare_paper},
    Deed<Workplace>{"take_paper", take_paper},
    Deed<Workplace>{"take_audit", take_audit},
    Deed<Workplace>{"propose_erasure", propose_erasure},
    Deed<Workplace>{"propose_due", propose_due},
    Deed<Workplace>{"propose_striking", propose_striking},
    Deed<Workplace>{"propose_figures", propose_figures},
    Deed<Workplace>{"draw_figures", draw_figures},
    Deed<Workplace>{"send_figures", send_figures},
    Deed<Workplace>{"take_figures", take_figures},
    Deed<Workplace>{"countersign", countersign},
    Deed<Workplace>{"decline", decline},
    Deed<Workplace>{"sync", sync_now<Workplace>},
    Deed<Workplace>{"stay", stay<Workplace>},
};
constexpr std::array partners_deeds{
    Deed<PartnerPlace>{"inbox_answer", inbox_answer},
    Deed<PartnerPlace>{"sync", sync_now<PartnerPlace>},
    Deed<PartnerPlace>{"stay", stay<PartnerPlace>},
};
constexpr std::array approvers_deeds{
    Deed<ApproverPlace>{"countersign", countersign_request},
    Deed<ApproverPlace>{"decline", decline_request},
    Deed<ApproverPlace>{"sync", sync_now<ApproverPlace>},
    Deed<ApproverPlace>{"stay", stay<ApproverPlace>},
};
constexpr std::array receivers_deeds{
    Deed<ReceiverPlace>{"take_figures", take_figures},
    Deed<ReceiverPlace>{"sync", sync_now<ReceiverPlace>},
    Deed<ReceiverPlace>{"stay", stay<ReceiverPlace>},
};

// Through a fault one may look again, and stay.
template <class OfRole, std::size_t Count>
Outcome<json> do_one_of(const std::array<Deed<OfRole>, Count>& deeds, Place& anybody,
                        const Wish& wish) {
  auto& place = dynamic_cast<OfRole&>(anybody);
  const auto* const deed = std::ranges::find(deeds, wish.text("deed"), &Deed<OfRole>::name);
  if (deed == deeds.end()) {
    return problem(EX_USAGE, "This device's console has no such deed. Load the page anew.");
  }
  if (!place.state.fault.empty() && deed->name != "sync" && deed->name != "stay") {
    return problem(EX_PROTOCOL, place.state.fault);
  }
  auto done = deed->run(place, wish);
  if (!done) return done;
  (*done)["done"] = true;
  return done;
}

}  // namespace

client::Outcome<json> do_deed(Place& place, const json& wish) {
  const Wish read(wish);
  switch (place.role) {
    case Role::coordinator:
      return do_one_of(coordinators_deeds, place, read);
    case Role::partner:
      return do_one_of(partners_deeds, place, read);
    case Role::approver:
      return do_one_of(approvers_deeds, place, read);
    case Role::receiver:
      break;
  }
  return do_one_of(receivers_deeds, place, read);
}

unsigned status_of(int exit_code) {
  struct Row {
    int exit_code;
    unsigned status;
  };
  static constexpr std::array rows{
      Row{EX_USAGE, 400},       Row{EX_DATAERR, 422},  Row{EX_NOINPUT, 404},  Row{EX_NOPERM, 409},
      Row{EX_UNAVAILABLE, 410}, Row{EX_TEMPFAIL, 503}, Row{EX_PROTOCOL, 502},
  };
  const auto* const found = std::ranges::find(rows, exit_code, &Row::exit_code);
  return found == rows.end() ? 500 : found->status;
}

}  // namespace meldpunt::console
