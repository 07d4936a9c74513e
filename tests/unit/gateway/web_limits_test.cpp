// Visitors who are silent, slow, idle, greedy or too many.
#include <set>

#include "tests/unit/gateway/web_stage.h"

namespace meldpunt::gateway::test {
namespace {

TEST_F(Web, CutsASilentVisitor) {
  open_gateway();
  Browser visitor = browser();
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().web_connections == 1; }));

  the_clock += 10s + 1ms;

  EXPECT_TRUE(ends(Ending::request_slow));
  EXPECT_TRUE(closes(visitor));
}

TEST_F(Web, CutsASlowHeadHoweverItTrickles) {
  open_gateway();
  Browser visitor = browser();
  visitor.send("GET / HTTP/1.1\r\n");
  for (int second = 0; second < 10; ++second) {
    visitor.send("X: y\r\n");
    run_for(5ms);
    the_clock += 1s;
  }
  the_clock += 1ms;

  EXPECT_TRUE(ends(Ending::request_slow));
}

TEST_F(Web, CutsASlowBody) {
  open_gateway();
  Browser visitor = browser();
  visitor.send(post_of(a_frame()).substr(0, 9000));
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().settled == 1; }));
  run_for(20ms);

  the_clock += 29s;
  run_for(60ms);
  visitor.look();
  EXPECT_FALSE(visitor.closed());
  the_clock += 2s;

  EXPECT_TRUE(ends(Ending::request_slow));
}

TEST_F(Web, CutsAnIdleVisitorAfterItsTime) {
  open_gateway();
  Browser visitor = browser();
  ASSERT_EQ(get(visitor).status(), 200);

  the_clock += 59s;
  run_for(60ms);
  EXPECT_EQ(get(visitor).status(), 200);
  the_clock += 60s + 1ms;

  EXPECT_TRUE(ends(Ending::idle));
}

TEST_F(Web, CutsWhoDoesNotTakeTheAnswer) {
  open_gateway();
  Browser visitor = browser();
  const std::string once = "GET / HTTP/1.1\r\n\r\n";
  visitor.send(once + once + once);
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().pages >= 2; }));
  run_for(20ms);

  the_clock += 30s + 1ms;

  EXPECT_TRUE(ends(Ending::slow_reader));
}

TEST_F(Web, MakesAGreedyVisitorWaitForItsTokens) {
  options_["burst"] = "2";
  open_gateway();
  Browser visitor = browser();
  ASSERT_EQ(get(visitor).status(), 200);
  ASSERT_EQ(get(visitor).status(), 200);

  visitor.send("GET / HTTP/1.1\r\n\r\n");
  run_for(120ms);
  EXPECT_FALSE(visitor.response());
  the_clock += 1s;

  EXPECT_EQ(response(visitor).status(), 200);
}

TEST_F(Web, SendsTheOldestUnservedVisitorAwayAtTheCap) {
  options_["web-connections"] = "3";
  open_gateway();
  std::vector<Browser> visitors;
  for (int count = 0; count < 4; ++count) visitors.push_back(browser());

  EXPECT_TRUE(ends(Ending::crowded_out));
  EXPECT_TRUE(closes(visitors[0]));
  EXPECT_EQ(gateway_->counters().web_connections, 3U);
  EXPECT_EQ(get(visitors[3]).status(), 200);
}

TEST_F(Web, NeedsAProxyHeaderWhereTheOptionSaysSo) {
  open_gateway();
  Browser without = browser("onion.sock");
  without.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(ends(Ending::proxy_header));

  Browser with = browser("onion.sock");
  const auto page = ask(with, "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\nGET / HTTP/1.1\r\n\r\n");

  EXPECT_EQ(page.status(), 200);
}

}  // namespace
}  // namespace meldpunt::gateway::test
