// The life of the SQLite store: opening, closing, being killed, being one of two, growing a
// version.
#include "server/storage/sqlite_store.h"

#include <signal.h>
#include <sys/stat.h>

#include <thread>

#include "server/storage/schema.h"
#include "tests/unit/storage/a_store.h"

namespace meldpunt::server {
namespace {

using testing::Test;

class SqliteStoreLife : public Test {
 protected:
  static mode_t mode_of(const std::filesystem::path& path) {
    struct stat status {};
    ::stat(path.c_str(), &status);
    return status.st_mode & 0777;
  }

  TemporaryDirectory temporary_;
  const std::filesystem::path directory_ = temporary_ / "data";
};

TEST_F(SqliteStoreLife, KeepsEverythingOverAReopening) {
  ItemId id = 0;
  {
    auto store = open_sqlite_store(directory_);
    id = write_one(*store, Rule::add, report_of("report")).id;
    write_one(*store, Rule::replace, item_of(MailboxKind::slot, 1, 1, "key"));
    write_one(*store, Rule::erase, item_of(MailboxKind::slot, 1, 1, ""));
    EXPECT_EQ(store->generation(), 1U);
  }
  auto store = open_sqlite_store(directory_);
  auto reader = store->reader();
  ASSERT_TRUE(reader->read(id));
  EXPECT_EQ(reader->read(id)->item.bytes, report_of("report").bytes);
  EXPECT_EQ(reader->count(MailboxKind::intake), 1U);
  EXPECT_EQ(reader->count(MailboxKind::slot), 0U);
  EXPECT_TRUE(reader->erased(MailboxKind::slot, name_of(1)));
  EXPECT_GT(write_one(*store, Rule::add, report_of("next")).id, id);
}

TEST_F(SqliteStoreLife, IdsAreNotReusedAfterAReopeningEither) {
  ItemId id = 0;
  {
    auto store = open_sqlite_store(directory_);
    id = write_one(*store, Rule::add, report_of("report")).id;
    write_one(*store, Rule::remove, report_of(""), id);
  }
  auto store = open_sqlite_store(directory_);
  EXPECT_GT(write_one(*store, Rule::add, report_of("next")).id, id);
}

TEST_F(SqliteStoreLife, OnlyItsOwnerCanReadTheFiles) {
  auto store = open_sqlite_store(directory_);
  write_one(*store, Rule::add, report_of("report"));
  EXPECT_EQ(mode_of(directory_), 0700U);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
    EXPECT_EQ(mode_of(entry.path()), 0600U) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, 6) << "database, log, its index, mark, generation, lock";
}

TEST_F(SqliteStoreLife, AReaderSeesWhatIsCommittedAndNeverWaits) {
  auto store = open_sqlite_store(directory_);
  auto reader = store->reader();
  std::thread writing([&] {
    for (int i = 0; i < 300; ++i) write_one(*store, Rule::add, report_of("r"));
  });
  std::uint64_t last = 0;
  while (last < 300) {
    const auto count = reader->waiting(MailboxKind::intake, MailboxName{}, 1'000).size();
    ASSERT_GE(count, last);
    last = count;
    store->checkpoint();
  }
  writing.join();
  EXPECT_TRUE(store->check(always).empty());
}

TEST_F(SqliteStoreLife, TheLogIsEmptyAfterACheckpoint) {
  auto store = open_sqlite_store(directory_);
  write_one(*store, Rule::add, report_of("report"));
  EXPECT_GT(store->log_size(), 15'000U);
  store->checkpoint();
  EXPECT_EQ(store->log_size(), 0U);
}

TEST_F(SqliteStoreLife, ASecondStoreOnTheDirectoryIsRefused) {
  auto store = open_sqlite_store(directory_);
  EXPECT_NE(refusal(directory_).find("Another meldpuntd (process " + std::to_string(::getpid())),
            std::string::npos)
      << refusal(directory_);
  EXPECT_EQ(in_child([&] { return refusal(directory_).empty() ? 1 : 0; }), 0);
  store.reset();
  EXPECT_EQ(refusal(directory_), "");
}

// The child acknowledges through a pipe and is killed at a moment of our choosing.
class SqliteStoreKilled : public SqliteStoreLife, public testing::WithParamInterface<int> {
 protected:
  static constexpr std::size_t batch_size = 3;

  [[noreturn]] void write_until_killed(int acknowledged) {
    auto store = open_sqlite_store(directory_);
    for (std::uint64_t batch = 0;; ++batch) {
      std::vector<Write> writes;
      for (std::size_t i = 0; i < batch_size; ++i) {
        auto report = report_of("report");
        report.position = batch;
        writes.push_back({Rule::add, report, 0});
      }
      store->writer().apply(writes);
      if (::write(acknowledged, &batch, sizeof batch) != sizeof batch) ::_exit(1);
      if (batch % 16 == 7) store->checkpoint();
    }
  }
};

TEST_P(SqliteStoreKilled, EveryAcknowledgedRowIsThereAndNoneHalf) {
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const auto child = ::fork();
  if (child == 0) write_until_killed(pipe[1]);
  ::close(pipe[1]);
  std::uint64_t last = 0;
  std::uint64_t seen = 0;
  while (::read(pipe[0], &last, sizeof last) == sizeof last) {
    if (seen++ == static_cast<std::uint64_t>(GetParam())) ::kill(child, SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  ::close(pipe[0]);

  auto store = open_sqlite_store(directory_);
  auto reader = store->reader();
  for (std::uint64_t batch = 0; batch < seen; ++batch) {
    ASSERT_EQ(reader->count_at(MailboxKind::intake, batch), batch_size) << batch;
  }
  // The one that was under way is there as a whole or not at all.
  EXPECT_EQ(reader->count(MailboxKind::intake) % batch_size, 0U);
  EXPECT_LE(reader->count(MailboxKind::intake), (seen + 1) * batch_size);
  EXPECT_TRUE(store->check(always).empty());
}

INSTANTIATE_TEST_SUITE_P(AtSeveralMoments, SqliteStoreKilled,
                         testing::Values(0, 1, 5, 7, 8, 23, 40, 41, 55, 71));

TEST_F(SqliteStoreLife, WhatWasRemovedIsInNoByteAfterACheckpoint) {
  const std::string marker = "zeer-herkenbaar-merkteken";
  const auto found = [&] {
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
      if (file_bytes(entry.path()).find(marker) != std::string::npos) return true;
    }
    return false;
  };
  auto store = open_sqlite_store(directory_);
  write_one(*store, Rule::add, report_of("before"));
  const auto report = write_one(*store, Rule::add, report_of(marker)).id;
  auto reply = item_of(MailboxKind::address, 1, 0, marker);
  write_one(*store, Rule::put_once, reply);
  write_one(*store, Rule::replace, item_of(MailboxKind::slot, 1, 1, marker));
  write_one(*store, Rule::replace, item_of(MailboxKind::slot, 2, 1, marker));
  write_one(*store, Rule::add, report_of("after"));
  store->checkpoint();
  ASSERT_TRUE(found()) << "the search itself must be able to find it";

  write_one(*store, Rule::remove, report_of(""), report);
  write_one(*store, Rule::burn, reply);
  write_one(*store, Rule::erase, item_of(MailboxKind::slot, 1, 1, ""));
  write_one(*store, Rule::replace, item_of(MailboxKind::slot, 2, 2, "key"));
  store->checkpoint();
  EXPECT_FALSE(found());
}

class SqliteStoreSchema : public SqliteStoreLife {
 protected:
  static std::vector<const char*> steps_and(const char* more) {
    std::vector<const char*> steps(schema_steps().begin(), schema_steps().end());
    steps.push_back(more);
    return steps;
  }
};

TEST_F(SqliteStoreSchema, AnOlderFileIsTakenForwardWithItsItems) {
  const auto id = write_one(*open_sqlite_store(directory_), Rule::add, report_of("old")).id;

  const auto newer = steps_and("CREATE INDEX item_hour ON item (hour)");
  {
    auto store = open_sqlite_store(directory_, newer);
    EXPECT_EQ(store->reader()->read(id)->item.bytes, report_of("old").bytes);
    write_one(*store, Rule::add, report_of("new"));
    EXPECT_TRUE(store->check(always).empty());
  }
  auto again = open_sqlite_store(directory_, newer);
  EXPECT_EQ(again->reader()->count(MailboxKind::intake), 2U);
}

TEST_F(SqliteStoreSchema, ANewerFileIsRefused) {
  open_sqlite_store(directory_, steps_and("CREATE INDEX item_hour ON item (hour)"));
  EXPECT_NE(refusal(directory_).find("written by a newer one"), std::string::npos)
      << refusal(directory_);
}

TEST_F(SqliteStoreSchema, AStepThatFailsLeavesTheOldVersion) {
  write_one(*open_sqlite_store(directory_), Rule::add, report_of("old"));
  EXPECT_THROW(open_sqlite_store(directory_, steps_and("CREATE TABLE half (a); CREATE NONSENSE")),
               StoreFailure);
  EXPECT_EQ(open_sqlite_store(directory_)->reader()->count(MailboxKind::intake), 1U);
}

TEST_F(SqliteStoreSchema, AMissingDatabaseIsNotSilentlyBegunAnew) {
  open_sqlite_store(directory_);
  std::filesystem::remove(directory_ / "meldpunt.sqlite");
  EXPECT_NE(refusal(directory_).find("meldpuntd --restore"), std::string::npos);
}

}  // namespace
}  // namespace meldpunt::server
