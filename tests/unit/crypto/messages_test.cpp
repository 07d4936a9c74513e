#include "crypto/wire/messages.h"

#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

using Plaintext = Block<request_plaintext_size>;

class Requests : public testing::Test {
 protected:
  static Plaintext encoded(const Request& request) {
    Plaintext out = filled<request_plaintext_size>(0xee);
    EXPECT_THAT(encode_request(out, request), Succeeds());
    return out;
  }
  template <class Message>
  static Message there_and_back(const Message& message) {
    const Plaintext bytes = encoded(message);
    const auto decoded = decode_request(bytes);
    EXPECT_THAT(decoded, Succeeds());
    EXPECT_EQ(encoded(*decoded), bytes);
    return std::get<Message>(*decoded);
  }
  // Where the fields of that request end, whatever they hold.
  static void refuses_padding(const Request& request, std::size_t end) {
    Plaintext bytes = encoded(request);
    EXPECT_THAT(decode_request(bytes), Succeeds());
    bytes[end] = 1;
    EXPECT_THAT(decode_request(bytes), FailsWith(Error::malformed)) << end;
    bytes[end] = 0;
    bytes.back() = 1;
    EXPECT_THAT(decode_request(bytes), FailsWith(Error::malformed));
  }

  static inline const MailboxName name = filled<32>(0x5a);
};

TEST_F(Requests, PutAReportThatFillsThemExactly) {
  PutReport put{7, 3, id_of<PuzzleAnswer>(2), {}};
  put.sealed.fill(0x42);
  const auto back = there_and_back(put);
  EXPECT_EQ(back.tick, 7U);
  EXPECT_EQ(back.effort, 3);
  EXPECT_EQ(back.answer, put.answer);
  EXPECT_EQ(back.sealed, put.sealed);
}

TEST_F(Requests, PutBytesIntoEveryOtherKindOfMailbox) {
  for (std::uint8_t kind = 2; kind <= mailbox_kinds; ++kind) {
    const Put put{MailboxKind{kind}, name, 9, 100, id_of<Hash>(3), {1, 2, 3}};
    const auto back = there_and_back(put);
    EXPECT_EQ(back.kind, put.kind);
    EXPECT_EQ(back.name, name);
    EXPECT_EQ(back.position, 9U);
    EXPECT_EQ(back.expires, 100U);
    EXPECT_EQ(back.guard, put.guard);
    EXPECT_EQ(back.bytes, put.bytes);
    refuses_padding(put, put_overhead + 3);
  }
}

TEST_F(Requests, TakeAsManyBytesAsFitAndNoMore) {
  Put put{MailboxKind::box, name, 0, 0, {}, Buffer(put_bytes_max, 1)};
  EXPECT_EQ(there_and_back(put).bytes.size(), put_bytes_max);
  put.bytes.push_back(1);
  Plaintext out{};
  EXPECT_THAT(encode_request(out, put), FailsWith(Error::too_long));
  put.bytes.resize(70000);
  EXPECT_THAT(encode_request(out, put), FailsWith(Error::too_long));
}

// It would be read as a report that it is not.
TEST_F(Requests, DoNotPutPlainBytesIntoTheIntake) {
  Plaintext out{};
  EXPECT_THAT(encode_request(out, Put{MailboxKind::intake, name, 0, 0, {}, {1}}),
              FailsWith(Error::malformed));
}

TEST_F(Requests, GetTakeAcknowledgeAndRelease) {
  for (std::uint8_t kind = 1; kind <= mailbox_kinds; ++kind) {
    const auto get = there_and_back(Get{MailboxKind{kind}, name, 11});
    EXPECT_EQ(get.kind, MailboxKind{kind});
    EXPECT_EQ(get.name, name);
    EXPECT_EQ(get.position, 11U);
    EXPECT_EQ(there_and_back(Take{MailboxKind{kind}, name}).kind, MailboxKind{kind});
    EXPECT_EQ(there_and_back(Acknowledge{MailboxKind{kind}, name, 12}).id, 12U);
    EXPECT_EQ(there_and_back(Release{MailboxKind{kind}, name, 13}).id, 13U);
  }
  refuses_padding(Get{MailboxKind::box, name, 1}, 2 + 32 + 8);
  refuses_padding(Take{MailboxKind::box, name}, 2 + 32);
  refuses_padding(Acknowledge{MailboxKind::box, name, 1}, 2 + 32 + 8);
  refuses_padding(Release{MailboxKind::box, name, 1}, 2 + 32 + 8);
}

