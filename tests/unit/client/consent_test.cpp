#include <gtest/gtest.h>

#include "client/lib/consent_ledger.h"
#include "client/lib/vocabulary.h"
#include "tests/support/partner_desk.h"

namespace meldpunt::client::test {
namespace {

using crypto::ConsentChoice;
using crypto::ConsentHow;

class Consent : public testing::Test {
 protected:
  // What a fresh process says of that question.
  std::optional<ConsentChoice> stands(const crypto::ConsentId& id) {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    const auto* entry = seat->casework->consents().find(office_.subject, id);
    if (entry == nullptr || !entry->stand) return std::nullopt;
    return entry->stand->choice;
  }
  bool allowed(const std::vector<std::string>& fields, const std::string& purpose = "REFER",
               const std::string& recipient = "KADERA") {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    return seat->casework->consents().that_allows(office_.subject, purpose, recipient, fields) !=
           nullptr;
  }
  Outcome<crypto::ConsentId> record(ConsentChoice choice, crypto::Hour hour,
                                    const crypto::ConsentId& id = {}) {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    crypto::ConsentRecorded recorded{PartnerOffice::question(), choice, ConsentHow::spoken, hour,
                                     "on the telephone"};
    recorded.question.id = id;
    return record_consent(*seat->casework, office_.subject, recorded);
  }

