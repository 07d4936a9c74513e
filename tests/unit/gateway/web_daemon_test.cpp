// The daemon behind the web: its notice, kept once for all; away, slow and back; visitors who wait
// for it.
#include <set>

#include "tests/unit/gateway/web_stage.h"

namespace meldpunt::gateway::test {
namespace {

TEST_F(Web, AnswersAHundredVisitorsWithOneNoticeOfTheDaemon) {
  open_daemon();
  open_gateway();
  std::vector<Browser> visitors;
  for (int count = 0; count < 100; ++count) {
    visitors.push_back(browser());
    visitors.back().send(post_of(a_question()));
  }

  for (auto& visitor : visitors) EXPECT_TRUE(response(visitor).body == text_of(notice()));
  EXPECT_EQ(daemon_->notices(), 1);
  EXPECT_EQ(daemon_->frames(), 0);
}

TEST_F(Web, FetchesTheNextNoticeWhenTheTickHasTurned) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();
  the_wall = noon + 100;  // of 600
  ASSERT_TRUE(post(visitor, a_question()).body == text_of(notice()));
  const std::string before = text_of(notice());

  the_clock += 499s;
  the_wall += 499;
  run_for(120ms);
  EXPECT_EQ(daemon_->notices(), 1);
  show(a_notice(2, noon + 600, 600));
  the_clock += 2s;
  the_wall += 2;

  EXPECT_TRUE(runs_until([&] { return daemon_->notices() == 2; }));
  run_for(20ms);
  Browser another = browser();
  EXPECT_TRUE(post(another, a_question()).body == text_of(notice()));
  EXPECT_FALSE(before == text_of(notice()));
}

TEST_F(Web, FetchesTheNoticeAgainWhenTheDaemonWasRestarted) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();
  ASSERT_TRUE(post(visitor, a_question()).body == text_of(notice()));

  daemon_->stop();
  show(a_notice(9, noon, 600));
  daemon_->start();

  ASSERT_TRUE(runs_until([&] { return daemon_->notices() == 2; }));
  run_for(20ms);
  EXPECT_TRUE(post(visitor, a_question()).body == text_of(notice()));
  EXPECT_EQ(daemon_->notices(), 2);
}

TEST_F(Web, ShowsNoOldNoticeWhileTheDaemonIsAway) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();
  ASSERT_TRUE(post(visitor, a_question()).body == text_of(notice()));

  daemon_->stop();
  run_for(300ms);
  visitor.send(post_of(a_question()));
  run_for(50ms);
  EXPECT_FALSE(visitor.response());
  the_clock += 15s + 1ms;

  const auto answer = response(visitor);
  EXPECT_EQ(answer.body.size(), crypto::frame_size);
  EXPECT_FALSE(answer.body == text_of(notice()));
}

TEST_F(Web, GivesRandomBytesWhileTheDaemonIsAwayAndGoesOnWhenItIsBack) {
  open_gateway();
  Browser reader = browser();
  Browser sender = browser();
  reader.send(post_of(a_question()));
  sender.send(post_of(a_frame()));
  run_for(100ms);
  EXPECT_FALSE(reader.response());

  the_clock += 15s + 1ms;
  const auto first = response(reader);
  const auto answer = response(sender);
  EXPECT_EQ(first.head, answer.head);
  EXPECT_EQ(first.body.size(), crypto::frame_size);
  EXPECT_EQ(answer.body.size(), crypto::frame_size);
  EXPECT_FALSE(first.body == answer.body);

  open_daemon();
  EXPECT_TRUE(post(reader, a_question()).body == text_of(notice()));
  EXPECT_EQ(post(sender, a_frame()).head, answer.head);
}

