// What has to be done from time to time: the tick, expiry, request keys, gauges, checkpoints, and
// the slow check of everything that is stored. Two threads, each with its own connection.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "server/admission.h"
#include "server/authority.h"
#include "server/clock.h"
#include "server/metrics.h"
#include "server/request_keys.h"
#include "server/store_writer.h"
#include "server/tick.h"
#include "server/work_queue.h"

namespace meldpunt::server {

class Housekeeper {
 public:
  // All of these outlive the housekeeper.
  struct Parts {
    Store& store;
    WriterThread& writer;
    Authority& authority;
    RequestKeys& keys;
    Tick& tick;
    Admission& admission;
    WorkQueue& work;
    Metrics& metrics;
    const Clock& clock;
  };
  struct Rhythm {
    std::chrono::seconds tick{600};
    std::chrono::hours check{24};  // zero: never
  };

  // The first tick is made before the constructor returns.
  Housekeeper(Parts parts, Rhythm rhythm);
  ~Housekeeper();
  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;

 private:
  void run();
  void run_checks();
  bool sleep(std::chrono::milliseconds time);  // false: it is time to end
  [[nodiscard]] bool ending() const;

  [[nodiscard]] bool tick_is_due(Moment now) const;
  void turn(Moment now);
  void expire();
  void watch();
  void watch_bundles();
  void watch_intake();
  void watch_oldest();
  void tidy();
  void check_once();

  Parts parts_;
  const Rhythm rhythm_;
  std::unique_ptr<StoreReader> reader_;

  Moment last_tick_;
  std::uint64_t last_wall_ = 0;
  std::uint32_t last_day_ = 0;
  std::uint32_t told_day_ = 0;
  bool told_missing_ = false;
  bool told_half_ = false;
  bool told_full_ = false;
  std::uint64_t tidied_writes_ = 0;
  std::uint64_t counted_batches_ = 0;
  Moment last_tidy_;
  std::optional<Moment> last_look_;  // for the oldest report

  mutable std::mutex mutex_;  // guards ending_
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;  // last: they use all of the above
  std::thread checker_;
};

}  // namespace meldpunt::server
