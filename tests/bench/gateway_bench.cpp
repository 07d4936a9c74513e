#include "tests/bench/gateway_bench.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/point.h"
#include "tests/support/http_line.h"

namespace meldpunt::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Reporters = std::vector<std::unique_ptr<Reporter>>;

Reporters connected(zmq::context_t& context, const Point& point, int count) {
  Reporters reporters;
  for (int made = 0; made < count; ++made) {
    reporters.push_back(std::make_unique<Reporter>(context, point.target()));
    reporters.back()->fetch_notice(point.region().pin);
  }
  return reporters;
}

double growth_during(const Point& point, const std::function<void()>& attack) {
  const double before = static_cast<double>(point.memory_kib());
  double most = before;
  std::atomic<bool> done = false;
  std::thread attacker([&] {
    attack();
    done = true;
  });
  while (!done) {
    most = std::max(most, static_cast<double>(point.memory_kib()));
    std::this_thread::sleep_for(5ms);
  }
  attacker.join();
  return most - before;
}

// Each of `count` stores a report every 1.2 seconds, which its token bucket allows.
class Crowd {
 public:
  Crowd(const Point& point, const std::string& from, int count) {
    constexpr int threads = 4;
    for (int thread = 0; thread < threads; ++thread) {
      threads_.emplace_back([this, &point, from, count] { run(point, from, count / threads); });
    }
  }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;
  ~Crowd() { stop(); }

  // Milliseconds from frame to answer.
  std::vector<double> stop() {
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    return taken_;
  }
  [[nodiscard]] int failed() const { return failed_; }

 private:
  void run(const Point& point, const std::string& from, int count) {
    zmq::context_t context(1);
    Reporters reporters;
    crypto::Digest digest;
    for (int made = 0; made < count; ++made) {
      reporters.push_back(std::make_unique<Reporter>(context, point.target(from)));
      digest = reporters.back()->fetch_notice(point.region().pin);
    }
    while (!stopping_) {
      for (const auto& reporter : reporters) store_one(*reporter, digest, point);
      if (!stopping_) std::this_thread::sleep_for(1200ms);
    }
  }
  void store_one(Reporter& reporter, const crypto::Digest& digest, const Point& point) {
    auto report =
        prepare(random_report(digest, point.region().bundle.epoch), digest, point.region().id);
    const auto start = Clock::now();
    reporter.send(report.frame);
    const bool answered = reporter.receive(report.frame, 20s);
    const std::chrono::duration<double, std::milli> taken = Clock::now() - start;
    try {
      expect_ok(report.key, report.frame);
    } catch (const std::runtime_error&) {
      ++failed_;
      return;
    }
    const std::lock_guard lock(mutex_);
    if (answered) taken_.push_back(taken.count());
  }

  std::mutex mutex_;  // guards taken_
  std::vector<double> taken_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> failed_ = 0;
  std::vector<std::thread> threads_;
};

// Connections that send eight frames under this key id, as fast as they are answered, and then
// connect anew. Under the daemon's own key id each frame makes it decapsulate.
class Strangers {
 public:
  Strangers(const tests::Target& target, const crypto::KeyId& request_key, int count) {
    for (int made = 0; made < count; ++made) {
      threads_.emplace_back([this, target, request_key] { attack(target, request_key); });
    }
  }
  Strangers(const Strangers&) = delete;
  Strangers& operator=(const Strangers&) = delete;
  ~Strangers() {
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  [[nodiscard]] int exchanges() const { return exchanges_; }

 private:
  void attack(const tests::Target& target, const crypto::KeyId& request_key) {
    crypto::Frame frame{};
    crypto::fill_random(frame);
    crypto::copy_bytes(request_key.view(), frame);
    while (!stopping_) {
      tests::CurvePeer peer(target);
      if (!peer.handshake()) {
        std::this_thread::sleep_for(50ms);
        continue;
      }
      for (int count = 0; count < 8 && !stopping_; ++count) {
        if (!peer.send_message(frame) || !peer.receive(5s)) break;
        ++exchanges_;
      }
    }
  }

  std::atomic<bool> stopping_ = false;
  std::atomic<int> exchanges_ = 0;
  std::vector<std::thread> threads_;
};

double longest_newcomer_ms(const Point& point, const std::string& from,
                           std::chrono::seconds length) {
  double longest = 0;
  const auto until = Clock::now() + length;
  zmq::context_t context(1);
  while (Clock::now() < until) {
    const auto start = Clock::now();
    Reporter newcomer(context, point.target(from));
    newcomer.fetch_notice(point.region().pin);
    const std::chrono::duration<double, std::milli> taken = Clock::now() - start;
    longest = std::max(longest, taken.count());
    std::this_thread::sleep_for(100ms);
  }
  return longest;
}

}  // namespace

