// The figures that a receiver keeps: of each region the newest word on every table, and of all
// regions together. Reads what lies there and needs no key.
#pragma once

#include "client/lib/receiver_store.h"
#include "client/trends/combination.h"

namespace meldpunt::client {

struct RegionFigures {
  crypto::Pin pin;  // names the region: what its documents call it is not believed
  std::vector<ReceivedEntry> entries;
  std::vector<trends::Publication> releases;  // by number; what our code lists still read
};

Outcome<std::vector<RegionFigures>> read_figures(const ReceiverStore& store, const Path& home);

inline constexpr std::string_view all_regions = "all regions";

// Of one series: each region's newest tables, those of all of them together last.
struct SeriesFigures {
  struct OfRegion {
    std::string region;  // empty: all of them
    std::vector<trends::Combined> tables;
  };
  const trends::Counted* series = nullptr;
  std::vector<OfRegion> regions;  // without those that have no figures
};
[[nodiscard]] SeriesFigures figures_of(const std::vector<RegionFigures>& regions,
                                       const trends::Counted& series);

// What is handed on: of a series, for each year, the newest tables of each region and of all of
// them. A year's figures may still be provisional, or be those of its first months alone.
[[nodiscard]] std::vector<trends::Publication> publications_of(
    const std::vector<RegionFigures>& regions, const trends::Counted& series);

// "inflow-2026-all-regions": for a file, without its ending.
[[nodiscard]] std::string file_stem_of(const trends::Publication& publication);

}  // namespace meldpunt::client
