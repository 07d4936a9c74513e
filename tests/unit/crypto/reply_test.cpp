#include "crypto/reply.h"

#include "crypto/kdf.h"
#include "crypto/label.h"
#include "tests/support/fixed_thread.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Replies : public testing::Test {
 protected:
  Result<SealedReply> seal(const Reply& reply) const {
    return seal_reply(reply, thread_.shared, region_);
  }
  Result<Reply> there_and_back(const Reply& reply) const {
    const auto sealed = seal(reply);
    if (!sealed) return fail(sealed.error());
    return open_reply(*sealed, thread_, reply.index, region_);
  }

  const RegionId region_ = id_of<RegionId>(0x21);
  const ThreadKeys thread_ = fixed_thread();
};

TEST_F(Replies, ArriveWhole) {
  for (std::uint8_t status = 1; status <= 7; ++status) {
    Reply reply = a_reply(status);
    reply.status = ReplyStatus{status};
    reply.previous = id_of<Hash>(status);
    reply.text_module = "module.7";
    const auto back = there_and_back(reply);
    ASSERT_THAT(back, Succeeds());
    EXPECT_EQ(*back, reply);
  }
}

TEST_F(Replies, AskForConsentFieldByField) {
  Reply reply = a_reply();
  reply.status = ReplyStatus::consent;
  reply.consent = a_question();
  EXPECT_EQ(*there_and_back(reply), reply);
  reply.consent->fields.clear();
  EXPECT_EQ(*there_and_back(reply), reply);
}

TEST_F(Replies, HoldSoMuchTextAndNoMore) {
  Reply reply = a_reply();
  reply.text = std::string(reply_text_max, 'x');
  EXPECT_EQ(*there_and_back(reply), reply);
  reply.text += 'x';
  EXPECT_THAT(seal(reply), FailsWith(Error::too_long));
}

TEST_F(Replies, AreNotSealedWithFieldsThatCouldNotBeRead) {
  const auto refused = [&](auto change, Error error) {
    Reply reply = a_reply();
    reply.consent = a_question();
    change(reply);
    EXPECT_THAT(seal(reply), FailsWith(error));
  };
  refused([](Reply& r) { r.index = reply_indices; }, Error::malformed);
  refused([](Reply& r) { r.status = ReplyStatus{0}; }, Error::malformed);
  refused([](Reply& r) { r.status = ReplyStatus{8}; }, Error::malformed);
  refused([](Reply& r) { r.text = "\x1b[0m"; }, Error::malformed);
  refused([](Reply& r) { r.text_module = "a b"; }, Error::malformed);
  refused([](Reply& r) { r.consent->recipient = ""; }, Error::malformed);
  refused([](Reply& r) { r.consent->purpose = "a\n"; }, Error::malformed);
  refused([](Reply& r) { r.consent->fields[0] = ""; }, Error::malformed);
  refused([](Reply& r) { r.consent->fields.assign(256, "f"); }, Error::too_many);
  refused([](Reply& r) { r.consent->fields.assign(250, std::string(99, 'f')); }, Error::too_long);
}

TEST_F(Replies, HaveAHashAndAGuardOfTheirOwn) {
  const auto sealed = seal(a_reply());
  ASSERT_THAT(sealed, Succeeds());
  SealedReply other = *sealed;
  other.back() ^= 1;
  EXPECT_NE(hash_of_reply(*sealed), hash_of_reply(other));
  EXPECT_NE(guard_of(id_of<BurnToken>(1)), guard_of(id_of<BurnToken>(2)));
}

