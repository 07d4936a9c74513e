#include "crypto/hpke.h"
#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/puzzle.h"
#include "crypto/wire/messages.h"
#include "crypto/wire/notice.h"
#include "tests/support/fixed_region.h"
#include "tests/vectors/vector_file.h"

namespace meldpunt::crypto::vectors {

namespace {

using namespace test;
using std::filesystem::path;

Buffer buffer_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

void make_hpke(const path& root) {
  const auto key = opening_key<role::Epoch>(0x05);
  const auto seed = filled<64>(0xe1);
  const EncapsulationSeed view(seed);
  const Bytes plaintext = as_bytes("what a reporter wrote");
  const Bytes info = as_bytes("what it is for");
  Buffer sealed(hpke_enc_size + plaintext.size() + aead_tag_size);
  Block<32> exported{};
  (void)hpke_seal(
      key.public_key(), info, sealed,
      [&](HpkeContext& context, MutableBytes out) {
        context.export_secret(exported, as_bytes("exporter"));
        context.seal(out, plaintext);
      },
      &view);

  VectorFile file(root, "hpke");
  file.bytes("secret", key.secret())
      .bytes("public key", key.public_key().view())
      .bytes("seed", seed)
      .text("info", as_text(info))
      .text("plaintext", as_text(plaintext))
      .bytes("sealed", sealed)
      .text("exporter context", "exporter")
      .bytes("exported", exported);
  file.opened("opened", "one message, sealed with a fixed encapsulation seed, and one export");
  const auto refused = [&](const char* name, const char* about, const char* what, Bytes value) {
    file.without({"plaintext", "exported", "seed", "public key"})
        .with(what, value)
        .refused(name, about, Error::cannot_open);
  };
  refused("wrong_tag", "the last bit is turned", "sealed", flipped(sealed, sealed.size() - 1));
  refused("flipped_enc_mlkem", "a bit of the ML-KEM ciphertext is turned", "sealed",
          flipped(sealed, 7));
  refused("flipped_enc_x25519", "a bit of the X25519 share is turned", "sealed",
          flipped(sealed, hpke_enc_size - 2));
  refused("wrong_info", "info is another", "info", as_bytes("what it is not for"));
  refused("wrong_key", "opened with another key", "secret",
          opening_key<role::Epoch>(0x55).secret());
  refused("cut_short", "the last byte is missing", "sealed",
          Bytes(sealed).first(sealed.size() - 1));
  refused("empty", "nothing at all", "sealed", {});
}

void make_request_plaintexts(const path& root) {
  const MailboxName name = filled<32>(0x5a);
  PutReport report{7, 3, id_of<PuzzleAnswer>(2), {}};
  report.sealed.fill(0x42);
  Erase erase{MailboxKind::slot, name, 5, {}};
  erase.signatures[0] = {id_of<DeviceId>(1), id_of<Signature>(2)};
  erase.signatures[1] = {id_of<DeviceId>(3), id_of<Signature>(4)};
  const struct {
    const char* name;
    Request request;
  } rows[] = {
      {"put_report", report},
      {"put", Put{MailboxKind::journal, name, 9, 480000, id_of<Hash>(3), {1, 2, 3}}},
      {"put_nothing", Put{MailboxKind::box, name, 0, 0, {}, {}}},
      {"get", Get{MailboxKind::address, name, 11}},
      {"take", Take{MailboxKind::intake, {}}},
      {"acknowledge", Acknowledge{MailboxKind::intake, {}, 12}},
      {"release", Release{MailboxKind::duty, {}, 13}},
      {"burn", Burn{MailboxKind::address, name, id_of<BurnToken>(4)}},
      {"erase", erase},
  };
  VectorFile file(root, "request");
  Block<request_plaintext_size> plaintext{};
  for (const auto& row : rows) {
    (void)encode_request(plaintext, row.request);
    file.bytes("plaintext", plaintext).opened(row.name, "the plaintext of one request");
  }
  (void)encode_request(plaintext, rows[1].request);
  const auto refused = [&](const char* vector, const char* about, std::size_t at,
                           std::uint8_t bits) {
    file.with("plaintext", flipped(plaintext, at, bits)).refused(vector, about, Error::malformed);
  };
  refused("unknown_verb", "verb 9", 0, 8);
  refused("unknown_kind", "mailbox kind 12", 1, 8);
  refused("trailing_byte", "the first byte after the fields is not zero", put_overhead + 3, 1);
  refused("nonzero_padding", "the last byte of the padding is not zero", request_plaintext_size - 1,
          1);
  refused("length_past_end", "the length runs past the end", put_overhead - 2, 0x80);
}

void make_request(const path& root) {
  make_request_plaintexts(root);
  const FixedRegion region;
  const auto seed = filled<64>(0xe2);
  const EncapsulationSeed view(seed);
  const KeyId id = id_of<KeyId>(0x09);
  Block<request_plaintext_size> plaintext{};
  (void)encode_request(plaintext, Get{MailboxKind::address, filled<32>(0x5a), 0});
  Frame frame{};
  (void)seal_request(frame, plaintext, id, region.request.public_key(), region.id, &view);

  VectorFile file(root, "request");
  file.bytes("region", region.id.view())
      .bytes("key id", id.view())
      .bytes("secret", region.request.secret())
      .bytes("seed", seed)
      .bytes("plaintext", plaintext)
      .bytes("sealed", frame);
  file.opened("sealed", "a GET, sealed to the request key with a fixed encapsulation seed");
  const VectorFile bad = file.without({"plaintext", "seed"});
  const auto refused = [&](const char* name, const char* about, std::size_t at) {
    bad.with("sealed", flipped(frame, at)).refused(name, about, Error::cannot_open);
  };
  refused("other_key_id", "the key id in clear is another than was bound", 3);
  refused("flipped_enc", "a bit of enc is turned", key_id_size);
  refused("wrong_tag", "the last bit is turned", frame_size - 1);
  bad.with("region", id_of<RegionId>(1).view())
      .refused("wrong_region", "sealed for another region", Error::cannot_open);
}

void make_response(const path& root) {
  Block<response_plaintext_size> plaintext{};
  (void)encode_response(plaintext, {Status::ok, 120, 7, 8, 480000, {1, 2, 3}});
  VectorFile plain(root, "response");
  plain.bytes("plaintext", plaintext).number("status", 0, 1).bytes("payload", Buffer{1, 2, 3});
  plain.opened("ok", "the plaintext of an answer with a payload");
  const auto malformed = [&](const char* name, const char* about, std::size_t at,
                             std::uint8_t bits) {
    plain.with("plaintext", flipped(plaintext, at, bits)).refused(name, about, Error::malformed);
  };
  malformed("unknown_status", "status 16", 0, 16);
  malformed("nonzero_padding", "the last byte of the padding is not zero",
            response_plaintext_size - 1, 1);
  malformed("length_past_end", "the length runs past the end", response_overhead - 2, 0x80);

  const auto shared = filled<32>(0x51);
  const Buffer info = bind("request", {id_of<RegionId>(0x52).view(), id_of<KeyId>(9).view()});
  Block<hpke_enc_size> enc = filled<hpke_enc_size>(0x53);
  const ResponseKey key(HpkeContext(shared, info), enc);
  Frame frame{};
  key.seal(frame, plaintext);
  VectorFile file(root, "response");
  file.bytes("shared secret", shared)
      .bytes("info", info)
      .bytes("enc", enc)
      .bytes("sealed", frame)
      .bytes("plaintext", plaintext)
      .number("status", 0, 1)
      .bytes("payload", Buffer{1, 2, 3});
  file.opened("sealed", "the answer under the key that its request's shared secret gives");
  const VectorFile bad = file.without({"plaintext", "status", "payload"});
  bad.with("sealed", flipped(frame, 0))
      .refused("flipped_nonce", "a bit of the nonce is turned", Error::cannot_open);
  bad.with("sealed", flipped(frame, frame_size - 1))
      .refused("wrong_tag", "the last bit is turned", Error::cannot_open);
  bad.with("enc", flipped(enc, 0))
      .refused("other_request", "an answer to a request with another enc", Error::cannot_open);
}

Digest a_digest(const FixedRegion& region, const Address& living) {
  Digest digest;
  digest.time = std::uint64_t{today} * 86400 + 32400;
  digest.tick = 77;
  digest.generation = 2;
  digest.request_key_id = id_of<KeyId>(0x09);
  digest.request_key = region.request.public_key();
  digest.challenge = id_of<Challenge>(0x08);
  digest.effort = 4;
  digest.salt = id_of<Salt>(0x07);
  digest.tags = *make_tags(digest.salt, {&living, 1});
  return digest;
}

void make_refused_notices(const VectorFile& good, FixedRegion& region, const Digest& digest) {
  const VectorFile bad = good.without(
      {"day", "time", "tick", "generation", "key id", "challenge", "effort", "tag", "address"});
  const auto refused = [&](const char* name, const char* about, const Digest& changed,
                           Error error) {
    const auto frame = sign_notice(region.signed_bundle(), changed, region.id, region.daemon);
    bad.with("notice", *frame).refused(name, about, error);
  };
  Digest changed = digest;
  changed.time += 86400;
  refused("bundle_of_yesterday", "the bundle is of the day before the digest", changed,
          Error::expired);
  changed.time -= 2 * 86400;
  refused("bundle_of_tomorrow", "the bundle is of the day after the digest", changed,
          Error::not_yet_valid);
  changed = digest;
  std::swap(changed.tags[0], changed.tags[1]);
  refused("tags_not_rising", "the first two tags are swapped", changed, Error::malformed);
  changed = digest;
  changed.request_key_id = {};
  refused("no_key_id", "the request key has the id that asks for the notice", changed,
          Error::malformed);

  const Frame frame = *sign_notice(region.signed_bundle(), digest, region.id, region.daemon);
  bad.with("notice", flipped(frame, frame_size - signature_size - 1))
      .refused("flipped_tag", "a bit of the last tag is turned", Error::bad_signature);
  const auto stranger =
      sign_notice(region.signed_bundle(), digest, region.id, signing_key<role::Daemon>(0x99));
  bad.with("notice", *stranger)
      .refused("wrong_daemon", "signed by a key that the bundle does not name",
               Error::bad_signature);
  Frame padded = frame;
  padded[bundle_area_size - 1] = 1;
  const auto signature =
      region.daemon.sign("notice", region.id, Bytes(padded).first(frame_size - signature_size));
  copy_bytes(signature.view(), MutableBytes(padded).last(signature_size));
  bad.with("notice", padded)
      .refused("nonzero_padding", "the padding after the bundle is not zero, and signed",
               Error::malformed);
  bad.with("pin", FixedRegion("Twente").signed_pin())
      .refused("wrong_region", "checked against the pin of another region", Error::bad_signature);
}

void make_notice(const path& root) {
  FixedRegion region;
  const Address address = id_of<Address>(0x61);
  const Digest digest = a_digest(region, address);
  VectorFile file(root, "notice");
  file.bytes("pin", region.signed_pin())
      .bytes("notice", *sign_notice(region.signed_bundle(), digest, region.id, region.daemon))
      .number("day", today, 4)
      .number("time", digest.time, 8)
      .number("tick", digest.tick, 4)
      .number("generation", digest.generation, 4)
      .bytes("key id", digest.request_key_id.view())
      .bytes("challenge", digest.challenge.view())
      .number("effort", digest.effort, 1)
      .bytes("address", address.view())
      .number("tag", tag_of(digest.salt, address), 4);
  file.opened("opened", "a bundle and a digest with one living address");
  make_refused_notices(file, region, digest);
}

void make_puzzle(const path& root) {
  const auto challenge = id_of<Challenge>(0x08);
  const auto region = id_of<RegionId>(0x21);
  const auto envelope = id_of<Hash>(0x33);
  const auto answer = *solve(8, challenge, region, envelope, 0, 100000);
  VectorFile file(root, "puzzle");
  file.bytes("challenge", challenge.view())
      .bytes("region", region.view())
      .bytes("envelope", envelope.view())
      .number("effort", 8, 1)
      .bytes("answer", answer.view());
  file.opened("solved", "the first answer from zero that solves it for effort 8");
  file.with("answer", flipped(answer.view(), 0))
      .refused("wrong_answer", "another answer", Error::cannot_open);
  file.with("challenge", flipped(challenge.view(), 0))
      .refused("other_challenge", "solved for another challenge", Error::cannot_open);
  file.with("envelope", flipped(envelope.view(), 0))
      .refused("other_envelope", "solved for another report", Error::cannot_open);
  file.with("region", flipped(region.view(), 0))
      .refused("other_region", "solved for another region", Error::cannot_open);
  file.with("effort", Buffer{10})
      .refused("beyond_the_cap", "effort 10 is more than may be asked", Error::cannot_open);
  file.with("effort", Buffer{0}).opened("peace", "effort 0 needs no answer");
}

void make_parts(const path& root) {
  Buffer whole(300);
  for (std::size_t i = 0; i < whole.size(); ++i) whole[i] = static_cast<std::uint8_t>(i * 7);
  const auto manifest = *make_manifest(PartsKind::text, whole, 120);
  Buffer manifest_bytes(7 + 32 * manifest.parts.size());
  Writer writer(manifest_bytes);
  write_manifest(writer, manifest);
  VectorFile file(root, "parts");
  file.bytes("manifest", manifest_bytes);
  for (std::uint16_t i = 0; i < 3; ++i) {
    Buffer bytes(200);
    Writer part(bytes);
    write_part(part, make_part(manifest, whole, 120, i));
    file.bytes("part " + std::to_string(i), part.written());
  }
  file.bytes("whole", whole).bytes("manifest hash", hash_of_manifest(manifest).view());
  file.opened("whole", "300 bytes in three parts");
  const VectorFile bad = file.without({"whole", "manifest hash"});
  bad.without({"part 1"}).refused("missing_part", "part 1 never came", Error::incomplete);
  Buffer flipped_part(200);
  Writer part(flipped_part);
  auto changed = make_part(manifest, whole, 120, 1);
  changed.bytes[0] ^= 1;
  write_part(part, changed);
  bad.with("part 1", part.written())
      .refused("flipped_part", "a bit of part 1 is turned", Error::malformed);
  bad.with("manifest", flipped(manifest_bytes, 0, 8))
      .refused("unknown_kind", "a manifest of kind 9", Error::malformed);
  bad.with("manifest", Buffer{1, 0, 0, 0, 1, 0, 0})
      .refused("no_parts", "a manifest that names no part", Error::malformed);
  Buffer longer = buffer_of(manifest_bytes);
  longer.push_back(0);
  bad.with("manifest", longer).refused("trailing_byte", "one byte too many", Error::malformed);
}

}  // namespace

void make_wire_vectors(const path& root) {
  make_hpke(root);
  make_request(root);
  make_response(root);
  make_notice(root);
  make_puzzle(root);
  make_parts(root);
}

}  // namespace meldpunt::crypto::vectors
