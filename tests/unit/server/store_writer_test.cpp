#include "server/store_writer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>

#include "server/storage/memory_store.h"

namespace meldpunt::server {
namespace {

// The memory store behind a door that can be held shut, and that fails on demand.
class HeldWriter final : public StoreWriter {
 public:
  std::vector<Written> apply(std::span<const Write> writes) override {
    std::unique_lock lock(mutex_);
    ++begun_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    sizes_.push_back(writes.size());
    if (fails_(writes)) throw StoreFailure("The disk is full.");
    return store_->writer().apply(writes);
  }

  void shut() { set_open(false); }
  void open() { set_open(true); }
  void wait_until_begun(int calls) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return begun_ >= calls; });
  }
  void fail_when(std::function<bool(std::span<const Write>)> condition) {
    const std::lock_guard lock(mutex_);
    fails_ = std::move(condition);
  }
  std::vector<std::size_t> sizes() {
    const std::lock_guard lock(mutex_);
    return sizes_;
  }
  std::uint64_t stored() { return store_->reader()->count(MailboxKind::intake); }

 private:
  void set_open(bool open) {
    const std::lock_guard lock(mutex_);
    open_ = open;
    changed_.notify_all();
  }

  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  bool open_ = true;
  int begun_ = 0;
  std::vector<std::size_t> sizes_;
  std::function<bool(std::span<const Write>)> fails_ = [](auto) { return false; };
  std::unique_ptr<Store> store_ = make_memory_store();
};

std::vector<Write> reports(std::size_t count, std::uint64_t epoch = 0) {
  Item item;
  item.kind = MailboxKind::intake;
  item.position = epoch;
  item.bytes = {1, 2, 3};
  return {count, Write{Rule::add, item, 0}};
}

class StoreWriterThread : public testing::Test {
 protected:
  WriterThread::Completion note() {
    return [this](const WriterThread::Answer& answer) {
      (answer.available ? stored_ : unavailable_) += 1;
      written_ += answer.written.size();
    };
  }

  HeldWriter held_;
  std::atomic<int> stored_ = 0;
  std::atomic<int> unavailable_ = 0;
  std::atomic<std::size_t> written_ = 0;
  std::atomic<int> alarms_ = 0;
  WriterThread writer_{held_, {.queue = 8, .batch = 5}, [this](auto) { ++alarms_; }};
};

TEST_F(StoreWriterThread, AnswersALoneJobAtOnceWithItsOutcome) {
  std::promise<Written> answered;
  ASSERT_TRUE(writer_.submit(reports(1), [&](const WriterThread::Answer& answer) {
    answered.set_value(answer.available ? answer.written.front() : Written{});
  }));
  const auto written = answered.get_future().get();
  EXPECT_EQ(written.outcome, Outcome::done);
  EXPECT_GT(written.id, 0);
}

TEST_F(StoreWriterThread, TakesAllThatWaitsIntoOneTransactionUpToTheBatch) {
  held_.shut();
  ASSERT_TRUE(writer_.submit(reports(1), note()));
  held_.wait_until_begun(1);
  for (int i = 0; i < 7; ++i) ASSERT_TRUE(writer_.submit(reports(1), note()));
  EXPECT_EQ(writer_.counts().waiting, 7U);
  held_.open();
  writer_.stop();

  EXPECT_EQ(held_.sizes(), (std::vector<std::size_t>{1, 5, 2}));
  EXPECT_EQ(stored_, 8);
  EXPECT_EQ(writer_.counts().batches, 3U);
  EXPECT_EQ(writer_.counts().writes, 8U);
}

TEST_F(StoreWriterThread, AJobIsNeverSplit) {
  held_.shut();
  ASSERT_TRUE(writer_.submit(reports(1), note()));
  held_.wait_until_begun(1);
  ASSERT_TRUE(writer_.submit(reports(3), note()));
  ASSERT_TRUE(writer_.submit(reports(3), note()));
  ASSERT_TRUE(writer_.submit(reports(9), note()));
  held_.open();
  writer_.stop();

  EXPECT_EQ(held_.sizes(), (std::vector<std::size_t>{1, 3, 3, 9}));
  EXPECT_EQ(written_, 16U);
}

