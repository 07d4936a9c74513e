#include "crypto/vault.h"

#include <algorithm>

#include "crypto/hpke.h"
#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

constexpr std::uint8_t epochs_kind = 1;
constexpr std::uint8_t vault_kind = 2;
constexpr std::uint8_t appointment_kind = 3;
constexpr std::size_t epoch_entry = 4 + kem_secret_key_size;
constexpr std::size_t vault_plaintext = 1 + 4 + 2 * aead_key_size;
constexpr std::size_t appointment_plaintext = 1 + signing_seed_size + certificate_size;
constexpr std::size_t shortest_plaintext = 1 + 1 + epoch_entry;
constexpr std::size_t longest_plaintext = 1 + 1 + granted_epochs_max * epoch_entry;

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

Result<Grant> read_epochs(Reader& reader) {
  Epochs epochs;
  const std::size_t count = reader.u8();
  if (count == 0 || count > granted_epochs_max) return fail(Error::malformed);
  for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
    const Day day = reader.u32();
    Transient<kem_secret_key_size> secret;
    reader.copy(secret.fill());
    epochs.push_back({day, EpochSecret::from_secret(secret.view())});
  }
  if (!reader.finished()) return fail(Error::malformed);
  return Grant(std::move(epochs));
}

Result<Grant> read_vault(Reader& reader) {
  VaultSecret vault{reader.u32(), SymmetricKey(), {}};
  reader.copy(vault.vault_key->fill());
  reader.copy(vault.journal_key.fill());
  if (!reader.finished()) return fail(Error::malformed);
  return Grant(std::move(vault));
}

Result<Grant> read_appointment(Reader& reader) {
  Transient<signing_seed_size> seed;
  reader.copy(seed.fill());
  const Bytes certificate = reader.bytes(certificate_size);
  if (!reader.finished()) return fail(Error::malformed);
  return Grant(Appointment{SigningKey<role::Operations>::from_seed(seed.view()),
                           {certificate.begin(), certificate.end()}});
}

Result<Grant> read_grant(Bytes plaintext) {
  Reader reader(plaintext);
  switch (reader.u8()) {
    case epochs_kind:
      return read_epochs(reader);
    case vault_kind:
      return read_vault(reader);
    case appointment_kind:
      return read_appointment(reader);
    default:
      return fail(Error::malformed);
  }
}

CaseId case_under(std::string_view label, Bytes of, const VaultSecret& first_vault,
                  const RegionId& region) {
  Transient<32> out;
  const Buffer context = bind(label, {region.view(), of});
  hmac(out.fill(), first_vault.journal_key.view(), {context});
  CaseId id;
  std::copy_n(out.view().begin(), CaseId::size, id.bytes.begin());
  return id;
}

}  // namespace

CaseId case_of(const ThreadId& thread, const VaultSecret& first_vault, const RegionId& region) {
  return case_under("case", thread.view(), first_vault, region);
}

CaseId case_after(const CaseId& erased, const VaultSecret& first_vault, const RegionId& region) {
  return case_under("case after", erased.view(), first_vault, region);
}

SlotId slot_of(const CaseId& subject, const RegionId& region) {
  return SlotId{hash("slot of", {region.view(), subject.view()}).bytes};
}

SlotValue wrap_case_key(const SymmetricKey& case_key, const SlotId& slot, const VaultSecret& vault,
                        const RegionId& region) {
  SlotValue value{};
  Writer(value).u32(vault.version);
  xaead_seal(MutableBytes(value).subspan(vault_version_size), case_key.view(),
             slot_context(slot, vault.version, region), *vault.vault_key);
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
  if (*version != vault.version || !vault.vault_key) return fail(Error::cannot_open);
  SymmetricKey key;
  if (const auto opened = xaead_open(key.fill(), slot_value.subspan(vault_version_size),
                                     slot_context(slot, vault.version, region), *vault.vault_key);
      !opened) {
    return fail(opened.error());
  }
  return key;
}

Result<Buffer> seal_grant(const Epochs& epochs, const Device& to, const DeviceId& from,
                          const SigningKey<role::Device>& signer, const RegionId& region) {
  if (epochs.empty()) return fail(Error::malformed);
  if (epochs.size() > granted_epochs_max) return fail(Error::too_many);
  SecretBuffer plaintext(1 + 1 + epochs.size() * epoch_entry);
  Writer writer(plaintext.fill());
  writer.u8(epochs_kind).u8(static_cast<std::uint8_t>(epochs.size()));
  for (const DatedEpoch& epoch : epochs) writer.u32(epoch.day).bytes(epoch.secret.secret());
  return seal(plaintext.view(), to, from, signer, region);
}

Result<Buffer> seal_grant(const Appointment& appointment, const Device& to, const DeviceId& from,
                          const SigningKey<role::Device>& signer, const RegionId& region) {
  if (appointment.certificate.size() != certificate_size) return fail(Error::malformed);
  Transient<appointment_plaintext> plaintext;
  Writer(plaintext.fill())
      .u8(appointment_kind)
      .bytes(appointment.operations.seed())
      .bytes(appointment.certificate);
  return seal(plaintext.view(), to, from, signer, region);
}

Result<Buffer> seal_grant(const VaultSecret& vault, const Device& to, const DeviceId& from,
                          const SigningKey<role::Device>& signer, const RegionId& region) {
  if (!vault.vault_key) return fail(Error::malformed);
  Transient<vault_plaintext> plaintext;
  Writer(plaintext.fill())
      .u8(vault_kind)
      .u32(vault.version)
      .bytes(vault.vault_key->view())
      .bytes(vault.journal_key.view());
  return seal(plaintext.view(), to, from, signer, region);
}

Result<Grant> open_grant(Bytes boxed, const OpeningKey<role::Device>& key, const DeviceId& self,
                         const Roster& roster, Day today, const RegionId& region) {
  constexpr std::size_t least = DeviceId::size + hpke_enc_size + aead_tag_size + signature_size;
  if (boxed.size() < least + shortest_plaintext || boxed.size() > least + longest_plaintext) {
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
