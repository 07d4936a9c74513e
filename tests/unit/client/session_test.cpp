#include "client/lib/session.h"

#include <gmock/gmock.h>

#include <set>

#include "client/lib/reporter_incoming.h"
#include "client/lib/reporter_outgoing.h"
#include "tests/unit/client/a_daemon.h"

namespace meldpunt::client {
namespace {

using namespace testing;
using ::testing::Each;
using ::testing::Field;

constexpr unsigned sessions = 200;
constexpr unsigned visit_beats = 8;  // the longest of these takes six

std::vector<crypto::Report> a_report(const crypto::ThreadKeys& thread) {
  crypto::Statement statement{"en", {{"urgency", {"HIGH"}}}, "something that was seen", {}};
  return compose({crypto::ReportKind::report, statement}, thread.shared).value();
}

// The kinds of visit that must look alike. Each runs one session and returns what was seen.
class UniformWire : public ::testing::Test {
 protected:
  using Visit = std::function<SessionEnd(Stage&)>;

  static std::vector<Seen> watch(std::uint32_t seed, const Visit& visit,
                                 std::set<crypto::Hash>& all) {
    Stage stage(region(), seed);
    stage.rhythm.visit = visit_beats;
    EXPECT_EQ(visit(stage), SessionEnd::done);
    for (const crypto::Hash& frame : stage.daemon.frame_hashes) {
      EXPECT_TRUE(all.insert(frame).second) << "an outer frame was sent twice";
    }
    return stage.daemon.seen;
  }

  static void expect_like_reading(const Visit& visit) {
    static std::set<crypto::Hash> frames;  // of all sessions of all tests
    static const std::vector<std::vector<Seen>> reading = [] {
      std::vector<std::vector<Seen>> lists;
      for (std::uint32_t seed = 0; seed < sessions; ++seed) {
        lists.push_back(watch(seed, read_only, frames));
      }
      return lists;
    }();
    for (std::uint32_t seed = 0; seed < sessions; ++seed) {
      ASSERT_EQ(watch(seed, visit, frames), reading[seed]) << "session " << seed;
    }
  }

  static SessionEnd read_only(Stage& stage) { return stage.run({}); }
  static SessionEnd report(Stage& stage) {
    PutReports put(a_report(thread()), stage.region.pin.region, stage.puzzle);
    const auto end = stage.run({&put});
    EXPECT_TRUE(put.done());
    return end;
  }
  static SessionEnd check(Stage& stage) {
    ReadReplies read(thread(), stage.region.pin.region);
    return stage.run({&read});
  }