TEST_F(StoreWriterThread, GivesEachJobItsOwnOutcomes) {
  Item first;
  first.kind = MailboxKind::journal;
  first.position = 1;
  first.bytes = {1};
  auto fork = first;
  fork.bytes = {2};
  std::vector<Outcome> outcomes;
  const auto keep = [&](const WriterThread::Answer& answer) {
    for (const auto& written : answer.written) outcomes.push_back(written.outcome);
  };
  held_.shut();
  ASSERT_TRUE(writer_.submit(reports(1), note()));
  held_.wait_until_begun(1);
  ASSERT_TRUE(writer_.submit({{Rule::append, first, 0}, {Rule::append, first, 0}}, keep));
  ASSERT_TRUE(writer_.submit({{Rule::append, fork, 0}}, keep));
  held_.open();
  writer_.stop();

  EXPECT_EQ(outcomes, (std::vector<Outcome>{Outcome::done, Outcome::same, Outcome::conflict}));
}

TEST_F(StoreWriterThread, RefusesWhenTheQueueIsFullAndTakesMoreLater) {
  held_.shut();
  ASSERT_TRUE(writer_.submit(reports(1), note()));
  held_.wait_until_begun(1);
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(writer_.submit(reports(1), note()));
  EXPECT_FALSE(writer_.submit(reports(1), note()));
  held_.open();
  held_.wait_until_begun(3);
  EXPECT_TRUE(writer_.submit(reports(1), note()));
  writer_.stop();
  EXPECT_EQ(stored_, 10);
  EXPECT_EQ(held_.stored(), 10U);
}

TEST_F(StoreWriterThread, CompletesWhatItAcceptedBeforeItStops) {
  held_.shut();
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(writer_.submit(reports(1), note()));
  std::thread stopping([this] { writer_.stop(); });
  held_.open();
  stopping.join();

  EXPECT_EQ(stored_, 6);
  EXPECT_FALSE(writer_.submit(reports(1), note()));
  writer_.stop();
  EXPECT_EQ(held_.stored(), 6U);
}

TEST_F(StoreWriterThread, AnswersUnavailableWhenTheStoreFailsAndWorksAgainAfter) {
  held_.fail_when([](auto) { return true; });
  std::promise<void> answered;
  ASSERT_TRUE(writer_.submit(reports(2), [&](const WriterThread::Answer& answer) {
    note()(answer);
    answered.set_value();
  }));
  answered.get_future().wait();
  held_.fail_when([](auto) { return false; });
  ASSERT_TRUE(writer_.submit(reports(1), note()));
  writer_.stop();

  EXPECT_EQ(unavailable_, 1);
  EXPECT_EQ(stored_, 1);
  EXPECT_EQ(alarms_, 1);
  EXPECT_EQ(held_.stored(), 1U);
  EXPECT_EQ(writer_.counts().failures, 1U);
}

TEST_F(StoreWriterThread, OneJobThatCannotBeStoredDoesNotFailItsNeighbours) {
  held_.fail_when([](std::span<const Write> writes) {
    return std::ranges::any_of(writes, [](const auto& w) { return w.item.position == 13; });
  });
  held_.shut();
  ASSERT_TRUE(writer_.submit(reports(1), note()));
  held_.wait_until_begun(1);
  ASSERT_TRUE(writer_.submit(reports(1), note()));
  ASSERT_TRUE(writer_.submit(reports(1, 13), note()));
  ASSERT_TRUE(writer_.submit(reports(2), note()));
  held_.open();
  writer_.stop();

  EXPECT_EQ(stored_, 3);
  EXPECT_EQ(unavailable_, 1);
  EXPECT_EQ(held_.stored(), 4U);
}

TEST_F(StoreWriterThread, ManyThreadsMaySubmitAtOnce) {
  std::atomic<int> accepted = 0;
  std::vector<std::thread> senders;
  for (int sender = 0; sender < 4; ++sender) {
    senders.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        while (!writer_.submit(reports(1), note())) std::this_thread::yield();
        ++accepted;
      }
    });
  }
  for (auto& sender : senders) sender.join();
  writer_.stop();
  EXPECT_EQ(accepted, 2'000);
  EXPECT_EQ(stored_, 2'000);
  EXPECT_EQ(held_.stored(), 2'000U);
}

}  // namespace
}  // namespace meldpunt::server
