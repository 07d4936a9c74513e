#include "crypto/handover_events.h"
#include "tests/support/fixed_thread.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class AnEscalation : public testing::Test {
 protected:
  AnEscalation() {
    escalation_.id = id_of<EscalationId>(1);
    escalation_.region = region_;
    escalation_.recipient = "KADERA";
    escalation_.purpose = "REFER";
    escalation_.basis = Override{"VITAL", "tonight", {}};
    escalation_.fields = {{"age_class", "ADULT"}, {"need", "P1.SHELTER"}};
    sign();
  }
  void sign() {
    escalation_.sender =
        sign_escalation(body_of(escalation_)->view(), sender_.entry.id, sender_.signing, region_);
  }
  void second() {
    escalation_.second = countersign_escalation(body_of(escalation_)->view(), second_.entry.id,
                                                second_.signing, region_);
  }

  const RegionId region_ = id_of<RegionId>(0x21);
  const FixedDevice sender_{0x11, DeviceRole::coordinator, "desk"};
  const FixedDevice second_{0x12, DeviceRole::approver, "deputy"};
  Escalation escalation_;
};

TEST_F(AnEscalation, DecodesToWhatWasEncodedWithBothSignatures) {
  second();
  const auto bytes = encode(escalation_);
  ASSERT_THAT(bytes, Succeeds());

  const auto back = decode_escalation(bytes->view());

  ASSERT_THAT(back, Succeeds());
  EXPECT_EQ(back->fields, escalation_.fields);
  EXPECT_EQ(back->basis, escalation_.basis);
  EXPECT_TRUE(signed_by(*back, sender_.entry.signing));
  EXPECT_TRUE(countersigned_by(*back, second_.entry.signing));
}

TEST_F(AnEscalation, TakesNoSignatureOfOnePersonForTheOthers) {
  second();
  std::swap(escalation_.sender, *escalation_.second);

  EXPECT_FALSE(signed_by(escalation_, second_.entry.signing));
  EXPECT_FALSE(countersigned_by(escalation_, sender_.entry.signing));
}

TEST_F(AnEscalation, LosesBothSignaturesWithAnyChangeOfWhatTheySigned) {
  second();
  const auto changed = [&](auto&& change) {
    Escalation other = escalation_;
    change(other);
    return !signed_by(other, sender_.entry.signing) &&
           !countersigned_by(other, second_.entry.signing);
  };
  EXPECT_TRUE(changed([](Escalation& e) { e.recipient = "POLICE"; }));
  EXPECT_TRUE(changed([](Escalation& e) { e.fields[1].value = "x"; }));
  EXPECT_TRUE(changed([](Escalation& e) { e.fields[1].code = "x"; }));
  EXPECT_TRUE(changed([](Escalation& e) { e.purpose = "TALK"; }));
  EXPECT_TRUE(changed([](Escalation& e) { e.valid_until += 1; }));
  EXPECT_TRUE(changed([](Escalation& e) { std::get<Override>(e.basis).review_by = 1; }));
  EXPECT_TRUE(changed([](Escalation& e) { e.region.bytes[0] ^= 1; }));
}

TEST_F(AnEscalation, IsMalformedWithoutFieldsWithOneTwiceOrWithASecondWhereNoneBelongs) {
  Escalation none = escalation_;
  none.fields.clear();
  EXPECT_THAT(encode(none), FailsWith(Error::malformed));
  Escalation twice = escalation_;
  twice.fields.push_back(twice.fields[0]);
  EXPECT_THAT(encode(twice), FailsWith(Error::malformed));
  Escalation bare = escalation_;
  bare.basis = Override{"VITAL", "", {}};
  EXPECT_THAT(encode(bare), FailsWith(Error::malformed));
  second();
  escalation_.basis = ByConsent{id_of<ConsentId>(1), ConsentHow::thread, 1};
  EXPECT_THAT(encode(escalation_), FailsWith(Error::malformed));
}

