#include "crypto/vault.h"

#include <algorithm>

#include "crypto/hpke.h"
#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

constexpr std::uint8_t epoch_kind = 1;
constexpr std::uint8_t vault_kind = 2;
constexpr std::size_t epoch_plaintext = 1 + 4 + kem_secret_key_size;
constexpr std::size_t vault_plaintext = 1 + 4 + 2 * aead_key_size;

Buffer slot_context(const SlotId& slot, VaultVersion version, const RegionId& region) {
  Block<4> number{};
  Writer(number).u32(version);
  return bind("slot", {region.view(), slot.view(), number});
}

Buffer grant_info(const DeviceId& to, const RegionId& region) {
  return bind("grant", {region.view(), to.view()});
}

Result<Buffer> seal(Bytes plaintext, const Device& to, const DeviceId& from,
                    const SigningKey<role::Device>& signer, const RegionId& region) {
  const std::size_t body_size = DeviceId::size + hpke_enc_size + plaintext.size() + aead_tag_size;
  Buffer boxed(body_size + signature_size);
  copy_bytes(from.view(), boxed);
  const auto sealed = MutableBytes(boxed).first(body_size).subspan(DeviceId::size);
  const auto done = hpke_seal(
      to.sealing, grant_info(to.id, region), sealed,
      [&](HpkeContext& context, MutableBytes ciphertext) { context.seal(ciphertext, plaintext); });
  if (!done) return fail(done.error());
  const Buffer statement = bind("to", {to.id.view(), Bytes(boxed).first(body_size)});
  const Signature signature = signer.sign("grant", region, statement);
  copy_bytes(signature.view(), MutableBytes(boxed).last(signature_size));
  return boxed;
}

Result<Grant> read_grant(Bytes plaintext) {
  Reader reader(plaintext);
  const std::uint8_t kind = reader.u8();
  const Bytes name = reader.bytes(4);
  if (kind == epoch_kind && plaintext.size() == epoch_plaintext) {
    Transient<kem_secret_key_size> secret;
    reader.copy(secret.fill());
    auto epoch = EpochSecret::from_secret(secret.view());
    if (!equal_bytes(epoch_of(epoch.public_key()).view(), name)) {
      return fail(Error::malformed);
    }
    return Grant(std::move(epoch));
  }
  if (kind == vault_kind && plaintext.size() == vault_plaintext) {
    VaultSecret vault{Reader(name).u32(), {}, {}};
    reader.copy(vault.vault_key.fill());
    reader.copy(vault.journal_key.fill());
    return Grant(std::move(vault));
  }
  return fail(Error::malformed);
}

}  // namespace

CaseId case_of(const ThreadId& thread, const VaultSecret& first_vault, const RegionId& region) {
  Transient<32> out;
  const Buffer context = bind("case", {region.view(), thread.view()});
  hmac(out.fill(), first_vault.journal_key.view(), {context});
  CaseId id;
  std::copy_n(out.view().begin(), CaseId::size, id.bytes.begin());
  return id;
}

SlotId slot_of(const CaseId& subject, const RegionId& region) {
  return SlotId{hash("slot of", {region.view(), subject.view()}).bytes};
}

SlotValue wrap_case_key(const SymmetricKey& case_key, const SlotId& slot, const VaultSecret& vault,
                        const RegionId& region) {
  SlotValue value{};
  Writer(value).u32(vault.version);
  xaead_seal(MutableBytes(value).subspan(vault_version_size), case_key.view(),
             slot_context(slot, vault.version, region), vault.vault_key);
  return value;
}

Result<VaultVersion> vault_version_of(Bytes slot_value) {
  if (slot_value.size() != slot_value_size) return fail(Error::malformed);
  return Reader(slot_value).u32();
}

Result<SymmetricKey> unwrap_case_key(Bytes slot_value, const SlotId& slot, const VaultSecret& vault,
                                     const RegionId& region) {
  const auto version = vault_version_of(slot_value);
  if (!version) return fail(version.error());
  if (*version != vault.version) return fail(Error::cannot_open);
  SymmetricKey key;
  if (const auto opened = xaead_open(key.fill(), slot_value.subspan(vault_version_size),
                                     slot_context(slot, vault.version, region), vault.vault_key);
      !opened) {
    return fail(opened.error());
  }
  return key;
}

Result<Buffer> seal_grant(const EpochSecret& epoch, const Device& to, const DeviceId& from,
                          const SigningKey<role::Device>& signer, const RegionId& region) {
  Transient<epoch_plaintext> plaintext;
  Writer(plaintext.fill())
      .u8(epoch_kind)
      .bytes(epoch_of(epoch.public_key()).view())
      .bytes(epoch.secret());
  return seal(plaintext.view(), to, from, signer, region);
}

Result<Buffer> seal_grant(const VaultSecret& vault, const Device& to, const DeviceId& from,
                          const SigningKey<role::Device>& signer, const RegionId& region) {
  Transient<vault_plaintext> plaintext;
  Writer(plaintext.fill())
      .u8(vault_kind)
      .u32(vault.version)
      .bytes(vault.vault_key.view())
      .bytes(vault.journal_key.view());
  return seal(plaintext.view(), to, from, signer, region);
}

Result<Grant> open_grant(Bytes boxed, const OpeningKey<role::Device>& key, const DeviceId& self,
                         const Roster& roster, Day today, const RegionId& region) {
  constexpr std::size_t least = DeviceId::size + hpke_enc_size + aead_tag_size + signature_size;
  if (boxed.size() < least + epoch_plaintext || boxed.size() > least + vault_plaintext) {
    return fail(Error::malformed);
  }
  Reader reader(boxed);
  const auto from = reader.id<DeviceId>();
  const Bytes body = boxed.first(boxed.size() - signature_size);
  Signature signature;
  copy_bytes(boxed.last(signature_size), signature.fill());
  const Device* giver = roster.find(from);
  if (giver == nullptr || giver->role != DeviceRole::coordinator || !giver->valid_on(today) ||
      !verify(giver->signing, "grant", region, bind("to", {self.view(), body}), signature)) {
    return fail(Error::bad_signature);
  }
  const Bytes sealed = body.subspan(DeviceId::size);
  SecretBuffer plaintext(sealed.size() - hpke_enc_size - aead_tag_size);
  const auto opened =
      hpke_open(key, grant_info(self, region), sealed, [&](HpkeContext& context, Bytes ciphertext) {
        return context.open(plaintext.fill(), ciphertext);
      });
  if (!opened) return fail(opened.error());
  return read_grant(plaintext.view());
}

}  // namespace meldpunt::crypto
