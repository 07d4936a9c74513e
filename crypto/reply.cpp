#include "crypto/reply.h"

#include <algorithm>

#include "crypto/hpke.h"
#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/text.h"

namespace meldpunt::crypto {

namespace {

constexpr std::string_view mac_label = "meldpunt/1 reply mac";
constexpr std::size_t mac_offset = reply_plaintext_size - mac_size;

Buffer info(const RegionId& region, const Address& address) {
  return bind("reply", {region.view(), address.view()});
}

std::string read_text(Reader& reader) {
  const Bytes text = reader.field();
  if (!is_text(text)) reader.reject();
  return std::string(as_text(text));
}

std::string read_name(Reader& reader) {
  const Bytes name = reader.field();
  if (!is_code_name(name)) reader.reject();
  return std::string(as_text(name));
}

Result<Reply> decode_reply(std::span<const std::uint8_t, reply_plaintext_size> plaintext) {
  Reader reader(plaintext.first<mac_offset>());
  Reply reply;
  reply.index = reader.u16();
  reply.previous = reader.id<Hash>();
  reply.last_seen = reader.id<ReportId>();
  const std::uint8_t status = reader.u8();
  if (status < 1 || status > 7) reader.reject();
  reply.status = static_cast<ReplyStatus>(status);
  reply.burn = reader.id<BurnToken>();
  reply.expires = reader.u32();
  reply.consent = read_question_field(reader);
  const Bytes text_module = reader.field();
  if (!text_module.empty() && !is_code_name(text_module)) reader.reject();
  reply.text_module = std::string(as_text(text_module));
  reply.text = read_text(reader);
  if (!reader.finished_with_padding() || reply.index >= reply_indices) {
    return fail(Error::malformed);
  }
  return reply;
}

Result<void> write_plaintext(std::span<std::uint8_t, reply_plaintext_size> plaintext,
                             const Reply& reply) {
  const auto question = encode_question(reply.consent);
  if (!question) return fail(question.error());
  Writer writer(plaintext.first<mac_offset>());
  writer.u16(reply.index)
      .bytes(reply.previous.view())
      .bytes(reply.last_seen.view())
      .u8(static_cast<std::uint8_t>(reply.status))
      .bytes(reply.burn.view())
      .u32(reply.expires)
      .field(*question)
      .field(as_bytes(reply.text_module))
      .field(as_bytes(reply.text))
      .pad();
  if (!writer.fits()) return fail(Error::too_long);
  if (const auto back = decode_reply(plaintext); !back) return fail(back.error());
  return {};
}

void compute_mac(std::span<std::uint8_t, mac_size> out, const SecretBytes<32>& down_key,
                 Bytes exported, Bytes plaintext) {
  hmac(out, down_key.view(), {as_bytes(mac_label), exported, plaintext.first(mac_offset)});
}

}  // namespace

void write_consent_question(Writer& writer, const ConsentQuestion& question) {
  writer.bytes(question.id.view())
      .field(as_bytes(question.recipient))
      .field(as_bytes(question.purpose))
      .u8(static_cast<std::uint8_t>(question.fields.size()));
  for (const std::string& field : question.fields) writer.field(as_bytes(field));
}

ConsentQuestion read_consent_question(Reader& reader) {
  ConsentQuestion question;
  question.id = reader.id<ConsentId>();
  question.recipient = read_name(reader);
  question.purpose = read_name(reader);
  const std::size_t count = reader.u8();
  for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
    question.fields.push_back(read_name(reader));
  }
  return question;
}

Result<Buffer> encode_question(const std::optional<ConsentQuestion>& question) {
  if (!question) return Buffer{};
  if (question->fields.size() > 0xff) return fail(Error::too_many);
  Buffer bytes(reply_plaintext_size);
  Writer writer(bytes);
  write_consent_question(writer, *question);
  if (!writer.fits()) return fail(Error::too_long);
  bytes.resize(writer.size());
  return bytes;
}

std::optional<ConsentQuestion> read_question_field(Reader& outer) {
  const Bytes bytes = outer.field();
  if (bytes.empty()) return std::nullopt;
  Reader reader(bytes);
  ConsentQuestion question = read_consent_question(reader);
  if (!reader.finished()) outer.reject();
  return question;
}

Hash hash_of_reply(const SealedReply& sealed) { return hash("reply hash", {sealed}); }

Hash guard_of(const BurnToken& token) { return hash("burn", {token.view()}); }

Result<SealedReply> seal_reply(const Reply& reply, const ThreadSecrets& thread,
                               const RegionId& region, const EncapsulationSeed* seed) {
  SecretBytes<reply_plaintext_size> plaintext;
  if (const auto written = write_plaintext(plaintext.fill(), reply); !written) {
    return fail(written.error());
  }
  SealedReply sealed{};
  const Address address = address_of(thread, region, reply.index);
  const auto done = hpke_seal(
      thread.reply_key, info(region, address), MutableBytes(sealed),
      [&](HpkeContext& context, MutableBytes ciphertext) {
        Transient<32> exported;
        context.export_secret(exported.fill(), as_bytes(mac_label));
        compute_mac(plaintext.fill().last<mac_size>(), thread.down_key, exported.view(),
                    plaintext.view());
        context.seal(ciphertext, plaintext.view());
      },
      seed);
  if (!done) return fail(done.error());
  return sealed;
}

Result<Reply> open_reply(std::span<const std::uint8_t, sealed_reply_size> sealed,
                         const ThreadKeys& thread, std::uint16_t index, const RegionId& region) {
  SecretBytes<reply_plaintext_size> plaintext;
  Transient<32> exported;
  const Address address = address_of(thread.shared, region, index);
  const auto opened = hpke_open(thread.reply, info(region, address), sealed,
                                [&](HpkeContext& context, Bytes ciphertext) {
                                  context.export_secret(exported.fill(), as_bytes(mac_label));
                                  return context.open(plaintext.fill(), ciphertext);
                                });
  if (!opened) return fail(Error::cannot_open);
  Transient<mac_size> expected;
  compute_mac(expected.fill(), thread.shared.down_key, exported.view(), plaintext.view());
  if (!same_secret(expected.view(), plaintext.view().last<mac_size>())) {
    return fail(Error::cannot_open);
  }
  auto reply = decode_reply(plaintext.view());
  if (!reply) return fail(reply.error());
  if (reply->index != index) return fail(Error::cannot_open);
  return reply;
}

}  // namespace meldpunt::crypto
