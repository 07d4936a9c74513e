#include "crypto/hierarchy.h"
#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Rosters : public testing::Test {
 protected:
  Result<Roster> verified() const { return verify_roster(region_.signed_roster(), region_.pin); }

  FixedRegion region_;
};

TEST_F(Rosters, NameEveryDeviceWithItsKeys) {
  const auto roster = verified();
  ASSERT_THAT(roster, Succeeds());
  ASSERT_EQ(roster->devices.size(), 3U);
  const Device* found = roster->find(region_.partner.entry.id);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->name, "shelter");
  EXPECT_EQ(found->role, DeviceRole::partner);
  EXPECT_FALSE(found->steward);
  EXPECT_TRUE(roster->devices[0].steward);
  EXPECT_EQ(found->signing, region_.partner.signing.public_key());
  EXPECT_EQ(found->sealing, region_.partner.opening.public_key());
  EXPECT_EQ(roster->find(region_.partner.curve.public_key()), found);
  EXPECT_EQ(roster->find(id_of<DeviceId>(0xee)), nullptr);
  EXPECT_EQ(roster->find(CurveKey{}), nullptr);
}

TEST_F(Rosters, HoldDevicesFromTheirFirstDayToTheirLast) {
  const Device& device = region_.steward.entry;
  EXPECT_FALSE(device.valid_on(device.from - 1));
  EXPECT_TRUE(device.valid_on(device.from));
  EXPECT_TRUE(device.valid_on(device.until));
  EXPECT_FALSE(device.valid_on(device.until + 1));
}

TEST_F(Rosters, AreRefusedWithAnyByteTurned) {
  const Buffer bytes = region_.signed_roster();
  for (std::size_t at = 0; at < bytes.size(); at += 5) {
    EXPECT_FALSE(verify_roster(flipped(bytes, at), region_.pin)) << at;
  }
  EXPECT_FALSE(verify_roster(Bytes(bytes).first(bytes.size() - 1), region_.pin));
  EXPECT_THAT(verify_roster({}, region_.pin), FailsWith(Error::malformed));
}

TEST_F(Rosters, NeverNameOneIdOrOneConnectionKeyTwice) {
  Device twin = region_.deputy.entry;
  twin.curve.bytes[0] ^= 1;
  region_.roster.devices.push_back(twin);
  EXPECT_THAT(verified(), FailsWith(Error::malformed));

  twin = region_.deputy.entry;
  twin.id = id_of<DeviceId>(0xee);
  region_.roster.devices.back() = twin;
  EXPECT_THAT(verified(), FailsWith(Error::malformed));

  twin.curve.bytes[0] ^= 1;
  region_.roster.devices.back() = twin;
  EXPECT_THAT(verified(), Succeeds());
}

TEST_F(Rosters, EnrolEachRoleForItsLongestTimeAtMost) {
  const struct {
    DeviceRole role;
    Day days;
  } rows[] = {
      {DeviceRole::coordinator, 56},
      {DeviceRole::approver, 56},
      {DeviceRole::partner, 182},
      {DeviceRole::receiver, 182},
  };
  for (const auto& row : rows) {
    Device& device = region_.roster.devices.back();
    device.role = row.role;
    device.until = device.from + row.days;
    EXPECT_THAT(verified(), Succeeds()) << row.days;
    device.until += 1;
    EXPECT_THAT(verified(), FailsWith(Error::malformed)) << row.days;
  }
}

TEST_F(Rosters, AreMalformedWithAnImpossibleDeviceOrNumber) {
  const auto refused_with = [&](auto change) {
    FixedRegion region;
    change(region.roster);
    EXPECT_THAT(verify_roster(region.signed_roster(), region.pin), FailsWith(Error::malformed));
  };
  refused_with([](Roster& roster) { roster.number = 0; });
  refused_with([](Roster& roster) { roster.devices[1].role = DeviceRole{0}; });
  refused_with([](Roster& roster) { roster.devices[1].role = DeviceRole{6}; });
  refused_with([](Roster& roster) { roster.devices[1].until = roster.devices[1].from - 1; });
  refused_with([](Roster& roster) { roster.devices[1].name = std::string(name_max + 1, 'a'); });
  refused_with([](Roster& roster) { roster.devices[1].name = "a\rb"; });
}

TEST_F(Rosters, AreIssuedOnADayThatTheCertificateCovers) {
  region_.roster.issued = (region_.certificate.until + 1) * 24 - 1;
  EXPECT_THAT(verified(), Succeeds());
  region_.roster.issued += 1;
  EXPECT_THAT(verified(), FailsWith(Error::expired));
  region_.roster.issued = region_.certificate.from * 24 - 1;
  EXPECT_THAT(verified(), FailsWith(Error::not_yet_valid));
}

TEST_F(Rosters, HoldSoManyDevicesAndNoMore) {
  region_.roster.devices.clear();
  for (std::size_t i = 0; i < roster_max_devices; ++i) {
    Device device = region_.partner.entry;
    device.id.bytes[0] = static_cast<std::uint8_t>(i);
    device.id.bytes[1] = static_cast<std::uint8_t>(i >> 8);
    copy_bytes(device.id.view(), device.curve.fill());
    region_.roster.devices.push_back(device);
  }
  EXPECT_THAT(verified(), Succeeds());
  region_.roster.devices.push_back(region_.steward.entry);
  EXPECT_THAT(verified(), FailsWith(Error::too_many));
}

TEST_F(Rosters, ChainByTheHashOfTheirSignedBytes) {
  const Hash before = hash_of_roster(region_.signed_roster());
  EXPECT_EQ(before, hash_of_roster(region_.signed_roster()));
  region_.roster.number = 2;
  region_.roster.previous = before;
  const auto next = verified();
  ASSERT_THAT(next, Succeeds());
  EXPECT_EQ(next->previous, before);
  EXPECT_NE(hash_of_roster(region_.signed_roster()), before);
}

class Enrolments : public testing::Test {
 protected:
  const FixedRegion region_;
  const FixedDevice device_{0x31, DeviceRole::coordinator, "desk"};
  const Buffer bytes_ = sign_enrolment(device_.entry, region_.id, device_.signing);
};

TEST_F(Enrolments, ProveThatTheDeviceHoldsItsKey) {
  const auto enrolment = verify_enrolment(bytes_, region_.id);
  ASSERT_THAT(enrolment, Succeeds());
  EXPECT_EQ(enrolment->device.id, device_.entry.id);
  EXPECT_EQ(enrolment->device.name, "desk");
}

TEST_F(Enrolments, AreRefusedForAnotherRegionKeyOrByte) {
  EXPECT_THAT(verify_enrolment(bytes_, id_of<RegionId>(1)), FailsWith(Error::bad_signature));
  EXPECT_THAT(verify_enrolment(sign_enrolment(device_.entry, region_.id, region_.steward.signing),
                               region_.id),
              FailsWith(Error::bad_signature));
  EXPECT_THAT(verify_enrolment({}, region_.id), FailsWith(Error::malformed));
  EXPECT_THAT(verify_enrolment(Bytes(bytes_).first(100), region_.id), FailsWith(Error::malformed));
  for (std::size_t at = 0; at < bytes_.size(); at += 3) {
    EXPECT_FALSE(verify_enrolment(flipped(bytes_, at), region_.id)) << at;
  }
}

}  // namespace
}  // namespace meldpunt::crypto