  // Making keys is what costs most here.
  static const Region& region() {
    static const Region made;
    return made;
  }
  static const crypto::ThreadKeys& thread() {
    static const crypto::ThreadKeys made = a_thread();
    return made;
  }
};

TEST_F(UniformWire, AReportLooksLikeReading) {
  expect_like_reading([](Stage& stage) {
    const auto end = report(stage);
    EXPECT_EQ(stage.daemon.intake.size(), 1U);
    return end;
  });
}

TEST_F(UniformWire, ACheckThatFindsTwoRepliesLooksLikeReading) {
  expect_like_reading([](Stage& stage) {
    stage.daemon.post(thread().shared, a_reply(0));
    stage.daemon.post(thread().shared, a_reply(3));
    ReadReplies read(thread(), stage.region.pin.region);
    const auto end = stage.run({&read});
    EXPECT_EQ(read.replies().size(), 2U);
    return end;
  });
}

TEST_F(UniformWire, ACheckThatMissesLooksLikeReading) {
  expect_like_reading([](Stage& stage) {
    // Something that is no reply lies where one should.
    stage.daemon.lay(crypto::address_of(thread().shared, stage.region.pin.region, 1), {1, 2, 3});
    return check(stage);
  });
}

TEST_F(UniformWire, ACheckWithNothingLivingLooksLikeReading) { expect_like_reading(check); }

TEST_F(UniformWire, BurningLooksLikeReading) {
  expect_like_reading([](Stage& stage) {
    stage.daemon.post(thread().shared, a_reply(0));
    ReadReplies read(thread(), stage.region.pin.region);
    BurnReplies burn(read, thread(), stage.region.pin.region);
    const auto end = stage.run({&read, &burn});
    EXPECT_EQ(stage.daemon.living(), 0U);
    return end;
  });
}

TEST_F(UniformWire, ARetryUnderANewRequestKeyLooksLikeReading) {
  expect_like_reading([](Stage& stage) {
    stage.daemon.troubles = {Trouble::unopenable, Trouble::unopenable};
    const auto end = report(stage);
    EXPECT_EQ(stage.daemon.intake.size(), 1U);
    EXPECT_EQ(stage.daemon.notices, 3U);
    return end;
  });
}

TEST_F(UniformWire, ABusyServerLooksLikeReading) {
  expect_like_reading([](Stage& stage) {
    stage.daemon.troubles = {Trouble::busy, Trouble::stale};
    const auto end = report(stage);
    EXPECT_EQ(stage.daemon.intake.size(), 1U);
    return end;
  });
}

TEST_F(UniformWire, AnErrorLooksLikeReading) {
  expect_like_reading([](Stage& stage) {
    stage.daemon.troubles = {Trouble::refused};
    const auto end = report(stage);
    EXPECT_EQ(stage.daemon.intake.size(), 0U);
    return end;
  });
}

TEST_F(UniformWire, AStoredReportThatIsAnswered30MillisecondsLateIsSeen) {
  std::set<crypto::Hash> frames;
  const auto late = watch(
      1,
      [](Stage& stage) {
        stage.daemon.late_for_stored = std::chrono::milliseconds(30);
        return report(stage);
      },
      frames);

  EXPECT_NE(late, watch(1, read_only, frames));
}

TEST_F(UniformWire, EveryMessageIsOneFrame) {
  std::set<crypto::Hash> frames;
  const auto seen = watch(1, report, frames);

  EXPECT_THAT(seen, Each(Field(&Seen::size, crypto::frame_size)));
  EXPECT_EQ(seen.size(), 2 * visit_beats);
}

class ASession : public ::testing::Test {
 protected:
  Region region_;
  crypto::ThreadKeys thread_ = a_thread();
  Stage stage_{region_};
};

TEST_F(ASession, RetriesTheSameEnvelopeUnderAFreshSeal) {
  stage_.daemon.troubles = {Trouble::busy};
  PutReports put(a_report(thread_), region_.pin.region, stage_.puzzle);

  EXPECT_EQ(stage_.run({&put}), SessionEnd::done);

  ASSERT_EQ(stage_.daemon.envelopes.size(), 2U);
  EXPECT_EQ(stage_.daemon.envelopes[0], stage_.daemon.envelopes[1]);
}

TEST_F(ASession, WaitsAsManyBeatsAsABusyServerAsks) {
  stage_.daemon.busy_wait = 23;  // five beats of five seconds
  stage_.daemon.troubles = {Trouble::busy};
  PutReports put(a_report(thread_), region_.pin.region, stage_.puzzle);

  stage_.run({&put});

  // Busy at beat 1; the notice at beat 2; random at 3, 4 and 5; the put at 6; random from then on.
  EXPECT_EQ(stage_.daemon.notices, 2U);
  EXPECT_EQ(stage_.daemon.random_gets, 3U + 5U);
}

TEST_F(ASession, TriesAgainAfterAnAnswerThatNeverCame) {
  stage_.daemon.troubles = {Trouble::lost};
  PutReports put(a_report(thread_), region_.pin.region, stage_.puzzle);

  EXPECT_EQ(stage_.run({&put}), SessionEnd::done);
  EXPECT_TRUE(put.arrived());
}

TEST_F(ASession, SealsAgainWithTheSameReportIdWhenTheEpochHasChanged) {
  stage_.daemon.troubles = {Trouble::stale};
  PutReports put(a_report(thread_), region_.pin.region, stage_.puzzle);
  LocalLine line([&](auto answer, auto request) {
    const Delivery delivery = stage_.daemon(answer, request);
    if (stage_.daemon.puts.size() == 1)
      region_.team = crypto::OpeningKey<crypto::role::Epoch>::generate();
    return delivery;
  });
  const auto old_team = crypto::OpeningKey<crypto::role::Epoch>::from_secret(region_.team.secret());
  Session session(
      line, stage_.source, stage_.clock, {}, [](std::uint32_t) { return 0U; }, stage_.view);
  const std::array<Errand*, 1> errands{&put};

  EXPECT_EQ(session.run(errands), SessionEnd::done);

  ASSERT_EQ(stage_.daemon.intake.size(), 1U);
  const auto before =
      crypto::open_report(stage_.daemon.puts[0].sealed, old_team, region_.pin.region);
  const auto after = crypto::open_report(stage_.daemon.intake[0], region_.team, region_.pin.region);
  ASSERT_TRUE(before && after);
  EXPECT_EQ(crypto::decode_report(before->plaintext.view())->id,
            crypto::decode_report(after->plaintext.view())->id);
}

TEST_F(ASession, SolvesThePuzzleThatTheNoticeAsksFor) {
  stage_.daemon.ask_effort(3);
  stage_.rhythm.idle_visits = 100'000;  // virtual time passes faster than the worker works
  PutReports put(a_report(thread_), region_.pin.region, stage_.puzzle);

  EXPECT_EQ(stage_.run({&put}), SessionEnd::done);

  ASSERT_EQ(stage_.daemon.intake.size(), 1U);
  EXPECT_EQ(stage_.daemon.puts.back().effort, 3);
}

TEST_F(ASession, LastsAnotherWholeVisitForWhatDoesNotFitOne) {
  std::vector<crypto::Report> many;
  for (int i = 0; i < 15; ++i) many.push_back(std::move(a_report(thread_).front()));
  PutReports put(std::move(many), region_.pin.region, stage_.puzzle);

  EXPECT_EQ(stage_.run({&put}), SessionEnd::done);

  EXPECT_EQ(stage_.daemon.intake.size(), 15U);
  EXPECT_EQ(stage_.daemon.seen.size(), 2U * 24U);
}

TEST_F(ASession, GivesUpAfterVisitsWithoutAStepForward) {
  stage_.daemon.troubles.assign(1000, Trouble::busy);
  PutReports put(a_report(thread_), region_.pin.region, stage_.puzzle);

  EXPECT_EQ(stage_.run({&put}), SessionEnd::gave_up);

  EXPECT_EQ(stage_.daemon.seen.size(), 3U * 24U);
  EXPECT_FALSE(put.arrived());
}

TEST_F(ASession, SendsNothingUnderANoticeOfAnotherRegion) {
  const Region other;
  NoticeSource source(other.pin, stage_.clock);
  LocalLine line([&](auto answer, auto request) { return stage_.daemon(answer, request); });
  Session session(
      line, source, stage_.clock, {}, [](std::uint32_t) { return 0U; }, stage_.view);
  PutReports put(a_report(thread_), other.pin.region, stage_.puzzle);
  const std::array<Errand*, 1> errands{&put};

  EXPECT_EQ(session.run(errands), SessionEnd::no_notice);
  EXPECT_EQ(stage_.daemon.notices, 12U);
  EXPECT_TRUE(stage_.daemon.puts.empty());
}

TEST_F(ASession, SaysThatTheLineNeverAnswered) {
  LocalLine line([](auto, auto) { return Delivery::unreachable; });
  Session session(
      line, stage_.source, stage_.clock, {}, [](std::uint32_t) { return 0U; }, stage_.view);

  EXPECT_EQ(session.run({}), SessionEnd::unreachable);
  EXPECT_LT(stage_.clock.steady().time_since_epoch(), std::chrono::minutes(1));
}

TEST_F(ASession, NeverSendsBeforeTheAnswerOfTheBeatBefore) {
  stage_.daemon.latency = std::chrono::seconds(7);  // longer than a beat
  const auto& seen = stage_.daemon.seen;

  EXPECT_EQ(stage_.run({}), SessionEnd::done);

  ASSERT_EQ(seen.size(), 24U);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i].outwards, i % 2 == 0);
  for (std::size_t i = 2; i < seen.size(); i += 2) {
    EXPECT_EQ(seen[i].time / std::chrono::seconds(10), static_cast<long>(i / 2))
        << "every second beat";
    EXPECT_LT(seen[i].time % std::chrono::seconds(5), std::chrono::seconds(1)) << "on the grid";
  }
}