TEST_F(AnEscalation, FitsWhatCarriesIt) {
  escalation_.fields[0].value.assign(13'000, 'x');
  second();
  const auto bytes = encode(escalation_);
  ASSERT_THAT(bytes, Succeeds());
  EXPECT_THAT(encode(EscalationStep(Sent{escalation_})), Succeeds());
  EXPECT_THAT(encode(ToCountersign(escalation_)), Succeeds());
  EXPECT_EQ(steps_of(escalation_, Stage::sent)->size(), 1U);
}

TEST_F(AnEscalation, TooLongForOneEventIsJournaledInPartsWithItsManifestLast) {
  escalation_.fields[0].value.assign(60'000, 'x');
  second();
  const auto whole = encode(escalation_);
  ASSERT_THAT(whole, Succeeds());
  EXPECT_THAT(encode(EscalationStep(Sent{escalation_})), FailsWith(Error::too_long));
  EXPECT_THAT(encode(ToCountersign(escalation_)), FailsWith(Error::too_long));

  const auto steps = steps_of(escalation_, Stage::sent);

  ASSERT_THAT(steps, Succeeds());
  ASSERT_EQ(steps->size(), 1 + whole->size() / escalation_part_size + 1);
  const auto last = decode_escalation_step(encode(steps->back())->view());
  ASSERT_THAT(last, Succeeds());
  EXPECT_EQ(std::get<InParts>(*last).stage, Stage::sent);
  Assembly assembly(std::get<InParts>(*last).manifest);
  for (std::size_t i = 0; i + 1 < steps->size(); ++i) {
    const auto part = decode_escalation_step(encode((*steps)[i])->view());
    ASSERT_THAT(part, Succeeds());
    EXPECT_THAT(assembly.add(std::get<Part>(*part)), Succeeds());
  }
  ASSERT_TRUE(assembly.complete());
  EXPECT_TRUE(equal_bytes(assembly.whole()->view(), whole->view()));
}

TEST_F(AnEscalation, IsAsLongAsItsPartsMayBeAndNoLonger) {
  const auto fill = [&](std::size_t size) {
    escalation_.fields.clear();
    for (std::size_t i = 0; size > 0; ++i) {
      const std::size_t next = std::min<std::size_t>(size, 60'000);
      escalation_.fields.push_back({"field" + std::to_string(i), std::string(next, 'x')});
      size -= next;
    }
  };
  fill(220'000);
  const std::size_t around = encode(escalation_)->size() - 220'000;
  fill(escalation_max - around);
  EXPECT_EQ(encode(escalation_)->size(), escalation_max);
  EXPECT_EQ(steps_of(escalation_, Stage::sent)->size(), escalation_parts_max + 1);

  fill(escalation_max - around + 1);
  EXPECT_THAT(encode(escalation_), FailsWith(Error::too_long));
  escalation_.fields = {{"one", std::string(65'536, 'x')}};
  EXPECT_THAT(encode(escalation_), FailsWith(Error::too_long));
}

TEST(AManifest, OfWhatFitsOneEventOrOfTooMuchIsNoEscalations) {
  const auto of = [](PartsKind kind, std::size_t size) {
    return *make_manifest(kind, Buffer(size), escalation_part_size);
  };
  EXPECT_TRUE(is_of_escalation(of(PartsKind::escalation, escalation_in_one + 1)));
  EXPECT_TRUE(is_of_escalation(of(PartsKind::escalation, escalation_max)));
  EXPECT_FALSE(is_of_escalation(of(PartsKind::escalation, escalation_in_one)));
  EXPECT_FALSE(is_of_escalation(of(PartsKind::escalation, escalation_max + 1)));
  EXPECT_FALSE(is_of_escalation(of(PartsKind::release, escalation_max)));
  EXPECT_FALSE(is_of_escalation(*make_manifest(PartsKind::escalation, Buffer(20'000), 1'000)));
}

TEST(ACaseReference, IsAnotherForEachRecipientRegionAndCase) {
  const auto region = id_of<RegionId>(1);
  const auto reference = case_reference(secret_of(1), "KADERA", region);

  EXPECT_EQ(reference, case_reference(secret_of(1), "KADERA", region));
  EXPECT_NE(reference, case_reference(secret_of(1), "POLICE", region));
  EXPECT_NE(reference, case_reference(secret_of(2), "KADERA", region));
  EXPECT_NE(reference, case_reference(secret_of(1), "KADERA", id_of<RegionId>(2)));
}

}  // namespace
}  // namespace meldpunt::crypto
