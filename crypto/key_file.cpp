#include "crypto/key_file.h"

#include <sodium.h>

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"
#include "crypto/xaead.h"

namespace meldpunt::crypto {

namespace {

constexpr std::string_view magic = "meldpunt/1 key file";
constexpr std::size_t header_size = 2 + magic.size() + crypto_pwhash_argon2id_SALTBYTES + 4 + 4;

// The most that a damaged or hostile file can make this machine spend.
bool acceptable(PassphraseCost cost) {
  return cost.passes >= 1 && cost.passes <= 16 && cost.memory_kib >= 8 &&
         cost.memory_kib <= 1024 * 1024;
}

Result<SymmetricKey> derive(Bytes passphrase, Bytes salt, PassphraseCost cost) {
  if (!acceptable(cost)) return fail(Error::malformed);
  SymmetricKey key;
  // An empty span may have no address, and libsodium's functions must be given one.
  const char* words = passphrase.empty() ? "" : as_text(passphrase).data();
  if (crypto_pwhash_argon2id(key.fill().data(), key.view().size(), words, passphrase.size(),
                             salt.data(), cost.passes, std::size_t{cost.memory_kib} * 1024,
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
    return fail(Error::no_memory);
  }
  return key;
}

}  // namespace

Result<Buffer> lock_with_passphrase(Bytes secret, Bytes passphrase, PassphraseCost cost) {
  Buffer file(header_size + secret.size() + xaead_overhead);
  Block<crypto_pwhash_argon2id_SALTBYTES> salt{};
  fill_random(salt);
  Writer(file).field(as_bytes(magic)).bytes(salt).u32(cost.passes).u32(cost.memory_kib);
  const auto key = derive(passphrase, salt, cost);
  if (!key) return fail(key.error());
  xaead_seal(MutableBytes(file).subspan(header_size), secret, Bytes(file).first(header_size), *key);
  return file;
}

Result<SecretBuffer> unlock_with_passphrase(Bytes file, Bytes passphrase) {
  Reader reader(file);
  const Bytes found = reader.field();
  const Bytes salt = reader.bytes(crypto_pwhash_argon2id_SALTBYTES);
  PassphraseCost cost;
  cost.passes = reader.u32();
  cost.memory_kib = reader.u32();
  const Bytes sealed = reader.rest();
  if (reader.failed() || as_text(found) != magic || sealed.size() < xaead_overhead) {
    return fail(Error::malformed);
  }
  const auto key = derive(passphrase, salt, cost);
  if (!key) return fail(key.error());
  SecretBuffer secret(sealed.size() - xaead_overhead);
  if (!xaead_open(secret.fill(), sealed, file.first(header_size), *key)) {
    return fail(Error::wrong_passphrase);
  }
  return secret;
}

}  // namespace meldpunt::crypto
