#include "crypto/event.h"

#include "crypto/label.h"
#include "tests/support/fixed_thread.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Events : public testing::Test {
 protected:
  Result<Buffer> seal(std::size_t content_size, bool full = false) const {
    return seal_event(head_, Buffer(content_size, 0x2a), case_key_, vault_, device_.signing,
                      region_, full);
  }
  Result<OuterEvent> open(Bytes event, const VaultSecret& vault) const {
    return open_event(event, vault, region_, [&](const DeviceId& id, Hour) {
      return id == device_.entry.id ? &device_.entry.signing : nullptr;
    });
  }
  Result<OuterEvent> open(Bytes event) const { return open(event, vault_); }
  static constexpr std::size_t room(std::size_t size) {
    return size - event_seal_overhead - event_outer_overhead - event_content_overhead;
  }

  const RegionId region_ = id_of<RegionId>(0x21);
  const FixedDevice device_{0x11, DeviceRole::coordinator, "desk"};
  const VaultSecret vault_ = VaultSecret::generate(4);
  const SymmetricKey case_key_ = SymmetricKey::random();
  const EventHead head_{id_of<Hash>(1), id_of<CaseId>(2), EventKind::note, this_hour,
                        device_.entry.id};
};

TEST_F(Events, OpenInTwoStepsToWhatWasWritten) {
  const auto event = seal(10);
  ASSERT_THAT(event, Succeeds());
  EXPECT_EQ(*vault_version_of_event(*event), 4U);
  const auto outer = open(*event);
  ASSERT_THAT(outer, Succeeds());
  EXPECT_EQ(outer->head.previous, head_.previous);
  EXPECT_EQ(outer->head.subject, head_.subject);
  EXPECT_EQ(outer->head.kind, head_.kind);
  EXPECT_EQ(outer->head.hour, head_.hour);
  EXPECT_EQ(outer->head.device, head_.device);
  const auto content = open_content(*outer, case_key_, region_);
  ASSERT_THAT(content, Succeeds());
  EXPECT_EQ(buffer_of(content->view()), Buffer(10, 0x2a));
}

TEST_F(Events, HaveThreeSizesAndNoOther) {
  const struct {
    std::size_t content;
    std::size_t size;
  } rows[] = {
      {0, event_small_size},
      {room(event_small_size), event_small_size},
      {room(event_small_size) + 1, event_middle_size},
      {room(event_middle_size), event_middle_size},
      {room(event_middle_size) + 1, event_full_size},
      {event_content_max, event_full_size},
  };
  for (const auto& row : rows) {
    const auto event = seal(row.content);
    ASSERT_THAT(event, Succeeds());
    EXPECT_EQ(event->size(), row.size) << row.content;
    EXPECT_THAT(open(*event), Succeeds());
  }
  EXPECT_THAT(seal(event_content_max + 1), FailsWith(Error::too_long));
  EXPECT_EQ(seal(1, true)->size(), event_full_size);
}

TEST_F(Events, AreRefusedWithAnyByteTurnedOrOfAnotherSize) {
  const Buffer event = *seal(10);
  for (std::size_t at = 0; at < event.size(); at += 7) {
    EXPECT_THAT(open(flipped(event, at)), FailsWith(Error::cannot_open)) << at;
  }
  EXPECT_THAT(open(Bytes(event).first(511)), FailsWith(Error::malformed));
  EXPECT_THAT(vault_version_of_event({}), FailsWith(Error::malformed));
}

TEST_F(Events, OpenUnderTheirVaultVersionAndRegionOnly) {
  const Buffer event = *seal(10);
  auto other = vault_.clone();
  other.version = 5;
  EXPECT_THAT(open(event, other), FailsWith(Error::cannot_open));
  EXPECT_THAT(open(event, VaultSecret::generate(4)), FailsWith(Error::cannot_open));
  const auto elsewhere = open_event(event, vault_, id_of<RegionId>(1),
                                    [&](const DeviceId&, Hour) { return &device_.entry.signing; });
  EXPECT_THAT(elsewhere, FailsWith(Error::cannot_open));
}

