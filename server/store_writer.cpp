#include "server/store_writer.h"

#include <iterator>
#include <utility>

namespace meldpunt::server {

WriterThread::WriterThread(StoreWriter& writer, Limits limits, Alarm alarm)
    : writer_(writer), limits_(limits), alarm_(std::move(alarm)), thread_([this] { run(); }) {}

WriterThread::~WriterThread() { stop(); }

bool WriterThread::submit(std::vector<Write> writes, Completion done) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= limits_.queue) return false;
    waiting_.push_back({std::move(writes), std::move(done)});
  }
  something_waits_.notify_one();
  return true;
}

void WriterThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  something_waits_.notify_one();
  if (thread_.joinable()) thread_.join();
}

WriterThread::Counts WriterThread::counts() const {
  const std::lock_guard lock(mutex_);
  auto counts = counts_;
  counts.waiting = waiting_.size();
  return counts;
}

void WriterThread::run() {
  for (auto jobs = take_batch(); !jobs.empty(); jobs = take_batch()) store(jobs);
}

// Empty only when stopping and nothing waits any more.
std::deque<WriterThread::Job> WriterThread::take_batch() {
  std::unique_lock lock(mutex_);
  something_waits_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  std::deque<Job> jobs;
  std::size_t writes = 0;
  while (!waiting_.empty()) {
    writes += waiting_.front().writes.size();
    if (!jobs.empty() && writes > limits_.batch) break;
    jobs.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return jobs;
}

bool WriterThread::apply(std::span<const Write> writes, std::vector<Written>& written) {
  try {
    written = writer_.apply(writes);
  } catch (const StoreFailure& failure) {
    {
      const std::lock_guard lock(mutex_);
      ++counts_.failures;
    }
    alarm_(failure.what());
    return false;
  }
  const std::lock_guard lock(mutex_);
  ++counts_.batches;
  counts_.writes += writes.size();
  return true;
}

void WriterThread::store_alone(Job& job) {
  std::vector<Written> written;
  const bool available = apply(job.writes, written);
  job.done({available, written});
}

void WriterThread::store(std::deque<Job>& jobs) {
  if (jobs.size() == 1) return store_alone(jobs.front());
  std::vector<std::size_t> sizes;
  std::vector<Write> all;
  for (auto& job : jobs) {
    sizes.push_back(job.writes.size());
    all.insert(all.end(), std::make_move_iterator(job.writes.begin()),
               std::make_move_iterator(job.writes.end()));
  }
  std::vector<Written> written;
  const bool available = apply(all, written);
  std::size_t at = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    auto& job = jobs[i];
    if (available) {
      job.done({true, std::span(written).subspan(at, sizes[i])});
    } else {
      const auto from = std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(at));
      job.writes.assign(from, from + static_cast<std::ptrdiff_t>(sizes[i]));
      store_alone(job);
    }
    at += sizes[i];
  }
}

}  // namespace meldpunt::server
