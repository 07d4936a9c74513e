#include "client/lib/terms.h"

#include <gtest/gtest.h>

#include "client/lib/escalation_words.h"
#include "client/lib/vocabulary.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {
namespace {

TEST(Terms, AsShippedEachHasASourceAndEveryClosingReasonHasARow) {
  const Terms terms = Terms::as_shipped();
  for (const Term& term : terms.all()) {
    SCOPED_TRACE(term.code);
    EXPECT_FALSE(term.source_dutch.empty() || term.source_english.empty());
    EXPECT_FALSE(term.dutch.empty() || term.english.empty());
    EXPECT_FALSE(term.own);
  }
  for (const std::string_view reason : codes_of("closing_reason")) {
    const Term* term = terms.find("retention." + std::string(reason));
    ASSERT_NE(term, nullptr) << reason;
    EXPECT_EQ(term->span, std::nullopt) << "the notes name none";
  }
  EXPECT_EQ(terms.find("request")->span, (Span{1, TermUnit::months}));
  EXPECT_EQ(terms.end_of("no such term", 5), std::nullopt);
}

TEST(Terms, AMonthLaterIsTheSameDayOrTheLastOfTheMonth) {
  const auto hour = [](const char* day) { return hour_of_day(day).value(); };
  const struct {
    const char* from;
    Span span;
    const char* until;
  } rows[] = {
      {"2026-01-31", {1, TermUnit::months}, "2026-02-28"},
      {"2026-12-15", {1, TermUnit::months}, "2027-01-15"},
      {"2028-02-29", {1, TermUnit::years}, "2029-02-28"},
      {"2026-12-28", {1, TermUnit::weeks}, "2027-01-04"},
      {"2026-12-28", {72, TermUnit::hours}, "2026-12-31"},
      {"2026-12-28", {4, TermUnit::days}, "2027-01-01"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.until);
    EXPECT_EQ(later(hour(row.from), row.span), hour(row.until));
    EXPECT_EQ(later(hour(row.from) + 7, row.span), hour(row.until) + 7);
  }
}

TEST(Terms, ARegionsOwnStandOverThoseThatWereShipped) {
  const Terms terms =
      must(Terms::with(R"({"retention.LEFT": {"years": 2, "source": "besluit van 3 maart"}})"));
  const Term& left = *terms.find("retention.LEFT");
  EXPECT_EQ(left.span, (Span{2, TermUnit::years}));
  EXPECT_EQ(left.source_dutch, "besluit van 3 maart");
  EXPECT_TRUE(left.own);
  EXPECT_FALSE(terms.find("retention.DONE")->own);
}

TEST(Terms, WrongOnesAreRefusedWithWhatToDo) {
  const struct {
    const char* json;
    const char* says;
  } rows[] = {
      {"[]", "no JSON object"},
      {"{", "no JSON object"},
      {R"({"retention.left": {"years": 2, "source": "x"}})", "There are: partner_answer"},
      {R"({"request": {"months": 1}})", "a source"},
      {R"({"request": {"months": 1, "source": ""}})", "a source"},
      {R"({"request": {"months": 0, "source": "x"}})", "whole number"},
      {R"({"request": {"months": -1, "source": "x"}})", "whole number"},
      {R"({"request": {"years": 101, "source": "x"}})", "a hundred years"},
      {R"({"request": {"months": 1, "days": 1, "source": "x"}})", "one whole number"},
      {R"({"request": {"months": 1, "source": "x", "more": 1}})", "one whole number"},
      {R"({"request": 30})", "one whole number"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.json);
    const auto terms = Terms::with(row.json);
    ASSERT_FALSE(terms);
    EXPECT_EQ(terms.error().exit_code, EX_CONFIG);
    EXPECT_NE(terms.error().sentence.find(row.says), std::string::npos) << terms.error().sentence;
  }
}

TEST(Terms, OfAHomeAreThoseOfItsFile) {
  Office office;
  EXPECT_FALSE(must(Terms::of_home(office.path_of("steward"))).find("request")->own);
  const std::string own = R"({"request": {"weeks": 2, "source": "ons beleid"}})";
  must(write_durably(office.path_of("steward") / "terms.json", crypto::as_bytes(own)));
  EXPECT_TRUE(must(Terms::of_home(office.path_of("steward"))).find("request")->own);
}

}  // namespace
}  // namespace meldpunt::client::test
