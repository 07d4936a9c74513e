#include "client/page/core/page_drafts.h"

#include <utility>

#include "client/lib/clean_text.h"
#include "crypto/text.h"

namespace meldpunt::page {

using namespace crypto;

namespace {

// A code of the vocabulary or a language: anything else is the page's own mistake.
std::string code_name(Reader& reader) {
  const Bytes bytes = bytes_of_text(reader);
  if (!is_code_name(bytes)) reader.reject();
  return std::string(as_text(bytes));
}

std::string written_text(Reader& reader, Bytes bytes) {
  std::string cleaned = client::clean_text(as_text(bytes));
  if (!is_text(as_bytes(cleaned))) reader.reject();
  return cleaned;
}

std::optional<ReportKind> kind_of(std::uint8_t value) {
  if (value < 1 || value > 3) return std::nullopt;
  return static_cast<ReportKind>(value);
}

std::vector<Answer> read_answers(Reader& reader) {
  std::vector<Answer> answers(reader.u8());
  for (Answer& answer : answers) {
    answer.question = code_name(reader);
    answer.codes.resize(reader.u8());
    for (std::string& code : answer.codes) code = code_name(reader);
  }
  return answers;
}

void write_reply(Output& out, const client::ReceivedReply& received) {
  const Reply& reply = received.reply;
  out.u16(reply.index)
      .u8(static_cast<std::uint8_t>(reply.status))
      .text(reply.text_module)
      .text(reply.text)
      .u64(std::uint64_t{reply.expires} * 3600)
      .u8(static_cast<std::uint8_t>(received.link))
      .u8(reply.consent ? 1 : 0);
  if (!reply.consent) return;
  out.bytes(reply.consent->id.view())
      .text(reply.consent->recipient)
      .text(reply.consent->purpose)
      .u8(static_cast<std::uint8_t>(reply.consent->fields.size()));
  for (const std::string& field : reply.consent->fields) out.text(field);
}

}  // namespace

std::optional<client::Outgoing> read_draft(Reader& reader) {
  client::Outgoing outgoing;
  const auto kind = kind_of(reader.u8());
  Statement statement;
  statement.language = code_name(reader);
  statement.answers = read_answers(reader);
  statement.text = written_text(reader, bytes_of_text(reader));
  outgoing.images.resize(reader.u8());
  for (Buffer& image : outgoing.images) {
    const Bytes bytes = bytes_of_text(reader);
    image.assign(bytes.begin(), bytes.end());
  }
  if (!kind || !reader.finished()) return std::nullopt;
  outgoing.kind = *kind;
  outgoing.body = std::move(statement);
  return outgoing;
}

std::optional<client::Outgoing> read_consent(Reader& reader) {
  ConsentAnswer answer;
  answer.question = reader.id<ConsentId>();
  const std::uint8_t choice = reader.u8();
  answer.text = written_text(reader, bytes_of_text(reader));
  if (choice < 1 || choice > 4 || !reader.finished()) return std::nullopt;
  answer.choice = static_cast<ConsentChoice>(choice);
  client::Outgoing outgoing;
  outgoing.kind = ReportKind::consent_answer;
  outgoing.body = std::move(answer);
  return outgoing;
}

std::optional<client::Outgoing> erase_request(std::string_view text) {
  Reader reader(as_bytes(text));
  client::Outgoing outgoing;
  outgoing.kind = ReportKind::erase;
  outgoing.body = EraseRequest{written_text(reader, as_bytes(text))};
  if (reader.failed()) return std::nullopt;
  return outgoing;
}

void write_thread(Output& out, const Correspondence& thread) {
  out.u8(thread.looked() ? 1 : 0).u16(thread.unreadable()).u16(thread.burned().size());
  for (const std::uint16_t index : thread.burned()) out.u16(index);
  const auto replies = thread.replies();
  out.u16(replies.size());
  for (const auto& reply : replies) write_reply(out, reply);
}

void write_keys(Output& out, const ThreadKeys& keys) {
  out.bytes(keys.shared.id.view())
      .bytes(keys.shared.address_key.view())
      .bytes(keys.shared.up_key.view())
      .bytes(keys.shared.down_key.view())
      .bytes(keys.reply.secret());
}

std::optional<ThreadKeys> read_keys(Reader& reader) {
  ThreadSecrets shared;
  reader.copy(shared.id.fill());
  reader.copy(shared.address_key.fill());
  reader.copy(shared.up_key.fill());
  reader.copy(shared.down_key.fill());
  Transient<kem_secret_key_size> secret;
  reader.copy(secret.fill());
  if (!reader.finished()) return std::nullopt;
  ThreadKeys keys{std::move(shared), OpeningKey<role::Reply>::from_secret(secret.view())};
  keys.shared.reply_key = keys.reply.public_key();
  return keys;
}

}  // namespace meldpunt::page
