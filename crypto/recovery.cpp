#include "crypto/recovery.h"

#include <algorithm>

#include "crypto/hpke.h"
#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

Buffer info_of(Bytes head, const RegionId& region) {
  return bind("recovery", {region.view(), head});
}

std::size_t size_of(const RecoverySecrets& secrets) {
  return 1 + secrets.vaults.size() * (vault_version_size + 2 * aead_key_size) + 2 +
         secrets.epochs.size() * (4 + kem_secret_key_size);
}

Result<void> write_secrets(MutableBytes plaintext, const RecoverySecrets& secrets) {
  Writer writer(plaintext);
  writer.u8(static_cast<std::uint8_t>(secrets.vaults.size()));
  for (const VaultSecret& vault : secrets.vaults) {
    if (!vault.vault_key) return fail(Error::malformed);
    writer.u32(vault.version).bytes(vault.vault_key->view()).bytes(vault.journal_key.view());
  }
  writer.u16(static_cast<std::uint16_t>(secrets.epochs.size()));
  for (const DatedEpoch& epoch : secrets.epochs) writer.u32(epoch.day).bytes(epoch.secret.secret());
  return {};
}

Result<RecoverySecrets> read_secrets(Bytes plaintext) {
  Reader reader(plaintext);
  RecoverySecrets secrets;
  const std::size_t vaults = reader.u8();
  if (vaults > recovery_vaults_max) return fail(Error::too_many);
  for (std::size_t i = 0; i < vaults; ++i) {
    VaultSecret vault{reader.u32(), SymmetricKey(), {}};
    reader.copy(vault.vault_key->fill());
    reader.copy(vault.journal_key.fill());
    secrets.vaults.push_back(std::move(vault));
  }
  for (std::size_t left = reader.u16(); left > 0 && !reader.failed(); --left) {
    const Day day = reader.u32();
    Transient<kem_secret_key_size> secret;
    reader.copy(secret.fill());
    if (!reader.failed()) secrets.epochs.push_back({day, EpochSecret::from_secret(secret.view())});
  }
  if (!reader.finished_with_padding()) return fail(Error::malformed);
  return secrets;
}

}  // namespace

Buffer sign_recovery_certificate(const RecoveryCertificate& certificate, const RegionId& region,
                                 const SigningKey<role::Root>& root) {
  Buffer bytes(recovery_certificate_size);
  Writer writer(bytes);
  writer.u32(certificate.serial).bytes(certificate.key.view());
  writer.bytes(root.sign("recovery key", region, writer.written()).view());
  return bytes;
}

Result<RecoveryCertificate> verify_recovery_certificate(Bytes bytes, const Pin& pin) {
  if (bytes.size() != recovery_certificate_size) return fail(Error::malformed);
  const Bytes body = bytes.first(bytes.size() - signature_size);
  Signature signature;
  copy_bytes(bytes.last(signature_size), signature.fill());
  if (!verify(pin.root, "recovery key", pin.region, body, signature) &&
      !verify(pin.next_root, "recovery key", pin.region, body, signature)) {
    return fail(Error::bad_signature);
  }
  Reader reader(body);
  RecoveryCertificate certificate{reader.u32(), {}};
  reader.copy(certificate.key.fill());
  return certificate;
}

SlotId recovery_slot(const RegionId& region) {
  return SlotId{hash("recovery slot", {region.view()}).bytes};
}

Result<Buffer> seal_recovery(const RecoverySecrets& secrets, Bytes certificate, const Pin& pin,
                             const DeviceId& from, Hour hour,
                             const SigningKey<role::Device>& signer) {
  const auto verified = verify_recovery_certificate(certificate, pin);
  if (!verified) return fail(verified.error());
  if (secrets.vaults.size() > recovery_vaults_max || size_of(secrets) > recovery_plaintext_size) {
    return fail(Error::too_many);
  }
  SecretBuffer plaintext(recovery_plaintext_size);
  std::fill(plaintext.fill().begin(), plaintext.fill().end(), std::uint8_t{0});
  if (const auto done = write_secrets(plaintext.fill(), secrets); !done) return fail(done.error());
  Buffer object(recovery_object_size);
  Writer(object).bytes(certificate).bytes(from.view()).u32(hour);
  const Bytes head = Bytes(object).first(recovery_head_size);
  const auto sealed = MutableBytes(object).subspan(
      recovery_head_size, object.size() - recovery_head_size - signature_size);
  const auto done = hpke_seal(verified->key, info_of(head, pin.region), sealed,
                              [&](HpkeContext& context, MutableBytes ciphertext) {
                                context.seal(ciphertext, plaintext.view());
                              });
  if (!done) return fail(done.error());
  const Bytes body = Bytes(object).first(object.size() - signature_size);
  const Signature signature = signer.sign("recovery", pin.region, body);
  copy_bytes(signature.view(), MutableBytes(object).last(signature_size));
  return object;
}

Result<RecoveryHead> read_recovery_head(Bytes object) {
  if (object.size() != recovery_object_size) return fail(Error::malformed);
  Reader reader(object);
  const Bytes certificate = reader.bytes(recovery_certificate_size);
  RecoveryHead head;
  head.certificate.assign(certificate.begin(), certificate.end());
  copy_bytes(certificate.subspan(4, kem_public_key_size), head.key.fill());
  head.from = reader.id<DeviceId>();
  head.hour = reader.u32();
  return head;
}

Result<RecoverySecrets> open_recovery(Bytes object, const RecoveryKey& key,
                                      const VerifyKey<role::Device>& writer,
                                      const RegionId& region) {
  if (object.size() != recovery_object_size) return fail(Error::malformed);
  const Bytes body = object.first(object.size() - signature_size);
  Signature signature;
  copy_bytes(object.last(signature_size), signature.fill());
  if (!verify(writer, "recovery", region, body, signature)) return fail(Error::bad_signature);
  SecretBuffer plaintext(recovery_plaintext_size);
  const auto opened =
      hpke_open(key, info_of(body.first(recovery_head_size), region),
                body.subspan(recovery_head_size), [&](HpkeContext& context, Bytes ciphertext) {
                  return context.open(plaintext.fill(), ciphertext);
                });
  if (!opened) return fail(opened.error());
  return read_secrets(plaintext.view());
}

}  // namespace meldpunt::crypto
