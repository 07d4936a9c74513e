// A whole point on this machine: meldpuntd with a region of fixed keys and a bundle for today, a
// gateway in front of it where one is wanted, and reporters over libzmq who speak the protocol.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <zmq.hpp>

#include "crypto/wire/messages.h"
#include "crypto/wire/notice.h"
#include "tests/bench/folder.h"
#include "tests/integration/hostile_stage.h"
#include "tests/support/fixed_region.h"

namespace meldpunt::bench {

// The fixed region of the tests, whose days are moved to today.
class RegionOfToday : public crypto::test::FixedRegion {
 public:
  RegionOfToday();
  // What the daemon reads as its founding file: today's bundle and the next days', and the roster.
  [[nodiscard]] crypto::Buffer founding() const;
};

class Point {
 public:
  // web: without the bucket, and open to browsers too.
  enum class Gateway { none, honest_limits, without_bucket, web };

  // The daemon's database is kept in `data` and stays there. The daemon holds nothing back (hold-ms
  // 0), asks for no puzzle and checks nothing in the background.
  Point(const std::filesystem::path& data, Gateway gateway);
  ~Point();
  Point(const Point&) = delete;
  Point& operator=(const Point&) = delete;

  [[nodiscard]] const RegionOfToday& region() const { return region_; }
  // The gateway where there is one, else the daemon.
  [[nodiscard]] tests::Target target(const std::string& from = "") const;
  [[nodiscard]] const tests::Child& daemon() const { return *daemon_; }
  [[nodiscard]] const tests::Child& gateway() const { return *gateway_; }
  // Where browsers come in.
  [[nodiscard]] std::string web_address() const;
  [[nodiscard]] std::size_t memory_kib() const;  // of daemon and gateway together
  // From the daemon's start to its first notice that verifies.
  [[nodiscard]] std::chrono::duration<double, std::milli> started_in() const { return started_in_; }

 private:
  void start_daemon(const std::filesystem::path& data);
  void start_gateway(Gateway kind);

  RegionOfToday region_;
  Folder folder_;  // of the sockets: their paths must be short
  int port_ = 0;
  int web_port_ = 0;
  std::unique_ptr<tests::Child> daemon_;
  std::unique_ptr<tests::Child> gateway_;
  std::chrono::duration<double, std::milli> started_in_{};
};

// A request sealed beforehand, and the key to its answer.
struct Prepared {
  crypto::Frame frame{};
  crypto::ResponseKey key;
};

class Reporter {
 public:
  Reporter(zmq::context_t& context, const tests::Target& target);

  // Fetches and verifies the notice; throws when there is none within 30 seconds.
  crypto::Digest fetch_notice(const crypto::Pin& pin);
  void send(const crypto::Frame& frame);
  bool receive(crypto::Frame& frame, std::chrono::milliseconds patience = std::chrono::seconds(30));
  [[nodiscard]] zmq::socket_t& socket() { return socket_; }

 private:
  zmq::socket_t socket_;
};

[[nodiscard]] Prepared prepare(const crypto::Request& request, const crypto::Digest& digest,
                               const crypto::RegionId& region);
// Random bytes under today's epoch: the daemon cannot tell them from a report.
[[nodiscard]] crypto::PutReport random_report(const crypto::Digest& digest,
                                              const crypto::EpochId& epoch);
// Throws unless it opens and says ok.
void expect_ok(const crypto::ResponseKey& key, const crypto::Frame& response);

}  // namespace meldpunt::bench
