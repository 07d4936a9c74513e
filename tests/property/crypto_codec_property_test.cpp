// Of any message: what is decoded is what was encoded. Of any bytes: a value or an error comes out,
// and what decodes encodes to the same bytes again (the targets of tests/fuzz check that).
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "crypto/case_events.h"
#include "crypto/wire/messages.h"
#include "tests/fuzz/targets.h"
#include "tests/support/fixed_thread.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

template <class FixedId>
FixedId any_id() {
  FixedId id;
  for (auto& byte : id.fill()) byte = *rc::gen::arbitrary<std::uint8_t>();
  return id;
}

MailboxName any_name() { return any_id<Hash>().bytes; }

Buffer any_bytes(std::size_t longest) {
  return *rc::gen::resize(static_cast<int>(longest), rc::gen::arbitrary<Buffer>());
}

// Characters of one to four bytes, of which text.h allows each.
std::string any_text(std::size_t characters) {
  const auto pieces = *rc::gen::resize(
      static_cast<int>(characters),
      rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
          "a", "Z", " ", "\n", "\t", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x99\x82")));
  std::string text;
  for (const auto& piece : pieces) text += piece;
  return text;
}

std::string any_code_name() {
  return *rc::gen::nonEmpty(rc::gen::resize(
      12, rc::gen::container<std::string>(rc::gen::elementOf(std::string("AZaz09._:-")))));
}

std::uint64_t any_u64() { return *rc::gen::arbitrary<std::uint64_t>(); }
std::uint32_t any_u32() { return *rc::gen::arbitrary<std::uint32_t>(); }

Request any_request() {
  const MailboxKind kind{*rc::gen::inRange<std::uint8_t>(2, mailbox_kinds + 1)};
  switch (*rc::gen::inRange(0, 8)) {
    case 0: {
      PutReport put{any_u32(), *rc::gen::arbitrary<std::uint8_t>(), any_id<PuzzleAnswer>(), {}};
      put.sealed.fill(*rc::gen::arbitrary<std::uint8_t>());
      return put;
    }
    case 1:
      return Put{kind, any_name(), any_u64(), any_u32(), any_id<Hash>(), any_bytes(200)};
    case 2:
      return Get{kind, any_name(), any_u64()};
    case 3:
      return Take{kind, any_name()};
    case 4:
      return Acknowledge{kind, any_name(), any_u64()};
    case 5:
      return Release{kind, any_name(), any_u64()};
    case 6:
      return Burn{kind, any_name(), any_id<BurnToken>()};
    default: {
      Erase erase{kind, any_name(), any_u64(), {}};
      for (auto& [device, signature] : erase.signatures) {
        device = any_id<DeviceId>();
        signature = any_id<Signature>();
      }
      return erase;
    }
  }
}

ReportBody any_body(ReportKind kind) {
  switch (kind) {
    case ReportKind::consent_answer:
      return ConsentAnswer{any_id<ConsentId>(),
                           ConsentChoice{*rc::gen::inRange<std::uint8_t>(1, 5)}, any_text(100)};
    case ReportKind::erase:
      return EraseRequest{any_text(100)};
    case ReportKind::part: {
      Part part{any_id<Hash>(), *rc::gen::arbitrary<std::uint16_t>(), any_bytes(200)};
      part.bytes.push_back(0);
      return part;
    }
    case ReportKind::report:
    case ReportKind::message:
    case ReportKind::advice:
      break;
  }
  Statement statement{any_code_name(), {}, any_text(300), {}};
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
    Answer answer{any_code_name(), {}};
    for (int j = *rc::gen::inRange(0, 4); j > 0; --j) answer.codes.push_back(any_code_name());
    statement.answers.push_back(std::move(answer));
  }
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    statement.enclosed.push_back(
        {PartsKind{*rc::gen::inRange<std::uint8_t>(1, 6)}, any_u32(), {any_id<Hash>()}});
  }
  return statement;
}

