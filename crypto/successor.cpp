#include "crypto/successor.h"

#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

constexpr std::size_t body_size = successor_size - signature_size;

Buffer statement(const DeviceId& device, Bytes body) { return bind("of", {device.view(), body}); }

}  // namespace

Buffer sign_successor(const Successor& successor, const DeviceId& device, const RegionId& region,
                      const SigningKey<role::Device>& key) {
  Buffer bytes(successor_size);
  Writer writer(bytes);
  writer.bytes(successor.signing.view())
      .bytes(successor.sealing.view())
      .bytes(successor.curve.view());
  const Buffer signed_bytes = statement(device, writer.written());
  writer.bytes(key.sign("successor", region, signed_bytes).view());
  return bytes;
}

Result<Successor> verify_successor(Bytes bytes, const DeviceId& device, const RegionId& region) {
  if (bytes.size() != successor_size) return fail(Error::malformed);
  Reader reader(bytes);
  Successor successor;
  reader.copy(successor.signing.fill());
  reader.copy(successor.sealing.fill());
  reader.copy(successor.curve.fill());
  Signature signature;
  reader.copy(signature.fill());
  if (!verify(successor.signing, "successor", region, statement(device, bytes.first(body_size)),
              signature)) {
    return fail(Error::bad_signature);
  }
  return successor;
}

Result<SealingKey<role::Device>> decode_device_key(Bytes content) {
  if (content.size() != kem_public_key_size) return fail(Error::malformed);
  SealingKey<role::Device> key;
  copy_bytes(content, key.fill());
  return key;
}

}  // namespace meldpunt::crypto
