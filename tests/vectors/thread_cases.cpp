#include <algorithm>
#include <optional>

#include "crypto/label.h"
#include "crypto/reply.h"
#include "tests/support/made_up_words.h"
#include "tests/vectors/cases.h"

namespace meldpunt::crypto::vectors {

namespace {

template <std::size_t N>
SecretBytes<N> secret(const Vector& vector, std::string_view key) {
  SecretBytes<N> bytes;
  copy_bytes(vector.block<N>(key), bytes.fill());
  return bytes;
}

// Read once: the two lists are large.
const std::array<WordList, 2>& lists() {
  static const std::array<WordList, 2> both{*WordList::parse(test::made_up_words('w')),
                                            *WordList::parse(test::made_up_words('d'))};
  return both;
}

ThreadKeys thread_of(const Vector& vector) {
  ThreadSecrets shared;
  ThreadKeys keys{std::move(shared),
                  OpeningKey<role::Reply>::from_secret(vector.block<32>("reply secret"))};
  keys.shared.address_key = secret<32>(vector, "address key");
  keys.shared.down_key = secret<32>(vector, "down key");
  keys.shared.reply_key = keys.reply.public_key();
  return keys;
}

Outcome check_report_plaintext(const Vector& vector,
                               std::span<const std::uint8_t, report_plaintext_size> plaintext) {
  const auto report = decode_report(plaintext);
  if (!report) return fail(report.error());
  return Comparison(vector)
      .same("report id", report->id.view())
      .same("thread id", report->thread.id.view())
      .number("hour", report->hour)
      .number("report kind", static_cast<std::uint8_t>(report->kind))
      .outcome();
}

// Sealed again from its fields with the vector's seed, a report must be the same bytes.
bool seals_alike(const Vector& vector, const OpenedReport& opened) {
  const auto report = decode_report(opened.plaintext.view());
  const auto seed = vector.block<64>("seed");
  const EncapsulationSeed view(seed);
  const auto team = OpeningKey<role::Epoch>::from_secret(vector.block<32>("secret"));
  const auto sealed = seal_report(*report, team.public_key(), vector.id<RegionId>("region"), &view);
  return sealed && equal_bytes(*sealed, vector.bytes("sealed"));
}

}  // namespace

Outcome check_code(const Vector& vector) {
  const std::array<const WordList*, 2> both{&lists()[0], &lists()[1]};
  const auto code = Code::parse(vector.text("typed"), both);
  if (!code) return fail(code.error());
  return Comparison(vector)
      .same("canonical", code->canonical())
      .same("digits", code->digits())
      .same("words", code->words(lists()[0]))
      .outcome();
}

Outcome check_thread(const Vector& vector) {
  const auto code = Code::from_canonical(vector.block<code_size>("code"));
  if (!code) return fail(code.error());
  const auto region = vector.id<RegionId>("region");
  const auto keys = derive_thread(*code, region);
  if (!keys) return fail(keys.error());
  const ThreadSecrets& shared = keys->shared;
  return Comparison(vector)
      .same("salt", hash("code", {region.view()}).view().first(16))
      .same("thread id", shared.id.view())
      .same("address key", shared.address_key.view())
      .same("up key", shared.up_key.view())
      .same("down key", shared.down_key.view())
      .same("reply secret", keys->reply.secret())
      .same("reply key", shared.reply_key.view())
      .same("address 0", address_of(shared, region, 0).view())
      .same("address 255", address_of(shared, region, 255).view())
      .outcome();
}

Outcome check_report(const Vector& vector) {
  if (!vector.has("sealed")) {
    const auto plaintext = secret<report_plaintext_size>(vector, "plaintext");
    return check_report_plaintext(vector, plaintext.view());
  }
  const auto key = OpeningKey<role::Epoch>::from_secret(vector.block<32>("secret"));
  const auto opened =
      open_report(vector.block<sealed_report_size>("sealed"), key, vector.id<RegionId>("region"));
  if (!opened) return fail(opened.error());
  if (!continues_thread(*opened, secret<32>(vector, "up key"))) return fail(Error::bad_signature);
  auto fields = check_report_plaintext(vector, opened->plaintext.view());
  if (!fields || !fields->empty()) return fields;
  return Comparison(vector)
      .same("plaintext", opened->plaintext.view())
      .same("exported", opened->exported)
      .holds("seals alike", seals_alike(vector, *opened))
      .outcome();
}

Outcome check_reply(const Vector& vector) {
  const auto region = vector.id<RegionId>("region");
  const auto index = static_cast<std::uint16_t>(vector.number("index"));
  const auto thread = thread_of(vector);
  const auto sealed = vector.block<sealed_reply_size>("sealed");
  const auto reply = open_reply(sealed, thread, index, region);
  if (!reply) return fail(reply.error());
  const auto seed = vector.block<64>("seed");
  const EncapsulationSeed view(seed);
  const auto again = seal_reply(*reply, thread.shared, region, &view);
  Comparison found(vector);
  found.same("address", address_of(thread.shared, region, index).view())
      .same("previous", reply->previous.view())
      .same("last seen", reply->last_seen.view())
      .number("status", static_cast<std::uint8_t>(reply->status))
      .same("burn token", reply->burn.view())
      .same("guard", guard_of(reply->burn).view())
      .number("expires", reply->expires)
      .same("text module", reply->text_module)
      .same("text", reply->text)
      .same("hash", hash_of_reply(sealed).view())
      .holds("seals alike", again && *again == sealed);
  if (reply->consent) found.same("recipient", reply->consent->recipient);
  return found.outcome();
}

}  // namespace meldpunt::crypto::vectors
