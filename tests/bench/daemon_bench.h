// The daemon as it runs: what a report costs it, how long a lone one takes, what it takes empty,
// idle and full. Clients are in this process, the daemon is a process of its own.
#pragma once

#include <filesystem>

#include "tests/bench/measure.h"

namespace meldpunt::bench {

// cpu_per_report: CPU of meldpuntd per durable report of 64 reporters at once, over the sum of its
// unavoidable parts. Rounds alternate with the measurement of the parts.
Measure measure_cpu_per_report(const std::filesystem::path& disk);
// lone_report_p50: over one commit, one round trip over a bare ROUTER with CURVE in another
// process, and the cryptography of the exchange.
Measure measure_lone_report(const std::filesystem::path& disk);
// rss_empty_mib: after the first answer, without any report.
Measure measure_empty_memory(const std::filesystem::path& disk);

// Stores `items` report-sized rows and `addresses` replies, in an empty data directory.
void fill_store(const std::filesystem::path& data, std::uint64_t items, std::uint64_t addresses);
inline constexpr std::uint64_t addresses_stored = 500;

// check_growth: CPU of meldpuntd per check (notice and GET of an address that holds a reply), with
// the items of `full` over the same with a thousand. Both were filled with addresses_stored
// replies.
Measure measure_check_growth(const std::filesystem::path& disk, const std::filesystem::path& full,
                             const std::string& note);
// start_million_ms: from exec to the first notice that verifies.
Measure measure_start(const std::filesystem::path& full, const std::string& note);

}  // namespace meldpunt::bench
