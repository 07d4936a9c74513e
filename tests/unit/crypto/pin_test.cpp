#include "crypto/hierarchy.h"
#include "crypto/wire/writer.h"
#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Pins : public testing::Test {
 protected:
  // The pin after the founding one: the next root takes over and a new one stands ready.
  Pin successor() const {
    Pin next = region_.pin;
    next.number = 2;
    next.root = region_.next_root.public_key();
    next.next_root = third_root_.public_key();
    next.earlier_roots = {{region_.root.public_key(), today}};
    next.endpoints.reporters = "tcp://127.0.0.1:7500";
    return next;
  }

  const FixedRegion region_;
  const SigningKey<role::Root> third_root_ = signing_key<role::Root>(0x09);
};

TEST_F(Pins, AreTrustedAsTheyWereSigned) {
  const auto pin = trust_pin(region_.signed_pin());
  ASSERT_THAT(pin, Succeeds());
  EXPECT_EQ(pin->number, 1U);
  EXPECT_TRUE(pin->demonstration);
  EXPECT_EQ(pin->name, "IJsselland");
  EXPECT_EQ(pin->region, region_.id);
  EXPECT_EQ(pin->root, region_.root.public_key());
  EXPECT_EQ(pin->next_root, region_.next_root.public_key());
  EXPECT_EQ(pin->endpoints, region_.pin.endpoints);
  EXPECT_EQ(pin->server, region_.pin.server);
}

TEST_F(Pins, AreRefusedWhenFoundedByAnotherKey) {
  EXPECT_THAT(trust_pin(sign_pin(region_.pin, region_.next_root)), FailsWith(Error::bad_signature));
  Pin other_root = region_.pin;
  other_root.root = region_.next_root.public_key();
  EXPECT_THAT(trust_pin(sign_pin(other_root, region_.next_root)), FailsWith(Error::bad_signature));
}

TEST_F(Pins, AreRefusedWithAnyByteTurned) {
  const Buffer bytes = region_.signed_pin();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    // A pin with another number is an anchor by itself: nobody before it can say otherwise.
    if (at < 4) continue;
    EXPECT_FALSE(trust_pin(flipped(bytes, at))) << at;
  }
}

TEST_F(Pins, NameTheRegionTheyWereFoundedAs) {
  for (int what = 0; what < 3; ++what) {
    Pin pin = region_.pin;
    if (what == 0) pin.name = "Twente";
    if (what == 1) pin.first_root = region_.next_root.public_key();
    if (what == 2) pin.founding_random.bytes[0] ^= 1;
    EXPECT_THAT(trust_pin(sign_pin(pin, region_.root)), FailsWith(Error::wrong_region));
  }
}

TEST_F(Pins, AreMalformedWhenCutPaddedOrOutOfBounds) {
  const Buffer bytes = region_.signed_pin();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(trust_pin(Bytes(bytes).first(size)));
  }
  EXPECT_THAT(trust_pin(Bytes(bytes).first(63)), FailsWith(Error::malformed));
  Buffer longer = bytes;
  longer.push_back(0);
  EXPECT_THAT(trust_pin(longer), FailsWith(Error::malformed));
  EXPECT_THAT(trust_pin(flipped(bytes, 4, 2)), FailsWith(Error::malformed));  // the flag

  const auto refused = [&](Pin pin) {
    pin.region = found_region(pin);
    EXPECT_THAT(trust_pin(sign_pin(pin, region_.root)), FailsWith(Error::malformed));
  };
  Pin pin = region_.pin;
  pin.number = 0;
  refused(pin);
  pin = region_.pin;
  pin.name = std::string(name_max + 1, 'a');
  refused(pin);
  pin = region_.pin;
  pin.name = "\x1b[2J";
  refused(pin);
  pin = region_.pin;
  pin.endpoints.staff = std::string(endpoint_max + 1, 'a');
  refused(pin);
}

