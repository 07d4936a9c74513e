#include "crypto/hierarchy.h"
#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Certificates : public testing::Test {
 protected:
  const FixedRegion region_;
};

TEST_F(Certificates, SayWhoseKeyWasCertifiedAndForHowLong) {
  const auto certificate = verify_certificate(region_.signed_certificate(), region_.pin);
  ASSERT_THAT(certificate, Succeeds());
  EXPECT_EQ(certificate->key, region_.operations.public_key());
  EXPECT_EQ(certificate->steward, region_.steward.entry.id);
  EXPECT_EQ(certificate->serial, 1U);
  EXPECT_EQ(certificate->from, today - 14);
  EXPECT_EQ(certificate->until, today + 14);
}

TEST_F(Certificates, AreRefusedUnderAnotherRootRegionOrLength) {
  EXPECT_THAT(
      verify_certificate(sign_certificate(region_.certificate, region_.id, region_.next_root),
                         region_.pin),
      FailsWith(Error::bad_signature));
  EXPECT_THAT(
      verify_certificate(sign_certificate(region_.certificate, id_of<RegionId>(1), region_.root),
                         region_.pin),
      FailsWith(Error::bad_signature));
  const Buffer bytes = region_.signed_certificate();
  EXPECT_THAT(verify_certificate(Bytes(bytes).first(bytes.size() - 1), region_.pin),
              FailsWith(Error::malformed));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    EXPECT_FALSE(verify_certificate(flipped(bytes, at), region_.pin)) << at;
  }
}

TEST_F(Certificates, LastTwentySixWeeksAtMostAndNeverEndBeforeTheyBegin) {
  OperationsCertificate certificate = region_.certificate;
  const auto verified = [&] {
    return verify_certificate(sign_certificate(certificate, region_.id, region_.root), region_.pin);
  };
  certificate.until = certificate.from + operations_days;
  EXPECT_THAT(verified(), Succeeds());
  certificate.until += 1;
  EXPECT_THAT(verified(), FailsWith(Error::malformed));
  certificate.until = certificate.from - 1;
  EXPECT_THAT(verified(), FailsWith(Error::malformed));
  certificate.from = 0;
  certificate.until = 0xffffffff;
  EXPECT_THAT(verified(), FailsWith(Error::malformed));
}

class Bundles : public testing::Test {
 protected:
  FixedRegion region_;
  Result<Bundle> verified() const { return verify_bundle(region_.signed_bundle(), region_.pin); }
};

TEST_F(Bundles, CarryTheKeysOfTheirDay) {
  const auto bundle = verified();
  ASSERT_THAT(bundle, Succeeds());
  EXPECT_EQ(bundle->day, today);
  EXPECT_EQ(bundle->generation, 1U);
  EXPECT_EQ(bundle->epoch, epoch_of(region_.team.public_key()));
  EXPECT_EQ(bundle->team, region_.team.public_key());
  EXPECT_EQ(bundle->daemon, region_.daemon.public_key());
  EXPECT_EQ(bundle->endpoints, region_.pin.endpoints);
  EXPECT_EQ(bundle->server, region_.pin.server);
}

TEST_F(Bundles, AreRefusedWithAnyByteTurnedCutOrAdded) {
  const Buffer bytes = region_.signed_bundle();
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    EXPECT_FALSE(verify_bundle(flipped(bytes, at), region_.pin)) << at;
  }
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{63}, std::size_t{64}, std::size_t{200}, bytes.size() - 1}) {
    EXPECT_FALSE(verify_bundle(Bytes(bytes).first(size), region_.pin)) << size;
  }
  Buffer longer = bytes;
  longer.insert(longer.begin(), 0);
  EXPECT_FALSE(verify_bundle(longer, region_.pin));
}

TEST_F(Bundles, AreSignedByTheCertifiedKeyForThisRegion) {
  const Buffer certificate = region_.signed_certificate();
  const auto stranger = signing_key<role::Operations>(0x77);
  EXPECT_THAT(
      verify_bundle(sign_bundle(region_.bundle, region_.id, certificate, stranger), region_.pin),
      FailsWith(Error::bad_signature));
  EXPECT_THAT(verify_bundle(
                  sign_bundle(region_.bundle, id_of<RegionId>(1), certificate, region_.operations),
                  region_.pin),
              FailsWith(Error::bad_signature));
  const FixedRegion elsewhere("Twente");
  EXPECT_THAT(verify_bundle(region_.signed_bundle(), elsewhere.pin),
              FailsWith(Error::bad_signature));
}

TEST_F(Bundles, HoldOnlyWithinTheirCertificate) {
  region_.bundle.day = region_.certificate.until;
  EXPECT_THAT(verified(), Succeeds());
  region_.bundle.day += 1;
  EXPECT_THAT(verified(), FailsWith(Error::expired));
  region_.bundle.day = region_.certificate.from;
  EXPECT_THAT(verified(), Succeeds());
  region_.bundle.day -= 1;
  EXPECT_THAT(verified(), FailsWith(Error::not_yet_valid));
}

TEST_F(Bundles, AreMalformedWhenTheEpochIsNotTheTeamKeys) {
  region_.bundle.epoch.bytes[0] ^= 1;
  EXPECT_THAT(verified(), FailsWith(Error::malformed));
}

TEST_F(Bundles, AreMalformedWithAnEndpointThatIsNoText) {
  region_.bundle.endpoints.staff = "\xff";
  EXPECT_THAT(verified(), FailsWith(Error::malformed));
}

}  // namespace
}  // namespace meldpunt::crypto
