// A disk that is full or read-only: nothing acknowledged is lost, and the store works again after.
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "tests/unit/storage/a_store.h"

namespace meldpunt::server {
namespace {

// A file system of its own, in a mount namespace that ends with the child process. Without root, in
// a user namespace.
// The mount that holds the place keeps to itself what is mounted below; "/" of a changed root may
// be none.
bool keep_private(std::filesystem::path place) {
  for (;; place = place.parent_path()) {
    if (::mount("none", place.c_str(), nullptr, MS_REC | MS_PRIVATE, nullptr) == 0) return true;
    if (place == place.root_path()) return false;
  }
}

bool mount_small_disk(const std::filesystem::path& at) {
  if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  std::filesystem::create_directories(at);
  return keep_private(at) && ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=1m") == 0;
}

std::uint64_t fill(Store& store) {
  std::uint64_t stored = 0;
  try {
    for (; stored < 1'000; ++stored) write_one(store, Rule::add, report_of("report"));
  } catch (const StoreFailure& failure) {
    EXPECT_NE(std::string(failure.what()).find("is full"), std::string::npos) << failure.what();
  }
  return stored;
}

class FullDisk : public testing::Test {
 protected:
  // Expectations inside `story` fail the test through the child's exit code.
  void on_a_small_disk(const std::function<void()>& story) {
    EXPECT_EQ(in_child([&] {
                if (!mount_small_disk(disk_)) return 77;
                story();
                return HasFailure() ? 1 : 0;
              }),
              0);
  }

  TemporaryDirectory temporary_;
  const std::filesystem::path disk_ = temporary_ / "disk";
  const std::filesystem::path directory_ = disk_ / "data";
};

TEST_F(FullDisk, RefusesTheWriteAndKeepsWhatWasAcknowledged) {
  on_a_small_disk([&] {
    std::uint64_t stored = 0;
    {
      auto store = open_sqlite_store(directory_);
      stored = fill(*store);
      EXPECT_GT(stored, 2U);
      EXPECT_LT(stored, 1'000U);
      EXPECT_EQ(store->reader()->count(MailboxKind::intake), stored);
      EXPECT_EQ(store->reader()->waiting(MailboxKind::intake, MailboxName{}, 2'000).size(), stored);
    }
    auto store = open_sqlite_store(directory_);
    EXPECT_EQ(store->reader()->count(MailboxKind::intake), stored);
    EXPECT_TRUE(store->check(always).empty());
  });
}

TEST_F(FullDisk, WorksAgainOnceThereIsRoom) {
  on_a_small_disk([&] {
    overwrite(disk_ / "other", std::string(400'000, 'x'));
    auto store = open_sqlite_store(directory_);
    const auto stored = fill(*store);
    EXPECT_THROW(write_one(*store, Rule::add, report_of("report")), StoreFailure);
    std::filesystem::remove(disk_ / "other");

    EXPECT_EQ(write_one(*store, Rule::add, report_of("report")).outcome, Outcome::done);
    EXPECT_EQ(store->reader()->count(MailboxKind::intake), stored + 1);
    EXPECT_TRUE(store->check(always).empty());
  });
}

TEST_F(FullDisk, ACheckpointThatHasNoRoomLosesNothing) {
  on_a_small_disk([&] {
    auto store = open_sqlite_store(directory_);
    const auto stored = fill(*store);
    EXPECT_THROW(store->checkpoint(), StoreFailure);
    EXPECT_EQ(store->reader()->waiting(MailboxKind::intake, MailboxName{}, 2'000).size(), stored);
    EXPECT_TRUE(store->check(always).empty());
  });
}

TEST_F(FullDisk, AStoreOnAReadOnlyDiskSaysSo) {
  on_a_small_disk([&] {
    write_one(*open_sqlite_store(directory_), Rule::add, report_of("report"));
    EXPECT_EQ(::mount("none", disk_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
    EXPECT_NE(refusal(directory_).find("Read-only file system"), std::string::npos)
        << refusal(directory_);
    EXPECT_EQ(::mount("none", disk_.c_str(), nullptr, MS_REMOUNT, nullptr), 0);
    EXPECT_EQ(open_sqlite_store(directory_)->reader()->count(MailboxKind::intake), 1U);
  });
}

}  // namespace
}  // namespace meldpunt::server
