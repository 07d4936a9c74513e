// bench [--disk DIRECTORY] [NAME...]: measures everything, or what is named, and prints one JSON
// object a line; progress goes to standard error.
#include <sodium.h>
#include <sys/resource.h>
#include <sysexits.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/crypto_bench.h"
#include "tests/bench/daemon_bench.h"
#include "tests/bench/gateway_bench.h"
#include "tests/bench/point.h"
#include "tests/bench/store_bench.h"

namespace {

using namespace meldpunt::bench;
using Clock = std::chrono::steady_clock;

// The full store is made once, for all that want one.
class FullStore {
 public:
  explicit FullStore(std::filesystem::path disk) : disk_(std::move(disk)) {}

  const std::filesystem::path& data() {
    if (!folder_) {
      folder_.emplace(disk_);
      items_ = rows_for_this_disk(disk_);
      data_ = folder_->path() / "data";
      std::cerr << "storing " << items_ << " items\n";
      fill_store(data_, items_, addresses_stored);
    }
    return data_;
  }
  [[nodiscard]] std::string note() { return std::to_string(items_) + " items"; }

 private:
  std::filesystem::path disk_;
  std::optional<Folder> folder_;
  std::filesystem::path data_;
  std::uint64_t items_ = 0;
};

struct Benchmark {
  std::string name;
  std::function<std::vector<Measure>()> run;
};

std::vector<Benchmark> all_benchmarks(const std::filesystem::path& disk, FullStore& full) {
  const auto one = [](auto measure) {
    return [measure] { return std::vector<Measure>{measure()}; };
  };
  return {
      {"seal", one(measure_seal)},
      {"open", one(measure_open)},
      {"cpu_per_report", one([=] { return measure_cpu_per_report(disk); })},
      {"lone_report_p50", one([=] { return measure_lone_report(disk); })},
      {"rss_empty_mib", one([=] { return measure_empty_memory(disk); })},
      {"idle_connection_kib", one([=] { return measure_idle_connection(disk); })},
      {"gateway_cpu", one(measure_gateway_cpu)},
      {"web_cpu_per_exchange_us", one([=] { return measure_web_cpu(disk); })},
      {"hostile_connection_kib", one([=] { return measure_hostile_connection(disk); })},
      {"flood_p99", [=] { return measure_flood(disk); }},
      {"store_writer", one([=] { return measure_store_writer(disk); })},
      {"group_commit", one([=] { return measure_group_commit(disk); })},
      {"group_commit_slow_sync", one([=] { return measure_group_commit_slow_sync(disk); })},
      {"start_million_ms", one([&full] {
         const auto& data = full.data();
         return measure_start(data, full.note());
       })},
      {"check_growth", one([=, &full] {
         const auto& data = full.data();
         return measure_check_growth(disk, data, full.note());
       })},
      {"million_rows", one([=, &full] {
         const auto& data = full.data();
         return measure_million_rows(disk, data, full.note());
       })},
  };
}

// A thousand connections take more than a shell's descriptors.
void raise_descriptors() {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

void measure(const Benchmark& benchmark) {
  std::cerr << benchmark.name << " ..." << std::flush;
  const auto start = Clock::now();
  const auto measures = benchmark.run();
  const std::chrono::duration<double> taken = Clock::now() - start;
  std::cerr << ' ' << static_cast<int>(taken.count() + 0.5) << " s\n";
  for (const Measure& measured : measures) {
    if (!measured.note.empty()) std::cerr << "  " << measured.name << ": " << measured.note << '\n';
    std::cout << measured;
  }
}

}  // namespace

int main(int count, char** words) {
  std::vector<std::string> names(words + 1, words + count);
  std::filesystem::path disk = std::filesystem::temp_directory_path();
  if (names.size() > 1 && names[0] == "--disk") {
    disk = names[1];
    names.erase(names.begin(), names.begin() + 2);
  }
  if (sodium_init() < 0) return EX_SOFTWARE;
  raise_descriptors();
  prepare_store_bench();
  FullStore full(disk);
  const auto benchmarks = all_benchmarks(disk, full);
  for (const std::string& name : names) {
    if (std::ranges::none_of(benchmarks, [&](const auto& each) { return each.name == name; })) {
      std::cerr << "usage: bench [--disk DIRECTORY] [NAME...]; names:";
      for (const auto& each : benchmarks) std::cerr << ' ' << each.name;
      std::cerr << '\n';
      return EX_USAGE;
    }
  }
  bool failed = false;
  for (const Benchmark& benchmark : benchmarks) {
    if (!names.empty() && std::ranges::find(names, benchmark.name) == names.end()) continue;
    try {
      measure(benchmark);
    } catch (const std::exception& error) {
      std::cerr << " failed: " << error.what() << '\n';
      failed = true;
    }
  }
  return failed ? EX_SOFTWARE : EX_OK;
}
