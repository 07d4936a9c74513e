// Counters and gauges of the daemon as Prometheus text. Numbers for everybody together: nothing per
// report, address, device or connection.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace meldpunt::server {

enum class Count : std::uint8_t {
  frames,           // frames of the right size that arrived
  unopened,         // could not be opened: answered with random bytes
  notices,          // notices given out
  reports,          // stored
  duplicates,       // the same sealed report again
  puzzles_refused,  // effort missing or wrong
  stale,            // sealed to an epoch, or solved for a tick, no longer taken
  busy,             // answered busy
  refused,          // not allowed by the mailbox's policy
  reads,
  writes,
  batches,
  store_failures,
  undeliverable,  // the connection was gone when the answer was ready
  checks,         // background checks finished
};
inline constexpr std::size_t counts = 15;

enum class Gauge : std::uint8_t {
  intake_items,
  intake_quota,
  intake_oldest_hours,  // hours since the oldest report not taken in
  living_addresses,
  bundle_days_left,
  roster_number,
  generation,
  effort,
  work_waiting,
  writes_waiting,
  damage_found,   // sentences of the last background check
  store_failing,  // 1 while the last write failed
};
inline constexpr std::size_t gauges = 12;

class Metrics {
 public:
  void add(Count count, std::uint64_t by = 1) { counts_[index(count)] += by; }
  void set(Gauge gauge, std::uint64_t value) { gauges_[index(gauge)] = value; }
  [[nodiscard]] std::uint64_t value(Count count) const { return counts_[index(count)]; }
  [[nodiscard]] std::uint64_t value(Gauge gauge) const { return gauges_[index(gauge)]; }
  [[nodiscard]] std::string text() const;

 private:
  template <class Kind>
  static std::size_t index(Kind kind) {
    return static_cast<std::size_t>(kind);
  }

  std::array<std::atomic<std::uint64_t>, counts> counts_{};
  std::array<std::atomic<std::uint64_t>, gauges> gauges_{};
};

}  // namespace meldpunt::server
