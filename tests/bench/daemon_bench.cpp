#include "tests/bench/daemon_bench.h"

#include <deque>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "crypto/reply.h"
#include "server/storage/sqlite_store.h"
#include "tests/bench/crypto_bench.h"
#include "tests/bench/point.h"
#include "tests/bench/store_bench.h"

namespace meldpunt::bench {
namespace {

using Clock = std::chrono::steady_clock;

// Reporters who each send their next frame when the answer to the last has come.
class Crowd {
 public:
  Crowd(Point& point, std::size_t size) : point_(point) {
    for (std::size_t made = 0; made < size; ++made) {
      reporters_.push_back(std::make_unique<Reporter>(context_, point.target()));
      digest_ = reporters_.back()->fetch_notice(point.region().pin);
    }
  }

  // CPU microseconds of the daemon per report; every answer is opened and must say ok.
  double reports(std::size_t count) {
    std::vector<Prepared> reports;
    for (std::size_t made = 0; made < count; ++made) {
      reports.push_back(prepare(random_report(digest_, point_.region().bundle.epoch), digest_,
                                point_.region().id));
    }
    const auto before = cpu_of(point_.daemon().id());
    exchange(reports);
    const auto spent = cpu_of(point_.daemon().id()) - before;
    for (const Prepared& report : reports) expect_ok(report.key, report.frame);
    return spent.count() / static_cast<double>(count);
  }

 private:
  // Each answer takes the place of its request.
  void exchange(std::vector<Prepared>& requests) {
    std::vector<zmq::pollitem_t> items;
    std::vector<std::size_t> asked(reporters_.size());
    std::size_t next = 0;
    std::size_t answered = 0;
    const auto ask = [&](std::size_t reporter) {
      if (next == requests.size()) return;
      asked[reporter] = next;
      reporters_[reporter]->send(requests[next++].frame);
    };
    for (std::size_t reporter = 0; reporter < reporters_.size(); ++reporter) {
      items.push_back({reporters_[reporter]->socket().handle(), 0, ZMQ_POLLIN, 0});
      ask(reporter);
    }
    while (answered < requests.size()) {
      if (zmq::poll(items, std::chrono::seconds(30)) == 0) throw std::runtime_error("no answer");
      for (std::size_t reporter = 0; reporter < items.size(); ++reporter) {
        if ((items[reporter].revents & ZMQ_POLLIN) == 0) continue;
        if (!reporters_[reporter]->receive(requests[asked[reporter]].frame)) {
          throw std::runtime_error("an answer has the wrong size");
        }
        ++answered;
        ask(reporter);
      }
    }
  }

  Point& point_;
  zmq::context_t context_{1};
  std::vector<std::unique_ptr<Reporter>> reporters_;
  crypto::Digest digest_;
};

std::string describe(const UnavoidableParts& parts) {
  std::ostringstream text;
  text.precision(1);
  text << std::fixed << "decapsulation " << parts.decapsulation << ", AEAD " << parts.open_frame
       << " + " << parts.seal_frame << ", BLAKE2b " << parts.hash_envelope << ", CURVE "
       << parts.curve << ", row " << parts.row << "; sum " << parts.sum() << " us";
  return text.str();
}

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Milliseconds of one exchange with the stand-in that sends every frame back.
std::vector<double> bare_round_trips(tests::HonestClient& client, int count) {
  std::vector<double> taken;
  for (int made = 0; made < count; ++made) {
    const auto start = Clock::now();
    if (!client.exchange()) throw std::runtime_error("the stand-in does not answer");
    taken.push_back(milliseconds_since(start));
  }
  return taken;
}

std::vector<double> lone_reports(Reporter& reporter, const Point& point,
                                 const crypto::Digest& digest, int count) {
  std::vector<Prepared> reports;
  for (int made = 0; made < count; ++made) {
    reports.push_back(
        prepare(random_report(digest, point.region().bundle.epoch), digest, point.region().id));
  }
  std::vector<double> taken;
  for (Prepared& report : reports) {
    const auto start = Clock::now();
    reporter.send(report.frame);
    if (!reporter.receive(report.frame)) throw std::runtime_error("no answer");
    expect_ok(report.key, report.frame);
    taken.push_back(milliseconds_since(start));
  }
  return taken;
}

crypto::MailboxName address(std::uint64_t number) {
  crypto::MailboxName name{};
  crypto::Writer(name).u64(number).u64(~number);
  return name;
}

// Notice and GET, one after the other.
class Checker {
 public:
  explicit Checker(const std::filesystem::path& data)
      : point_(data, Point::Gateway::none), reporter_(context_, point_.target()) {}

  double checks(std::size_t count) {
    const crypto::Digest digest = reporter_.fetch_notice(point_.region().pin);
    std::vector<Prepared> gets;
    for (std::size_t made = 0; made < count; ++made) {
      const crypto::Get get{crypto::MailboxKind::address, address(made % addresses_stored), 0};
      gets.push_back(prepare(get, digest, point_.region().id));
    }
    crypto::Frame ask{};
    crypto::ask_for_notice(ask);
    crypto::Frame notice{};
    const auto before = cpu_of(point_.daemon().id());
    for (Prepared& get : gets) {
      exchange(ask, notice);
      exchange(get.frame, get.frame);
    }
    const auto spent = cpu_of(point_.daemon().id()) - before;
    for (const Prepared& get : gets) expect_ok(get.key, get.frame);
    return spent.count() / static_cast<double>(count);
  }

