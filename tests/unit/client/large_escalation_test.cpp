#include "tests/unit/client/a_large_escalation.h"

namespace meldpunt::client::test {
namespace {

TEST_F(ALargeEscalation, ReachesThePartnerByteForByteAndNothingElseDoes) {
  office_.consented();
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto previewed =
      must(prepare_escalation(*seat->casework, office_.subject, draft(), office_.now()));
  const auto preview = lines_of(previewed, seat->casework->rosters());
  must(commit_escalation(*seat->casework, office_.subject, previewed));
  EXPECT_EQ(must(carry(*seat->casework, seat->staff, office_.now())), 1 + parts);

  const auto counts = collect();

  EXPECT_EQ(counts.fresh, 1U);
  EXPECT_EQ(counts.parts, parts);
  EXPECT_EQ(counts.refused, 0U);
  expect_held(previewed);
  EXPECT_EQ(files(), 0U) << "parts go when all is kept";
  EXPECT_EQ(lines_of(held().escalation, office_.desk()->inbox->rosters()), preview);
  office_.round("steward");
  EXPECT_EQ(state(previewed.id), "received");
  EXPECT_EQ(office_.server.boxed(), 0U);

  // All that the server ever answered it, opened: the escalation's pieces and nothing else.
  const auto desk = office_.desk();
  must(desk->inbox->collect());
  const auto& keys = desk->home.keys();
  std::vector<crypto::Buffer> opened;
  for (const crypto::Buffer& payload : office_.server.told(keys.curve.public_key())) {
    const auto object =
        crypto::open_boxed(payload, keys.opening, keys.id, desk->inbox->rosters().newest(),
                           crypto::day_of(office_.now()), office_.pin.region);
    if (object) opened.emplace_back(object->content.view().begin(), object->content.view().end());
  }
  const auto pieces = pieces_of(previewed);
  ASSERT_EQ(opened.size(), pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    EXPECT_TRUE(crypto::equal_bytes(opened[i], pieces[i].content.view())) << i;
  }
}

TEST_F(ALargeEscalation, IsReadAgainByAColleagueFromTheJournal) {
  office_.enrol_device("deputy");
  office_.consented();
  const auto made = office_.escalate(draft());

  const auto deputy = office_.seat("deputy");
  must(deputy->casework->sync());
  const auto* entry = deputy->casework->escalations().find(made.id);

  ASSERT_NE(entry, nullptr);
  EXPECT_TRUE(
      crypto::equal_bytes(crypto::encode(must(read_escalation(*deputy->casework, *entry)))->view(),
                          crypto::encode(made)->view()));
}

TEST_F(ALargeEscalation, BeyondTheBoundIsRefusedWithASentenceThatNamesIt) {
  office_.consented();
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto why = [&](const EscalationDraft& draft) {
    const auto made = prepare_escalation(*seat->casework, office_.subject, draft, office_.now());
    return made ? std::string() : made.error().sentence;
  };
  auto one = draft();
  one.fields[1].value = long_text(65'536);
  EXPECT_NE(why(one).find("65,535"), std::string::npos) << why(one);

  // Room for the second signature counts: what is proposed can be sent.
  auto all = PartnerOffice::override_draft();
  for (int i = 0; i < 3; ++i) {
    all.fields.push_back({"text" + std::to_string(i), long_text(65'000)});
  }
  all.fields.push_back({"rest", ""});
  const auto around =
      crypto::encode(must(prepare_escalation(*seat->casework, office_.subject, all, office_.now())))
          ->size();
  all.fields.back().value = long_text(crypto::escalation_max - around - 80);
  EXPECT_EQ(why(all), "");
  all.fields.back().value += "x";
  EXPECT_NE(why(all).find(std::to_string(crypto::escalation_max)), std::string::npos);
  EXPECT_NE(why(all).find("second escalation"), std::string::npos);
}

TEST_F(ALargeEscalation, KilledAtAnyStepOfJournalingAndCarryingIsWholeOrWasNever) {
  office_.consented();
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    int step = 1;
    for (bool killed = true; killed; step += every(5)) {
      SCOPED_TRACE(step);
      killed = false;
      crypto::Escalation made;
      {
        const auto seat = office_.seat("steward");
        must(seat->casework->sync());
        made = must(prepare_escalation(*seat->casework, office_.subject, draft(), office_.now()));
        office_.server.kill_at(step, moment);
        try {
          must(commit_escalation(*seat->casework, office_.subject, made));
          must(carry(*seat->casework, seat->staff, office_.now()));
        } catch (const Killed&) {
          killed = true;
        }
        office_.server.spare();
      }
      // The partner looks while only some of it lies there.
      collect();
      office_.round("steward");

      collect();
      office_.round("steward");

      const bool journaled = state(made.id) != "unknown";
      if (step <= static_cast<int>(parts)) {
        EXPECT_FALSE(journaled) << "killed between parts it was not sent";
      }
      EXPECT_EQ(office_.desk()->inbox->entries().contains(made.id), journaled);
      if (!journaled) continue;
      EXPECT_EQ(state(made.id), "received");
      expect_held(made);
      EXPECT_EQ(files(), 0U);
      EXPECT_EQ(office_.server.boxed(), 0U);
    }
    EXPECT_GE(step, static_cast<int>(2 * parts)) << "journal, box, journal";
  }
}

TEST_F(ALargeEscalation, KilledAtAnyStepOfTakingInIsKeptAndAnsweredOnce) {
  office_.consented();
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    int step = 1;
    for (bool killed = true; killed; step += every(5)) {
      SCOPED_TRACE(step);
      killed = false;
      const auto made = office_.escalate(draft());
      office_.server.kill_at(step, moment);
      try {
        must(office_.desk()->inbox->collect());
      } catch (const Killed&) {
        killed = true;
      }
      office_.server.spare();
      office_.server.forget_leases();

      EXPECT_EQ(collect().refused, 0U);
      office_.round("steward");

      expect_held(made);
      EXPECT_EQ(files(), 0U);
      const auto seat = office_.seat("steward");
      must(seat->casework->sync());
      EXPECT_EQ(seat->casework->escalations().find(made.id)->answers.size(), 1U);
      EXPECT_EQ(office_.server.boxed(), 0U);
    }
    EXPECT_GE(step, static_cast<int>(2 * parts)) << "take and acknowledge each";
  }
}

TEST_F(ALargeEscalation, WhoseConsentIsWithdrawnBetweenItsPartsIsNotSent) {
  const auto consent = office_.consented();
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto made =
      must(prepare_escalation(*seat->casework, office_.subject, draft(), office_.now()));
  office_.server.kill_at(3, FakeServer::Moment::after);
  EXPECT_THROW((void)commit_escalation(*seat->casework, office_.subject, made), Killed);
  office_.server.spare();
  office_.answer(consent, ConsentChoice::withdrawn, 3);

  const auto again = office_.seat("steward");
  must(again->casework->sync());
  const auto committed = commit_escalation(*again->casework, office_.subject, made);

  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().exit_code, EX_NOPERM);
  EXPECT_EQ(state(made.id), "unknown");
}

TEST_F(ALargeEscalation, IsShownWholeToTheApproverAndGoesWithTheSecondSignature) {
  const auto made = office_.escalate(override_draft());
  EXPECT_EQ(state(made.id), "proposed");

  const auto shown = approve();

  ASSERT_EQ(shown.size(), 1U);
  EXPECT_TRUE(crypto::equal_bytes(crypto::encode(shown[0])->view(), crypto::encode(made)->view()));
  EXPECT_EQ(files("approver"), 0U);
  office_.round("steward");
  EXPECT_EQ(collect().fresh, 1U);
  ASSERT_TRUE(held().escalation.second);
  EXPECT_EQ(held().escalation.fields, made.fields);
  office_.round("steward");
  EXPECT_EQ(state(made.id), "received");
  EXPECT_TRUE(tasks().empty());
}

TEST_F(ALargeEscalation, ThatIsNotSignedWaitsForTheApproverUntilItIsNoLongerValid) {
  office_.escalate(override_draft());
  const auto waiting = [&] {
    const auto desk = office_.desk("approver");
    auto rosters = must(RosterHistory::open(desk->home));
    must(rosters.refresh(desk->staff));
    Approving approving(desk->home, desk->staff, rosters, office_.clock);
    const auto count = must(approving.collect()).size();
    must(approving.leave_rest());
    return count;
  };
  EXPECT_EQ(waiting(), 1U);
  EXPECT_EQ(waiting(), 1U) << "by another process";
  EXPECT_EQ(files("approver"), 1 + parts);

  office_.clock.pass(std::chrono::hours(31 * 24));

  EXPECT_EQ(waiting(), 0U);
  EXPECT_EQ(files("approver"), 0U);
}

TEST_F(ALargeEscalation, KilledAtAnyStepOfTheSecondSignatureIsSentOnce) {
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    int step = 1;
    for (bool killed = true; killed; step += every(7)) {
      SCOPED_TRACE(step);
      killed = false;
      const std::size_t before = office_.server.journal().size();
      const auto made = office_.escalate(override_draft());
      office_.server.kill_at(step, moment);
      try {
        approve();
        office_.round("steward");
      } catch (const Killed&) {
        killed = true;
      }
      office_.server.spare();
      office_.server.forget_leases();

      approve();
      office_.round("steward");
      collect();
      office_.round("steward");

      EXPECT_EQ(state(made.id), "received");
      EXPECT_EQ(office_.server.boxed(), 0U);
      EXPECT_EQ(office_.server.journal().size(), before + 2 * (parts + 1) + 3)
          << "no part twice: proposed, carried, sent, carried, received";
      EXPECT_EQ(files("approver"), 0U);
      const auto desk = office_.desk();
      EXPECT_TRUE(desk->inbox->entries().at(made.id).escalation.second);
    }
    EXPECT_GE(step, static_cast<int>(4 * parts)) << "box, staff's box, journal, box";
  }
}

}  // namespace
}  // namespace meldpunt::client::test
