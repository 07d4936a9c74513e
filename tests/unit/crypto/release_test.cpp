#include "crypto/release.h"

#include <gtest/gtest.h>

#include "crypto/handover_events.h"
#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class AProposal : public testing::Test {
 protected:
  ReleaseProposal proposal_{Series::closures,      20727,     20818,
                            id_of<DeviceId>(0x33), this_hour, "{\"life\":\"0.088\"}"};
};

TEST_F(AProposal, IsReadAgainFromTheJournalFromItsStatementAndAsARequest) {
  const auto statement = proposal_statement(proposal_);
  ASSERT_TRUE(statement);
  EXPECT_EQ(*read_proposal_statement(*statement), proposal_);
  const auto event = decode_release_event(encode(proposal_)->view());
  ASSERT_TRUE(event);
  EXPECT_EQ(std::get<ReleaseProposal>(*event), proposal_);
  const auto request = decode_to_countersign(encode(ToCountersign(proposal_))->view());
  ASSERT_TRUE(request);
  EXPECT_EQ(std::get<ReleaseProposal>(*request), proposal_);
}

TEST_F(AProposal, IsAnotherWhenAnythingInItIs) {
  const Hash hash = hash_of_proposal(*proposal_statement(proposal_));
  const auto differs = [&](auto change) {
    ReleaseProposal other = proposal_;
    change(other);
    return hash_of_proposal(*proposal_statement(other)) != hash;
  };
  EXPECT_TRUE(differs([](ReleaseProposal& other) { other.series = Series::inflow; }));
  EXPECT_TRUE(differs([](ReleaseProposal& other) { ++other.first; }));
  EXPECT_TRUE(differs([](ReleaseProposal& other) { ++other.last; }));
  EXPECT_TRUE(differs([](ReleaseProposal& other) { other.device = id_of<DeviceId>(0x34); }));
  EXPECT_TRUE(differs([](ReleaseProposal& other) { ++other.hour; }));
  EXPECT_TRUE(differs([](ReleaseProposal& other) { other.terms += ' '; }));
}

TEST_F(AProposal, IsRefusedWithTermsTooLongOrADayThatCannotBe) {
  ReleaseProposal longer = proposal_;
  longer.terms = std::string(release_terms_max + 1, 'x');
  EXPECT_THAT(proposal_statement(longer), FailsWith(Error::too_long));
  EXPECT_THAT(encode(longer), FailsWith(Error::too_long));
  EXPECT_THAT(encode(ToCountersign(longer)), FailsWith(Error::too_long));
  ReleaseProposal turned = proposal_;
  turned.last = turned.first - 1;
  EXPECT_THAT(proposal_statement(turned), FailsWith(Error::malformed));
  ReleaseProposal of_nothing = proposal_;
  of_nothing.series = Series::none;
  EXPECT_THAT(encode(of_nothing), FailsWith(Error::malformed));
}

TEST_F(AProposal, IsNotRefusedWithoutAReason) {
  const Hash hash = hash_of_proposal(*proposal_statement(proposal_));
  EXPECT_THAT(encode(ReleaseRefusal{hash, id_of<DeviceId>(0x34), ""}), FailsWith(Error::malformed));
}

TEST(ARecord, ChargesInOneAccount) {
  const Bytes document = as_bytes("{}");
  const auto release =
      encode(TrendRelease{{1, Series::inflow, 20758, 20787}, {document.begin(), document.end()}});
  EXPECT_TRUE(encode(ReleaseRecord{*release, this_hour, 61'600'000, 0, {}}));
  EXPECT_TRUE(encode(ReleaseRecord{*release, this_hour, 0, 1'400'000'000, {}}));
  EXPECT_THAT(encode(ReleaseRecord{*release, this_hour, 1, 1, {}}), FailsWith(Error::malformed));
}

}  // namespace
}  // namespace meldpunt::crypto
