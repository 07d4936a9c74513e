#include "client/lib/reporter_outgoing.h"

#include <gmock/gmock.h>

#include "client/lib/clean_text.h"
#include "client/lib/reporter_answers.h"
#include "tests/unit/client/a_daemon.h"

namespace meldpunt::client {
namespace {

using namespace testing;

class Composing : public ::testing::Test {
 protected:
  crypto::Result<std::vector<crypto::Report>> compose_text(const std::string& text) const {
    crypto::Statement statement{"nl", {{"sector", {"AGR", "HOTEL"}}}, text, {}};
    return compose({crypto::ReportKind::report, statement}, thread_.shared);
  }
  // What a coordinator makes of it: seal, open, decode, put together.
  std::string text_as_read(const std::vector<crypto::Report>& reports) const {
    std::string text;
    std::optional<crypto::Assembly> assembly;
    for (const crypto::Report& report : reports) {
      const auto sealed =
          crypto::seal_report(report, region_.team.public_key(), region_.pin.region);
      const auto opened = crypto::open_report(sealed.value(), region_.team, region_.pin.region);
      const auto decoded = crypto::decode_report(opened.value().plaintext.view()).value();
      EXPECT_TRUE(crypto::continues_thread(*opened, thread_.shared.up_key));
      if (const auto* statement = std::get_if<crypto::Statement>(&decoded.body)) {
        text = statement->text;
        if (!statement->enclosed.empty()) assembly.emplace(statement->enclosed.front());
      } else {
        EXPECT_TRUE(assembly->add(std::get<crypto::Part>(decoded.body)));
      }
    }
    if (assembly) text += crypto::as_text(assembly->whole().value().view());
    return text;
  }