TEST_F(Pins, AreFollowedByTheNextUnderEitherRootKeyOfTheOneBefore) {
  for (const auto* signer : {&region_.root, &region_.next_root}) {
    const auto next = follow_pin(sign_pin(successor(), *signer), region_.pin);
    ASSERT_THAT(next, Succeeds());
    EXPECT_EQ(next->number, 2U);
    EXPECT_EQ(next->endpoints.reporters, "tcp://127.0.0.1:7500");
  }
  EXPECT_THAT(trust_pin(sign_pin(successor(), region_.next_root)), Succeeds());
}

TEST_F(Pins, TakeNoOtherRootThanTheNextAndForgetNone) {
  const auto refused = [&](auto change) {
    Pin next = successor();
    change(next);
    EXPECT_THAT(follow_pin(sign_pin(next, region_.root), region_.pin), FailsWith(Error::malformed));
  };
  refused([&](Pin& next) { next.root = third_root_.public_key(); });
  refused([&](Pin& next) { next.earlier_roots.clear(); });
  refused([&](Pin& next) { next.earlier_roots[0].key = third_root_.public_key(); });
  refused([&](Pin& next) { next.earlier_roots.push_back(next.earlier_roots[0]); });
  refused([&](Pin& next) { next.root = region_.root.public_key(); });
  refused([&](Pin& next) {
    next.earlier_roots = {{region_.root.public_key(), today},
                          {third_root_.public_key(), today - 1}};
  });
  refused([&](Pin& next) {
    next.earlier_roots.assign(earlier_roots_max + 1, {region_.root.public_key(), today});
  });
  Pin third = successor();
  third.number = 3;
  const auto again = follow_pin(sign_pin(third, region_.next_root), successor());
  ASSERT_THAT(again, Succeeds());
  EXPECT_EQ(again->earlier_roots, successor().earlier_roots);
  Pin founding = region_.pin;
  founding.earlier_roots = {{third_root_.public_key(), today}};
  EXPECT_THAT(trust_pin(sign_pin(founding, region_.root)), FailsWith(Error::bad_signature));
}

TEST_F(Pins, EndWhatAnEarlierRootCertifiedOnItsLastDay) {
  const Pin pin = successor();
  const auto under = [&](const SigningKey<role::Root>& root, Day from, Day until) {
    OperationsCertificate certificate = region_.certificate;
    certificate.from = from;
    certificate.until = until;
    return verify_certificate(sign_certificate(certificate, region_.id, root), pin);
  };
  EXPECT_EQ(under(region_.next_root, today, today + 14)->until, today + 14);
  EXPECT_EQ(under(region_.root, today - 14, today + 14)->until, today);
  EXPECT_EQ(under(region_.root, today - 14, today - 1)->until, today - 1);
  EXPECT_THAT(under(region_.root, today + 1, today + 14), FailsWith(Error::expired));
  EXPECT_THAT(under(third_root_, today, today + 14), FailsWith(Error::bad_signature));
}

TEST_F(Pins, AreNotFollowedUnderAKeyOfTheirOwn) {
  EXPECT_THAT(follow_pin(sign_pin(successor(), third_root_), region_.pin),
              FailsWith(Error::bad_signature));
}

TEST_F(Pins, AreNotFollowedBackwardsTwiceOrBySkipping) {
  Pin next = successor();
  EXPECT_THAT(follow_pin(region_.signed_pin(), region_.pin), FailsWith(Error::expired));
  EXPECT_THAT(follow_pin(region_.signed_pin(), next), FailsWith(Error::expired));
  next.number = 3;
  EXPECT_THAT(follow_pin(sign_pin(next, region_.root), region_.pin),
              FailsWith(Error::not_yet_valid));
}

TEST_F(Pins, AreNotFollowedIntoAnotherRegion) {
  Pin next = successor();
  next.name = "Twente";
  next.region = found_region(next);
  EXPECT_THAT(follow_pin(sign_pin(next, region_.root), region_.pin),
              FailsWith(Error::wrong_region));
  EXPECT_THAT(follow_pin({}, region_.pin), FailsWith(Error::malformed));
  EXPECT_THAT(follow_pin(Buffer(80), region_.pin), FailsWith(Error::malformed));
}

}  // namespace
}  // namespace meldpunt::crypto
