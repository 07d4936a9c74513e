#include "crypto/boxed.h"

#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class BoxedObjects : public testing::Test {
 protected:
  Result<Buffer> to_partner(Bytes content) const {
    return seal_to_device(ObjectKind::escalation, content, region_.partner.entry,
                          region_.steward.entry.id, region_.steward.signing, region_.id);
  }
  Result<Buffer> to_staff(Bytes content) const {
    return seal_to_staff(ObjectKind::escalation_answer, content, region_.team.public_key(),
                         region_.partner.entry.id, region_.partner.signing, region_.id);
  }
  Result<BoxedObject> open_partner(Bytes boxed, Day day = today) const {
    return open_boxed(boxed, region_.partner.opening, region_.partner.entry.id, region_.roster, day,
                      region_.id);
  }
  Result<BoxedObject> open_staff(Bytes boxed) const {
    return open_boxed(boxed, region_.team, region_.roster, today, region_.id);
  }

  FixedRegion region_;
  const Buffer content_ = buffer_of(as_bytes("a bed for tonight"));
};

TEST_F(BoxedObjects, GiveAnObjectToTheDeviceThatItIsFor) {
  const auto boxed = to_partner(content_);
  ASSERT_THAT(boxed, Succeeds());
  const auto object = open_partner(*boxed);
  ASSERT_THAT(object, Succeeds());
  EXPECT_EQ(object->from, region_.steward.entry.id);
  EXPECT_EQ(object->kind, ObjectKind::escalation);
  EXPECT_EQ(buffer_of(object->content.view()), content_);
}

TEST_F(BoxedObjects, GiveAnObjectToTheStaffUnderTheEpochThatTheyName) {
  const auto boxed = to_staff(content_);
  ASSERT_THAT(boxed, Succeeds());
  EXPECT_EQ(*epoch_of_boxed(*boxed), epoch_of(region_.team.public_key()));
  const auto object = open_staff(*boxed);
  ASSERT_THAT(object, Succeeds());
  EXPECT_EQ(object->from, region_.partner.entry.id);
  EXPECT_EQ(buffer_of(object->content.view()), content_);
}

TEST_F(BoxedObjects, HaveOneSizeWhateverIsInThem) {
  EXPECT_EQ(to_partner({})->size(), boxed_object_size);
  EXPECT_EQ(to_partner(Buffer(object_content_max))->size(), boxed_object_size);
  EXPECT_EQ(to_staff(Buffer(object_content_max))->size(), boxed_object_size);
  EXPECT_THAT(to_partner(Buffer(object_content_max + 1)), FailsWith(Error::too_long));
  EXPECT_THAT(to_staff(Buffer(object_content_max + 1)), FailsWith(Error::too_long));
}

TEST_F(BoxedObjects, AreRefusedWithAnyByteTurnedOrAnotherLength) {
  const Buffer boxed = *to_partner(content_);
  const Buffer staffs = *to_staff(content_);
  for (std::size_t at = 0; at < boxed.size(); at += 97) {
    EXPECT_FALSE(open_partner(flipped(boxed, at))) << at;
    EXPECT_FALSE(open_staff(flipped(staffs, at))) << at;
  }
  EXPECT_THAT(open_partner(Bytes(boxed).first(boxed.size() - 1)), FailsWith(Error::malformed));
  EXPECT_THAT(open_staff({}), FailsWith(Error::malformed));
  EXPECT_THAT(epoch_of_boxed({}), FailsWith(Error::malformed));
}

TEST_F(BoxedObjects, AreForOneReceiverAndOneWayAlone) {
  const Buffer boxed = *to_partner(content_);
  EXPECT_THAT(open_boxed(boxed, region_.deputy.opening, region_.deputy.entry.id, region_.roster,
                         today, region_.id),
              FailsWith(Error::bad_signature));
  EXPECT_THAT(open_boxed(boxed, region_.partner.opening, region_.partner.entry.id, region_.roster,
                         today, id_of<RegionId>(1)),
              FailsWith(Error::bad_signature));
  EXPECT_FALSE(open_staff(boxed));
  EXPECT_FALSE(open_partner(*to_staff(content_)));
}

TEST_F(BoxedObjects, AreBelievedOnlyOfADeviceThatIsValid) {
  const Buffer boxed = *to_partner(content_);
  EXPECT_THAT(open_partner(boxed, region_.steward.entry.until), Succeeds());
  EXPECT_THAT(open_partner(boxed, region_.steward.entry.until + 1),
              FailsWith(Error::bad_signature));
  std::erase_if(region_.roster.devices,
                [&](const Device& device) { return device.id == region_.steward.entry.id; });
  EXPECT_THAT(open_partner(boxed), FailsWith(Error::bad_signature));
}

TEST_F(BoxedObjects, AreNotSealedToWhatIsNoKey) {
  region_.partner.entry.sealing.bytes.fill(0xff);
  EXPECT_THAT(to_partner(content_), FailsWith(Error::malformed));
}

}  // namespace
}  // namespace meldpunt::crypto
