// One thread that owns the store's writer: many puts, one transaction, one sync, then the answers.
//
// It takes everything that waits, up to `batch` writes, and asks for no timer: under load the
// batches grow by themselves while the disk syncs, and a lone report waits for nobody. The queue is
// bounded; when it is full submit() says so and the caller answers "busy". What was accepted is
// always completed, also by stop(), so SIGTERM loses nothing.
//
// When the store fails, the jobs of that batch are tried once more one by one, so that one damaged
// row does not fail its neighbours; those that fail again are completed as unavailable.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <string_view>
#include <thread>
#include <vector>

#include "server/storage/store.h"

namespace meldpunt::server {

class WriterThread {
 public:
  struct Answer {
    bool available = false;  // false: nothing of the job is stored; the sender tries again
    std::span<const Written> written;  // one per write, in order; valid during the call
  };
  // Called once per accepted job, on the writer's thread; must be quick and must not throw.
  using Completion = std::function<void(const Answer&)>;
  // Told the store's sentence each time it fails, on the writer's thread.
  using Alarm = std::function<void(std::string_view)>;

  struct Limits {
    std::size_t queue = 1'024;  // jobs that wait
    std::size_t batch = 256;    // writes in one transaction; a larger job still goes in one
  };
  struct Counts {
    std::uint64_t batches = 0;
    std::uint64_t writes = 0;
    std::uint64_t failures = 0;
    std::size_t waiting = 0;
  };

  // `writer` outlives the thread and is used by nobody else.
  WriterThread(StoreWriter& writer, Limits limits, Alarm alarm);
  ~WriterThread();
  WriterThread(const WriterThread&) = delete;
  WriterThread& operator=(const WriterThread&) = delete;

  // From any thread. False: the queue is full or stop() was called, and `done` is never called.
  [[nodiscard]] bool submit(std::vector<Write> writes, Completion done);
  // Completes what was accepted, then ends the thread. Harmless when called again.
  void stop();
  Counts counts() const;

 private:
  struct Job {
    std::vector<Write> writes;
    Completion done;
  };

  void run();
  std::deque<Job> take_batch();
  void store(std::deque<Job>& jobs);
  void store_alone(Job& job);
  bool apply(std::span<const Write> writes, std::vector<Written>& written);

  StoreWriter& writer_;
  const Limits limits_;
  const Alarm alarm_;
  mutable std::mutex mutex_;  // guards waiting_, stopping_ and counts_
  std::condition_variable something_waits_;
  std::deque<Job> waiting_;
  bool stopping_ = false;
  Counts counts_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace meldpunt::server
