#include "crypto/vault.h"

#include "crypto/hpke.h"
#include "crypto/label.h"
#include "tests/support/fixed_thread.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Slots : public testing::Test {
 protected:
  const RegionId region_ = id_of<RegionId>(0x21);
  const SlotId slot_ = id_of<SlotId>(1);
  const VaultSecret vault_ = VaultSecret::generate(3);
  const SymmetricKey case_key_ = SymmetricKey::random();
  const SlotValue value_ = wrap_case_key(case_key_, slot_, vault_, region_);
};

TEST_F(Slots, GiveTheCaseKeyBack) {
  const auto key = unwrap_case_key(value_, slot_, vault_, region_);
  ASSERT_THAT(key, Succeeds());
  EXPECT_TRUE(same_secret(key->view(), case_key_.view()));
  EXPECT_EQ(*vault_version_of(value_), 3U);
}

TEST_F(Slots, AreRefusedUnderAnotherSlotRegionVaultOrVersion) {
  EXPECT_THAT(unwrap_case_key(value_, id_of<SlotId>(2), vault_, region_),
              FailsWith(Error::cannot_open));
  EXPECT_THAT(unwrap_case_key(value_, slot_, vault_, id_of<RegionId>(1)),
              FailsWith(Error::cannot_open));
  EXPECT_THAT(unwrap_case_key(value_, slot_, VaultSecret::generate(3), region_),
              FailsWith(Error::cannot_open));
  auto later = vault_.clone();
  later.version = 4;
  EXPECT_THAT(unwrap_case_key(value_, slot_, later, region_), FailsWith(Error::cannot_open));
}

TEST_F(Slots, AreRefusedWithAnyByteTurnedOrAnotherLength) {
  for (std::size_t at = 0; at < value_.size(); ++at) {
    EXPECT_THAT(unwrap_case_key(flipped(value_, at), slot_, vault_, region_),
                FailsWith(Error::cannot_open));
  }
  EXPECT_THAT(unwrap_case_key(Bytes(value_).first(75), slot_, vault_, region_),
              FailsWith(Error::malformed));
  EXPECT_THAT(vault_version_of({}), FailsWith(Error::malformed));
}

TEST_F(Slots, AreTheSameOnEveryDeviceForOneThread) {
  const auto thread = id_of<ThreadId>(1);
  const CaseId subject = case_of(thread, vault_, region_);
  EXPECT_EQ(subject, case_of(thread, vault_.clone(), region_));
  EXPECT_NE(subject, case_of(id_of<ThreadId>(2), vault_, region_));
  EXPECT_NE(subject, case_of(thread, vault_, id_of<RegionId>(1)));
  EXPECT_NE(subject, case_of(thread, VaultSecret::generate(3), region_));
  EXPECT_EQ(case_after(subject, vault_, region_), case_after(subject, vault_.clone(), region_));
  EXPECT_NE(case_after(subject, vault_, region_), subject);
  EXPECT_NE(case_after(subject, vault_, region_), case_after(subject, vault_, id_of<RegionId>(1)));
  EXPECT_EQ(slot_of(subject, region_), slot_of(subject, region_));
  EXPECT_NE(slot_of(subject, region_), slot_of(subject, id_of<RegionId>(1)));
}

class Grants : public testing::Test {
 protected:
  Result<Grant> open(Bytes boxed, Day day = today) const {
    return open_grant(boxed, region_.deputy.opening, region_.deputy.entry.id, region_.roster, day,
                      region_.id);
  }
  static Epochs epochs(std::size_t count) {
    Epochs made;
    for (std::size_t i = 0; i < count; ++i) {
      made.push_back({today + static_cast<Day>(i), opening_key<role::Epoch>(0x05)});
    }
    return made;
  }
  Buffer epoch_grant(const FixedDevice& from) const {
    return *seal_grant(epochs(1), region_.deputy.entry, from.entry.id, from.signing, region_.id);
  }
  template <class Secrets>
  Result<Buffer> grant_of(const Secrets& secrets) const {
    return seal_grant(secrets, region_.deputy.entry, region_.steward.entry.id,
                      region_.steward.signing, region_.id);
  }
  // Any plaintext, sealed and signed as the steward would.
  Buffer boxed_by_hand(Bytes plaintext) const {
    const FixedDevice& from = region_.steward;
    const Device& to = region_.deputy.entry;
    Buffer body(16 + hpke_enc_size + plaintext.size() + aead_tag_size);
    copy_bytes(from.entry.id.view(), body);
    EXPECT_THAT(hpke_seal(to.sealing, bind("grant", {region_.id.view(), to.id.view()}),
                          MutableBytes(body).subspan(16),
                          [&](HpkeContext& context, MutableBytes ciphertext) {
                            context.seal(ciphertext, plaintext);
                          }),
                Succeeds());
    const auto signature = from.signing.sign("grant", region_.id, bind("to", {to.id.view(), body}));
    body.insert(body.end(), signature.bytes.begin(), signature.bytes.end());
    return body;
  }

  FixedRegion region_;
};

TEST_F(Grants, HandOverTheSecretsOfManyDaysAtOnce) {
  const auto boxed = grant_of(epochs(36));
  ASSERT_THAT(boxed, Succeeds());
  const auto grant = open(*boxed);
  ASSERT_THAT(grant, Succeeds());
  const auto& received = std::get<Epochs>(*grant);
  ASSERT_EQ(received.size(), 36U);
  EXPECT_EQ(received[35].day, today + 35);
  EXPECT_TRUE(equal_bytes(received[35].secret.secret(), region_.team.secret()));
}