RC_GTEST_PROP(RequestCodec, DecodesWhatItEncoded, ()) {
  const Request request = any_request();
  Block<request_plaintext_size> bytes{};
  RC_ASSERT(encode_request(bytes, request).has_value());
  const auto decoded = decode_request(bytes);
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(decoded->index() == request.index());
  Block<request_plaintext_size> again{};
  RC_ASSERT(encode_request(again, *decoded).has_value());
  RC_ASSERT(again == bytes);
}

RC_GTEST_PROP(ResponseCodec, DecodesWhatItEncoded, ()) {
  const Response response{Status{*rc::gen::inRange<std::uint8_t>(0, 9)},
                          *rc::gen::arbitrary<std::uint16_t>(),
                          any_u64(),
                          any_u64(),
                          any_u32(),
                          any_bytes(300)};
  Block<response_plaintext_size> bytes{};
  RC_ASSERT(encode_response(bytes, response).has_value());
  const auto back = decode_response(bytes);
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->status == response.status && back->wait == response.wait);
  RC_ASSERT(back->id == response.id && back->position == response.position);
  RC_ASSERT(back->expires == response.expires && back->payload == response.payload);
}

RC_GTEST_PROP(ReportCodec, OpensToWhatWasSealed, ()) {
  static const auto team = opening_key<role::Epoch>(0x05);
  const auto region = id_of<RegionId>(0x21);
  const ReportKind kind{*rc::gen::inRange<std::uint8_t>(1, 7)};
  Report report = a_report(kind, any_body(kind));
  report.hour = any_u32();
  report.last_reply_read = *rc::gen::arbitrary<std::uint16_t>();
  const auto sealed = seal_report(report, team.public_key(), region);
  RC_ASSERT(sealed.has_value());
  const auto opened = open_report(*sealed, team, region);
  RC_ASSERT(opened.has_value());
  const auto back = decode_report(opened->plaintext.view());
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->kind == kind && back->body == report.body);
  RC_ASSERT(back->hour == report.hour && back->last_reply_read == report.last_reply_read);
}

RC_GTEST_PROP(ReplyCodec, OpensToWhatWasSealed, ()) {
  static const ThreadKeys thread = fixed_thread();
  const auto region = id_of<RegionId>(0x21);
  Reply reply = a_reply(*rc::gen::inRange<std::uint16_t>(0, reply_indices));
  reply.previous = any_id<Hash>();
  reply.status = ReplyStatus{*rc::gen::inRange<std::uint8_t>(1, 8)};
  reply.text = any_text(300);
  if (*rc::gen::arbitrary<bool>()) reply.text_module = any_code_name();
  if (*rc::gen::arbitrary<bool>()) {
    reply.consent = ConsentQuestion{any_id<ConsentId>(), any_code_name(), any_code_name(), {}};
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
      reply.consent->fields.push_back(any_code_name());
    }
  }
  const auto sealed = seal_reply(reply, thread.shared, region);
  RC_ASSERT(sealed.has_value());
  const auto back = open_reply(*sealed, thread, reply.index, region);
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == reply);
}

RC_GTEST_PROP(EventCodec, OpensToWhatWasSealed, ()) {
  const auto region = id_of<RegionId>(0x21);
  static const FixedDevice device(0x11, DeviceRole::coordinator, "desk");
  static const VaultSecret vault{7, secret_of(1), secret_of(2)};
  static const SymmetricKey case_key = secret_of(3);
  const EventHead head{any_id<Hash>(), any_id<CaseId>(),
                       EventKind{*rc::gen::inRange<std::uint8_t>(1, event_kinds + 1)}, any_u32(),
                       any_id<DeviceId>()};
  const Buffer content = any_bytes(5000);
  const auto event = seal_event(head, content, case_key, vault, device.signing, region,
                                *rc::gen::arbitrary<bool>());
  RC_ASSERT(event.has_value());
  const auto outer = open_event(*event, vault, region,
                                [&](const DeviceId&, Hour) { return &device.entry.signing; });
  RC_ASSERT(outer.has_value());
  RC_ASSERT(outer->head.previous == head.previous && outer->head.subject == head.subject);
  RC_ASSERT(outer->head.kind == head.kind && outer->head.hour == head.hour);
  RC_ASSERT(outer->head.device == head.device);
  const auto opened = open_content(*outer, case_key, region);
  RC_ASSERT(opened.has_value());
  RC_ASSERT(equal_bytes(opened->view(), content));
}

