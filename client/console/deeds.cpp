#include "client/console/deeds.h"

#include <algorithm>
#include <array>

#include "client/console/caller_deeds.h"
#include "client/console/handover_deeds.h"
#include "client/console/many_deeds.h"
#include "client/console/paper_deeds.h"
#include "client/console/personal_deeds.h"
#include "client/console/record_deeds.h"
#include "client/console/striking_deed.h"
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
  for (const auto& [dimension, chosen] : wish.pairs("codes")) change.codes[dimension] = chosen;
  change.statistics_refused = wish.choice("statistics_refused");
  client::Releases releases(place.device.home, place.casework(), place.device.line, place.clock);
  const auto released = releases.code(*subject, change);
  if (!released) return pass_on(released.error());
  return json{{"released", *released}};
}

Outcome<json> sync_now(Workplace& place, const Wish& /*wish*/) {
  const auto done = place.casework().sync();
  place.state.online = done.has_value() || done.error().exit_code != EX_TEMPFAIL;
  if (!done) return pass_on(done.error());
  place.state.synced = place.clock.now();
  return json::object();
}

// The person is still there: the door has seen to it.
Outcome<json> stay(Workplace& /*place*/, const Wish& /*wish*/) { return json::object(); }

struct Deed {
  std::string_view name;
  Outcome<json> (*run)(Workplace& place, const Wish& wish);
};
constexpr std::array all_deeds{
    Deed{"next", next_case},
    Deed{"assign", assign},
    Deed{"reply", reply},
    Deed{"note", note},
    Deed{"offer_fresh_code", offer_fresh_code},
    Deed{"send_held", send_held},
    Deed{"drop_unsent", drop_unsent},
    Deed{"note_for_me", note_for_me},
    Deed{"drop_note_for_me", drop_note_for_me},
    Deed{"many", many},
    Deed{"prepare_caller_report", prepare_caller_report},
    Deed{"send_caller_report", send_caller_report},
    Deed{"code", code},
    Deed{"record", record_item},
    Deed{"merge", merge},
    Deed{"split", split},
    Deed{"reopen", reopen},
    Deed{"open_identity", open_identity},
    Deed{"ask_consent", ask_for_consent},
    Deed{"record_consent", record_consent},
    Deed{"prepare_escalation", prepare_escalation},
    Deed{"send_escalation", send_escalation},
    Deed{"withdraw_escalation", withdraw_escalation},
    Deed{"prepare_paper", prepare_paper},
    Deed{"take_paper", take_paper},
    Deed{"take_audit", take_audit},
    Deed{"propose_erasure", propose_erasure},
    Deed{"propose_striking", propose_striking},
    Deed{"countersign", countersign},
    Deed{"sync", sync_now},
    Deed{"stay", stay},
};

}  // namespace

client::Outcome<json> do_deed(Workplace& place, const json& wish) {
  const Wish read(wish);
  const auto* const deed = std::ranges::find(all_deeds, read.text("deed"), &Deed::name);
  if (deed == all_deeds.end()) {
    return problem(EX_USAGE, "The console has no such deed. Load the page anew.");
  }
  if (!place.state.fault.empty() && deed->run != sync_now && deed->run != stay) {
    return problem(EX_PROTOCOL, place.state.fault);
  }
  auto done = deed->run(place, read);
  if (!done) return done;
  (*done)["done"] = true;
  return done;
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
