#include <fstream>
#include <iterator>
#include <random>

#include "client/lib/approving.h"
#include "client/lib/pieces.h"
#include "tests/unit/client/an_escalation.h"

namespace meldpunt::client::test {
namespace {

// A text of its own at every place, so that no part can stand for another.
std::string long_text(std::size_t size) {
  std::string text;
  for (int i = 0; text.size() < size; ++i) text += "line " + std::to_string(i) + " of it\n";
  text.resize(size);
  return text;
}

class ALargeEscalation : public AnEscalation {
 protected:
  static constexpr std::size_t size_of_text = 60'000;
  static constexpr std::size_t parts = 5;

  static EscalationDraft with_text(EscalationDraft draft) {
    draft.fields[1].value = long_text(size_of_text);
    return draft;
  }
  static EscalationDraft draft() { return with_text(PartnerOffice::draft()); }
  static EscalationDraft override_draft() { return with_text(PartnerOffice::override_draft()); }

  // What an approver's device does with its box: the escalations that it signed.
  std::vector<crypto::Escalation> approve() {
    const auto desk = office_.desk("approver");
    auto rosters = must(RosterHistory::open(desk->home));
    must(rosters.refresh(desk->staff));
    Approving approving(desk->home, desk->staff, rosters, office_.clock);
    std::vector<crypto::Escalation> shown;
    for (const auto& request : must(approving.collect())) {
      must(approving.sign(request));
      shown.push_back(std::get<crypto::Escalation>(request.request));
    }
    must(approving.leave_rest());
    return shown;
  }
  static std::vector<Piece> pieces_of(const crypto::Escalation& escalation) {
    return must(client::pieces_of(ObjectKind::escalation, crypto::PartsKind::escalation,
                                  crypto::encode(escalation)->view(), crypto::escalation_in_one));
  }
  void put(const Piece& piece, const std::string& from = "steward") {
    office_.put_to_partner(piece.kind, piece.content.view(), from);
  }
  [[nodiscard]] Path parts_of(const std::string& device) const {
    return office_.path_of(device) / "parts";
  }
  [[nodiscard]] std::size_t files(const std::string& device = partner_device) const {
    std::error_code none;
    const std::filesystem::directory_iterator all(parts_of(device), none);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
  void expect_held(const crypto::Escalation& made) {
    const auto desk = office_.desk();
    const auto found = desk->inbox->entries().find(made.id);
    ASSERT_NE(found, desk->inbox->entries().end());
    EXPECT_TRUE(crypto::equal_bytes(crypto::encode(found->second.escalation)->view(),
                                    crypto::encode(made)->view()));
  }
};

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
    for (bool killed = true; killed; step += every(3)) {
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
    for (bool killed = true; killed; step += every(3)) {
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

TEST_F(ALargeEscalation, ComesInAnyOrderAndTwice) {
  office_.consented();
  const auto made = AnEscalation::made([](auto&) {}, draft());
  auto pieces = pieces_of(made);
  std::mt19937 order(7);
  for (int round = 0; round < 3; ++round) {
    std::shuffle(pieces.begin(), pieces.end(), order);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      put(pieces[i]);
      if (i % 2 == 1) continue;
      EXPECT_EQ(collect().refused, 0U) << "a restart in between";
    }
    EXPECT_EQ(collect().refused, 0U);
    expect_held(made);
    EXPECT_EQ(office_.desk()->inbox->entries().size(), 1U);
    EXPECT_EQ(files(), 0U);
  }
}

TEST_F(ALargeEscalation, IsNotMadeOfAForgedOrAForeignPart) {
  office_.consented();
  const auto made = AnEscalation::made([](auto&) {}, draft());
  const auto pieces = pieces_of(made);
  auto forged = crypto::SecretBuffer::of(pieces[2].content.view());
  forged.fill()[forged.size() / 2] ^= 1;
  const Piece forged_part{ObjectKind::part, std::move(forged)};

  // Before the manifest it cannot be told apart; with it, it goes.
  put(forged_part);
  EXPECT_EQ(collect().parts, 1U);
  put(pieces[0]);
  collect();
  EXPECT_EQ(files(), 1U) << "the manifest alone";

  put(forged_part);
  EXPECT_EQ(collect().refused, 1U);
  EXPECT_TRUE(said("part of no escalation"));

  for (const Piece& piece : pieces) put(piece);
  EXPECT_EQ(collect().fresh, 1U);
  expect_held(made);
}

TEST_F(ALargeEscalation, WhosePartsWereSealedByAnythingButACoordinatorsDeviceIsRefused) {
  office_.consented();
  const auto made = AnEscalation::made([](auto&) {}, draft());
  const auto approver = office_.desk("approver");
  const auto steward = office_.seat("steward");
  must(steward->casework->sync());
  const auto device =
      devices_of(steward->casework->rosters(), "KADERA", crypto::day_of(office_.now())).at(0);
  const auto& keys = approver->home.keys();
  for (const Piece& piece : pieces_of(made)) {
    auto boxed = *crypto::seal_to_device(piece.kind, piece.content.view(), device, keys.id,
                                         keys.signing, office_.pin.region);
    must(steward->staff.ask(
        crypto::Put{crypto::MailboxKind::box, crypto::box_of(device.id), 0, 0, {}, boxed}));
  }

  EXPECT_EQ(collect().refused, 1 + parts);

  EXPECT_EQ(files(), 0U);
}

TEST_F(ALargeEscalation, IsCheckedLikeAnyOtherWhenItIsWhole) {
  office_.consented();
  auto changed = AnEscalation::made([](auto&) {}, draft());
  changed.fields[0].value = "MINOR";
  for (const Piece& piece : pieces_of(changed)) put(piece);

  EXPECT_EQ(collect().refused, 1U);

  EXPECT_TRUE(said("nobody who was a coordinator"));
  EXPECT_EQ(files(), 0U);
  EXPECT_EQ(office_.server.boxed(), 0U);
}

TEST_F(ALargeEscalation, LargerThanOneMayBeOrOfAnotherKindIsNotKept) {
  const auto manifest = [&](crypto::PartsKind kind, std::size_t size) {
    const crypto::Buffer bytes(size);
    auto pieces = must(client::pieces_of(ObjectKind::escalation, kind, bytes));
    return std::move(pieces.front());
  };
  put(manifest(crypto::PartsKind::escalation, crypto::escalation_max + 1));
  put(manifest(crypto::PartsKind::text, 60'000));

  EXPECT_EQ(collect().refused, 2U);

  EXPECT_EQ(files(), 0U);
}

TEST_F(ALargeEscalation, WithdrawnWhileItWasCarriedStopsAndLeavesNothingBehind) {
  const auto consent = office_.consented();
  crypto::EscalationId id;
  {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    const auto made =
        must(prepare_escalation(*seat->casework, office_.subject, draft(), office_.now()));
    id = made.id;
    must(commit_escalation(*seat->casework, office_.subject, made));
    office_.server.kill_at(4, FakeServer::Moment::before);
    EXPECT_THROW((void)carry(*seat->casework, seat->staff, office_.now()), Killed);
    office_.server.spare();
  }
  EXPECT_EQ(collect().parts, 3U);
  EXPECT_EQ(files(), 3U);

  office_.answer(consent, ConsentChoice::withdrawn, 3);

  EXPECT_EQ(office_.server.boxed(), 0U) << "the other parts do not follow";
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  must(withdraw_escalation(*seat->casework, id, "", office_.now()));
  must(carry(*seat->casework, seat->staff, office_.now()));
  EXPECT_EQ(collect().withdrawn, 1U);
  EXPECT_EQ(files(), 0U) << "nor do the first stay";
  EXPECT_TRUE(office_.desk()->inbox->entries().empty());
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

TEST_F(ALargeEscalation, NeverWholeIsGivenUpAfterAWeekAndTold) {
  office_.consented();
  const auto pieces = pieces_of(AnEscalation::made([](auto&) {}, draft()));
  put(pieces[0]);
  put(pieces[1]);
  collect();
  office_.clock.pass(std::chrono::hours(kept_hours));
  EXPECT_EQ(collect().refused, 0U);

  office_.clock.pass(std::chrono::hours(1));

  EXPECT_EQ(collect().refused, 1U);
  EXPECT_TRUE(said("waited for the rest"));
  EXPECT_EQ(files(), 0U);
}

TEST_F(ALargeEscalation, IsNotKeptOutByAFloodOfManifests) {
  office_.consented();
  for (std::size_t i = 0; i < 3 * kept_of_each_giver; ++i) {
    crypto::Buffer other(crypto::escalation_in_one + 1, 'x');
    other[0] = static_cast<std::uint8_t>(i);
    put(must(client::pieces_of(ObjectKind::escalation, crypto::PartsKind::escalation, other,
                               crypto::escalation_in_one))
            .front());
  }

  EXPECT_EQ(collect().refused, 2 * kept_of_each_giver);

  EXPECT_EQ(files(), kept_of_each_giver);
  EXPECT_TRUE(said("more escalations than are kept"));
  const auto made = office_.escalate(draft());
  collect();
  expect_held(made);
  EXPECT_EQ(files(), kept_of_each_giver - 1);
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
    for (bool killed = true; killed; step += every(4)) {
      SCOPED_TRACE(step);
      killed = false;
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
      EXPECT_EQ(files("approver"), 0U);
      const auto desk = office_.desk();
      EXPECT_TRUE(desk->inbox->entries().at(made.id).escalation.second);
    }
    EXPECT_GE(step, static_cast<int>(4 * parts)) << "box, staff's box, journal, box";
  }
}

}  // namespace
}  // namespace meldpunt::client::test
