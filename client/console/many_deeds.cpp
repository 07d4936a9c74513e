#include "client/console/many_deeds.h"

#include <algorithm>
#include <array>

#include "client/console/sentences.h"
#include "client/lib/assigning.h"
#include "client/lib/recording.h"
#include "client/lib/second_closing.h"
#include "client/lib/triage.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

// Each returns what takes it back.
Outcome<std::string> treat(client::Casework& casework, const crypto::CaseId& subject,
                           const std::string& as) {
  return client::treat_as(casework, subject, as);
}

Outcome<std::string> give(client::Casework& casework, const crypto::CaseId& subject,
                          const std::string& to) {
  crypto::DeviceId device;
  if (!to.empty() && !client::from_hexadecimal(to, device.fill())) {
    return problem(EX_USAGE, "There is no such colleague. Load the page anew.");
  }
  const client::Case* entry = casework.index().find(subject);
  const std::string before = entry == nullptr || entry->assigned.is_zero()
                                 ? std::string()
                                 : client::hexadecimal(entry->assigned.view());
  const auto done = client::assign_case(casework, subject, device);
  if (!done) return pass_on(done.error());
  return before;
}

Outcome<std::string> end_or_reopen(client::Casework& casework, const crypto::CaseId& subject,
                                   const std::string& reason) {
  const auto done = reason.empty() ? client::reopen_case(casework, subject)
                                   : client::close_answered(casework, subject, reason);
  if (!done) return pass_on(done.error());
  return std::string();
}

struct ManyDeed {
  std::string_view name;
  Outcome<std::string> (*run)(client::Casework& casework, const crypto::CaseId& subject,
                              const std::string& to);
};
constexpr std::array many_deeds{
    ManyDeed{"triage", treat},
    ManyDeed{"assign", give},
    ManyDeed{"close", end_or_reopen},
};

// What ends the whole of it: the line, or the journal, and not this case.
bool ends_all(int exit_code) { return exit_code == EX_TEMPFAIL || exit_code == EX_PROTOCOL; }

}  // namespace

Outcome<json> many(Workplace& place, const Wish& wish) {
  const auto* const deed = std::ranges::find(many_deeds, wish.text("do"), &ManyDeed::name);
  const auto items = wish.objects("items");
  if (deed == many_deeds.end() || items.empty() || items.size() > many_most) {
    return problem(EX_USAGE, "Choose at least one case, and what is to be done with it.");
  }
  json results = json::array();
  for (const json& item : items) {
    const Wish each(item);
    const auto subject = each.id<crypto::CaseId>("case");
    if (!subject) return pass_on(subject.error());
    auto before = deed->run(place.casework(), *subject, each.text("to"));
    if (before && deed->run == end_or_reopen) {
      const auto asked = client::ask_to_countersign_closing(place.casework(), place.device.line,
                                                            *subject, place.hour());
      if (!asked) before = pass_on(asked.error());
    }
    if (before) {
      results.push_back({{"case", each.text("case")}, {"before", *before}});
      continue;
    }
    if (ends_all(before.error().exit_code)) {
      if (results.empty()) return pass_on(before.error());
      return json{{"results", results}, {"stopped", with_said(before.error().sentence)}};
    }
    results.push_back({{"case", each.text("case")},
                       {"problem", before.error().sentence},
                       {"said", said(before.error().sentence)}});
  }
  return json{{"results", results}};
}

}  // namespace meldpunt::console