class SealedReplies : public Replies {
 protected:
  // Seals any plaintext at address 3 with a right MAC, as a faulty coordinator might.
  SealedReply sealed_by_hand(Block<reply_plaintext_size> plaintext, bool right_mac = true) const {
    const std::string_view label = "meldpunt/1 reply mac";
    const Address address = address_of(thread_.shared, region_, 3);
    SealedReply sealed{};
    const auto done =
        hpke_seal(thread_.shared.reply_key, bind("reply", {region_.view(), address.view()}), sealed,
                  [&](HpkeContext& context, MutableBytes ciphertext) {
                    Block<32> exported{};
                    context.export_secret(exported, as_bytes(label));
                    const std::span<std::uint8_t, reply_plaintext_size> all(plaintext);
                    hmac(all.last<mac_size>(), thread_.shared.down_key.view(),
                         {as_bytes(label), exported, Bytes(plaintext).first(mac_at)});
                    if (!right_mac) plaintext.back() ^= 1;
                    context.seal(ciphertext, plaintext);
                  });
    EXPECT_THAT(done, Succeeds());
    return sealed;
  }
  static Block<reply_plaintext_size> plain(std::uint16_t index) {
    Block<reply_plaintext_size> plaintext{};
    plaintext[1] = static_cast<std::uint8_t>(index);
    plaintext[2 + 32 + 16] = 2;
    return plaintext;
  }
  Result<Reply> open(const SealedReply& sealed) const {
    return open_reply(sealed, thread_, 3, region_);
  }

  static constexpr std::size_t mac_at = reply_plaintext_size - mac_size;
  const SealedReply sealed_ = *seal(a_reply(3));
};

TEST_F(SealedReplies, RefuseAnyTurnedBit) {
  for (const std::size_t at :
       {std::size_t{0}, hpke_enc_size, sealed_reply_size / 2, sealed_reply_size - 1}) {
    SealedReply damaged = sealed_;
    damaged[at] ^= 1;
    EXPECT_THAT(open(damaged), FailsWith(Error::cannot_open));
  }
}

TEST_F(SealedReplies, OpenAtTheirAddressInTheirThreadAndRegionOnly) {
  EXPECT_THAT(open(sealed_), Succeeds());
  EXPECT_THAT(open_reply(sealed_, thread_, 4, region_), FailsWith(Error::cannot_open));
  EXPECT_THAT(open_reply(sealed_, fixed_thread(0x50), 3, region_), FailsWith(Error::cannot_open));
  EXPECT_THAT(open_reply(sealed_, thread_, 3, id_of<RegionId>(1)), FailsWith(Error::cannot_open));
}

// Whoever knows the address and the public key, but not the down key.
TEST_F(SealedReplies, AreRefusedFromWhoDoesNotKnowTheDownKey) {
  ThreadSecrets forger = thread_.shared.clone();
  forger.down_key = secret_of(1);
  const auto forged = seal_reply(a_reply(3), forger, region_);
  ASSERT_THAT(forged, Succeeds());
  EXPECT_THAT(open(*forged), FailsWith(Error::cannot_open));
  EXPECT_THAT(open(sealed_by_hand(plain(3))), Succeeds());
  EXPECT_THAT(open(sealed_by_hand(plain(3), false)), FailsWith(Error::cannot_open));
}

TEST_F(SealedReplies, AreRefusedWithAnotherIndexInside) {
  EXPECT_THAT(open(sealed_by_hand(plain(4))), FailsWith(Error::cannot_open));
}

TEST_F(SealedReplies, AreMalformedWithPaddingOrALengthThatRunsPastTheEnd) {
  auto plaintext = plain(3);
  plaintext[mac_at - 1] = 1;
  EXPECT_THAT(open(sealed_by_hand(plaintext)), FailsWith(Error::malformed));
  const std::size_t consent_at = 2 + 32 + 16 + 1 + 32 + 4;
  plaintext = plain(3);
  plaintext[consent_at] = 0xff;
  EXPECT_THAT(open(sealed_by_hand(plaintext)), FailsWith(Error::malformed));
  plaintext = plain(3);
  plaintext[consent_at + 1] = 5;  // too short for a question
  EXPECT_THAT(open(sealed_by_hand(plaintext)), FailsWith(Error::malformed));
  plaintext = plain(3);
  plaintext[0] = 1;  // index 259
  EXPECT_THAT(open(sealed_by_hand(plaintext)), FailsWith(Error::malformed));
}

TEST_F(SealedReplies, AreNotMadeForWhatIsNoKey) {
  ThreadSecrets thread = thread_.shared.clone();
  thread.reply_key.bytes.fill(0xff);
  EXPECT_THAT(seal_reply(a_reply(), thread, region_), FailsWith(Error::malformed));
}

}  // namespace
}  // namespace meldpunt::crypto
