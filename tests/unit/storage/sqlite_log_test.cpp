// What a crash leaves in the log: a torn last commit is normal, everything else is refused.
#include <signal.h>

#include "server/storage/log_file.h"
#include "tests/unit/storage/a_store.h"

namespace meldpunt::server {
namespace {

constexpr std::uint64_t commits = 6;

class SqliteLog : public testing::Test {
 protected:
  // A directory as kill -9 leaves it: six commits in the log, none in the database.
  void SetUp() override {
    ASSERT_EQ(in_child([&]() -> int {
                auto store = open_sqlite_store(directory_);
                for (std::uint64_t i = 0; i < commits; ++i) {
                  auto report = report_of("report");
                  report.position = i;
                  write_one(*store, Rule::add, report);
                }
                ::raise(SIGKILL);
                return 1;
              }),
              -SIGKILL);
    log_bytes_ = file_bytes(log_);
    database_bytes_ = file_bytes(database_);
    mark_bytes_ = file_bytes(mark_);
    frames_ = (log_bytes_.size() - log_header_size) / log_frame_size;
    ASSERT_GE(frames_, 3 * commits);
  }

  void put_back() {
    overwrite(log_, log_bytes_);
    overwrite(database_, database_bytes_);
    overwrite(mark_, mark_bytes_);
    std::filesystem::remove(directory_ / "meldpunt.sqlite-shm");
  }
  // After a power cut the mark on the disk may be older than the log.
  void forget_mark() { overwrite(mark_, ""); }

  std::uint64_t rows_after_start() {
    return open_sqlite_store(directory_)->reader()->count(MailboxKind::intake);
  }
  bool is_refused() {
    const auto sentence = refusal(directory_);
    return sentence.find("meldpuntd --restore FILE") != std::string::npos;
  }
  static std::uintmax_t frame_at(std::uint64_t frame) {
    return log_header_size + (frame - 1) * log_frame_size;
  }
  bool is_commit(std::uint64_t frame) const {
    const auto at = frame_at(frame) + 4;
    return log_bytes_.substr(at, 4) != std::string(4, '\0');
  }

  TemporaryDirectory temporary_;
  const std::filesystem::path directory_ = temporary_ / "data";
  const std::filesystem::path database_ = directory_ / "meldpunt.sqlite";
  const std::filesystem::path log_ = directory_ / "meldpunt.sqlite-wal";
  const std::filesystem::path mark_ = directory_ / "meldpunt.sqlite-mark";
  std::string log_bytes_, database_bytes_, mark_bytes_;
  std::uint64_t frames_ = 0;
};

TEST_F(SqliteLog, IsTakenInAtTheNextStart) {
  EXPECT_EQ(rows_after_start(), commits);
  EXPECT_EQ(std::filesystem::file_size(log_), 0U);
}

TEST_F(SqliteLog, ItsMarkNamesTheLastCommit) {
  const auto mark = read_mark(mark_);
  ASSERT_TRUE(mark);
  EXPECT_EQ(mark->frames, frames_);
  EXPECT_EQ(scan_log(log_, mark_).frames, frames_);
  EXPECT_TRUE(marked_log_is_intact(log_, mark_));
}

TEST_F(SqliteLog, AnyFlippedByteBeforeTheMarkIsRefused) {
  for (std::uint64_t frame = 1; frame <= frames_; ++frame) {
    for (const auto within : std::initializer_list<std::uint64_t>{0, 5, 9, 17, 100, 16'407}) {
      put_back();
      flip_byte(log_, frame_at(frame) + within);
      EXPECT_FALSE(marked_log_is_intact(log_, mark_));
      ASSERT_TRUE(is_refused()) << "frame " << frame << ", byte " << within;
    }
  }
  EXPECT_EQ(file_bytes(database_), database_bytes_) << "a refusal changes nothing";
}

TEST_F(SqliteLog, AnyFlippedByteOfItsHeaderIsRefused) {
  for (std::uintmax_t at = 0; at < log_header_size; ++at) {
    put_back();
    flip_byte(log_, at);
    EXPECT_TRUE(is_refused()) << at;
  }
}

TEST_F(SqliteLog, ALogThatIsGoneOrCutIsRefused) {
  for (const auto size : {std::size_t{0}, log_header_size, log_bytes_.size() / 2,
                          log_bytes_.size() - log_frame_size, log_bytes_.size() - 1}) {
    put_back();
    overwrite(log_, log_bytes_.substr(0, size));
    EXPECT_TRUE(is_refused()) << size;
  }
  put_back();
  std::filesystem::remove(log_);
  EXPECT_TRUE(is_refused());
}

TEST_F(SqliteLog, ATornLastCommitBehindTheMarkIsDropped) {
  auto last = frames_ - 1;
  while (!is_commit(last)) --last;
  put_back();
  forget_mark();
  overwrite(log_, log_bytes_.substr(0, log_bytes_.size() - 1'000));
  EXPECT_EQ(rows_after_start(), commits - 1);

  put_back();
  forget_mark();
  flip_byte(log_, frame_at(last + 1) + 1'000);
  EXPECT_EQ(rows_after_start(), commits - 1);
}

TEST_F(SqliteLog, DamageBeforeTwoLaterCommitsIsRefusedEvenWithoutAMark) {
  put_back();
  forget_mark();
  flip_byte(log_, frame_at(1) + 1'000);
  EXPECT_TRUE(is_refused());
}

TEST_F(SqliteLog, AFileCutWhereTheLogHasThePagesIsWholeAgain) {
  put_back();
  overwrite(log_, log_bytes_);
  ASSERT_EQ(rows_after_start(), commits);
  const auto whole = file_bytes(database_);
  // As if killed in the middle of the checkpoint that had begun with the first pages.
  overwrite(log_, log_bytes_);
  overwrite(mark_, mark_bytes_);
  overwrite(database_, whole.substr(0, database_bytes_.size() + 5'000));
  EXPECT_EQ(rows_after_start(), commits);
  EXPECT_TRUE(open_sqlite_store(directory_)->check(always).empty());
}

TEST_F(SqliteLog, AFileCutBeyondWhatTheLogHasIsRefused) {
  put_back();
  overwrite(database_, database_bytes_.substr(0, database_bytes_.size() - 16'384 * 2));
  EXPECT_TRUE(is_refused());
}

TEST_F(SqliteLog, DamageInALivingLogIsNeitherServedNorCarriedIntoTheDatabase) {
  auto store = open_sqlite_store(directory_);
  std::vector<std::uint8_t> expected = report_of("later").bytes;
  const auto id = write_one(*store, Rule::add, report_of("later")).id;
  write_one(*store, Rule::add, report_of("more"));
  const auto at = file_bytes(log_).find("laterrrr");
  ASSERT_NE(at, std::string::npos);
  flip_byte(log_, at + 500);

  EXPECT_THROW(store->reader()->read(id), StoreFailure);
  EXPECT_EQ(store->check(always).size() >= 1, true);
  EXPECT_THROW(store->checkpoint(), StoreFailure);
  EXPECT_EQ(file_bytes(database_).find("laterrrr"), std::string::npos);
  flip_byte(log_, at + 500);
  store->checkpoint();
  EXPECT_EQ(store->reader()->read(id)->item.bytes, expected);
  EXPECT_TRUE(store->check(always).empty());
}

}  // namespace
}  // namespace meldpunt::server