TEST_F(Requests, BurnWithTheTokenAndEraseWithTwoSignatures) {
  const Burn burn{MailboxKind::address, name, id_of<BurnToken>(4)};
  EXPECT_EQ(there_and_back(burn).token, burn.token);
  refuses_padding(burn, 2 + 32 + 32);

  Erase erase{MailboxKind::slot, name, 5, {}};
  erase.signatures[0] = {id_of<DeviceId>(1), id_of<Signature>(2)};
  erase.signatures[1] = {id_of<DeviceId>(3), id_of<Signature>(4)};
  const auto back = there_and_back(erase);
  EXPECT_EQ(back.position, 5U);
  EXPECT_EQ(back.signatures[0].device, id_of<DeviceId>(1));
  EXPECT_EQ(back.signatures[1].signature, id_of<Signature>(4));
  refuses_padding(erase, 2 + 32 + 8 + 2 * (16 + 64));
}

TEST_F(Requests, AreMalformedWithAnUnknownVerbOrKind) {
  Plaintext bytes = encoded(Get{MailboxKind::box, name, 1});
  for (const std::uint8_t verb : Buffer{0, 8, 255}) {
    Plaintext bad = bytes;
    bad[0] = verb;
    EXPECT_THAT(decode_request(bad), FailsWith(Error::malformed));
  }
  for (const std::uint8_t kind : Buffer{0, 9, 255}) {
    Plaintext bad = bytes;
    bad[1] = kind;
    EXPECT_THAT(decode_request(bad), FailsWith(Error::malformed));
  }
}

TEST_F(Requests, AreMalformedWhenTheLengthRunsPastTheEnd) {
  Plaintext bytes = encoded(Put{MailboxKind::box, name, 0, 0, {}, {1}});
  bytes[put_overhead - 2] = 0xff;
  EXPECT_THAT(decode_request(bytes), FailsWith(Error::malformed));
}

TEST(EraseStatements, NameTheSlotAndTheVersion) {
  const MailboxName name = filled<32>(1);
  const Buffer statement = erase_statement(name, 258);
  ASSERT_EQ(statement.size(), 40U);
  EXPECT_EQ(statement[38], 1);
  EXPECT_EQ(statement[39], 2);
  EXPECT_NE(erase_statement(filled<32>(2), 258), statement);
}

class ResponseMessages : public testing::Test {
 protected:
  Block<response_plaintext_size> bytes_ = filled<response_plaintext_size>(0xee);
};

TEST_F(ResponseMessages, CarryEveryStatus) {
  for (std::uint8_t status = 0; status <= 8; ++status) {
    const Response response{Status{status}, 120, 7, 8, 9, {1, 2, 3}};
    ASSERT_THAT(encode_response(bytes_, response), Succeeds());
    const auto back = decode_response(bytes_);
    ASSERT_THAT(back, Succeeds());
    EXPECT_EQ(back->status, response.status);
    EXPECT_EQ(back->wait, 120);
    EXPECT_EQ(back->id, 7U);
    EXPECT_EQ(back->position, 8U);
    EXPECT_EQ(back->expires, 9U);
    EXPECT_EQ(back->payload, response.payload);
  }
}

TEST_F(ResponseMessages, AreMalformedWithAnUnknownStatusLengthOrPadding) {
  ASSERT_THAT(encode_response(bytes_, {}), Succeeds());
  auto bad = bytes_;
  bad[0] = 9;
  EXPECT_THAT(decode_response(bad), FailsWith(Error::malformed));
  bad = bytes_;
  bad[response_overhead - 2] = 0xff;
  EXPECT_THAT(decode_response(bad), FailsWith(Error::malformed));
  bad = bytes_;
  bad[response_overhead] = 1;
  EXPECT_THAT(decode_response(bad), FailsWith(Error::malformed));
}

TEST_F(ResponseMessages, TakeAsMuchPayloadAsFits) {
  Response response;
  response.payload.resize(response_payload_max);
  EXPECT_THAT(encode_response(bytes_, response), Succeeds());
  response.payload.push_back(0);
  EXPECT_THAT(encode_response(bytes_, response), FailsWith(Error::too_long));
}

TEST(Boxes, AreNamedAfterTheirDeviceOrAllStaff) {
  const MailboxName box = box_of(id_of<DeviceId>(7));
  EXPECT_EQ(box[15], 7);
  EXPECT_EQ(box[16], 0);
  EXPECT_NE(box, staff_box());
  EXPECT_NE(box_of(id_of<DeviceId>(0xff)), staff_box());
}

}  // namespace
}  // namespace meldpunt::crypto
