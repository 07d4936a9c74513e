#include "crypto/wire/frame.h"

#include "crypto/wire/messages.h"
#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Frames : public testing::Test {
 protected:
  Frames() {
    EXPECT_THAT(encode_request(plaintext_, Get{MailboxKind::address, filled<32>(8), 3}),
                Succeeds());
    auto key = seal_request(frame_, plaintext_, id_, region_.request.public_key(), region_.id);
    EXPECT_THAT(key, Succeeds());
    client_ = std::make_unique<ResponseKey>(std::move(*key));
  }
  Result<ResponseKey> open(FrameView frame) {
    return open_request(opened_, frame, region_.request, region_.id);
  }

  const FixedRegion region_;
  const KeyId id_ = id_of<KeyId>(9);
  Block<request_plaintext_size> plaintext_{};
  Block<request_plaintext_size> opened_{};
  Frame frame_{};
  std::unique_ptr<ResponseKey> client_;
};

TEST_F(Frames, OpenToTheSameRequest) {
  EXPECT_EQ(key_id_of(frame_), id_);
  ASSERT_THAT(open(frame_), Succeeds());
  EXPECT_EQ(opened_, plaintext_);
}

TEST_F(Frames, DifferEachTimeTheSameRequestIsSealed) {
  Frame again{};
  ASSERT_THAT(seal_request(again, plaintext_, id_, region_.request.public_key(), region_.id),
              Succeeds());
  EXPECT_NE(again, frame_);
}

TEST_F(Frames, RefuseATurnedBitAnywhere) {
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{3}, key_id_size, key_id_size + hpke_enc_size - 1,
        key_id_size + hpke_enc_size, frame_size / 2, frame_size - 1}) {
    Frame damaged = frame_;
    damaged[at] ^= 1;
    EXPECT_THAT(open(damaged), FailsWith(Error::cannot_open)) << at;
    EXPECT_THAT(opened_, testing::Each(0));
  }
}

TEST_F(Frames, RefuseAnotherKeyOrRegion) {
  EXPECT_THAT(open_request(opened_, frame_, opening_key<role::Request>(0x66), region_.id),
              FailsWith(Error::cannot_open));
  EXPECT_THAT(open_request(opened_, frame_, region_.request, id_of<RegionId>(1)),
              FailsWith(Error::cannot_open));
}

TEST_F(Frames, AreNotSealedToWhatIsNoKey) {
  SealingKey<role::Request> no_key;
  no_key.bytes.fill(0xff);
  EXPECT_THAT(seal_request(frame_, plaintext_, id_, no_key, region_.id),
              FailsWith(Error::malformed));
}

class Responses : public Frames {
 protected:
  Responses() : server_(open(frame_)) {
    EXPECT_THAT(server_, Succeeds());
    EXPECT_THAT(encode_response(answer_, {Status::ok, 1, 2, 3, 4, {5}}), Succeeds());
    server_->seal(response_, answer_);
  }
  const Result<ResponseKey> server_;
  Block<response_plaintext_size> answer_{};
  Block<response_plaintext_size> read_{};
  Frame response_{};
};

TEST_F(Responses, OpenForWhoAsked) {
  ASSERT_THAT(client_->open(read_, response_), Succeeds());
  EXPECT_EQ(read_, answer_);
}

TEST_F(Responses, DifferEachTimeTheyAreSealed) {
  Frame again{};
  server_->seal(again, answer_);
  EXPECT_NE(again, response_);
  EXPECT_THAT(client_->open(read_, again), Succeeds());
}

TEST_F(Responses, RefuseATurnedBitAnywhere) {
  for (const std::size_t at :
       {std::size_t{0}, response_nonce_size - 1, response_nonce_size, frame_size - 1}) {
    Frame damaged = response_;
    damaged[at] ^= 1;
    EXPECT_THAT(client_->open(read_, damaged), FailsWith(Error::cannot_open)) << at;
    EXPECT_THAT(read_, testing::Each(0));
  }
}

TEST_F(Responses, DoNotOpenForAnotherRequest) {
  Frame other{};
  const auto key = seal_request(other, plaintext_, id_, region_.request.public_key(), region_.id);
  ASSERT_THAT(key, Succeeds());
  EXPECT_THAT(key->open(read_, response_), FailsWith(Error::cannot_open));
}

TEST(AskingForTheNotice, HasNoKeyIdAndIsNeverTwiceTheSame) {
  Frame one{};
  Frame two{};
  ask_for_notice(one);
  ask_for_notice(two);
  EXPECT_TRUE(key_id_of(one).is_zero());
  EXPECT_NE(one, two);
  EXPECT_NE(std::count(one.begin() + 4, one.end(), 0), static_cast<long>(frame_size - 4));
}

}  // namespace
}  // namespace meldpunt::crypto