Measure measure_gateway_cpu() {
  constexpr int rounds = 200;
  tests::Stage stage({"--burst=1000000", "--frame-interval-ms=1"});
  zmq::context_t context(1);
  std::vector<std::unique_ptr<tests::HonestClient>> clients;
  for (int made = 0; made < 8; ++made) {
    clients.push_back(std::make_unique<tests::HonestClient>(context, stage.target()));
    clients.back()->exchange();
  }
  std::vector<double> costs;
  for (int repeated = 0; repeated < 7; ++repeated) {
    const auto before = cpu_of(stage.gateway().id());
    for (int round = 0; round < rounds; ++round) {
      for (const auto& client : clients) client->send();
      for (const auto& client : clients) client->receive();
    }
    const auto spent = cpu_of(stage.gateway().id()) - before;
    costs.push_back(spent.count() / (rounds * static_cast<double>(clients.size())));
  }
  return against_limit("gateway_cpu", median(costs), "us", 60, "8 clients, in step");
}

Measure measure_web_cpu(const std::filesystem::path& disk) {
  constexpr int visitors = 8;
  constexpr int exchanges = 200;
  const Folder folder(disk);
  const Point point(folder.path() / "data", Point::Gateway::web);
  std::vector<std::unique_ptr<tests::HttpLine>> lines;
  for (int made = 0; made < visitors; ++made) {
    lines.push_back(std::make_unique<tests::HttpLine>(point.web_address()));
  }
  std::atomic<bool> failed = false;
  // Frames that the daemon cannot open: it answers them at once, and only the gateway's time
  // counts.
  const auto exchange_on = [&](tests::HttpLine& line) {
    crypto::Frame frame{};
    crypto::Frame answer{};
    crypto::fill_random(frame);
    for (int done = 0; done < exchanges; ++done) {
      if (line.exchange(answer, frame, 20s) != client::Delivery::answered) failed = true;
    }
  };
  const auto round = [&] {
    std::vector<std::thread> threads;
    for (const auto& line : lines) threads.emplace_back([&] { exchange_on(*line); });
    for (std::thread& thread : threads) thread.join();
  };
  round();  // connects
  std::vector<double> costs;
  for (int repeated = 0; repeated < 7; ++repeated) {
    const auto before = cpu_of(point.gateway().id());
    round();
    costs.push_back((cpu_of(point.gateway().id()) - before).count() / (visitors * exchanges));
  }
  if (failed) throw std::runtime_error("a frame was not answered");
  return against_limit("web_cpu_per_exchange_us", median(costs), "us", 60,
                       "8 visitors at once, frames posted");
}

Measure measure_idle_connection(const std::filesystem::path& disk) {
  constexpr int count = 800;
  const Folder folder(disk);
  const Point point(folder.path() / "data", Point::Gateway::honest_limits);
  zmq::context_t context(2);
  const Reporters some = connected(context, point, 20);
  const auto daemon_before = static_cast<double>(point.daemon().memory_kib());
  const auto before = static_cast<double>(point.memory_kib());
  const Reporters reporters = connected(context, point, count);
  std::this_thread::sleep_for(1s);
  const double grown = (static_cast<double>(point.memory_kib()) - before) / count;
  const double daemon = (static_cast<double>(point.daemon().memory_kib()) - daemon_before) / count;
  return against_limit(
      "idle_connection_kib", grown, "KiB", 48,
      std::to_string(count) + " connections; of it in the daemon " + std::to_string(daemon));
}

