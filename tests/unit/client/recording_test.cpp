#include "client/lib/recording.h"

#include <gtest/gtest.h>

#include "client/lib/outbox.h"
#include "client/lib/releases.h"
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
  record::Fields done{{"reason", "DONE"},
                      {"conditions", std::vector<std::string>{"K1", "K2", "K3"}}};
  const auto refused = close_case(*steward->casework, subject, done);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().sentence.find(" K4"), std::string::npos);
  done["conditions"] = std::vector<std::string>{"K1", "K2", "K3", "K4"};
  must(close_case(*steward->casework, subject, done));
  must(reopen_case(*steward->casework, subject));

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

TEST_F(CaseFiles, AMinorIsOneWhoeverFoundItOut) {
  const auto steward = must(synced("steward"));
  const auto coded = case_of(*steward, 1);
  Releases releases(steward->home, *steward->casework, steward->staff, office_.clock);
  must(releases.code(coded, {{{"age", "MINOR"}}, std::nullopt}));
  must(close_case(*steward->casework, coded, {{"reason", "LEFT"}}));
  EXPECT_FALSE(state_of(*steward->casework, coded).closed);

  const auto head = case_of(*steward, 2);
  must(merge_cases(*steward->casework, coded, head, "same family"));
  must(close_case(*steward->casework, head, {{"reason", "LEFT"}}));
  EXPECT_TRUE(state_of(*steward->casework, head).closing_waits_for_second);
}

TEST_F(CaseFiles, WhatIsJunkClosedOrMergedIsNobodysNext) {
  const auto steward = must(synced("steward"));
  Casework& casework = *steward->casework;
  must(write_record(casework, case_of(*steward, 1), instead_of({}, "triage", {{"as", "JUNK"}})));
  must(merge_cases(casework, case_of(*steward, 2), case_of(*steward, 3), "one matter"));
  ASSERT_EQ(queue_of(casework).size(), 1U);
  EXPECT_EQ(must(casework.next()), case_of(*steward, 3));
  EXPECT_EQ(must(casework.next()), std::nullopt);
}

TEST_F(CaseFiles, WhatCannotBeSentHoldsUpNothingAndNoOtherProcessLosesIt) {
  const auto steward = must(synced("steward"));
  const auto deputy = must(synced("deputy"));
  const auto erased = case_of(*steward, 1);
  const auto living = case_of(*steward, 2);
  Outbox first = must(Outbox::open(deputy->home));
  Outbox second = must(Outbox::open(deputy->home));
  must(first.add(id_of<crypto::CaseId>(0x7e), urgency("HIGH")));  // no such case
  must(second.add(erased, urgency("HIGH")));
  must(first.add(living, urgency("HIGH")));
  EXPECT_EQ(must(Outbox::open(deputy->home)).unsent().size(), 3U);
  record::RecordEvent endless =
      new_item("task", {{"text", std::string(crypto::event_content_max, 'x')}});
  EXPECT_EQ(first.add(living, endless).error().exit_code, EX_DATAERR);
  erase(*steward, *deputy, erased);
  must(deputy->casework->sync());

  const auto delivered = must(second.send(*deputy->casework, deputy->staff));

  EXPECT_EQ(delivered.sent, 1U);
  EXPECT_EQ(delivered.refused.size(), 2U);
  ASSERT_EQ(second.unsent().size(), 1U) << "what no case takes stays";
  EXPECT_EQ(second.unsent().front().subject, id_of<crypto::CaseId>(0x7e));
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
  EXPECT_EQ(must(outbox.send(*deputy->casework, deputy->staff)).sent, 1U);

  const record::Item* risk = deputy->casework->files().of(subject).one("risk");
  EXPECT_EQ(text_in(risk->fields(), "urgency"), "ACUTE");
  ASSERT_EQ(risk->conflicts().size(), 1U);
  EXPECT_EQ(text_in(risk->conflicts().front()->fields, "urgency"), "HIGH");
  EXPECT_TRUE(must(Outbox::open(deputy->home)).unsent().empty());

  // Killed before it was crossed off: the same again is the same.
  const auto size = deputy->casework->journal().size();
  must(outbox.add(again.front().subject, std::get<record::RecordEvent>(again.front().what)));
  must(outbox.send(*deputy->casework, deputy->staff));
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

  const auto delivered = must(outbox.send(*deputy->casework, deputy->staff));

  EXPECT_EQ(delivered.sent, 0U);
  EXPECT_EQ(delivered.refused.size(), 1U);
  EXPECT_TRUE(outbox.unsent().empty());
}

}  // namespace
}  // namespace meldpunt::client::test