TEST_F(Web, GivesRandomBytesWhenTheDaemonIsSlowAndNeverTheAnswerThatComesLate) {
  std::atomic<bool> slow = true;
  daemon_ = std::make_unique<StandingDaemon>(endpoint(), [&](const Frame& question) {
    const bool notice = crypto::key_id_of(question) == crypto::KeyId{};
    while (slow && !notice) std::this_thread::sleep_for(1ms);
    return std::make_unique<Frame>(question);
  });
  options_["daemon-connections"] = "1";
  open_gateway();
  Browser visitor = browser();
  const Frame first = a_frame();
  visitor.send(post_of(first));
  ASSERT_TRUE(runs_until([&] { return daemon_->frames() == 1; }));

  the_clock += 15s + 1ms;
  const auto random = response(visitor);
  EXPECT_EQ(random.body.size(), crypto::frame_size);
  EXPECT_FALSE(random.body == text_of(first));
  EXPECT_EQ(gateway_->counters().web_unanswered, 1U);

  const Frame second = a_frame();
  visitor.send(post_of(second));
  run_for(20ms);
  slow = false;
  EXPECT_TRUE(response(visitor).body == text_of(second));
}

TEST_F(Web, ServesANewcomersFrameBeforeTheRestOfACrowdFromOnePlace) {
  std::atomic<bool> open = false;
  std::mutex mutex;
  std::vector<int> order;  // the second byte of what came
  daemon_ = std::make_unique<StandingDaemon>(endpoint(), [&](const Frame& question) {
    while (!open) std::this_thread::sleep_for(1ms);
    const std::lock_guard lock(mutex);
    if (crypto::key_id_of(question) != crypto::KeyId{}) order.push_back(question[1]);
    return std::make_unique<Frame>(question);
  });
  options_["daemon-connections"] = "1";
  open_gateway();
  const auto comes_from = [&](const char* address, std::uint8_t mark) {
    Browser visitor = browser("onion.sock");
    Frame frame = a_frame();
    frame[1] = mark;
    visitor.send("PROXY TCP4 " + std::string(address) + " 192.0.2.1 5000 443\r\n" + post_of(frame));
    run_for(10ms);
    return visitor;
  };
  std::vector<Browser> visitors;
  for (int count = 0; count < 10; ++count) visitors.push_back(comes_from("192.0.2.7", 1));
  visitors.push_back(comes_from("192.0.2.8", 2));
  open = true;

  for (auto& visitor : visitors) EXPECT_EQ(response(visitor).body.size(), crypto::frame_size);
  const std::lock_guard lock(mutex);
  ASSERT_EQ(order.size(), 11U);
  // The first was on its way, and the second of the crowd had its turn due before.
  EXPECT_LE(std::ranges::find(order, 2) - order.begin(), 2);
}

TEST_F(Web, HandsOnWhatADaemonWithoutANoticeSays) {
  daemon_ = std::make_unique<StandingDaemon>(
      endpoint(), [](const Frame&) { return std::make_unique<Frame>(a_frame()); });
  open_gateway();
  Browser visitor = browser();

  const auto first = post(visitor, a_question());
  EXPECT_EQ(first.body.size(), crypto::frame_size);
  run_for(100ms);
  EXPECT_LE(daemon_->notices(), 2);  // and not as fast as it can
}

TEST_F(Web, ForgetsAVisitorWhoLeavesWhileItWaits) {
  open_gateway();
  {
    Browser visitor = browser();
    visitor.send(post_of(a_frame()));
    run_for(50ms);
  }

  the_clock += 15s + 1ms;

  EXPECT_TRUE(runs_until([&] { return gateway_->counters().web_connections == 0; }));
}

TEST_F(Web, StopsWhenTheLastAnswerIsOut) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();
  Browser idle = browser();
  ASSERT_EQ(get(idle).status(), 200);
  visitor.send(post_of(a_frame()));
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().web_frames == 1; }));

  gateway_->stop();

  EXPECT_EQ(response(visitor).body.size(), crypto::frame_size);
  EXPECT_TRUE(closes(idle));
  EXPECT_TRUE(closes(visitor));
  // A visitor reads to the end and goes.
  { const Browser gone = std::move(visitor); }
  EXPECT_TRUE(runs_until([&] { return loop_.stopped(); }));
}

}  // namespace
}  // namespace meldpunt::gateway::test
