// The gateway's part of the benchmark, with meldpuntd behind it, except where only the gateway's
// own work is measured: there a stand-in sends the frames back.
#pragma once

#include <filesystem>
#include <iosfwd>

#include "tests/bench/measure.h"

namespace meldpunt::bench {

// gateway_cpu: CPU of the gateway per exchange.
Measure measure_gateway_cpu();
// web_cpu_per_exchange_us: the same for a frame that a browser posts, over connections that stay.
Measure measure_web_cpu(const std::filesystem::path& disk);
// idle_connection_kib: resident memory of gateway and meldpuntd together, per connection that has
// made one exchange and then rests.
Measure measure_idle_connection(const std::filesystem::path& disk);
// hostile_connection_kib: the dearest of five attacks: resident memory of gateway and meldpuntd
// together at its highest, and the bounds of the kernel's buffers.
Measure measure_hostile_connection(const std::filesystem::path& disk);
// flood_p99: p99 of reporters who store reports and keep within their buckets, under a steady flood
// from 200 connections that send junk and also reconnect, over the same without it.
// flood_opened_p99: the same when each frame of the flood names the daemon's request key, so that
// trying to open it costs the daemon as much as a report does.
// flood_newcomer_ms: how long a newcomer waited at most under both; flood_failed: reports not
// stored.
std::vector<Measure> measure_flood(const std::filesystem::path& disk);

}  // namespace meldpunt::bench
