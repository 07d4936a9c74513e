// Nothing lost, nothing twice: whatever dies, every acknowledged report is in the case file once.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cstdlib>
#include <map>
#include <random>
#include <thread>

#include "tests/integration/a_region.h"
#include "tests/integration/case_file.h"
#include "tests/integration/crowd.h"

namespace meldpunt::tests {
namespace {

using namespace std::chrono_literals;

bool long_run() { return std::getenv("MELDPUNT_LONG") != nullptr; }

void expect_each_once(const ARegion& region, const std::set<std::string>& acknowledged) {
  const auto texts = case_file(region);
  for (const std::string& text : acknowledged) {
    const auto found = texts.find(text);
    if (found == texts.end()) {
      ADD_FAILURE() << "lost: " << text;
    } else {
      EXPECT_EQ(found->second, 1) << text;
    }
  }
}

void take_in_everything(ARegion& region) {
  await(
      "taking in", [&] { return region.staff("duty", {"--once"}).status == 0; }, 60s);
  // A lease that a killed duty held ends with the daemon.
  region.start_daemon();
  region.start_gateways();
  await(
      "taking in", [&] { return region.staff("duty", {"--once"}).status == 0; }, 60s);
}

class NothingLost : public testing::Test {
 protected:
  std::chrono::milliseconds a_moment() {
    return std::chrono::milliseconds(std::uniform_int_distribution(5, 250)(random_));
  }

  std::mt19937 random_{std::random_device{}()};
};

TEST_F(NothingLost, WhenDaemonGatewayAndDutyAreKilledAtRandomMoments) {
  ARegion region;
  Crowd crowd(region.pin(), region.reporters_endpoint());
  crowd.start(4, 1'000'000, "killed");
  auto duty = region.start_duty();
  const int rounds = long_run() ? 200 : 20;
  for (int round = 0; round < rounds; ++round) {
    const auto before = crowd.acknowledged().size();
    await(
        "reports between two deaths", [&] { return crowd.acknowledged().size() > before; }, 60s);
    std::this_thread::sleep_for(a_moment());
    switch (round % 3) {
      case 0:
        region.daemon().kill();
        region.start_daemon();
        break;
      case 1:
        region.kill_gateway();
        break;
      default:
        duty->kill();
        duty = region.start_duty();
    }
  }
  std::this_thread::sleep_for(500ms);
  crowd.stop();
  duty.reset();
  take_in_everything(region);

  EXPECT_GT(crowd.acknowledged().size(), 20U);
  expect_each_once(region, crowd.acknowledged());
}

// A file system of its own, without room to spare.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& place) : place_(place) {
    std::filesystem::create_directories(place);
    if (::mount("tmpfs", place.c_str(), "tmpfs", 0, "size=4m,mode=0700") != 0) {
      throw std::runtime_error("cannot mount a tmpfs; run as root");
    }
  }
  ~SmallDisk() { ::umount2(place_.c_str(), MNT_DETACH); }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  void resize(const std::string& size) { remount(0, "size=" + size); }
  void read_only(bool on) { remount(on ? MS_RDONLY : 0, ""); }

 private:
  void remount(unsigned long flags, const std::string& options) {
    if (::mount("tmpfs", place_.c_str(), "tmpfs", MS_REMOUNT | flags, options.c_str()) != 0) {
      throw std::runtime_error("cannot remount the tmpfs");
    }
  }
  std::filesystem::path place_;
};

TEST_F(NothingLost, WhenTheDiskIsFull) {
  const Folder folder;
  SmallDisk disk(folder / "disk");
  {
    ARegion::Options options;
    options.data = folder / "disk" / "data";
    ARegion region(options);
    Crowd crowd(region.pin(), region.reporters_endpoint());
    crowd.start(4, 1'000'000, "full");
    await(
        "a full disk", [&] { return region.log().find("store could not") != std::string::npos; },
        60s);
    disk.resize("64m");
    const auto before = crowd.acknowledged().size();
    await(
        "room again", [&] { return crowd.acknowledged().size() > before + 5; }, 60s);
    crowd.stop();
    take_in_everything(region);

    EXPECT_TRUE(region.daemon().alive());
    expect_each_once(region, crowd.acknowledged());
  }
}

TEST_F(NothingLost, WhenTheClockJumpsTwoDays) {
  const auto offset = std::make_shared<Folder>();
  const auto clock = *offset / "offset";
  write_text(clock, "+0\n");
  ARegion::Options options;
  options.environment = {"LD_PRELOAD=" + std::string(MELDPUNT_FAKETIME_LIBRARY),
                         "FAKETIME_TIMESTAMP_FILE=" + clock.string(), "FAKETIME_NO_CACHE=1",
                         "FAKETIME_DONT_FAKE_MONOTONIC=1"};
  ARegion region(options);
  Crowd crowd(region.pin(), region.reporters_endpoint());
  crowd.start(4, 1'000'000, "jumped");
  const auto progress = [&] {
    const auto before = crowd.acknowledged().size();
    await(
        "reports", [&] { return crowd.acknowledged().size() > before + 10; }, 60s);
  };
  progress();
  write_text(clock, "+2d\n");
  std::this_thread::sleep_for(1500ms);
  progress();
  write_text(clock, "+0\n");
  std::this_thread::sleep_for(1500ms);
  progress();
  crowd.stop();
  take_in_everything(region);

  expect_each_once(region, crowd.acknowledged());
}

class Concurrency : public testing::TestWithParam<int> {};

TEST_P(Concurrency, HasNoFailureLossOrDuplicate) {
  ARegion::Options options;
  options.gateway = {"--dial-burst", "4096", "--turn-ms", "1"};
  ARegion region(options);
  Crowd crowd(region.pin(), region.reporters_endpoint(), 60s);
  const int reporters = GetParam();
  crowd.start(reporters, 1, "at once");
  crowd.join();
  take_in_everything(region);

  EXPECT_EQ(crowd.acknowledged().size(), static_cast<std::size_t>(reporters));
  EXPECT_EQ(crowd.failures(), 0);
  EXPECT_EQ(case_file(region).size(), static_cast<std::size_t>(reporters));
  expect_each_once(region, crowd.acknowledged());
}

INSTANTIATE_TEST_SUITE_P(Reporters, Concurrency, testing::Values(1, 32, 256, 1000));

}  // namespace
}  // namespace meldpunt::tests
