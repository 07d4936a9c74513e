#include "client/console/blind_spots.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "client/console/iso_time.h"
#include "client/lib/case_facts.h"
#include "client/lib/vocabulary.h"

namespace meldpunt::console {

using nlohmann::json;

namespace {

constexpr crypto::Hour hours_in_year = 365 * 24;
// Codes that name nobody and no place in particular.
constexpr std::array<std::string_view, 4> of_none{"OUT", "UNK", "OTH", "ANON"};

// By code, the hour of the newest case.
using Newest = std::map<std::string, crypto::Hour, std::less<>>;

void add(Newest& newest, const std::string& code, crypto::Hour hour) {
  crypto::Hour& known = newest[code];
  known = std::max(known, hour);
}

// What stands in a code below it counts for the code too.
void add_with_parents(Newest& newest, std::string code, crypto::Hour hour) {
  for (;;) {
    add(newest, code, hour);
    const auto point = code.rfind('.');
    if (point == std::string::npos) return;
    code.resize(point);
  }
}

json day_of_hour(crypto::Hour hour) { return iso_hour(hour).substr(0, 10); }

json json_of_code(std::string_view code, const Newest& newest, crypto::Hour now) {
  const auto found = newest.find(code);
  if (found == newest.end()) return {{"code", code}, {"newest", nullptr}, {"silent", "never"}};
  const bool long_ago = found->second + hours_in_year < now;
  return {
      {"code", code}, {"newest", day_of_hour(found->second)}, {"silent", long_ago ? "year" : ""}};
}

json list_of(std::string_view scheme, const Newest& newest, crypto::Hour now) {
  json list = json::array();
  for (const std::string_view code : client::codes_of(scheme)) {
    if (std::ranges::find(of_none, code) != of_none.end()) continue;
    list.push_back(json_of_code(code, newest, now));
  }
  return list;
}

}  // namespace

json blind_spots_of(const client::Casework& casework, crypto::Hour now) {
  Newest places;
  Newest reporters;
  crypto::Hour oldest = 0;
  for (const auto& [id, entry] : casework.index().cases()) {
    if (!entry.readable || entry.reports.empty()) continue;
    oldest = oldest == 0 ? entry.oldest : std::min(oldest, entry.oldest);
    const auto facts = client::facts_of(casework, id);
    if (const auto found = facts.find("found_in"); found != facts.end()) {
      for (const std::string& code : found->second) add_with_parents(places, code, entry.oldest);
    }
    if (const auto who = entry.answers.find("reporter"); who != entry.answers.end()) {
      for (const std::string& code : who->second) add_with_parents(reporters, code, entry.oldest);
    }
  }
  return {{"since", oldest == 0 ? json() : day_of_hour(oldest)},
          {"municipalities", list_of("municipality", places, now)},
          {"reporters", list_of("reporter", reporters, now)}};
}

}  // namespace meldpunt::console
