// What visitors get over the web: the page, and frames to the daemon and back.
#include <set>

#include "tests/unit/gateway/web_stage.h"

namespace meldpunt::gateway::test {
namespace {

TEST_F(Web, ServesThePageInTheSmallestCodingThatIsAccepted) {
  open_gateway();
  Browser visitor = browser();

  const auto plain = get(visitor);
  const auto gzip = get(visitor, "gzip, deflate");
  const auto brotli = get(visitor, "gzip, deflate, br");

  EXPECT_EQ(plain.status(), 200);
  EXPECT_TRUE(plain.body == std::string(200'000, 'p'));
  EXPECT_EQ(plain.header("Content-Encoding"), "");
  EXPECT_EQ(gzip.body, std::string(70'000, 'g'));
  EXPECT_EQ(gzip.header("Content-Encoding"), "gzip");
  EXPECT_EQ(brotli.body, std::string(60'000, 'b'));
  EXPECT_EQ(brotli.header("Content-Encoding"), "br");
  EXPECT_EQ(gateway_->counters().pages, 3U);
}

TEST_F(Web, SendsThePagesOwnHeadersAndKeepsNothing) {
  open_gateway();
  Browser visitor = browser();

  const auto page = get(visitor);

  EXPECT_EQ(page.header("Content-Security-Policy"), "default-src 'none'");
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(page.head.find("Referrer-Policy"), page.head.rfind("Referrer-Policy"));
}

TEST_F(Web, AnswersHeadWithTheHeadersAlone) {
  open_gateway();
  Browser visitor = browser();

  const auto head = ask(visitor, "HEAD / HTTP/1.1\r\n\r\n", true);
  const auto page = get(visitor);

  EXPECT_EQ(head.head, page.head);
  EXPECT_EQ(page.body.size(), 200'000U);
}

TEST_F(Web, FindsThePageUnderAnyQuery) {
  open_gateway();
  Browser visitor = browser();

  EXPECT_EQ(get(visitor, "", "/?from=elsewhere").status(), 200);
}

TEST_F(Web, AnswersEverythingElseWithTheSameNotFound) {
  open_gateway();
  Browser visitor = browser();

  const auto elsewhere = get(visitor, "", "/robots.txt");
  const auto deleted = ask(visitor, "DELETE / HTTP/1.1\r\n\r\n");
  const auto again = get(visitor);

  EXPECT_EQ(elsewhere.status(), 404);
  EXPECT_EQ(elsewhere.head + elsewhere.body, deleted.head + deleted.body);
  EXPECT_EQ(again.status(), 200);
}

TEST_F(Web, WithoutAPageOnlyFramesAreAnswered) {
  options_.erase("page");
  open_daemon();
  open_gateway();
  Browser visitor = browser();

  EXPECT_EQ(get(visitor).status(), 404);
  EXPECT_EQ(post(visitor, a_frame()).status(), 200);
}

TEST_F(Web, CarriesAFrameToTheDaemonAndItsAnswerBackByteForByte) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();
  const Frame question = a_frame();

  const auto answer = post(visitor, question);

  Frame expected = question;
  for (auto& byte : expected) byte = static_cast<std::uint8_t>(~byte);
  EXPECT_EQ(answer.status(), 200);
  EXPECT_TRUE(answer.body == text_of(expected));
  EXPECT_EQ(answer.header("Content-Type"), "application/octet-stream");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

TEST_F(Web, GivesEveryVisitorHisOwnAnswer) {
  open_daemon();
  open_gateway();
  std::vector<Browser> visitors;
  std::vector<Frame> questions;
  for (int count = 0; count < 20; ++count) {
    visitors.push_back(browser());
    questions.push_back(a_frame());
    visitors.back().send(post_of(questions.back()));
  }

  for (std::size_t at = 0; at < visitors.size(); ++at) {
    const auto answer = response(visitors[at]);
    ASSERT_EQ(answer.body.size(), crypto::frame_size) << at;
    EXPECT_EQ(static_cast<std::uint8_t>(answer.body[100]),
              static_cast<std::uint8_t>(~questions[at][100]));
  }
}

TEST_F(Web, ServesRequestsThatComeTogetherInTheirOrder) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();

  visitor.send(post_of(a_frame()) + "GET / HTTP/1.1\r\n\r\nGET /x HTTP/1.1\r\n\r\n");

  EXPECT_EQ(response(visitor).body.size(), crypto::frame_size);
  EXPECT_EQ(response(visitor).body.size(), 200'000U);
  EXPECT_EQ(response(visitor).status(), 404);
}

TEST_F(Web, ClosesWhenItIsAskedTo) {
  open_gateway();
  Browser visitor = browser();

  const auto page = ask(visitor, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");

  EXPECT_EQ(page.header("Connection"), "close");
  EXPECT_TRUE(closes(visitor));
}

TEST_F(Web, RefusesWhatItCannotReadAndTellsNothing) {
  open_daemon();
  open_gateway();
  const std::string post = "POST / HTTP/1.1\r\n";
  const struct {
    const char* what;
    std::string request;
  } rows[] = {
      {"no length", post + "\r\n"},
      {"one byte less", post + "Content-Length: 16383\r\n\r\n" + std::string(16383, 'x')},
      {"one byte more", post + "Content-Length: 16385\r\n\r\n" + std::string(16385, 'x')},
      {"chunked", post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"},
      {"two lengths", post + "Content-Length: 16384\r\nContent-Length: 5\r\n\r\n"},
      {"both", post + "Content-Length: 16384\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {"a body with GET", "GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"},
      {"a frame for another path", post_of(a_frame(), "/other")},
      {"no HTTP", "\x16\x03\x01 hello\r\n\r\n"},
      {"a head that is too long", "GET / HTTP/1.1\r\nX: " + std::string(9000, 'x')},
  };
  std::set<std::string> answers;
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    Browser visitor = browser();
    const auto answer = ask(visitor, row.request);
    EXPECT_EQ(answer.status(), 404);
    EXPECT_TRUE(closes(visitor));
    answers.insert(answer.head + answer.body);
  }

  EXPECT_EQ(answers.size(), 1U);
  EXPECT_EQ(daemon_->frames(), 0);
  EXPECT_TRUE(ends(Ending::request, std::size(rows)));
}

}  // namespace
}  // namespace meldpunt::gateway::test