// What the page asks of beats and the session of a program does not.
class OpenBeats : public ::testing::Test {
 protected:
  Beats::Steady at(std::chrono::milliseconds time) const { return Beats::Steady(time); }
  // Sends what is prepared, when it is due, and takes the answer a moment later.
  void beat(Beats::Errands errands = {}) {
    const crypto::Frame frame = beats_.prepare(errands);
    stage_.clock.sleep_until(beats_.due());
    sent_.push_back(stage_.clock.steady().time_since_epoch());
    crypto::Frame answer{};
    ASSERT_EQ(stage_.daemon(answer, frame), Delivery::answered);
    beats_.take(answer, stage_.clock.steady());
  }

  Region region_;
  crypto::ThreadKeys thread_ = a_thread();
  Stage stage_{region_};
  Beats beats_{stage_.source, rhythm(), [](std::uint32_t) { return 7U; }, stage_.view};
  std::vector<Clock::Steady::duration> sent_;

 private:
  static Rhythm rhythm() {
    Rhythm rhythm;
    rhythm.follow_ticks = true;
    return rhythm;
  }
};

TEST_F(OpenBeats, AskForTheNoticeOncePerTick) {
  beats_.begin(at({}));
  for (int i = 0; i < 300; ++i) beat();  // 25 minutes

  EXPECT_EQ(stage_.daemon.notices, 3U);
}

