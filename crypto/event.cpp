#include "crypto/event.h"

#include <algorithm>

#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

constexpr std::size_t head_size = Hash::size + CaseId::size + 1 + 4 + DeviceId::size;
constexpr std::array event_sizes{event_small_size, event_middle_size, event_full_size};

void write_head(Writer& writer, const EventHead& head) {
  writer.bytes(head.previous.view())
      .bytes(head.subject.view())
      .u8(static_cast<std::uint8_t>(head.kind))
      .u32(head.hour)
      .bytes(head.device.view());
}

// The content is bound to its place, so that no event can borrow another's.
Buffer content_context(const EventHead& head, const RegionId& region) {
  Block<head_size> bytes{};
  Writer writer(bytes);
  write_head(writer, head);
  return bind("event content", {region.view(), bytes});
}

Buffer outer_context(VaultVersion version, const RegionId& region) {
  Block<4> number{};
  Writer(number).u32(version);
  return bind("event", {region.view(), number});
}

std::size_t size_for(std::size_t content_size, bool full) {
  const std::size_t needed =
      event_seal_overhead + event_outer_overhead + event_content_overhead + content_size;
  if (full) return event_full_size;
  return *std::find_if(event_sizes.begin(), event_sizes.end(),
                       [&](std::size_t size) { return needed <= size; });
}

}  // namespace

Hash hash_of_event(Bytes event, const RegionId& region) {
  return hash("event hash", {region.view(), event});
}

SymmetricKey region_content_key(const VaultSecret& vault, const RegionId& region) {
  SymmetricKey key;
  hmac(key.fill(), vault.journal_key.view(), {bind("region content", {region.view()})});
  return key;
}

Result<Buffer> seal_event(const EventHead& head, Bytes content, const SymmetricKey& content_key,
                          const VaultSecret& vault, const SigningKey<role::Device>& signer,
                          const RegionId& region, bool full) {
  if (content.size() > event_content_max) return fail(Error::too_long);
  Buffer sealed_content(content.size() + xaead_overhead);
  xaead_seal(sealed_content, content, content_context(head, region), content_key);

  Buffer event(size_for(content.size(), full));
  Buffer outer(event.size() - event_seal_overhead);
  Writer writer(outer);
  write_head(writer, head);
  writer.field(sealed_content);
  writer.bytes(signer.sign("event", region, writer.written()).view()).pad();

  Writer(event).u32(vault.version);
  xaead_seal(MutableBytes(event).subspan(vault_version_size), outer,
             outer_context(vault.version, region), vault.journal_key);
  return event;
}

Result<VaultVersion> vault_version_of_event(Bytes event) {
  if (std::find(event_sizes.begin(), event_sizes.end(), event.size()) == event_sizes.end()) {
    return fail(Error::malformed);
  }
  return Reader(event).u32();
}

Result<SecretBuffer> open_content(const OuterEvent& event, const SymmetricKey& content_key,
                                  const RegionId& region) {
  if (event.content.size() < xaead_overhead) return fail(Error::cannot_open);
  SecretBuffer content(event.content.size() - xaead_overhead);
  if (const auto opened = xaead_open(content.fill(), event.content,
                                     content_context(event.head, region), content_key);
      !opened) {
    return fail(opened.error());
  }
  return content;
}

namespace detail {

Result<UncheckedEvent> decrypt_event(Bytes event, const VaultSecret& vault,
                                     const RegionId& region) {
  const auto version = vault_version_of_event(event);
  if (!version) return fail(version.error());
  if (*version != vault.version) return fail(Error::cannot_open);
  Buffer outer(event.size() - event_seal_overhead);
  if (const auto opened = xaead_open(outer, event.subspan(vault_version_size),
                                     outer_context(*version, region), vault.journal_key);
      !opened) {
    return fail(opened.error());
  }
  Reader reader(outer);
  UncheckedEvent result;
  EventHead& head = result.outer.head;
  head.previous = reader.id<Hash>();
  head.subject = reader.id<CaseId>();
  const std::uint8_t kind = reader.u8();
  head.hour = reader.u32();
  head.device = reader.id<DeviceId>();
  const Bytes content = reader.field();
  result.signature = reader.id<Signature>();
  if (kind < 1 || kind > event_kinds || !reader.finished_with_padding()) {
    return fail(Error::malformed);
  }
  head.kind = static_cast<EventKind>(kind);
  result.outer.content.assign(content.begin(), content.end());
  outer.resize(head_size + 2 + content.size());
  result.signed_bytes = std::move(outer);
  return result;
}

}  // namespace detail

}  // namespace meldpunt::crypto