  Region region_;
  crypto::ThreadKeys thread_ = a_thread();
};

TEST_F(Composing, PutsAShortTextIntoOneReport) {
  const auto reports = compose_text("short");

  ASSERT_TRUE(reports);
  ASSERT_EQ(reports->size(), 1U);
  EXPECT_EQ(text_as_read(*reports), "short");
}

TEST_F(Composing, FillsOneReportToTheLastByteBeforeItTakesParts) {
  std::size_t longest = crypto::report_body_max;
  while (compose_text(std::string(longest, 'x'))->size() > 1) --longest;

  EXPECT_GT(longest, 12'000U);
  EXPECT_EQ(text_as_read(*compose_text(std::string(longest, 'x'))), std::string(longest, 'x'));
  EXPECT_EQ(compose_text(std::string(longest + 1, 'x'))->size(), 2U);
  EXPECT_EQ(text_as_read(*compose_text(std::string(longest + 1, 'x'))),
            std::string(longest + 1, 'x'));
}

TEST_F(Composing, NeverCutsACharacter) {
  for (const std::string shift : {"", "a", "ab", "abc"}) {
    SCOPED_TRACE(shift);
    std::string text = shift;
    for (int i = 0; i < 10'000; ++i) text += "\u20ac\u0111";

    const auto reports = compose_text(text);

    ASSERT_TRUE(reports);
    EXPECT_GT(reports->size(), 2U);
    EXPECT_EQ(text_as_read(*reports), text);
  }
}

TEST_F(Composing, CountsTheThingsSentInOneVisit) {
  const auto reports = compose_text(std::string(40'000, 'x'));

  ASSERT_TRUE(reports);
  for (std::size_t i = 0; i < reports->size(); ++i) {
    EXPECT_EQ((*reports)[i].part, i);
    EXPECT_EQ((*reports)[i].visit, (*reports)[0].visit);
    EXPECT_EQ((*reports)[i].thread.id, thread_.shared.id);
  }
  EXPECT_NE((*reports)[0].id, (*reports)[1].id);
}

TEST_F(Composing, RefusesWhatOneVisitCannotCarry) {
  const auto reports = compose_text(std::string(std::size_t{4} << 20, 'x'));

  ASSERT_FALSE(reports);
  EXPECT_EQ(reports.error(), crypto::Error::too_long);
}

TEST_F(Composing, RefusesAnswersThatLeaveNoRoom) {
  crypto::Statement statement;
  statement.language = "nl";
  statement.answers.assign(200, {"sector", std::vector<std::string>(20, "HOTEL")});

  EXPECT_FALSE(compose({crypto::ReportKind::report, statement}, thread_.shared));
}

TEST_F(Composing, EnclosesEachImageInPartsAfterTheText) {
  const crypto::Buffer small{0xff, 0xd8, 0xff};
  crypto::Buffer large(30'000);
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<std::uint8_t>(i % 251);
  Outgoing outgoing{crypto::ReportKind::report,
                    crypto::Statement{"nl", {}, std::string(20'000, 'x'), {}}};
  outgoing.images = {large, small};

  const auto reports = compose(std::move(outgoing), thread_.shared);

  ASSERT_TRUE(reports);
  const auto& statement = std::get<crypto::Statement>(reports->front().body);
  ASSERT_EQ(statement.enclosed.size(), 3U);
  EXPECT_EQ(statement.enclosed[2].kind, crypto::PartsKind::text);
  EXPECT_EQ(std::get<crypto::Part>((*reports)[1].body).manifest,
            crypto::hash_of_manifest(statement.enclosed[2]));
  for (std::size_t image = 0; image < 2; ++image) {
    EXPECT_EQ(statement.enclosed[image].kind, crypto::PartsKind::image);
    crypto::Assembly assembly(statement.enclosed[image]);
    for (std::size_t i = 1; i < reports->size(); ++i) {
      (void)assembly.add(std::get<crypto::Part>((*reports)[i].body));
    }
    const auto whole = assembly.whole();
    ASSERT_TRUE(whole);
    EXPECT_TRUE(crypto::equal_bytes(whole->view(), image == 0 ? large : small));
  }
}

TEST_F(Composing, RefusesImagesThatOneVisitCannotCarry) {
  const auto with_image_of = [this](std::size_t size) {
    Outgoing outgoing{crypto::ReportKind::report, crypto::Statement{"nl", {}, "text", {}}};
    outgoing.images = {crypto::Buffer(size)};
    return compose(std::move(outgoing), thread_.shared);
  };

  EXPECT_EQ(with_image_of(254 * crypto::report_part_max)->size(), visit_reports_max);
  const auto too_large = with_image_of(254 * crypto::report_part_max + 1);
  ASSERT_FALSE(too_large);
  EXPECT_EQ(too_large.error(), crypto::Error::too_long);
}

TEST_F(Composing, RefusesAnImageWithARequestToErase) {
  Outgoing outgoing{crypto::ReportKind::erase, crypto::EraseRequest{}};
  outgoing.images = {{1}};

  EXPECT_FALSE(compose(std::move(outgoing), thread_.shared));
}

TEST_F(Composing, CarriesConsentAnswersAndRequestsToErase) {
  crypto::ConsentAnswer answer{crypto::random_id<crypto::ConsentId>(),
                               crypto::ConsentChoice::refused, ""};
  const auto consent = compose({crypto::ReportKind::consent_answer, answer, 4}, thread_.shared);
  const auto erase =
      compose({crypto::ReportKind::erase, crypto::EraseRequest{"please"}}, thread_.shared);

  ASSERT_TRUE(consent && erase);
  EXPECT_EQ(consent->front().last_reply_read, 4);
  EXPECT_EQ(std::get<crypto::ConsentAnswer>(consent->front().body), answer);
  EXPECT_EQ(erase->front().kind, crypto::ReportKind::erase);
}

TEST(Answers, AreReadFromTheShapeOfTheSampleReports) {
  const auto answers = parse_answers(
      R"({"id":"r01","language":"ro","kind":"SIGNAL","reporter":"CITIZEN",
          "answers":{"exploitation_form":["SEX"],"urgency":"HIGH"},"text":"Suntem \u0219apte"})",
      "en");

  ASSERT_TRUE(answers);
  EXPECT_EQ(answers->kind, crypto::ReportKind::report);
  EXPECT_EQ(answers->statement.language, "ro");
  EXPECT_EQ(answers->statement.text, "Suntem \u0219apte");
  EXPECT_THAT(answers->statement.answers,
              ::testing::ElementsAre(crypto::Answer{"report_kind", {"SIGNAL"}},
                                     crypto::Answer{"reporter", {"CITIZEN"}},
                                     crypto::Answer{"exploitation_form", {"SEX"}},
                                     crypto::Answer{"urgency", {"HIGH"}}));
}

TEST(Answers, OfTheKindAdviceAreAQuestionForAdvice) {
  EXPECT_EQ(parse_answers(R"({"kind":"ADVICE"})", "nl")->kind, crypto::ReportKind::advice);
}

TEST(Answers, AreRefusedWhenTheyAreNotWhatAFieldHolds) {
  for (const char* json :
       {"", "[]", "{", R"({"answers":[]})", R"({"text":7})", R"({"answers":{"sector":[["AGR"]]}})",
        R"({"language":"n l"})", R"({"unknown":"field"})", R"({"answers":{"sector":"A B"}})"}) {
    SCOPED_TRACE(json);
    EXPECT_FALSE(parse_answers(json, "en"));
  }
}

TEST(Answers, LoseControlCharactersAndForeignLineEnds) {
  EXPECT_EQ(clean_text("a\r\nb\rc\x1b[31m\td\xc2\x9bz\x7f"), "a\nb\nc[31m\tdz");
}

}  // namespace
}  // namespace meldpunt::client
