// The receiver's database: its version, what an older program left, and two at once.
#include "client/lib/receiver_store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>

#include "tests/support/receiving_end.h"

namespace meldpunt::client::test {
namespace {

class TheStore : public testing::Test {
 protected:
  [[nodiscard]] Path file() const { return directory_.path() / "received.db"; }
  void execute(const char* sql) const {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(connection);
  }
  [[nodiscard]] ReceivedEntry entry(std::uint32_t sequence) const {
    ReceivedEntry entry;
    entry.said.release = crypto::random_id<crypto::Hash>();
    entry.said.head = {sequence, crypto::Series::inflow, 100 * sequence, 100 * sequence + 5};
    entry.receipt = *crypto::sign_receipt(entry.said, region_, keys_.signing);
    return entry;
  }
  Outcome<void> add(ReceiverStore& store, const ReceivedEntry& entry) const {
    crypto::Buffer object(100);
    crypto::fill_random(object);
    return store.add(region_, entry, crypto::as_bytes("the document"), {object, {}});
  }

  TemporaryDirectory directory_;
  const crypto::RegionId region_ = crypto::random_id<crypto::RegionId>();
  const DeviceKeys keys_ = DeviceKeys::generate();
};

TEST_F(TheStore, IsThereAgainWithAllThatWasAdded) {
  {
    auto store = must(ReceiverStore::open(directory_.path()));
    must(add(store, entry(1)));
    must(add(store, entry(2)));
  }
  const auto store = must(ReceiverStore::open(directory_.path()));
  EXPECT_EQ(must(store.entries(region_)).size(), 2U);
  EXPECT_EQ(must(store.kept(region_)).back().document, "the document");
  EXPECT_EQ(must(store.highest(region_)), 2U);
  EXPECT_EQ(must(store.entries({})).size(), 0U) << "of another region";
}

TEST_F(TheStore, IsReadByAnotherWhileOneWrites) {
  auto writer = must(ReceiverStore::open(directory_.path()));
  const auto reader = must(ReceiverStore::open(directory_.path()));
  EXPECT_EQ(must(reader.newest()), 0);
  must(add(writer, entry(1)));
  EXPECT_EQ(must(reader.newest()), 1);
  EXPECT_EQ(must(reader.entries(region_)).size(), 1U);
}

// Another program that ends takes the log away, unless it sees that somebody has the database open.
TEST_F(TheStore, KeepsItsLogWhileOthersComeAndGo) {
  auto writer = must(ReceiverStore::open(directory_.path()));
  must(add(writer, entry(1)));
  const auto reader = must(ReceiverStore::open(directory_.path()));
  const std::string count =
      "test \"$(sqlite3 '" + file().string() + "' 'SELECT count(*) FROM entry')\" = ";
  EXPECT_EQ(std::system((count + "1").c_str()), 0);
  must(add(writer, entry(2)));
  EXPECT_EQ(std::system((count + "2").c_str()), 0);
}

TEST_F(TheStore, KeepsOneReleaseUnderANumber) {
  auto store = must(ReceiverStore::open(directory_.path()));
  must(add(store, entry(1)));
  EXPECT_FALSE(add(store, entry(1)));
  EXPECT_EQ(must(store.entries(region_)).size(), 1U) << "nothing of the second is there";
  must(add(store, entry(2)));
}

TEST_F(TheStore, IsForItsOwnerAlone) {
  (void)must(ReceiverStore::open(directory_.path()));
  const auto mode = std::filesystem::status(file()).permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(TheStore, OfANewerProgramIsRefused) {
  (void)must(ReceiverStore::open(directory_.path()));
  execute("PRAGMA user_version = 99");
  const auto store = ReceiverStore::open(directory_.path());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().exit_code, EX_DATAERR);
  EXPECT_NE(store.error().sentence.find("newer version"), std::string::npos);
}

TEST_F(TheStore, ThatIsDamagedIsRefused) {
  must(write_durably(file(), crypto::as_bytes(std::string(5000, 'x'))));
  const auto store = ReceiverStore::open(directory_.path());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().exit_code, EX_DATAERR);
  EXPECT_NE(store.error().sentence.find("damaged"), std::string::npos);
}

TEST_F(TheStore, SaysWhatToDoWithTheFilesOfAnOlderProgram) {
  const Path region = region_directory(directory_.path(), region_);
  std::filesystem::create_directories(region);
  must(write_durably(region / "list", crypto::as_bytes("records")));
  const auto store = ReceiverStore::open(directory_.path());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().exit_code, EX_DATAERR);
  EXPECT_NE(store.error().sentence.find("Move list"), std::string::npos);
  std::filesystem::remove(region / "list");
  EXPECT_TRUE(ReceiverStore::open(directory_.path()));
}

}  // namespace
}  // namespace meldpunt::client::test
