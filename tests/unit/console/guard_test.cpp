#include "client/console/guard.h"

#include <gtest/gtest.h>

namespace meldpunt::console {

namespace {

constexpr std::uint16_t port = 40'123;
const std::string place = "127.0.0.1:40123";

Head a_get(const std::string& path) {
  Head head;
  head.method = Method::get;
  head.path = path;
  head.host = place;
  return head;
}

Head a_post() {
  Head head = a_get("/api/deed");
  head.method = Method::post;
  head.origin = "http://" + place;
  head.content_type = "application/json";
  head.fetch_site = "same-origin";
  return head;
}

unsigned judged(const Head& head) {
  const auto refused = refuse(head, port);
  return refused ? refused->status : 0;
}

}  // namespace

TEST(Guard, LetsThePageAndItsRequestsThrough) {
  Head typed = a_get("/");
  typed.fetch_site = "none";
  EXPECT_EQ(judged(typed), 0U);
  EXPECT_EQ(judged(a_get("/")), 0U);
  EXPECT_EQ(judged(a_get("/api/state")), 0U);
  EXPECT_EQ(judged(a_post()), 0U);
  Head with_charset = a_post();
  with_charset.content_type = "application/json; charset=utf-8";
  EXPECT_EQ(judged(with_charset), 0U);
}

TEST(Guard, KnowsOneHostOnly) {
  for (const char* host : {"evil.example:40123", "localhost:40123", "127.0.0.1", "127.0.0.1:40124",
                           "127.0.0.1:40123.evil.example", "[::1]:40123", "127.0.0.1:40123 ", ""}) {
    SCOPED_TRACE(host);
    Head head = a_get("/");
    head.host = host;
    EXPECT_EQ(judged(head), 403U);
  }
  Head without = a_get("/");
  without.host.reset();
  EXPECT_EQ(judged(without), 403U);
}

TEST(Guard, KnowsOneOriginOnly) {
  for (const char* origin : {"null", "http://evil.example", "https://127.0.0.1:40123",
                             "http://127.0.0.1:40124", "http://localhost:40123"}) {
    SCOPED_TRACE(origin);
    Head post = a_post();
    post.origin = origin;
    EXPECT_EQ(judged(post), 403U);
    Head get = a_get("/api/state");
    get.origin = origin;
    EXPECT_EQ(judged(get), 403U);
  }
  Head without = a_post();
  without.origin.reset();
  EXPECT_EQ(judged(without), 403U);
}

TEST(Guard, RefusesWhatAnotherSiteAsksFor) {
  for (const char* site : {"cross-site", "same-site", "unheard-of"}) {
    SCOPED_TRACE(site);
    for (Head head : {a_get("/"), a_get("/api/state"), a_post()}) {
      head.fetch_site = site;
      EXPECT_EQ(judged(head), 403U);
    }
  }
  // Typed into the address bar: the document only.
  Head typed = a_get("/api/state");
  typed.fetch_site = "none";
  EXPECT_EQ(judged(typed), 403U);
}

TEST(Guard, TakesNoForm) {
  for (const char* type : {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain",
                           "text/plain; x=application/json", ""}) {
    SCOPED_TRACE(type);
    Head head = a_post();
    head.content_type = type;
    EXPECT_EQ(judged(head), 415U);
  }
  Head without = a_post();
  without.content_type.reset();
  EXPECT_EQ(judged(without), 415U);
}

TEST(Guard, RefusesOtherPathsAndMethods) {
  EXPECT_EQ(judged(a_get("/favicon.ico")), 404U);
  EXPECT_EQ(judged(a_get("/apifoo")), 404U);
  EXPECT_EQ(judged(a_get("http://127.0.0.1:40123/")), 404U);
  Head other = a_get("/api/state");
  other.method = Method::other;
  EXPECT_EQ(judged(other), 405U);
  Head posted = a_post();
  posted.path = "/";
  EXPECT_EQ(judged(posted), 405U);
}

TEST(Guard, RefusesAHeaderThatCameTwice) {
  Head head = a_get("/");
  head.doubled = true;
  EXPECT_EQ(judged(head), 400U);
}

TEST(QueryValue, ReadsOneNameAndDecodesIt) {
  EXPECT_EQ(query_value("view=new&find=two+words%21", "find"), "two words!");
  EXPECT_EQ(query_value("view=new&find=x", "vie"), "");
  EXPECT_EQ(query_value("q=%zz", "q"), "");
  EXPECT_EQ(query_value("q=%4", "q"), "");
  EXPECT_EQ(query_value("", "q"), "");
}

}  // namespace meldpunt::console