TEST_F(Events, AreSignedByADeviceThatMayWrite) {
  const Buffer event = *seal(10);
  const auto nobody = open_event(event, vault_, region_, [](const DeviceId&, Hour) {
    return static_cast<const VerifyKey<role::Device>*>(nullptr);
  });
  EXPECT_THAT(nobody, FailsWith(Error::bad_signature));
  const auto other_key = signing_key<role::Device>(0x77).public_key();
  const auto other =
      open_event(event, vault_, region_, [&](const DeviceId&, Hour) { return &other_key; });
  EXPECT_THAT(other, FailsWith(Error::bad_signature));
}

TEST_F(Events, KeepTheirContentForTheCaseKeyAtItsPlace) {
  auto outer = *open(*seal(10));
  EXPECT_THAT(open_content(outer, SymmetricKey::random(), region_), FailsWith(Error::cannot_open));
  EXPECT_THAT(open_content(outer, case_key_, id_of<RegionId>(1)), FailsWith(Error::cannot_open));
  auto moved = outer;
  moved.head.subject = id_of<CaseId>(9);
  EXPECT_THAT(open_content(moved, case_key_, region_), FailsWith(Error::cannot_open));
  moved = outer;
  moved.content.resize(39);
  EXPECT_THAT(open_content(moved, case_key_, region_), FailsWith(Error::cannot_open));
}

TEST_F(Events, WithoutACaseLieUnderAKeyOfTheRegion) {
  EXPECT_TRUE(same_secret(region_content_key(vault_, region_).view(),
                          region_content_key(vault_, region_).view()));
  EXPECT_FALSE(same_secret(region_content_key(vault_, region_).view(),
                           region_content_key(vault_, id_of<RegionId>(1)).view()));
  EXPECT_FALSE(same_secret(region_content_key(vault_, region_).view(), vault_.journal_key.view()));
}

TEST_F(Events, AreChainedByAHashThatBindsTheRegionAndNoSignatureCanBe) {
  const Buffer event = *seal(10);
  EXPECT_NE(hash_of_event(event, region_), hash_of_event(event, id_of<RegionId>(1)));
  EXPECT_NE(hash_of_event(event, region_), hash_of_event(flipped(event, 511), region_));
  // What a device signs of an event is another hash, even over the same bytes.
  EXPECT_NE(hash_of_event(event, region_), hash("event", {region_.view(), event}));
}

// Seals an outer part by hand under the journal key, as a faulty console might.
class OuterEvents : public Events {
 protected:
  Buffer sealed(Bytes outer) const {
    Buffer event(event_small_size);
    const Buffer version{0, 0, 0, 4};
    copy_bytes(version, event);
    Buffer padded(event_small_size - event_seal_overhead);
    copy_bytes(outer, padded);
    xaead_seal(MutableBytes(event).subspan(4), padded, bind("event", {region_.view(), version}),
               vault_.journal_key);
    return event;
  }
  static constexpr std::size_t kind_at = 32 + 16;
  static constexpr std::size_t length_at = kind_at + 1 + 4 + 16;
};

TEST_F(OuterEvents, AreMalformedWithAnUnknownKindALengthPastTheEndOrPadding) {
  Buffer outer(event_small_size - event_seal_overhead);
  EXPECT_THAT(open(sealed(outer)), FailsWith(Error::malformed));
  outer[kind_at] = event_kinds + 1;
  EXPECT_THAT(open(sealed(outer)), FailsWith(Error::malformed));
  outer[kind_at] = 1;
  EXPECT_THAT(open(sealed(outer)), FailsWith(Error::bad_signature));
  outer[length_at] = 0xff;
  EXPECT_THAT(open(sealed(outer)), FailsWith(Error::malformed));
  outer[length_at] = 0;
  outer.back() = 1;
  EXPECT_THAT(open(sealed(outer)), FailsWith(Error::malformed));
}

}  // namespace
}  // namespace meldpunt::crypto