 private:
  void exchange(const crypto::Frame& request, crypto::Frame& answer) {
    reporter_.send(request);
    if (!reporter_.receive(answer)) throw std::runtime_error("no answer");
  }

  Point point_;
  zmq::context_t context_{1};
  Reporter reporter_;
};

}  // namespace

Measure measure_cpu_per_report(const std::filesystem::path& disk) {
  constexpr int rounds = 9;
  const Folder folder(disk);
  Point point(folder.path() / "data", Point::Gateway::none);
  Crowd crowd(point, 64);
  RawRow raw(folder.path());
  crowd.reports(1'000);
  UnavoidableParts parts;
  const auto compared = compare(
      rounds, [&] { return crowd.reports(3'000); },
      [&] {
        parts = measure_cryptography();
        parts.row = raw.cpu(3'000);
        return parts.sum();
      });
  return {"cpu_per_report",
          compared.value,
          "us",
          1.15,
          compared.ratio,
          "parts of the last round: " + describe(parts)};
}

Measure measure_lone_report(const std::filesystem::path& disk) {
  constexpr int rounds = 9;
  const Folder folder(disk);
  Point point(folder.path() / "data", Point::Gateway::none);
  zmq::context_t context(1);
  Reporter reporter(context, point.target());
  const crypto::Digest digest = reporter.fetch_notice(point.region().pin);
  const tests::Stage stand_in;
  tests::HonestClient bare(context, stand_in.direct());
  RawRow raw(folder.path());
  lone_reports(reporter, point, digest, 100);
  bare_round_trips(bare, 100);
  std::string note;
  const auto compared = compare(
      rounds, [&] { return median(lone_reports(reporter, point, digest, 200)); },
      [&] {
        const UnavoidableParts parts = measure_cryptography();
        // The answer is opened within the time, too.
        const double cryptography =
            (parts.decapsulation + parts.open_frame + 2 * parts.seal_frame + parts.hash_envelope) /
            1000;
        const double trip = median(bare_round_trips(bare, 200));
        const double commit = median(raw.commits(200));
        note = "commit " + std::to_string(commit) + ", round trip " + std::to_string(trip) +
               ", cryptography " + std::to_string(cryptography) + " ms";
        return commit + trip + cryptography;
      });
  return {"lone_report_p50", compared.value, "ms", 2, compared.ratio, note};
}

Measure measure_empty_memory(const std::filesystem::path& disk) {
  const Folder folder(disk);
  Point point(folder.path() / "data", Point::Gateway::none);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return against_limit("rss_empty_mib", static_cast<double>(point.memory_kib()) / 1024, "MiB", 32,
                       "VmRSS of meldpuntd");
}

void fill_store(const std::filesystem::path& data, std::uint64_t items, std::uint64_t addresses) {
  const auto store = server::open_sqlite_store(data);
  std::vector<server::Write> writes(100);
  for (server::Write& write : writes) {
    write.rule = server::Rule::add;
    write.item.kind = server::MailboxKind::intake;
    write.item.position = 20'000;
    write.item.hour = 490'000;
    write.item.bytes.resize(crypto::sealed_report_size);
    crypto::fill_random(write.item.bytes);
  }
  for (std::uint64_t done = 0; done < items; done += writes.size()) {
    store->writer().apply(writes);
    if (store->log_size() > (64U << 20U)) store->checkpoint();
  }
  std::vector<server::Write> replies;
  for (std::uint64_t number = 0; number < addresses; ++number) {
    server::Write write;
    write.rule = server::Rule::put_once;
    write.item.kind = server::MailboxKind::address;
    write.item.name = address(number);
    write.item.bytes.resize(crypto::sealed_reply_size);
    replies.push_back(std::move(write));
  }
  store->writer().apply(replies);
  store->checkpoint();
}

Measure measure_check_growth(const std::filesystem::path& disk, const std::filesystem::path& full,
                             const std::string& note) {
  const Folder folder(disk);
  fill_store(folder.path() / "data", 1'000, addresses_stored);
  Checker small(folder.path() / "data");
  Checker large(full);
  small.checks(500);
  large.checks(500);
  const auto compared = compare(
      11, [&] { return large.checks(1'000); }, [&] { return small.checks(1'000); });
  return {
      "check_growth",
      compared.value,
      "us",
      1.2,
      compared.ratio,
      "CPU per notice and GET; with 1000 items " + std::to_string(compared.other) + " us; " + note};
}

Measure measure_start(const std::filesystem::path& full, const std::string& note) {
  std::vector<double> taken;
  for (int start = 0; start < 5; ++start) {
    const Point point(full, Point::Gateway::none);
    taken.push_back(point.started_in().count());
  }
  return against_limit("start_million_ms", median(taken), "ms", 1000, note);
}

}  // namespace meldpunt::bench
