#include "server/storage/backup.h"

#include <signal.h>
#include <sys/stat.h>

#include <chrono>
#include <thread>

#include "tests/unit/storage/a_store.h"

namespace meldpunt::server {
namespace {

class Backup : public testing::Test {
 protected:
  static std::string restore_refusal(const std::filesystem::path& file,
                                     const std::filesystem::path& directory, Existing existing) {
    try {
      restore_database(file, directory, existing);
    } catch (const StoreFailure& failure) {
      return failure.what();
    }
    return {};
  }
  static std::uint64_t reports_in(const std::filesystem::path& directory) {
    return open_sqlite_store(directory)->reader()->count(MailboxKind::intake);
  }

  TemporaryDirectory temporary_;
  const std::filesystem::path directory_ = temporary_ / "data";
  const std::filesystem::path other_ = temporary_ / "other";
  const std::filesystem::path file_ = temporary_ / "backup";
};

TEST_F(Backup, RestoresToTheSameItemsWithAHigherGeneration) {
  ItemId id = 0;
  {
    auto store = open_sqlite_store(directory_);
    id = write_one(*store, Rule::add, report_of("report")).id;
    write_one(*store, Rule::append, item_of(MailboxKind::journal, 0, 1, "event"));
    backup_database(directory_, file_);
    struct stat status {};
    ASSERT_EQ(::stat(file_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
  }

  EXPECT_EQ(restore_database(file_, other_, Existing::refuse), 2U);

  auto store = open_sqlite_store(other_);
  EXPECT_EQ(store->generation(), 2U);
  EXPECT_EQ(store->reader()->read(id)->item.bytes, report_of("report").bytes);
  EXPECT_EQ(store->reader()->head(MailboxKind::journal, MailboxName{}), 1U);
  EXPECT_GT(write_one(*store, Rule::add, report_of("next")).id, id);
  EXPECT_TRUE(store->check(always).empty());
}

TEST_F(Backup, IsConsistentWhileAnotherProcessWrites) {
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const auto daemon = ::fork();
  if (daemon == 0) {
    auto store = open_sqlite_store(directory_);
    for (std::uint64_t position = 1; position < 1'000; ++position) {
      // The event and the report of one transaction belong together.
      const std::vector<Write> writes = {
          {Rule::add, report_of("report"), 0},
          {Rule::append, item_of(MailboxKind::journal, 0, position, "event"), 0}};
      store->writer().apply(writes);
      if (position % 20 == 0) store->checkpoint();
      if (position == 20 && ::write(pipe[1], "x", 1) != 1) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ::_exit(0);
  }
  char ready = 0;
  ASSERT_EQ(::read(pipe[0], &ready, 1), 1);
  std::vector<std::filesystem::path> files;
  for (int i = 0; i < 5; ++i) {
    files.push_back(temporary_ / ("backup" + std::to_string(i)));
    backup_database(directory_, files.back());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(check_database(directory_).empty());
  ::kill(daemon, SIGKILL);
  ::waitpid(daemon, nullptr, 0);
  ::close(pipe[0]);
  ::close(pipe[1]);

  std::uint64_t before = 0;
  for (const auto& file : files) {
    const auto place = temporary_ / ("from-" + file.filename().string());
    restore_database(file, place, Existing::refuse);
    auto restored = open_sqlite_store(place);
    const auto events = restored->reader()->head(MailboxKind::journal, MailboxName{});
    EXPECT_GT(events, before);
    EXPECT_EQ(restored->reader()->count(MailboxKind::intake), events);
    before = events;
  }
}

TEST_F(Backup, RaisesTheGenerationAboveBothTheBackupsAndTheExistingOnes) {
  open_sqlite_store(directory_);
  backup_database(directory_, file_);
  EXPECT_EQ(restore_database(file_, directory_, Existing::replace), 2U);
  EXPECT_EQ(restore_database(file_, directory_, Existing::replace), 3U);

  const auto later = temporary_ / "later";
  backup_database(directory_, later);
  EXPECT_EQ(restore_database(later, other_, Existing::refuse), 4U);
}

TEST_F(Backup, KnowsTheGenerationOfADatabaseThatCannotBeRead) {
  open_sqlite_store(directory_);
  backup_database(directory_, file_);
  restore_database(file_, directory_, Existing::replace);
  overwrite(directory_ / "meldpunt.sqlite", "nothing of a database");
  EXPECT_EQ(restore_database(file_, directory_, Existing::replace), 3U);
}

TEST_F(Backup, DoesNotReplaceADatabaseUnlessTold) {
  write_one(*open_sqlite_store(directory_), Rule::add, report_of("report"));
  backup_database(directory_, file_);
  write_one(*open_sqlite_store(directory_), Rule::add, report_of("newer"));

  EXPECT_NE(restore_refusal(file_, directory_, Existing::refuse), "");
  EXPECT_EQ(reports_in(directory_), 2U);

  EXPECT_EQ(restore_refusal(file_, directory_, Existing::replace), "");
  EXPECT_EQ(reports_in(directory_), 1U);
  EXPECT_TRUE(std::filesystem::exists(directory_ / "replaced.sqlite"));
}

TEST_F(Backup, DoesNotRestoreUnderARunningStore) {
  auto store = open_sqlite_store(directory_);
  backup_database(directory_, file_);
  EXPECT_NE(restore_refusal(file_, directory_, Existing::replace).find("Another meldpuntd"),
            std::string::npos);
}

TEST_F(Backup, ADamagedBackupIsRefusedAndNothingIsChanged) {
  write_one(*open_sqlite_store(directory_), Rule::add, report_of("report"));
  backup_database(directory_, file_);
  const auto intact = file_bytes(file_);
  for (std::size_t at = 50; at < intact.size(); at += 8'000) {
    overwrite(file_, intact);
    flip_byte(file_, at);
    const auto sentence = restore_refusal(file_, directory_, Existing::replace);
    EXPECT_NE(sentence.find("is damaged"), std::string::npos) << at << ": " << sentence;
  }
  overwrite(file_, intact.substr(0, intact.size() / 2));
  EXPECT_NE(restore_refusal(file_, directory_, Existing::replace), "");
  EXPECT_NE(restore_refusal(temporary_ / "nowhere", directory_, Existing::replace), "");
  EXPECT_EQ(reports_in(directory_), 1U);
}

TEST_F(Backup, NeverOverwritesAFile) {
  open_sqlite_store(directory_);
  overwrite(file_, "precious");
  EXPECT_THROW(backup_database(directory_, file_), StoreFailure);
  EXPECT_EQ(file_bytes(file_), "precious");
  EXPECT_THROW(backup_database(temporary_ / "nowhere", temporary_ / "b"), StoreFailure);
}

TEST_F(Backup, HoldsNothingThatWasRemovedBefore) {
  const std::string marker = "zeer-herkenbaar-merkteken";
  auto store = open_sqlite_store(directory_);
  const auto id = write_one(*store, Rule::add, report_of(marker)).id;
  backup_database(directory_, file_);
  EXPECT_NE(file_bytes(file_).find(marker), std::string::npos);
  write_one(*store, Rule::remove, report_of(""), id);
  const auto later = temporary_ / "later";
  backup_database(directory_, later);
  EXPECT_EQ(file_bytes(later).find(marker), std::string::npos);
}

TEST_F(Backup, TheCheckCommandWorksWithAndWithoutADaemonAndSeesDamage) {
  EXPECT_EQ(check_database(temporary_ / "nowhere").size(), 1U);
  {
    auto store = open_sqlite_store(directory_);
    for (int i = 0; i < 10; ++i) write_one(*store, Rule::add, report_of("report"));
    EXPECT_EQ(in_child([&] { return static_cast<int>(check_database(directory_).size()); }), 0);
  }
  EXPECT_TRUE(check_database(directory_).empty());
  const auto database = directory_ / "meldpunt.sqlite";
  flip_byte(database, std::filesystem::file_size(database) / 2);
  EXPECT_EQ(check_database(directory_).empty(), false);
  flip_byte(database, 5);
  EXPECT_EQ(check_database(directory_).empty(), false);
}

}  // namespace
}  // namespace meldpunt::server
