#include <random>

#include "tests/unit/client/a_large_escalation.h"

namespace meldpunt::client::test {
namespace {

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

TEST_F(ALargeEscalation, CarriedHalfByOneAndWholeByAnotherArrivesOnceAndLeavesNothing) {
  office_.enrol_device("deputy");
  office_.consented();
  const auto pieces = pieces_of(AnEscalation::made([](auto&) {}, draft()));
  for (std::size_t i = 0; i < 3; ++i) put(pieces[i]);
  collect();
  for (const Piece& piece : pieces) put(piece, "deputy");

  EXPECT_EQ(collect().fresh, 1U);

  EXPECT_EQ(files(), 0U);
}

}  // namespace
}  // namespace meldpunt::client::test