TEST_F(OpenBeats, AreOnTheGridAgainAfterAPause) {
  using namespace std::chrono_literals;
  beats_.begin(at({}));
  beat();
  (void)beats_.prepare({});
  stage_.clock.pass(61'234ms);

  beats_.skip_to(stage_.clock.steady());
  beat();

  EXPECT_EQ(sent_.back(), 65'007ms);
}

TEST_F(OpenBeats, OfAnotherLengthBeginANewGrid) {
  using namespace std::chrono_literals;
  beats_.begin(at({}));
  beat();

  beats_.change_beat(1000ms, stage_.clock.steady());
  const auto from = stage_.clock.steady().time_since_epoch();
  beat();
  beat();

  EXPECT_EQ(sent_[1], from + 1007ms);
  EXPECT_EQ(sent_[2], from + 2007ms);
}

TEST_F(OpenBeats, LetGoOfAnErrandThatIsOnItsWay) {
  beats_.begin(at({}));
  beat();
  auto put = std::make_unique<PutReports>(a_report(thread_), region_.pin.region, stage_.puzzle);
  const std::array<Errand*, 1> errands{put.get()};
  const crypto::Frame frame = beats_.prepare(errands);
  EXPECT_TRUE(beats_.carries(*put));

  beats_.let_go(*put);
  put.reset();
  crypto::Frame answer{};
  ASSERT_EQ(stage_.daemon(answer, frame), Delivery::answered);
  beats_.take(answer, stage_.clock.steady());

  beat();
  EXPECT_EQ(stage_.daemon.intake.size(), 1U);
}

}  // namespace
}  // namespace meldpunt::client
