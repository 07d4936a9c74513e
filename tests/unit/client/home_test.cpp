#include "client/lib/home.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/lib/home_state.h"
#include "tests/support/fixed_region.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {
namespace {

class AHome : public testing::Test {
 protected:
  Home make() {
    return must(
        Home::make(path_, region_.signed_pin(), "deputy", crypto::as_bytes(passphrase), quick));
  }
  Outcome<Home> open(std::string_view with = passphrase) {
    return Home::open(path_, crypto::as_bytes(with));
  }

  TemporaryDirectory directory_;
  Path path_ = directory_.path() / "home";
  crypto::test::FixedRegion region_;
};

TEST_F(AHome, OpensWithItsPassphraseToTheSameKeys) {
  const Home made = make();

  const auto opened = open();

  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->keys().id, made.keys().id);
  EXPECT_EQ(opened->keys().signing.public_key(), made.keys().signing.public_key());
  EXPECT_EQ(opened->keys().opening.public_key(), made.keys().opening.public_key());
  EXPECT_EQ(opened->keys().curve.public_key(), made.keys().curve.public_key());
  EXPECT_EQ(opened->pin().region, region_.id);
}

TEST_F(AHome, StaysShutForAnotherPassphrase) {
  make();

  const auto opened = open("another passphrase");

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().exit_code, EX_NOPERM);
}

TEST_F(AHome, CanBeEnteredByItsOwnerOnly) {
  make();

  struct stat status {};
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
  for (const char* name : {"device.key", "keyring", "pin", "enrolment"}) {
    ASSERT_EQ(stat((path_ / name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0600U) << name;
  }
}

TEST_F(AHome, IsNotMadeInADirectoryThatOthersCanEnter) {
  std::filesystem::create_directory(path_);
  chmod(path_.c_str(), 0755);

  const auto made =
      Home::make(path_, region_.signed_pin(), "deputy", crypto::as_bytes(passphrase), quick);

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().exit_code, EX_NOPERM);
}

TEST_F(AHome, IsNotMadeOverAnother) {
  make();
  const auto before = must(read_file(path_ / "device.key", 4096));

  const auto again =
      Home::make(path_, region_.signed_pin(), "deputy", crypto::as_bytes(passphrase), quick);

  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().exit_code, EX_CANTCREAT);
  EXPECT_EQ(must(read_file(path_ / "device.key", 4096)), before);
}

TEST_F(AHome, WithoutADeviceSaysHowToMakeOne) {
  const auto opened = open();

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().exit_code, EX_NOINPUT);
  EXPECT_NE(opened.error().sentence.find("device init"), std::string::npos);
}

TEST_F(AHome, KeepsItsKeyring) {
  Home home = make();
  const auto epoch = crypto::EpochSecret::generate();
  must(home.change_keyring([&](Keyring& keyring) {
    return keyring.add(20'000, crypto::EpochSecret::from_secret(epoch.secret())) &&
           keyring.add(crypto::VaultSecret::generate(2)) &&
           keyring.add(crypto::VaultSecret::generate(1)) &&
           keyring.settle(2, keyring.vault(2)->journal_key);
  }));

  const auto opened = open();

  ASSERT_TRUE(opened);
  EXPECT_NE(opened->keyring().epoch(crypto::epoch_of(epoch.public_key())), nullptr);
  EXPECT_EQ(opened->keyring().newest_vault()->version, 2U);
}

TEST_F(AHome, RefusesAKeyringThatWasAltered) {
  make();
  auto bytes = must(read_file(path_ / "keyring", 4096));
  bytes.back() ^= 1;
  must(write_durably(path_ / "keyring", bytes));

  const auto opened = open();

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().exit_code, EX_DATAERR);
}

TEST_F(AHome, TwoProcessesThatAddKeysLoseNone) {
  Home first = make();
  Home second = must(open());

  must(first.change_keyring(
      [](Keyring& keyring) { return keyring.add(crypto::VaultSecret::generate(1)); }));
  must(second.change_keyring(
      [](Keyring& keyring) { return keyring.add(crypto::VaultSecret::generate(2)); }));

  EXPECT_EQ(must(open()).keyring().vaults.size(), 2U);
}

TEST_F(AHome, RemembersWhatItLastSaw) {
  const Home home = make();
  EXPECT_EQ(must(read_state(home)), HomeState{});
  const HomeState state{{3, 1'700'000'000, 20'000, 2}, 77};

  must(update_state(home, [&](HomeState& kept) { kept = state; }));

  EXPECT_EQ(must(read_state(home)), state);
}

