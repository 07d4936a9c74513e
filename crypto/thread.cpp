#include "crypto/thread.h"

#include <sodium.h>

#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

constexpr std::size_t argon2_passes = 3;
constexpr std::size_t argon2_memory = std::size_t{64} << 20;
static_assert(crypto_pwhash_argon2id_SALTBYTES <= Hash::size);

void expand(MutableBytes out, Prk prk, std::string_view name) {
  hkdf_expand(out, prk, {as_bytes(protocol_label), as_bytes(name)});
}

OpeningKey<role::Reply> reply_key(Prk prk) {
  Transient<kem_secret_key_size> secret;
  expand(secret.fill(), prk, "reply key");
  return OpeningKey<role::Reply>::from_secret(secret.view());
}

}  // namespace

ThreadSecrets ThreadSecrets::clone() const {
  return {id, address_key.clone(), up_key.clone(), down_key.clone(), reply_key};
}

Result<ThreadKeys> derive_thread(const Code& code, const RegionId& region) {
  const Hash salt = hash("code", {region.view()});
  Transient<32> stretched;
  const auto password = code.canonical();
  if (crypto_pwhash_argon2id(stretched.fill().data(), stretched.view().size(),
                             reinterpret_cast<const char*>(password.data()), password.size(),
                             salt.bytes.data(), argon2_passes, argon2_memory,
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
    return fail(Error::no_memory);
  }
  Transient<prk_size> prk;
  hkdf_extract(prk.fill(), region.view(), {stretched.view()});
  ThreadSecrets shared;
  ThreadKeys keys{std::move(shared), reply_key(prk.view())};
  expand(keys.shared.id.fill(), prk.view(), "thread id");
  expand(keys.shared.address_key.fill(), prk.view(), "address key");
  expand(keys.shared.up_key.fill(), prk.view(), "up key");
  expand(keys.shared.down_key.fill(), prk.view(), "down key");
  keys.shared.reply_key = keys.reply.public_key();
  return keys;
}

Address address_of(const ThreadSecrets& thread, const RegionId& region, std::uint16_t index) {
  Block<2> number{};
  Writer(number).u16(index);
  return Address{hash("address", {thread.address_key.view(), region.view(), number}).bytes};
}

}  // namespace meldpunt::crypto
