#include "crypto/case_events.h"
#include "crypto/hpke.h"
#include "crypto/key_file.h"
#include "crypto/label.h"
#include "crypto/redaction.h"
#include "crypto/successor.h"
#include "tests/fuzz/targets.h"
#include "tests/support/fixed_thread.h"

namespace meldpunt::crypto::fuzz {

namespace {

const test::FixedRegion& region() {
  static const test::FixedRegion fixed;
  return fixed;
}

const VaultSecret& vault() {
  static const VaultSecret fixed{4, test::secret_of(0x81), test::secret_of(0x82)};
  return fixed;
}

void open_any(Bytes bytes) {
  const auto outer = open_event(bytes, vault(), region().id, [](const DeviceId&, Hour) {
    return &region().steward.signing.public_key();
  });
  if (outer) (void)open_content(*outer, *vault().vault_key, region().id);
}

template <class Event>
void same_again(Bytes content, const Result<Event>& event) {
  if (!event) return;
  const auto again = encode(*event);
  must(again && equal_bytes(again->view(), content));
}

void open_grant_to_deputy(Bytes boxed) {
  const auto grant = open_grant(boxed, region().deputy.opening, region().deputy.entry.id,
                                region().roster, test::today, region().id);
  (void)grant;
}

// The plaintext, sealed and signed as the steward would.
Buffer boxed(Bytes plaintext) {
  const auto& to = region().deputy.entry;
  const auto& from = region().steward;
  Buffer body(16 + hpke_enc_size + plaintext.size() + aead_tag_size);
  copy_bytes(from.entry.id.view(), body);
  must(hpke_seal(to.sealing, bind("grant", {region().id.view(), to.id.view()}),
                 MutableBytes(body).subspan(16),
                 [&](HpkeContext& context, MutableBytes out) { context.seal(out, plaintext); })
           .has_value());
  const Buffer statement = bind("to", {to.id.view(), body});
  return joined(body, from.signing.sign("grant", region().id, statement).view());
}

}  // namespace

void event(Bytes bytes) {
  open_any(bytes);
  // The bytes as the outer part of an event, under the journal key.
  Buffer outer(event_small_size - event_seal_overhead);
  copy_bytes(bytes.first(std::min(outer.size(), bytes.size())), outer);
  Buffer sealed(event_small_size);
  const Buffer version{0, 0, 0, 4};
  copy_bytes(version, sealed);
  xaead_seal(MutableBytes(sealed).subspan(4), outer, bind("event", {region().id.view(), version}),
             vault().journal_key);
  open_any(sealed);
}

void case_event(Bytes bytes) {
  if (bytes.empty()) return;
  const Bytes content = bytes.subspan(1);
  switch (bytes[0]) {
    case 1:
      return same_again(content, decode_taken_in(content));
    case 2:
      return same_again(content, decode_junk(content));
    case 3:
      return same_again(content, decode_assigned(content));
    case 4:
      return same_again(content, decode_reply_written(content));
    case 5:
      return same_again(content, decode_posted(content));
    case 17:
      return same_again(content, decode_received(content));
    case 19:
      return same_again(content, decode_retained(content));
    case 9:
      return same_again(content, decode_vault_changed(content));
    case 11:
      return same_again(content, decode_erasure(content));
    default:
      return same_again(content, decode_note(content));
  }
}

void slot(Bytes bytes) {
  const auto id = test::id_of<SlotId>(1);
  (void)vault_version_of(bytes);
  (void)unwrap_case_key(bytes, id, vault(), region().id);
}

void grant(Bytes bytes) {
  open_grant_to_deputy(bytes);
  if (bytes.size() <= 200) open_grant_to_deputy(boxed(bytes));
}

void successor(Bytes bytes) {
  const auto device = test::id_of<DeviceId>(0x11);
  const auto region_id = test::id_of<RegionId>(0x21);
  (void)decode_device_key(bytes);
  const auto read = verify_successor(bytes, device, region_id);
  if (!read) return;
  // What verifies was made with the one key whose vectors are the seeds.
  const auto again =
      sign_successor(*read, device, region_id, test::signing_key<role::Device>(0x31));
  must(equal_bytes(again, bytes));
}

void key_file(Bytes bytes) {
  // A cost that is within bounds but dear would only slow the search.
  constexpr std::size_t passes_at = 2 + 19 + 16;
  if (bytes.size() >= passes_at + 8) {
    Reader cost(bytes.subspan(passes_at));
    const std::uint32_t passes = cost.u32();
    const std::uint32_t memory_kib = cost.u32();
    if (passes <= 16 && passes > 2) return;
    if (memory_kib <= 1024 * 1024 && memory_kib > 256) return;
  }
  (void)unlock_with_passphrase(bytes, as_bytes("paard batterij nietje"));
}

}  // namespace meldpunt::crypto::fuzz
