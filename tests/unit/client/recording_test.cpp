#include "client/lib/recording.h"

#include <gtest/gtest.h>

#include "client/lib/outbox.h"
#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

using record::text_in;

class CaseFiles : public TwoDesks {
 protected:
  CaseFiles() : TwoDesks(3) {}

  record::RecordEvent urgency(const std::string& code) {
    record::RecordEvent change;
    change.kind = "risk";
    change.fields = {{"urgency", code}};
    return change;
  }
};

TEST_F(CaseFiles, AreReadByEveryDevice) {
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  must(write_record(*steward->casework, subject,
                    new_item("need", {{"need", "P1.SHELTER"}, {"state", "ASKED"}})));

  const auto deputy = must(synced("deputy"));

  const auto needs = deputy->casework->files().of(subject).several("need");
  ASSERT_EQ(needs.size(), 1U);
  EXPECT_EQ(text_in(needs.front()->fields(), "need"), "P1.SHELTER");
  EXPECT_EQ(needs.front()->now().device, steward->home.keys().id);
}

TEST_F(CaseFiles, TakeNothingThatTheirTableDoesNotHave) {
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  const auto before = steward->casework->journal().size();

  const auto refused = write_record(*steward->casework, subject, urgency("WEIRD"));

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().exit_code, EX_DATAERR);
  EXPECT_EQ(steward->casework->journal().size(), before);
}

TEST_F(CaseFiles, AFamilyIsMergedAndOneIsSplitOffAgain) {
  const auto steward = must(synced("steward"));
  Casework& casework = *steward->casework;
  const auto mother = case_of(*steward, 1);
  const auto child = case_of(*steward, 2);
  const auto brother = case_of(*steward, 3);
  must(merge_cases(casework, child, mother, "same family"));
  must(merge_cases(casework, brother, child, "same family"));
  EXPECT_EQ(casework.files().groups().head_of(brother), mother);
  EXPECT_FALSE(merge_cases(casework, mother, brother, "again")) << "they are one already";

  must(split_case(casework, brother));

  const auto deputy = must(synced("deputy"));
  EXPECT_EQ(deputy->casework->files().groups().members_of(mother), std::vector{child});
  EXPECT_FALSE(split_case(casework, brother));
}

TEST_F(CaseFiles, ACaseIsClosedForAReasonAndOpenedAgain) {
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  EXPECT_FALSE(close_case(*steward->casework, subject, {{"reason", "DONE"}}));

  must(close_case(*steward->casework, subject, {{"reason", "LEFT"}}));
  EXPECT_TRUE(state_of(*steward->casework, subject).closed);
  must(reopen_case(*steward->casework, subject));
  EXPECT_FALSE(state_of(*must(synced("deputy"))->casework, subject).closed);
}

TEST_F(CaseFiles, AMinorsCaseIsClosedByTwo) {
  office_.send(office_.report(0x70, 7, {{"age_class", {"MINOR"}}}));
  must(office_.seat("steward")->duty.take_in());
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 7);
  must(close_case(*steward->casework, subject, {{"reason", "LEFT"}}));
  EXPECT_FALSE(state_of(*steward->casework, subject).closed);
  EXPECT_EQ(second_closing(*steward->casework, subject).error().exit_code, EX_NOPERM);

  const auto deputy = must(synced("deputy"));
  must(second_closing(*deputy->casework, subject));

  EXPECT_TRUE(state_of(*deputy->casework, subject).closed);
  EXPECT_EQ(second_closing(*deputy->casework, subject).error().exit_code, EX_NOINPUT);
}

TEST_F(CaseFiles, AnIdentityStaysSealedUntilItIsOpenedWhichIsJournaled) {
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  record::RecordEvent identity;
  identity.kind = "identity";
  identity.fields = {{"name", "N.N."}};
  must(write_record(*steward->casework, subject, identity));
  const auto deputy = must(synced("deputy"));
  const record::CaseRecord& file = deputy->casework->files().of(subject);
  EXPECT_EQ(text_in(file.one("identity")->fields(), "name"), "");

  const auto opened = must(open_identity(*deputy->casework, subject, "afspraak bij de IND"));

  EXPECT_EQ(text_in(opened, "name"), "N.N.");
  ASSERT_EQ(file.several("identity_opened").size(), 1U);
  EXPECT_EQ(file.several("identity_opened").front()->now().device, deputy->home.keys().id);
}

TEST_F(CaseFiles, OfAnErasedCaseNothingIsKept) {
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  must(write_record(*steward->casework, subject, urgency("HIGH")));
  const auto deputy = must(synced("deputy"));

  erase(*steward, *deputy, subject);
  must(deputy->casework->sync());

  EXPECT_EQ(deputy->casework->files().of(subject).one("risk"), nullptr);
  EXPECT_EQ(write_record(*deputy->casework, subject, urgency("HIGH")).error().exit_code,
            EX_UNAVAILABLE);
}

TEST_F(CaseFiles, WhatIsWrittenWithoutTheLineIsSentOnceAndStandsBesideTheRest) {
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  must(write_record(*steward->casework, subject, urgency("NORMAL")));
  {
    const auto deputy = must(synced("deputy"));
    auto change = urgency("ACUTE");
    change.seen = deputy->casework->files().of(subject).newest("risk", {});
    must(must(Outbox::open(deputy->home)).add(subject, change));
  }
  auto between = urgency("HIGH");
  between.seen = steward->casework->files().of(subject).newest("risk", {});
  must(write_record(*steward->casework, subject, between));

  const auto deputy = must(synced("deputy"));
  Outbox outbox = must(Outbox::open(deputy->home));
  ASSERT_EQ(outbox.unsent().size(), 1U);
  const auto again = outbox.unsent();
  EXPECT_EQ(must(outbox.send(*deputy->casework)).sent, 1U);

  const record::Item* risk = deputy->casework->files().of(subject).one("risk");
  EXPECT_EQ(text_in(risk->fields(), "urgency"), "ACUTE");
  ASSERT_EQ(risk->conflicts().size(), 1U);
  EXPECT_EQ(text_in(risk->conflicts().front()->fields, "urgency"), "HIGH");
  EXPECT_TRUE(must(Outbox::open(deputy->home)).unsent().empty());

  // Killed before it was crossed off: the same again is the same.
  const auto size = deputy->casework->journal().size();
  must(outbox.add(again.front().subject, again.front().change));
  must(outbox.send(*deputy->casework));
  EXPECT_EQ(deputy->casework->journal().size(), size);
}

TEST_F(CaseFiles, WhatWasWrittenInACaseThatWasErasedSinceIsSaidToBeLost) {
  const auto steward = must(synced("steward"));
  const auto deputy = must(synced("deputy"));
  const auto subject = case_of(*steward, 1);
  Outbox outbox = must(Outbox::open(deputy->home));
  must(outbox.add(subject, urgency("HIGH")));
  erase(*steward, *deputy, subject);
  must(deputy->casework->sync());

  const auto delivered = must(outbox.send(*deputy->casework));

  EXPECT_EQ(delivered.sent, 0U);
  EXPECT_EQ(delivered.refused.size(), 1U);
  EXPECT_TRUE(outbox.unsent().empty());
}

}  // namespace
}  // namespace meldpunt::client::test