// A process writes as fast as it can and is killed: whoever reads finds one whole version.
TEST_F(AHome, AFileThatIsWrittenWhileItsWriterIsKilledIsWhole) {
  std::filesystem::create_directory(path_);
  const Path file = path_ / "keyring";
  constexpr std::size_t size = 40'000;
  must(write_durably(file, crypto::Buffer(size, 0)));
  for (int round = 0; round < 20; ++round) {
    const pid_t writer = fork();
    ASSERT_GE(writer, 0);
    if (writer == 0) {
      for (std::uint8_t version = 1;; ++version) {
        if (!write_durably(file, crypto::Buffer(size, version))) _exit(1);
      }
    }
    usleep(static_cast<useconds_t>(500 + 700 * round));
    kill(writer, SIGKILL);
    int status = 0;
    waitpid(writer, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "it was writing until it was killed";

    const auto bytes = must(read_file(file, size * 2));
    ASSERT_EQ(bytes.size(), size);
    EXPECT_EQ(std::ranges::count(bytes, bytes.front()), static_cast<std::ptrdiff_t>(size));
  }
}

TEST_F(AHome, ANewFileIsForItsWriterAloneAndIsWrittenOverNothing) {
  std::filesystem::create_directory(path_);
  const Path file = path_ / "paper.html";
  const Path behind = path_ / "behind";
  std::filesystem::create_symlink(behind, path_ / "link.html");
  must(is_new_file(file));
  must(write_new_file(file, crypto::Buffer(100, 1)));

  struct stat status {};
  ASSERT_EQ(stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  for (const Path& taken : {file, path_ / "link.html"}) {
    EXPECT_EQ(is_new_file(taken).error().exit_code, EX_CANTCREAT) << taken;
    const auto again = write_new_file(taken, crypto::Buffer(100, 2));
    ASSERT_FALSE(again) << taken;
    EXPECT_EQ(again.error().exit_code, EX_CANTCREAT);
  }
  EXPECT_EQ(must(read_file(file, 200)), crypto::Buffer(100, 1));
  EXPECT_FALSE(std::filesystem::exists(behind));
  EXPECT_EQ(write_new_file(path_ / "nowhere" / "x", {}).error().exit_code, EX_CANTCREAT);
}

// A process may write files of that size at most, as on a disk that is full.
TEST_F(AHome, ANewFileThatCannotBeWrittenWholeIsNotLeftBehind) {
  std::filesystem::create_directory(path_);
  const Path file = path_ / "paper.html";
  const pid_t writer = fork();
  ASSERT_GE(writer, 0);
  if (writer == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit small{1000, 1000};
    setrlimit(RLIMIT_FSIZE, &small);
    const auto written = write_new_file(file, crypto::Buffer(2000, 1));
    _exit(!written && written.error().exit_code == EX_CANTCREAT ? 0 : 1);
  }
  int status = 0;
  waitpid(writer, &status, 0);

  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_FALSE(std::filesystem::exists(file));
  must(write_new_file(file, crypto::Buffer(2000, 1)));
}

// The same for records: those that were whole stay, in order, and the torn one goes.
TEST_F(AHome, RecordsOfAKilledWriterAreWholeAndInOrder) {
  std::filesystem::create_directory(path_);
  const Path file = path_ / "journal";
  std::size_t before = 0;
  for (int round = 0; round < 10; ++round) {
    const pid_t writer = fork();
    ASSERT_GE(writer, 0);
    if (writer == 0) {
      auto records = must(RecordFile::open(file, 4096));
      for (;;) {
        const auto number = static_cast<std::uint8_t>(records.size());
        if (!records.append(records.size(), crypto::Buffer(1000U + number, number))) _exit(1);
      }
    }
    usleep(static_cast<useconds_t>(1000 + 900 * round));
    kill(writer, SIGKILL);
    waitpid(writer, nullptr, 0);

    const auto records = must(RecordFile::open(file, 4096));
    EXPECT_GE(records.size(), before);
    before = records.size();
    for (std::size_t i = 0; i < records.size(); ++i) {
      const auto number = static_cast<std::uint8_t>(i);
      EXPECT_EQ(must(records.read(i)), crypto::Buffer(1000U + number, number));
    }
  }
  EXPECT_GT(before, 0U);
}

TEST_F(AHome, ATornRecordIsCutOffAndOverwritten) {
  std::filesystem::create_directory(path_);
  const Path file = path_ / "journal";
  {
    auto records = must(RecordFile::open(file, 4096));
    must(records.append(0, crypto::Buffer(100, 1)));
    must(records.append(1, crypto::Buffer(100, 2)));
  }
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);

  auto records = must(RecordFile::open(file, 4096));

  ASSERT_EQ(records.size(), 1U);
  must(records.append(1, crypto::Buffer(50, 3)));
  EXPECT_EQ(must(must(RecordFile::open(file, 4096)).read(1)), crypto::Buffer(50, 3));
}

TEST_F(AHome, AFileOfOtherThingsThanRecordsIsRefused) {
  std::filesystem::create_directory(path_);
  must(write_durably(path_ / "journal", crypto::Buffer(100, 0xff)));

  EXPECT_FALSE(RecordFile::open(path_ / "journal", 4096));
}

}  // namespace
}  // namespace meldpunt::client::test
