#include "client/lib/received_figures.h"

#include <algorithm>
#include <map>

#include "client/lib/case_words.h"
#include "client/lib/home.h"
#include "client/trends/json_stat.h"

namespace meldpunt::client {

namespace {

using trends::Combined;
using trends::Publication;

trends::Period year_around(const trends::Period& period) {
  return trends::period_around(period.first, trends::Cadence::year);
}

std::vector<Publication> releases_of(const RegionFigures& region, const trends::Counted& series) {
  std::vector<Publication> found;
  std::ranges::copy_if(region.releases, std::back_inserter(found),
                       [&](const Publication& each) { return each.series->id == series.id; });
  return found;
}

// The region's newest release of the year, with the newest tables of all of the year's.
std::map<crypto::Day, Publication> years_of(const RegionFigures& region,
                                            const trends::Counted& series) {
  std::map<crypto::Day, std::vector<Publication>> by_year;
  for (Publication& each : releases_of(region, series)) {
    by_year[year_around(each.period).first].push_back(std::move(each));
  }
  std::map<crypto::Day, Publication> years;
  for (const auto& [first, releases] : by_year) {
    Publication year = releases.back();
    for (const Publication& each : releases) {
      if (each.whole.epsilon() > year.whole.epsilon()) year.whole = each.whole;
    }
    year.period = year_around(year.period);
    year.charge = year.whole;
    year.tables = trends::newest_tables(releases);
    year.measured.clear();
    years.emplace(first, std::move(year));
  }
  return years;
}

std::string in_a_row(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

// Which regions a sum is of; where one of them has no figures of a period, of which it is there.
std::string method_of(const std::vector<std::string>& regions,
                      const std::vector<Combined>& tables) {
  std::string sentence =
      "The sum of the figures of " + in_a_row(regions) +
      ": estimates add up, and so do variances. What is charged is stated as it is in the region "
      "with the largest charge; a case is in one region's figures only.";
  std::map<std::string, std::string> partly;
  for (const Combined& each : tables) {
    if (each.regions.size() == regions.size()) continue;
    partly[trends::name_of(each.table.period)] = in_a_row(each.regions);
  }
  for (const auto& [period, names] : partly) sentence += " " + period + ": of " + names + " only.";
  return sentence;
}

Publication sum_of(const std::vector<Publication>& of_regions) {
  std::vector<std::pair<std::string, std::vector<trends::Table>>> by_region;
  std::vector<std::string> names;
  for (const Publication& each : of_regions) {
    by_region.emplace_back(each.region, each.tables);
    names.push_back(each.region);
  }
  const std::vector<Combined> tables = trends::combine(by_region);
  Publication sum = *std::ranges::max_element(
      of_regions, {}, [](const Publication& each) { return each.whole.epsilon(); });
  sum.region = all_regions;
  sum.method = method_of(names, tables);
  sum.sequence = std::ranges::max(of_regions, {}, &Publication::sequence).sequence;
  sum.tables.clear();
  for (const Combined& each : tables) sum.tables.push_back(each.table);
  return sum;
}

// Two regions of one name get the beginning of their ids too. Sorted by name.
void tell_apart(std::vector<RegionFigures>& regions) {
  std::map<std::string, std::size_t> named;
  for (const RegionFigures& each : regions) ++named[each.pin.name];
  for (RegionFigures& each : regions) {
    if (named[each.pin.name] == 1) continue;
    each.pin.name += " (" + hexadecimal(each.pin.region.view().first(4)) + ")";
    for (Publication& release : each.releases) release.region = each.pin.name;
  }
}

std::string in_a_file_name(std::string_view name) {
  std::string plain;
  for (const char letter : name) {
    const bool upper = letter >= 'A' && letter <= 'Z';
    const char lower = static_cast<char>(upper ? letter - 'A' + 'a' : letter);
    const bool fits = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (fits) {
      plain += lower;
    } else if (!plain.empty() && plain.back() != '-') {
      plain += '-';
    }
  }
  if (!plain.empty() && plain.back() == '-') plain.pop_back();
  return plain.empty() ? "region" : plain;
}

}  // namespace

Outcome<std::vector<RegionFigures>> read_figures(const ReceiverStore& store, const Path& home) {
  const auto directories = region_directories(home);
  if (!directories) return pass_on(directories.error());
  std::vector<RegionFigures> regions;
  for (const Path& directory : *directories) {
    const auto bytes = read_file(directory / "pin", longest_pin);
    if (!bytes) return pass_on(bytes.error());
    const auto pin = crypto::trust_pin(*bytes);
    if (!pin) return problem(EX_DATAERR, (directory / "pin").string(), pin.error());
    auto entries = store.entries(pin->region);
    if (!entries) return pass_on(entries.error());
    const auto kept = store.kept(pin->region);
    if (!kept) return pass_on(kept.error());
    RegionFigures region{*pin, std::move(*entries), {}};
    for (const KeptRelease& each : *kept) {
      auto read = trends::read_json_stat(each.document);
      if (!read.publication) continue;  // of other code lists: it stays as it was signed
      read.publication->region = pin->name;
      region.releases.push_back(std::move(*read.publication));
    }
    regions.push_back(std::move(region));
  }
  std::ranges::stable_sort(regions, {}, [](const RegionFigures& each) { return each.pin.name; });
  tell_apart(regions);
  return regions;
}

SeriesFigures figures_of(const std::vector<RegionFigures>& regions, const trends::Counted& series) {
  SeriesFigures figures{&series, {}};
  std::vector<std::pair<std::string, std::vector<trends::Table>>> by_region;
  for (const RegionFigures& region : regions) {
    auto tables = trends::newest_tables(releases_of(region, series));
    if (tables.empty()) continue;
    SeriesFigures::OfRegion own{region.pin.name, {}};
    for (const trends::Table& table : tables) own.tables.push_back({table, {region.pin.name}});
    by_region.emplace_back(region.pin.name, std::move(tables));
    figures.regions.push_back(std::move(own));
  }
  if (!by_region.empty()) figures.regions.push_back({{}, trends::combine(by_region)});
  return figures;
}

std::vector<Publication> publications_of(const std::vector<RegionFigures>& regions,
                                         const trends::Counted& series) {
  std::map<crypto::Day, std::vector<Publication>> by_year;
  for (const RegionFigures& region : regions) {
    for (auto& [first, year] : years_of(region, series)) by_year[first].push_back(std::move(year));
  }
  std::vector<Publication> all;
  for (const auto& [first, of_regions] : by_year) {
    all.insert(all.end(), of_regions.begin(), of_regions.end());
    all.push_back(sum_of(of_regions));
  }
  return all;
}

std::string file_stem_of(const Publication& publication) {
  return std::string(publication.series->name) + '-' + trends::name_of(publication.period) + '-' +
         in_a_file_name(publication.region);
}

}  // namespace meldpunt::client