  PartnerOffice office_;
};

TEST_F(Consent, IsAskedInAReplyThatKeepsTheQuestion) {
  const auto id = office_.ask();

  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto story = must(seat->casework->story(office_.subject));
  const auto& reply = std::get<StoryReply>(story.back().what).reply;
  ASSERT_TRUE(reply.consent);
  EXPECT_EQ(reply.consent->id, id);
  EXPECT_EQ(reply.consent->fields, PartnerOffice::question().fields);
  EXPECT_EQ(reply.status, crypto::ReplyStatus::consent);
  EXPECT_EQ(stands(id), std::nullopt);
  EXPECT_FALSE(allowed({"need"}));
}

TEST_F(Consent, ReachesTheReporterAsItWasAsked) {
  const auto id = office_.ask();
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto waiting = seat->casework->index().next_to_post({});
  ASSERT_TRUE(waiting);
  const auto put = must(seat->casework->address_of(*waiting));
  crypto::SealedReply sealed{};
  crypto::copy_bytes(put.bytes, sealed);

  const auto reply = crypto::open_reply(sealed, fixed_thread(0x10), 0, office_.pin.region);

  ASSERT_TRUE(reply);
  ASSERT_TRUE(reply->consent);
  EXPECT_EQ(reply->consent->id, id);
  EXPECT_EQ(reply->consent->recipient, "KADERA");
}

TEST_F(Consent, IsWhatTheReporterSaidLast) {
  const auto id = office_.consented();
  EXPECT_EQ(stands(id), ConsentChoice::given);
  EXPECT_TRUE(allowed({"need"}));

  office_.answer(id, ConsentChoice::withdrawn, 3);

  EXPECT_EQ(stands(id), ConsentChoice::withdrawn);
  EXPECT_FALSE(allowed({"need"}));

  office_.clock.pass(std::chrono::hours(2));
  office_.answer(id, ConsentChoice::given, 4);

  EXPECT_EQ(stands(id), ConsentChoice::given);
}

TEST_F(Consent, OfAnotherThreadIsNotBelieved) {
  const auto id = office_.ask();
  auto forged = office_.report(0x10, 7);
  forged.thread.up_key = fixed_thread(0x11).shared.clone().up_key.clone();
  forged.kind = crypto::ReportKind::consent_answer;
  forged.body = crypto::ConsentAnswer{id, ConsentChoice::given, ""};
  office_.send(forged);
  office_.round("steward");
  office_.answer(id, ConsentChoice::given, 8, 0x30);  // a thread of its own

  EXPECT_EQ(stands(id), std::nullopt);
}

TEST_F(Consent, WithdrawnUnderAWrongClockStillStands) {
  const auto id = office_.ask();
  auto given = office_.report(0x10, 5);
  given.kind = crypto::ReportKind::consent_answer;
  given.hour += 24 * 365;
  given.body = crypto::ConsentAnswer{id, ConsentChoice::given, ""};
  office_.send(given);
  office_.round("steward");
  auto withdrawn = office_.report(0x10, 6);
  withdrawn.kind = crypto::ReportKind::consent_answer;
  withdrawn.hour = 1;
  withdrawn.body = crypto::ConsentAnswer{id, ConsentChoice::withdrawn, ""};
  office_.send(withdrawn);

  office_.round("steward");

  EXPECT_EQ(stands(id), ConsentChoice::withdrawn);
}

TEST_F(Consent, WrittenBeforeAWithdrawalAndTakenInAfterItDoesNotCount) {
  const auto id = office_.ask();
  auto given = office_.report(0x10, 5);
  given.kind = crypto::ReportKind::consent_answer;
  given.body = crypto::ConsentAnswer{id, ConsentChoice::given, ""};
  office_.clock.pass(std::chrono::hours(1));
  office_.answer(id, ConsentChoice::withdrawn, 6);
  office_.send(given);

  office_.round("steward");

  EXPECT_EQ(stands(id), ConsentChoice::withdrawn);
}

TEST_F(Consent, GivenAndWithdrawnInOneHourInTwoVisitsIsWithdrawn) {
  const auto id = office_.ask();
  office_.answer(id, ConsentChoice::withdrawn, 5);

  office_.answer(id, ConsentChoice::given, 6);

  EXPECT_EQ(stands(id), ConsentChoice::withdrawn) << "nobody can tell which was meant last";
}

TEST_F(Consent, OfOneVisitIsReadInItsOrder) {
  const auto id = office_.ask();
  for (const std::uint8_t part : {std::uint8_t{1}, std::uint8_t{0}}) {
    auto answer = office_.report(0x10, static_cast<std::uint8_t>(20 + part));
    answer.visit = id_of<crypto::VisitId>(0x55);
    answer.part = part;
    answer.kind = crypto::ReportKind::consent_answer;
    answer.body =
        crypto::ConsentAnswer{id, part == 0 ? ConsentChoice::withdrawn : ConsentChoice::given, ""};
    office_.send(answer);
  }

  office_.round("steward");

  EXPECT_EQ(stands(id), ConsentChoice::given) << "the withdrawal was sent first, and came second";
}

TEST_F(Consent, SaidElsewhereIsRecordedWithWhenAndHow) {
  const auto id = must(record(ConsentChoice::given, office_.now() - 5));

  EXPECT_EQ(stands(id), ConsentChoice::given);
  EXPECT_TRUE(allowed({"age_class", "need"}));

  office_.answer(id, ConsentChoice::withdrawn, 3);

  EXPECT_EQ(stands(id), ConsentChoice::withdrawn) << "what was recorded can be taken back there";
}

TEST_F(Consent, RecordedForBeforeAWithdrawalDoesNotUndoIt) {
  const auto id = office_.consented();
  office_.clock.pass(std::chrono::hours(1));
  office_.answer(id, ConsentChoice::withdrawn, 3);

  const auto recorded = record(ConsentChoice::given, office_.now() - 1, id);

  ASSERT_FALSE(recorded);
  EXPECT_EQ(recorded.error().exit_code, EX_NOPERM);
  EXPECT_EQ(stands(id), ConsentChoice::withdrawn);
}

TEST_F(Consent, AllowsItsOwnPurposeRecipientAndFieldsAndNothingElse) {
  office_.consented();

  EXPECT_TRUE(allowed({"age_class"}));
  EXPECT_TRUE(allowed({"age_class", "need"}));
  EXPECT_FALSE(allowed({"age_class", "name"}));
  EXPECT_FALSE(allowed({"need"}, "POLICE"));
  EXPECT_FALSE(allowed({"need"}, "REFER", "POLICE"));
}

TEST_F(Consent, RefusedForOneFieldStandsAgainstAnOlderConsentThatHasIt) {
  office_.consented();
  office_.clock.pass(std::chrono::hours(1));

  must(record(ConsentChoice::refused, office_.now()));

  EXPECT_FALSE(allowed({"need"}));
}

TEST_F(Consent, IsAskedForAPurposeOfTheVocabularyOnly) {
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  auto question = PartnerOffice::question();
  question.purpose = "CURIOSITY";

  const auto asked = ask_consent(*seat->casework, office_.subject, question, "", false);

  ASSERT_FALSE(asked);
  EXPECT_NE(asked.error().sentence.find("REFER"), std::string::npos);
}

TEST(Vocabulary, NamesCodesAndFieldsInBothLanguages) {
  EXPECT_EQ(label_of("consent_purpose", "POLICE", LabelLanguage::dutch), "Delen met politie/OM");
  EXPECT_EQ(label_of("partner", "KADERA", LabelLanguage::english), "Kadera");
  EXPECT_EQ(label_of("partner", "NOBODY", LabelLanguage::english), "NOBODY");
  EXPECT_EQ(label_of_field("contact", LabelLanguage::english), "how you can be reached");
  EXPECT_EQ(label_of_field("consent_purpose", LabelLanguage::english),
            "Consent purpose (client in control)");
  EXPECT_FALSE(codes_of("consent_purpose").empty());
}

}  // namespace
}  // namespace meldpunt::client::test
