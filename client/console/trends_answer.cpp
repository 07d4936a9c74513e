#include "client/console/trends_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/console/blind_spots.h"
#include "client/console/dimension_labels.h"
#include "client/console/http.h"
#include "client/console/iso_time.h"
#include "client/console/trends_periods.h"
#include "client/console/trends_plan_answer.h"
#include "client/console/trends_year.h"
#include "client/lib/case_words.h"
#include "client/lib/receipt_names.h"
#include "client/trends/json_stat.h"

namespace meldpunt::console {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

namespace {

json receipts_of(const client::ReleaseLedger& ledger, const crypto::Hash& release) {
  json list = json::array();
  for (const client::Acknowledged& said : ledger.receipts_of(release)) {
    list.push_back({{"receiver", said.receiver},
                    {"outcome", client::name_of(said.receipt.outcome)},
                    {"hour", iso_hour(said.receipt.hour)},
                    {"remark", said.receipt.remark}});
  }
  return list;
}

json json_of_release(const client::ReleaseLedger& ledger, const client::JournaledRelease& release) {
  const trends::Counted* series = trends::find_series(release.head.series);
  return {{"release", client::hexadecimal(release.hash.view())},
          {"series", series == nullptr ? "" : series->name},
          {"period", trends::name_of(release.period())},
          {"sequence", release.head.sequence},
          {"hour", iso_hour(release.hour)},
          {"cost", json_of(release.charge)},
          {"arrived", ledger.arrived(release.hash)},
          {"receipts", receipts_of(ledger, release.hash)}};
}

json series_and_schedules() {
  json list = json::array();
  for (const trends::Counted* series : {&trends::inflow(), &trends::closures()}) {
    json dimensions = json::array();
    for (const trends::Dimension& each : series->dimensions) dimensions.push_back(json_of(each));
    json schedules = json::array();
    for (const trends::Schedule& each : trends::schedules_of(*series)) {
      json cadences = json::array();
      for (const auto& wanted : each.cadences) cadences.push_back(trends::name_of(wanted.cadence));
      schedules.push_back({{"name", each.name}, {"cadences", std::move(cadences)}});
    }
    list.push_back({{"name", series->name},
                    {"dimensions", std::move(dimensions)},
                    {"schedules", std::move(schedules)}});
  }
  return list;
}

json overview_of(Workplace& place) {
  const client::Releases releases = releases_of(place);
  const client::ReleaseLedger ledger = releases.ledger();
  json list = json::array();
  for (const client::JournaledRelease& each : ledger.all()) {
    list.push_back(json_of_release(ledger, each));
  }
  std::reverse(list.begin(), list.end());
  return {{"series", series_and_schedules()},
          {"years", years_of(place, ledger)},
          {"periods", periods_of(place, releases, ledger)},
          {"releases", std::move(list)}};
}

json json_of_table(const trends::Counted& series, const trends::Table& table) {
  json names = json::array();
  for (std::size_t i = 0; i < series.dimensions.size(); ++i) {
    if (trends::holds_axis(table.axes, i)) names.push_back(series.dimensions[i].name);
  }
  json cells = json::array();
  for (const trends::Cell& cell : table.cells) cells.push_back(json_of(cell));
  return {{"dimensions", std::move(names)},
          {"period", trends::name_of(table.period)},
          {"final", table.final},
          {"cells", std::move(cells)}};
}

// What is in the journal, and nothing that this device knows besides.
Outcome<json> figures_of(Workplace& place, const std::string& named) {
  crypto::Hash hash;
  const client::ReleaseLedger ledger = releases_of(place).ledger();
  const bool is_hash = client::from_hexadecimal(named, hash.fill());
  const auto found = std::ranges::find(ledger.all(), hash, &client::JournaledRelease::hash);
  if (!is_hash || found == ledger.all().end()) {
    return problem(EX_NOINPUT, "There is no such release. Load the page anew.");
  }
  const auto publication = publication_of(*found);
  if (!publication) {
    return problem(EX_PROTOCOL, "These figures cannot be read: a newer version wrote them.");
  }
  json tables = json::array();
  for (const trends::Table& table : publication->tables) {
    tables.push_back(json_of_table(*publication->series, table));
  }
  json object = json_of_release(ledger, *found);
  object["region"] = publication->region;
  object["schedule"] = publication->schedule;
  object["method"] = publication->method;
  object["whole"] = json_of(publication->whole);
  object["tables"] = std::move(tables);
  return object;
}

Outcome<json> sheet_of(Workplace& place, const std::string& named) {
  const auto year = trends::read_period(named);
  if (!year || trends::cadence_of(*year) != trends::Cadence::year) {
    return problem(EX_USAGE, "There is no such year. Load the page anew.");
  }
  const client::ReleaseLedger ledger = releases_of(place).ledger();
  std::vector<trends::Publication> all;
  for (const client::JournaledRelease& release : ledger.all()) {
    if (auto publication = publication_of(release)) all.push_back(std::move(*publication));
  }
  return sheet_of_year(all, *year);
}

bool is_within(const trends::Period& part, const trends::Period& whole) {
  return whole.first <= part.first && part.last <= whole.last;
}

}  // namespace

client::Releases releases_of(Workplace& place) {
  return {place.device.home, place.casework(), place.device.line, place.clock};
}

json json_of(const trends::Cell& cell) {
  return {{"estimate", cell.estimate},
          {"lower", cell.lower},
          {"upper", cell.upper},
          {"uncertain", cell.uncertain()}};
}

std::optional<trends::Publication> publication_of(const client::JournaledRelease& release) {
  const auto travels = crypto::decode_release(release.bytes);
  if (!travels) return std::nullopt;
  return trends::read_json_stat(crypto::as_text(travels->document)).publication;
}

YearTerms terms_for(const client::ReleaseLedger& ledger, const trends::Counted& series,
                    const trends::Period& year) {
  if (auto fixed = client::terms_of_year(ledger, series.id, year)) return {std::move(*fixed), true};
  for (const client::ProposedRelease* proposed : ledger.all_proposed()) {
    if (proposed->proposal.series != series.id || !is_within(proposed->period(), year)) continue;
    if (auto wish = client::wish_of(proposed->proposal)) return {std::move(*wish), false};
  }
  return {client::usual_wish(ledger, series.id, year), false};
}

Outcome<json> trends_answer(Workplace& place, const std::string& query) {
  const auto asked = [&](std::string_view name) { return query_value(query, name); };
  const std::string show = asked("show");
  if (show.empty()) return overview_of(place);
  if (show == "preview") {
    return preview_of(place, {asked("series"), asked("period"), asked("schedule"), asked("life")});
  }
  if (show == "what_if") return what_if_of(place, asked("series"), asked("epsilon"));
  if (show == "release") return figures_of(place, asked("release"));
  if (show == "year") return sheet_of(place, asked("year"));
  if (show == "blind") return blind_spots_of(place.casework(), place.hour());
  return problem(EX_USAGE, "The console was asked for nothing that it knows.");
}

}  // namespace meldpunt::console
