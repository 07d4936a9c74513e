#include "client/lib/notice_source.h"

#include <gmock/gmock.h>

#include "client/lib/transport/local_line.h"
#include "tests/unit/client/a_daemon.h"

namespace meldpunt::client {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ANoticeSource : public ::testing::Test {
 protected:
  ANoticeSource() {
    digest_.time = test_time;
    digest_.generation = 5;
    digest_.request_key_id = crypto::random_id<crypto::KeyId>();
    digest_.request_key = crypto::OpeningKey<crypto::role::Request>::generate().public_key();
    digest_.tags = crypto::make_tags(digest_.salt, {}).value();
  }
  crypto::Result<void> take() { return source_.take(region_.notice(digest_)); }

  Region region_;
  VirtualClock clock_;
  crypto::Digest digest_;
  NoticeSource source_{region_.pin, clock_};
};

TEST_F(ANoticeSource, KeepsANoticeThatThePinVouchesFor) {
  ASSERT_TRUE(take());

  ASSERT_NE(source_.notice(), nullptr);
  EXPECT_EQ(source_.notice()->digest.generation, 5U);
  EXPECT_THAT(source_.alarms(), IsEmpty());
}

TEST_F(ANoticeSource, RefusesOneChangedByteAndKeepsTheNoticeBefore) {
  ASSERT_TRUE(take());
  auto frame = region_.notice(digest_);
  frame[5000] ^= 1;

  EXPECT_FALSE(source_.take(frame));
  EXPECT_NE(source_.notice(), nullptr);
}

TEST_F(ANoticeSource, RefusesTheBundleOfAnotherDay) {
  const auto frame = crypto::sign_notice(region_.bundle(test_day - 1), digest_, region_.pin.region,
                                         region_.daemon);

  const auto taken = source_.take(frame.value());

  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error(), crypto::Error::expired);
}

TEST_F(ANoticeSource, AlarmsWhenTheGenerationFalls) {
  ASSERT_TRUE(take());
  digest_.generation = 4;
  ASSERT_TRUE(take());

  EXPECT_THAT(source_.alarms(), ElementsAre(NoticeAlarm::generation_fell));
  EXPECT_EQ(source_.mark().generation, 5U) << "the highest is remembered";
}

TEST_F(ANoticeSource, AlarmsWhenAnOlderBundleOfTheDayComesBack) {
  region_.bundle_generation = 2;
  ASSERT_TRUE(take());
  region_.bundle_generation = 1;
  ASSERT_TRUE(take());

  EXPECT_THAT(source_.alarms(), ElementsAre(NoticeAlarm::bundle_fell));
}

TEST_F(ANoticeSource, AlarmsWhenTimeRunsBackwardsWithoutARestore) {
  ASSERT_TRUE(take());
  digest_.time -= 3600;
  ASSERT_TRUE(take());
  EXPECT_THAT(source_.alarms(), ElementsAre(NoticeAlarm::time_fell));

  ++digest_.generation;
  digest_.time -= 3600;
  ASSERT_TRUE(take());
  EXPECT_THAT(source_.alarms(), IsEmpty());
}

TEST_F(ANoticeSource, RemembersAcrossRuns) {
  ASSERT_TRUE(take());
  NoticeSource next(region_.pin, clock_, source_.mark());
  digest_.generation = 4;

  ASSERT_TRUE(next.take(region_.notice(digest_)));

  EXPECT_THAT(next.alarms(), ElementsAre(NoticeAlarm::generation_fell));
}

TEST_F(ANoticeSource, ShowsTheDaemonsTimeWhenOurClockIsOff) {
  clock_.wall = std::chrono::seconds(test_time) - std::chrono::hours(48);
  ASSERT_TRUE(take());
  EXPECT_TRUE(source_.clock_is_off());
  EXPECT_EQ(source_.daemon_time(), std::chrono::seconds(test_time));

  clock_.wall = std::chrono::seconds(test_time) + std::chrono::minutes(15);
  ASSERT_TRUE(take());
  EXPECT_FALSE(source_.clock_is_off());
}

TEST_F(ANoticeSource, TellsALineThatFailedFromANoticeThatIsNone) {
  LocalLine dead([](auto, auto) { return Delivery::unreachable; });
  LocalLine noise([](auto answer, auto) {
    crypto::fill_random(answer);
    return Delivery::answered;
  });

  const auto unreachable = fetch_notice(source_, dead, std::chrono::seconds(1));
  ASSERT_FALSE(unreachable);
  EXPECT_EQ(unreachable.error().delivery, Delivery::unreachable);
  const auto unreadable = fetch_notice(source_, noise, std::chrono::seconds(1));
  ASSERT_FALSE(unreadable);
  EXPECT_EQ(unreadable.error().delivery, Delivery::answered);
}

}  // namespace
}  // namespace meldpunt::client
