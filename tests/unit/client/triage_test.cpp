#include "client/lib/triage.h"

#include <gtest/gtest.h>

#include "client/lib/fresh_code.h"
#include "client/lib/linking.h"
#include "client/lib/recording.h"
#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

class Triage : public TwoDesks {
 protected:
  Triage() : TwoDesks(3) {
    steward_ = must(synced("steward"));
    subject_ = case_of(*steward_, 1);
  }
  Casework& casework() { return *steward_->casework; }

  std::unique_ptr<Seat> steward_;
  crypto::CaseId subject_;
};

TEST_F(Triage, SaysWhatACaseIsAndTakesItBack) {
  EXPECT_EQ(must(treat_as(casework(), subject_, "JUNK")), "");
  EXPECT_EQ(queue_of(casework()).size(), 2U);
  EXPECT_EQ(must(treat_as(casework(), subject_, "MUTED")), "JUNK");
  EXPECT_EQ(must(treat_as(casework(), subject_, "")), "MUTED");
  EXPECT_EQ(queue_of(casework()).size(), 3U);
  EXPECT_EQ(treat_as(casework(), subject_, "NONSENSE").error().exit_code, EX_DATAERR);
}

TEST_F(Triage, WritesNothingWhereItIsSoAlreadyAndKeepsTheShortAnswer) {
  must(write_record(casework(), subject_,
                    instead_of(casework().files().of(subject_), "triage",
                               {{"as", "ADVICE"}, {"answer", "Ask at the desk."}})));
  const auto size = casework().journal().size();
  EXPECT_EQ(must(treat_as(casework(), subject_, "ADVICE")), "ADVICE");
  EXPECT_EQ(casework().journal().size(), size);
  must(treat_as(casework(), subject_, "CASE"));
  const auto& fields = casework().files().of(subject_).one("triage")->fields();
  EXPECT_EQ(record::text_in(fields, "answer"), "Ask at the desk.");
}

TEST_F(Triage, ClosesNoCaseWhoseNewestMessageHasNoAnswer) {
  const auto refused = close_answered(casework(), subject_, "NOTHT");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().exit_code, EX_NOPERM);
  must(casework().reply(subject_, {crypto::ReplyStatus::answer, false, "", "Thank you.", {}}));
  must(close_answered(casework(), subject_, "NOTHT"));
  EXPECT_TRUE(state_of(casework(), subject_).closed);
  EXPECT_FALSE(close_answered(casework(), subject_, "NOTHT"));
}

TEST_F(Triage, ClosesNoCaseInWhichAMergedThreadHasNoAnswer) {
  must(casework().reply(subject_, {crypto::ReplyStatus::answer, false, "", "Thank you.", {}}));
  must(merge_cases(casework(), case_of(*steward_, 2), subject_, "the same"));
  EXPECT_EQ(close_answered(casework(), subject_, "NOTHT").error().exit_code, EX_NOPERM);
}

TEST_F(Triage, AReportThatNamesTheNumberOfAFreshCodeIsProposedToBeMerged) {
  const std::string number = must(offer_fresh_code(casework(), subject_, "Be careful."));
  ASSERT_EQ(number.size(), 6U);
  const auto story = must(casework().story(subject_));
  const auto& reply = std::get<StoryReply>(story.back().what).reply;
  EXPECT_EQ(reply.text_module, fresh_code_module);
  EXPECT_EQ(reply.text, number + "\n\nBe careful.");
  EXPECT_TRUE(reply.urgent);
  EXPECT_TRUE(links_of(casework(), subject_).empty());

  auto fresh = office_.report(0x90, 9);
  fresh.body = crypto::Statement{"nl", {}, "Ik schreef al. Mijn nummer is " + number + ".", {}};
  office_.send(fresh);
  must(office_.seat("deputy")->duty.take_in());
  must(casework().sync());

  const auto links = links_of(casework(), subject_);
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links.front().other, case_of(*steward_, 9));
  EXPECT_EQ(links.front().what, number);
}

}  // namespace
}  // namespace meldpunt::client::test
