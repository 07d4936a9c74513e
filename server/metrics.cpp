#include "server/metrics.h"

#include <string_view>

namespace meldpunt::server {

namespace {

struct Row {
  std::string_view name;
  std::string_view help;
};

constexpr std::array<Row, counts> count_rows{{
    {"frames", "Frames of the right size that arrived."},
    {"unopened", "Frames that could not be opened."},
    {"notices", "Notices given out."},
    {"reports", "Reports stored."},
    {"duplicates", "Reports that were stored already."},
    {"puzzles_refused", "Reports whose puzzle was missing or wrong."},
    {"stale", "Reports for an epoch or tick no longer taken."},
    {"busy", "Requests answered busy."},
    {"refused", "Requests that the mailbox does not allow."},
    {"reads", "Requests that read."},
    {"writes", "Requests that wrote."},
    {"batches", "Transactions."},
    {"store_failures", "Transactions or reads that failed."},
    {"undeliverable", "Answers whose connection was gone."},
    {"checks", "Background checks finished."},
}};

constexpr std::array<Row, gauges> gauge_rows{{
    {"intake_items", "Reports that wait to be taken in."},
    {"intake_quota", "Reports that may wait at most."},
    {"intake_oldest_hours", "Hours since the oldest report not taken in was stored."},
    {"living_addresses", "Replies that wait for their reporters, dummies included."},
    {"bundle_days_left", "Days for which bundles are here, today included."},
    {"roster_number", "Number of the roster in force."},
    {"generation", "Generation of the store; raised by every restore."},
    {"effort", "Puzzle effort asked of reports now."},
    {"work_waiting", "Frames that wait for a worker."},
    {"writes_waiting", "Writes that wait for the store."},
    {"damage_found", "Findings of the last background check."},
    {"store_failing", "1 while the last write failed."},
}};

void append(std::string& text, const Row& row, std::string_view type, std::string_view suffix,
            std::uint64_t value) {
  const std::string name = "meldpunt_" + std::string(row.name) + std::string(suffix);
  text.append("# HELP ").append(name).append(" ").append(row.help).append("\n");
  text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
  text.append(name).append(" ").append(std::to_string(value)).append("\n");
}

}  // namespace

std::string Metrics::text() const {
  std::string text;
  for (std::size_t i = 0; i < counts; ++i) {
    append(text, count_rows[i], "counter", "_total", counts_[i]);
  }
  for (std::size_t i = 0; i < gauges; ++i) append(text, gauge_rows[i], "gauge", "", gauges_[i]);
  return text;
}

}  // namespace meldpunt::server
