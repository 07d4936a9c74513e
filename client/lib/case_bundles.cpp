#include "client/lib/case_bundles.h"

#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t entry_size = 4 + 4 + crypto::Hash::size;

}  // namespace

crypto::Hash hash_of_bundle(crypto::Bytes signed_bundle) {
  return crypto::hash("bundle hash", {signed_bundle});
}

crypto::Result<crypto::SecretBuffer> encode(const std::vector<IssuedBundle>& bundles) {
  if (bundles.size() > 0xff) return crypto::fail(crypto::Error::too_many);
  crypto::SecretBuffer content(1 + bundles.size() * entry_size);
  crypto::Writer writer(content.fill());
  writer.u8(static_cast<std::uint8_t>(bundles.size()));
  for (const IssuedBundle& bundle : bundles) {
    writer.u32(bundle.day).u32(bundle.generation).bytes(bundle.hash.view());
  }
  return content;
}

crypto::Result<std::vector<IssuedBundle>> decode_bundles(crypto::Bytes content) {
  crypto::Reader reader(content);
  std::vector<IssuedBundle> bundles(reader.u8());
  for (IssuedBundle& bundle : bundles) {
    bundle.day = reader.u32();
    bundle.generation = reader.u32();
    bundle.hash = reader.id<crypto::Hash>();
  }
  if (!reader.finished()) return crypto::fail(crypto::Error::malformed);
  return bundles;
}

crypto::SecretBuffer encode_roster_event(std::uint32_t number, const crypto::Hash& roster) {
  crypto::SecretBuffer content(4 + crypto::Hash::size);
  crypto::Writer(content.fill()).u32(number).bytes(roster.view());
  return content;
}

crypto::Result<IssuedRoster> decode_roster_event(crypto::Bytes content) {
  crypto::Reader reader(content);
  IssuedRoster issued;
  issued.number = reader.u32();
  issued.hash = reader.id<crypto::Hash>();
  if (!reader.finished()) return crypto::fail(crypto::Error::malformed);
  return issued;
}

}  // namespace meldpunt::client
