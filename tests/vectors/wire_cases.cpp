#include <algorithm>

#include "crypto/puzzle.h"
#include "crypto/wire/messages.h"
#include "crypto/wire/notice.h"
#include "tests/vectors/cases.h"

namespace meldpunt::crypto::vectors {

namespace {

// The request's plaintext, opened when the vector has it sealed.
Result<Block<request_plaintext_size>> request_plaintext(const Vector& vector) {
  if (!vector.has("sealed")) return vector.block<request_plaintext_size>("plaintext");
  Block<request_plaintext_size> plaintext{};
  const auto key = OpeningKey<role::Request>::from_secret(vector.block<32>("secret"));
  const auto opened = open_request(plaintext, vector.block<frame_size>("sealed"), key,
                                   vector.id<RegionId>("region"));
  if (!opened) return fail(opened.error());
  return plaintext;
}

// Sealed again with the vector's seed, it must be the same bytes.
bool seals_alike(const Vector& vector, RequestPlaintext plaintext) {
  Frame frame{};
  const auto seed = vector.block<64>("seed");
  const EncapsulationSeed view(seed);
  const auto key = OpeningKey<role::Request>::from_secret(vector.block<32>("secret"));
  const auto sealed = seal_request(frame, plaintext, vector.id<KeyId>("key id"), key.public_key(),
                                   vector.id<RegionId>("region"), &view);
  return sealed && equal_bytes(frame, vector.bytes("sealed"));
}

Result<Pin> pin_of(const Vector& vector) { return trust_pin(vector.bytes("pin")); }

}  // namespace

Outcome check_hpke(const Vector& vector) {
  const auto key = OpeningKey<role::Epoch>::from_secret(vector.block<32>("secret"));
  const Bytes sealed = vector.bytes("sealed");
  Buffer plaintext(sealed.size() - std::min(sealed.size(), hpke_enc_size + aead_tag_size));
  Buffer exported(32);
  const auto use = [&](HpkeContext& context, Bytes ciphertext) {
    context.export_secret(exported, vector.bytes("exporter context"));
    return context.open(plaintext, ciphertext);
  };
  if (const auto opened = hpke_open(key, vector.bytes("info"), sealed, use); !opened) {
    return fail(opened.error());
  }
  const auto seed = vector.block<64>("seed");
  const EncapsulationSeed view(seed);
  Buffer again(sealed.size());
  const auto done = hpke_seal(
      key.public_key(), vector.bytes("info"), again,
      [&](HpkeContext& context, MutableBytes out) { context.seal(out, plaintext); }, &view);
  if (!done) return fail(done.error());
  return Comparison(vector)
      .same("plaintext", plaintext)
      .same("exported", exported)
      .same("public key", key.public_key().view())
      .same("sealed", again)
      .outcome();
}

Outcome check_request(const Vector& vector) {
  const auto plaintext = request_plaintext(vector);
  if (!plaintext) return fail(plaintext.error());
  const auto request = decode_request(*plaintext);
  if (!request) return fail(request.error());
  Block<request_plaintext_size> again{};
  Comparison found(vector);
  found.same("plaintext", *plaintext)
      .holds("encodes alike", encode_request(again, *request) && again == *plaintext);
  if (vector.has("sealed")) found.holds("seals alike", seals_alike(vector, *plaintext));
  return found.outcome();
}

Outcome check_response(const Vector& vector) {
  Block<response_plaintext_size> plaintext{};
  if (vector.has("sealed")) {
    const HpkeContext context(vector.block<32>("shared secret"), vector.bytes("info"));
    const ResponseKey key(context, vector.block<hpke_enc_size>("enc"));
    const auto opened = key.open(plaintext, vector.block<frame_size>("sealed"));
    if (!opened) return fail(opened.error());
  } else {
    plaintext = vector.block<response_plaintext_size>("plaintext");
  }
  const auto response = decode_response(plaintext);
  if (!response) return fail(response.error());
  Block<response_plaintext_size> again{};
  return Comparison(vector)
      .same("plaintext", plaintext)
      .number("status", static_cast<std::uint8_t>(response->status))
      .same("payload", response->payload)
      .holds("encodes alike", encode_response(again, *response) && again == plaintext)
      .outcome();
}

Outcome check_notice(const Vector& vector) {
  const auto pin = pin_of(vector);
  if (!pin) return fail(pin.error());
  const auto notice = verify_notice(vector.block<frame_size>("notice"), *pin);
  if (!notice) return fail(notice.error());
  const Digest& digest = notice->digest;
  return Comparison(vector)
      .number("day", notice->bundle.day)
      .number("time", digest.time)
      .number("tick", digest.tick)
      .number("generation", digest.generation)
      .same("key id", digest.request_key_id.view())
      .same("challenge", digest.challenge.view())
      .number("effort", digest.effort)
      .number("tag", tag_of(digest.salt, vector.id<Address>("address")))
      .holds("may hold the address", digest.may_hold(vector.id<Address>("address")))
      .outcome();
}

Outcome check_puzzle(const Vector& vector) {
  const auto effort = static_cast<std::uint8_t>(vector.number("effort"));
  const bool solved =
      solves(vector.id<PuzzleAnswer>("answer"), effort, vector.id<Challenge>("challenge"),
             vector.id<RegionId>("region"), vector.id<Hash>("envelope"));
  if (!solved) return fail(Error::cannot_open);
  return Comparison(vector).outcome();
}

Outcome check_parts(const Vector& vector) {
  Reader reader(vector.bytes("manifest"));
  const Manifest manifest = read_manifest(reader);
  if (!reader.finished()) return fail(Error::malformed);
  Assembly assembly(manifest);
  for (const char* name : {"part 0", "part 1", "part 2"}) {
    if (!vector.has(name)) continue;
    Reader bytes(vector.bytes(name));
    const Part part = read_part(bytes);
    if (!bytes.finished()) return fail(Error::malformed);
    if (const auto added = assembly.add(part); !added) return fail(added.error());
  }
  const auto whole = assembly.whole();
  if (!whole) return fail(whole.error());
  return Comparison(vector)
      .same("whole", whole->view())
      .same("manifest hash", hash_of_manifest(manifest).view())
      .outcome();
}

}  // namespace meldpunt::crypto::vectors
