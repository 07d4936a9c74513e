// Figures are released by two people, who have signed the same terms.
#include <nlohmann/json.hpp>

#include "client/lib/approving.h"
#include "client/lib/roster_issue.h"
#include "client/lib/second_release.h"
#include "tests/unit/client/a_release.h"

namespace meldpunt::client::test {
namespace {

TEST_F(TheTrends, NobodyReleasesAlone) {
  november();
  const auto there = desk();
  const auto nothing = there->draw(wish());
  must(there->releases.propose(wish()));
  const auto waiting = there->draw(wish());
  const auto own = sign_all(office_, "steward");
  must(there->seat->casework->sync());
  const auto after = there->draw(wish());

  for (const auto& refused : {nothing, waiting, after}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().exit_code, EX_NOPERM);
    EXPECT_NE(refused.error().sentence.find("countersign"), std::string::npos);
  }
  EXPECT_EQ(own, std::vector{SecondOutcome::not_believed});
  EXPECT_TRUE(there->seat->casework->releases().all().empty());
}

TEST_F(TheTrends, ASecondCoordinatorSignsFromTheJournalAndEitherDraws) {
  november();
  EXPECT_EQ(must(desk()->releases.propose(wish())), 0U) << "there is no approver to ask";
  EXPECT_FALSE(desk("deputy")->is_signed(wish()));

  EXPECT_EQ(sign_all(office_, "deputy"), std::vector{SecondOutcome::done});

  EXPECT_TRUE(desk("deputy")->is_signed(wish()));
  EXPECT_TRUE(sign_all(office_, "deputy").empty()) << "it waits no longer";
  EXPECT_EQ(must(desk("deputy")->draw(wish())).counted, 3U);
  EXPECT_TRUE(desk()->seat->casework->releases().all_proposed().empty());
}

TEST_F(TheTrends, WhatIsProposedAgainInTheSameTermsStands) {
  november();
  const auto there = desk();
  must(there->releases.propose(wish()));
  const auto size = there->seat->casework->journal().size();
  must(there->releases.propose(wish()));
  EXPECT_EQ(there->seat->casework->journal().size(), size);
  sign_all(office_, "deputy");

  auto dearer = wish();
  dearer.budget.life = 100'000'000;
  must(there->releases.propose(dearer));

  EXPECT_FALSE(there->is_signed(wish())) << "a signature is for the terms that it was given to";
  EXPECT_EQ(there->draw(wish()).error().exit_code, EX_NOPERM);
  sign_all(office_, "deputy");
  must(there->seat->casework->sync());
  must(there->draw(wish()));
  EXPECT_EQ(terms_of_year(there->releases.ledger(), wish().series, october_)->budget.life,
            100'000'000U);
}

TEST_F(TheTrends, WhoWasRemovedSignsNothing) {
  november();
  const auto there = desk();
  must(there->releases.propose(wish()));
  const auto waiting = releases_that_wait(*there->seat->casework);
  ASSERT_EQ(waiting.size(), 1U);
  const Home deputy = must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase)));
  const auto second = must(sign_second(deputy, waiting[0].proposal));
  auto& casework = *there->seat->casework;
  auto roster = casework.rosters().newest();
  ++roster.number;
  roster.previous = casework.rosters().newest_hash();
  roster.issued = hour_of(office_.clock.now());
  std::erase_if(roster.devices, [](const auto& device) { return device.name == "deputy"; });
  const auto& stewardship = *there->seat->home.keyring().stewardship;
  must(publish_roster(there->seat->staff, roster.number,
                      crypto::sign_roster(roster, office_.pin.region, stewardship.certificate,
                                          stewardship.operations)));
  must(casework.sync());

  EXPECT_EQ(must(take_second(casework, there->seat->staff, second, deputy.keys().id,
                             hour_of(office_.clock.now()))),
            SecondOutcome::not_believed);
  const crypto::Hour later = hour_of(office_.clock.now()) + 35 * 24;
  EXPECT_FALSE(release_signed_by(casework.rosters(), waiting[0].proposal,
                                 {deputy.keys().id, second.signature}, later, office_.pin.region))
      << "nor does the journal bring it later";
}

TEST_F(TheTrends, AnApproverSignsThroughItsBoxKnowingTheTerms) {
  office_.enrol_device("approver", crypto::DeviceRole::approver);
  november();
  EXPECT_EQ(must(desk()->releases.propose(wish())), 1U);
  const auto waiting = approve(
      [](Approving& approving, const RequestToSign& request) { must(approving.sign(request)); });
  ASSERT_EQ(waiting.size(), 1U);
  const auto shown = json_of(std::get<crypto::ReleaseProposal>(waiting[0]));
  EXPECT_EQ(shown["period"], "2024-10");
  EXPECT_EQ(shown["series"], "inflow");
  EXPECT_EQ(shown["life"], "0.088");
  EXPECT_FALSE(shown["tables"].empty());
  EXPECT_FALSE(shown.contains("fault"));

  take_in_receipts();

  const auto there = desk();
  EXPECT_TRUE(there->is_signed(wish()));
  EXPECT_EQ(must(there->draw(wish())).counted, 3U);
}

TEST_F(TheTrends, WhatASecondPersonRefusesIsProposedAnew) {
  office_.enrol_device("approver", crypto::DeviceRole::approver);
  november();
  must(desk()->releases.propose(wish()));
  approve([](Approving& approving, const RequestToSign& request) {
    must(approving.refuse(request, "code them first"));
  });
  take_in_receipts();

  const auto there = desk();
  const auto refused = there->draw(wish());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().sentence.find("code them first"), std::string::npos);
  EXPECT_TRUE(sign_all(office_, "deputy").empty()) << "it waits no longer";
  EXPECT_EQ(must(there->release(wish())).counted, 3U);
}

TEST_F(TheTrends, TermsThatDoNotAddUpAreSignedByNobody) {
  november();
  const auto there = desk();
  must(there->releases.propose(wish()));
  auto proposal = releases_that_wait(*there->seat->casework).at(0).proposal;
  const auto at = proposal.terms.find("0.088");
  ASSERT_NE(at, std::string::npos);
  proposal.terms.replace(at, 5, "0.176");

  EXPECT_TRUE(json_of(proposal).contains("fault"));
  EXPECT_EQ(sign_second(there->seat->home, proposal).error().exit_code, EX_DATAERR);
}

}  // namespace
}  // namespace meldpunt::client::test