Measure measure_hostile_connection(const std::filesystem::path& disk) {
  constexpr int count = 40;
  // The kernel's part, as it is bounded: two socket buffers of 32 KiB, which the kernel doubles,
  // and in the queues of the unix socket two frames down and one buffer up. What the machine's TCP
  // sockets take in all would count the strangers' own buffers, and everybody else's.
  constexpr double kernel_kib = 128 + 128;
  double most = 0;
  std::string note;
  const auto measure = [&](const std::string& name,
                           const std::function<void(const tests::Target&)>& attack) {
    const Folder folder(disk);
    const Point point(folder.path() / "data", Point::Gateway::honest_limits);
    zmq::context_t context(1);
    const Reporters warm = connected(context, point, count);
    const double kib = growth_during(point, [&] { attack(point.target()); }) / count;
    note += name + " " + std::to_string(static_cast<int>(kib)) + ", ";
    most = std::max(most, kib);
  };
  const auto at_once = [](auto attack) {
    return [attack](const tests::Target& target) {
      std::vector<std::thread> attackers;
      for (int made = 0; made < count; ++made) attackers.emplace_back([&] { attack(target); });
      for (std::thread& attacker : attackers) attacker.join();
    };
  };
  using tests::Target;
  measure("never reading", [](const Target& target) { tests::never_reading(target, count, 4s); });
  measure("endless multipart",
          at_once([](const Target& target) { tests::endless_multipart(target, 2s); }));
  measure("multipart with pings",
          at_once([](const Target& target) { tests::multipart_with_pings(target, 2s); }));
  measure("pings", at_once([](const Target& target) { tests::ping_flood(target, 2s); }));
  measure("huge frame", at_once([](const Target& target) { tests::huge_frame(target); }));
  return against_limit("hostile_connection_kib", most + kernel_kib, "KiB", 1024,
                       note + "and 256 in the kernel");
}

std::vector<Measure> measure_flood(const std::filesystem::path& disk) {
  constexpr auto length = 15s;
  constexpr int reporters = 80;
  const Folder folder(disk);
  const Point point(folder.path() / "data", Point::Gateway::honest_limits);
  zmq::context_t context(1);
  const crypto::KeyId request_key =
      Reporter(context, point.target()).fetch_notice(point.region().pin).request_key_id;
  int failed = 0;
  Crowd alone(point, "127.0.0.3", reporters);
  std::this_thread::sleep_for(length);
  const double quiet = quantile(alone.stop(), 0.99);
  failed += alone.failed();

  std::vector<Measure> measures;
  double newcomer = 0;
  const auto flood = [&](const char* name, const crypto::KeyId& key) {
    const Strangers strangers(point.target("127.0.0.2"), key, 200);
    std::this_thread::sleep_for(3s);  // the opening burst has its own allowance
    Crowd flooded(point, "127.0.0.3", reporters);
    newcomer = std::max(newcomer, longest_newcomer_ms(point, "127.0.0.4", length));
    const double loud = quantile(flooded.stop(), 0.99);
    failed += flooded.failed();
    measures.push_back({name, loud, "ms", 5, loud / quiet,
                        "quiet p99 " + std::to_string(quiet) + " ms; the flood made " +
                            std::to_string(strangers.exchanges()) + " exchanges"});
  };
  flood("flood_p99", crypto::random_id<crypto::KeyId>());
  flood("flood_opened_p99", request_key);
  measures.push_back(against_limit("flood_newcomer_ms", newcomer, "ms", 1000, "the longest wait"));
  measures.push_back(against_limit("flood_failed", failed, "reports", 0, ""));
  return measures;
}

}  // namespace meldpunt::bench