TEST_F(Grants, HoldAtMostSoManyAndNeverNone) {
  EXPECT_THAT(grant_of(Epochs()), FailsWith(Error::malformed));
  EXPECT_THAT(open(*grant_of(epochs(granted_epochs_max))), Succeeds());
  EXPECT_THAT(grant_of(epochs(granted_epochs_max + 1)), FailsWith(Error::too_many));
}

TEST_F(Grants, MakeASteward) {
  const Appointment appointment{signing_key<role::Operations>(0x09), region_.signed_certificate()};
  const auto boxed = grant_of(appointment);
  ASSERT_THAT(boxed, Succeeds());
  const auto grant = open(*boxed);
  ASSERT_THAT(grant, Succeeds());
  const auto& received = std::get<Appointment>(*grant);
  EXPECT_EQ(received.operations.public_key(), appointment.operations.public_key());
  EXPECT_EQ(received.certificate, appointment.certificate);
  EXPECT_THAT(grant_of(Appointment{signing_key<role::Operations>(0x09), Buffer(3)}),
              FailsWith(Error::malformed));
}

TEST_F(Grants, HandOverAVaultSecret) {
  const auto vault = VaultSecret::generate(9);
  const auto boxed = seal_grant(vault, region_.deputy.entry, region_.steward.entry.id,
                                region_.steward.signing, region_.id);
  ASSERT_THAT(boxed, Succeeds());
  const auto grant = open(*boxed);
  ASSERT_THAT(grant, Succeeds());
  const auto* received = std::get_if<VaultSecret>(&*grant);
  ASSERT_NE(received, nullptr);
  EXPECT_EQ(received->version, 9U);
  EXPECT_TRUE(same_secret(received->vault_key->view(), vault.vault_key->view()));
  EXPECT_TRUE(same_secret(received->journal_key.view(), vault.journal_key.view()));
}

TEST_F(Grants, AreTakenFromACoordinatorOfTodayOnly) {
  EXPECT_THAT(open(epoch_grant(region_.partner)), FailsWith(Error::bad_signature));
  const FixedDevice stranger(0x77, DeviceRole::coordinator, "stranger");
  EXPECT_THAT(open(epoch_grant(stranger)), FailsWith(Error::bad_signature));
  const Buffer boxed = epoch_grant(region_.steward);
  EXPECT_THAT(open(boxed, region_.steward.entry.until), Succeeds());
  EXPECT_THAT(open(boxed, region_.steward.entry.until + 1), FailsWith(Error::bad_signature));
  EXPECT_THAT(open(boxed, region_.steward.entry.from - 1), FailsWith(Error::bad_signature));
}

TEST_F(Grants, OpenForTheDeviceTheyNameInTheirRegionOnly) {
  const Buffer boxed = epoch_grant(region_.steward);
  EXPECT_THAT(open_grant(boxed, region_.deputy.opening, region_.partner.entry.id, region_.roster,
                         today, region_.id),
              FailsWith(Error::bad_signature));
  EXPECT_THAT(open_grant(boxed, region_.partner.opening, region_.deputy.entry.id, region_.roster,
                         today, region_.id),
              FailsWith(Error::cannot_open));
  EXPECT_THAT(open_grant(boxed, region_.deputy.opening, region_.deputy.entry.id, region_.roster,
                         today, id_of<RegionId>(1)),
              FailsWith(Error::bad_signature));
}

TEST_F(Grants, AreRefusedWithAnyByteTurnedOrCut) {
  const Buffer boxed = epoch_grant(region_.steward);
  for (std::size_t at = 0; at < boxed.size(); at += 11) {
    EXPECT_THAT(open(flipped(boxed, at)), FailsWith(Error::bad_signature)) << at;
  }
  EXPECT_THAT(open(Bytes(boxed).first(boxed.size() - 1)), FailsWith(Error::malformed));
  EXPECT_THAT(open(Buffer(9000)), FailsWith(Error::malformed));
}

TEST_F(Grants, AreMalformedWithAnUnknownKindAWrongCountOrALengthBetween) {
  Buffer epoch(1 + 1 + 4 + 32);
  epoch[0] = 1;
  epoch[1] = 1;
  EXPECT_THAT(open(boxed_by_hand(epoch)), Succeeds());
  for (const int count : {0, 2, 200}) {
    epoch[1] = static_cast<std::uint8_t>(count);
    EXPECT_THAT(open(boxed_by_hand(epoch)), FailsWith(Error::malformed));
  }
  epoch[1] = 1;
  for (const int kind : {0, 2, 3, 4}) {
    epoch[0] = static_cast<std::uint8_t>(kind);
    EXPECT_THAT(open(boxed_by_hand(epoch)), FailsWith(Error::malformed));
  }
  epoch[0] = 1;
  epoch.push_back(0);
  EXPECT_THAT(open(boxed_by_hand(epoch)), FailsWith(Error::malformed));
}

TEST_F(Grants, AreNotSealedToWhatIsNoKey) {
  Device device = region_.deputy.entry;
  device.sealing.bytes.fill(0xff);
  EXPECT_THAT(
      seal_grant(epochs(1), device, region_.steward.entry.id, region_.steward.signing, region_.id),
      FailsWith(Error::malformed));
}

}  // namespace
}  // namespace meldpunt::crypto