RC_GTEST_PROP(RosterCodec, VerifiesToWhatWasSigned, ()) {
  FixedRegion region;
  region.roster.number = *rc::gen::inRange<std::uint32_t>(1, 0xffffffff);
  region.roster.previous = any_id<Hash>();
  region.roster.devices.clear();
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
    Device device = region.partner.entry;
    device.id = any_id<DeviceId>();
    device.id.bytes[0] = static_cast<std::uint8_t>(i);
    copy_bytes(device.id.view(), device.curve.fill());
    device.role = DeviceRole{*rc::gen::inRange<std::uint8_t>(1, 5)};
    device.name = any_text(name_max / 4);
    device.from = *rc::gen::inRange<Day>(0, 0xf0000000);
    device.until = device.from + *rc::gen::inRange<Day>(0, coordinator_days + 1);
    region.roster.devices.push_back(device);
  }
  const Buffer bytes = region.signed_roster();
  const auto back = verify_roster(bytes, region.pin);
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->devices.size() == region.roster.devices.size());
  RC_ASSERT(sign_roster(*back, region.id, region.signed_certificate(), region.operations) == bytes);
}

RC_GTEST_PROP(PinCodec, TrustsWhatWasSigned, ()) {
  FixedRegion region;
  region.pin.demonstration = *rc::gen::arbitrary<bool>();
  region.pin.name = any_text(name_max / 4);
  region.pin.founding_random = any_id<Hash>();
  region.pin.endpoints = {any_text(endpoint_max / 4), any_text(endpoint_max / 4)};
  region.pin.region = found_region(region.pin);
  const Buffer bytes = region.signed_pin();
  const auto back = trust_pin(bytes);
  RC_ASSERT(back.has_value());
  RC_ASSERT(sign_pin(*back, region.root) == bytes);
}

RC_GTEST_PROP(BundleCodec, VerifiesToWhatWasSigned, ()) {
  FixedRegion region;
  region.bundle.generation = any_u32();
  region.bundle.daemon = any_id<VerifyKey<role::Daemon>>();
  region.bundle.endpoints = {any_text(endpoint_max / 4), any_text(endpoint_max / 4)};
  const Buffer bytes = region.signed_bundle();
  const auto back = verify_bundle(bytes, region.pin);
  RC_ASSERT(back.has_value());
  RC_ASSERT(sign_bundle(*back, region.id, region.signed_certificate(), region.operations) == bytes);
}

RC_GTEST_PROP(PartsCodec, ComeTogetherAgain, ()) {
  Buffer whole = any_bytes(2000);
  whole.push_back(1);
  const auto part_size = *rc::gen::inRange<std::size_t>(2, 300);
  const auto manifest = make_manifest(PartsKind::text, whole, part_size);
  RC_ASSERT(manifest.has_value());
  Assembly assembly(*manifest);
  for (std::size_t i = manifest->parts.size(); i-- > 0;) {
    RC_ASSERT(!assembly.complete());
    const auto part = make_part(*manifest, whole, part_size, static_cast<std::uint16_t>(i));
    RC_ASSERT(assembly.add(part).has_value());
  }
  const auto back = assembly.whole();
  RC_ASSERT(back.has_value());
  RC_ASSERT(equal_bytes(back->view(), whole));
}

class AnyBytes : public testing::TestWithParam<fuzz::Target> {};

TEST_P(AnyBytes, GiveAValueOrAnError) {
  const auto held = rc::check(std::string(GetParam().name), [] {
    GetParam().run(any_bytes(2000));
    GetParam().run(any_bytes(40));
  });
  EXPECT_TRUE(held);
}

INSTANTIATE_TEST_SUITE_P(OfADecoder, AnyBytes, testing::ValuesIn(fuzz::targets),
                         [](const auto& target) { return std::string(target.param.name); });

}  // namespace
}  // namespace meldpunt::crypto
