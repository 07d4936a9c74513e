#include "crypto/boxed.h"

#include "crypto/hpke.h"
#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

// The two ways differ in whom they name: the receiver is bound by `info`, and by the signature.
constexpr std::string_view to_device = "object to device";
constexpr std::string_view to_staff = "object to staff";

Result<void> write_plaintext(MutableBytes plaintext, ObjectKind kind, Bytes content) {
  if (content.size() > object_content_max) return fail(Error::too_long);
  Writer(plaintext).u8(static_cast<std::uint8_t>(kind)).field(content).pad();
  return {};
}

// The kind and content of what was opened.
Result<BoxedObject> read_plaintext(const DeviceId& from, Bytes plaintext) {
  Reader reader(plaintext);
  const std::uint8_t kind = reader.u8();
  const Bytes content = reader.field();
  if (!reader.finished_with_padding() || kind == 0 || kind > object_kinds) {
    return fail(Error::malformed);
  }
  return BoxedObject{from, static_cast<ObjectKind>(kind), SecretBuffer::of(content)};
}

template <class Role>
Result<void> seal(MutableBytes boxed, std::size_t clear, ObjectKind kind, Bytes content,
                  const SealingKey<Role>& to, std::string_view label, Bytes receiver,
                  const SigningKey<role::Device>& signer, const RegionId& region) {
  const auto body = boxed.first(boxed.size() - signature_size);
  SecretBuffer plaintext(body.size() - clear - hpke_enc_size - aead_tag_size);
  if (const auto fits = write_plaintext(plaintext.fill(), kind, content); !fits) return fits;
  const auto sealed = hpke_seal(to, bind(label, {region.view(), receiver}), body.subspan(clear),
                                [&](HpkeContext& context, MutableBytes ciphertext) {
                                  context.seal(ciphertext, plaintext.view());
                                });
  if (!sealed) return sealed;
  const Signature signature = signer.sign(label, region, bind("to", {receiver, body}));
  copy_bytes(signature.view(), boxed.last(signature_size));
  return {};
}

template <class Role>
Result<BoxedObject> open(Bytes boxed, std::size_t clear, const OpeningKey<Role>& key,
                         std::string_view label, Bytes receiver, const Roster& roster, Day today,
                         const RegionId& region) {
  if (boxed.size() != boxed_object_size) return fail(Error::malformed);
  const Bytes body = boxed.first(boxed.size() - signature_size);
  const auto from = Reader(body).id<DeviceId>();
  Signature signature;
  copy_bytes(boxed.last(signature_size), signature.fill());
  const Device* giver = roster.find(from);
  if (giver == nullptr || !giver->valid_on(today) ||
      !verify(giver->signing, label, region, bind("to", {receiver, body}), signature)) {
    return fail(Error::bad_signature);
  }
  SecretBuffer plaintext(body.size() - clear - hpke_enc_size - aead_tag_size);
  const auto opened = hpke_open(key, bind(label, {region.view(), receiver}), body.subspan(clear),
                                [&](HpkeContext& context, Bytes ciphertext) {
                                  return context.open(plaintext.fill(), ciphertext);
                                });
  if (!opened) return fail(opened.error());
  return read_plaintext(from, plaintext.view());
}

}  // namespace

Result<Buffer> seal_to_device(ObjectKind kind, Bytes content, const Device& to,
                              const DeviceId& from, const SigningKey<role::Device>& signer,
                              const RegionId& region) {
  Buffer boxed(boxed_object_size);
  copy_bytes(from.view(), boxed);
  const auto done = seal(boxed, DeviceId::size, kind, content, to.sealing, to_device, to.id.view(),
                         signer, region);
  if (!done) return fail(done.error());
  return boxed;
}

Result<Buffer> seal_to_staff(ObjectKind kind, Bytes content, const SealingKey<role::Epoch>& team,
                             const DeviceId& from, const SigningKey<role::Device>& signer,
                             const RegionId& region) {
  Buffer boxed(boxed_object_size);
  const EpochId epoch = epoch_of(team);
  Writer(boxed).bytes(from.view()).bytes(epoch.view());
  const auto done = seal(boxed, DeviceId::size + epoch_id_size, kind, content, team, to_staff,
                         epoch.view(), signer, region);
  if (!done) return fail(done.error());
  return boxed;
}

Result<BoxedObject> open_boxed(Bytes boxed, const OpeningKey<role::Device>& key,
                               const DeviceId& self, const Roster& roster, Day today,
                               const RegionId& region) {
  return open(boxed, DeviceId::size, key, to_device, self.view(), roster, today, region);
}

Result<BoxedObject> open_boxed(Bytes boxed, const OpeningKey<role::Epoch>& key,
                               const Roster& roster, Day today, const RegionId& region) {
  const auto epoch = epoch_of_boxed(boxed);
  if (!epoch) return fail(epoch.error());
  return open(boxed, DeviceId::size + epoch_id_size, key, to_staff, epoch->view(), roster, today,
              region);
}

Hash hash_of_object(Bytes boxed) { return hash("object hash", {boxed}); }

Result<EpochId> epoch_of_boxed(Bytes boxed) {
  if (boxed.size() != boxed_object_size) return fail(Error::malformed);
  return Reader(boxed.subspan(DeviceId::size)).id<EpochId>();
}

}  // namespace meldpunt::crypto
