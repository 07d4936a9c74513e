#include "crypto/case_events.h"
#include "crypto/key_file.h"
#include "crypto/label.h"
#include "crypto/redaction.h"
#include "crypto/successor.h"
#include "tests/support/fixed_thread.h"
#include "tests/vectors/vector_file.h"

namespace meldpunt::crypto::vectors {

namespace {

using namespace test;
using std::filesystem::path;

VaultSecret fixed_vault() {
  VaultSecret vault;
  vault.version = 4;
  vault.vault_key = secret_of(0x81);
  vault.journal_key = secret_of(0x82);
  return vault;
}

void describe_vault(VectorFile& file, const VaultSecret& vault) {
  file.number("vault version", vault.version, 4)
      .bytes("vault key", vault.vault_key->view())
      .bytes("journal key", vault.journal_key.view());
}

void make_refused_events(const VectorFile& good, const Buffer& event) {
  const VectorFile bad =
      good.without({"previous", "case", "event kind", "hour", "content", "hash"});
  const auto refused = [&](const char* name, const char* about, const char* key, Bytes value,
                           Error error) { bad.with(key, value).refused(name, about, error); };
  refused("wrong_tag", "the last bit is turned", "event", flipped(event, event.size() - 1),
          Error::cannot_open);
  refused("other_version", "the vault version in clear is another", "event", flipped(event, 3),
          Error::cannot_open);
  refused("wrong_journal_key", "another journal key", "journal key", filled<32>(1),
          Error::cannot_open);
  refused("wrong_case_key", "another case key", "case key", filled<32>(1), Error::cannot_open);
  refused("wrong_region", "of another region", "region", id_of<RegionId>(1).view(),
          Error::cannot_open);
  refused("unknown_device", "written by a device that may not", "device",
          id_of<DeviceId>(0x77).view(), Error::bad_signature);
  refused("wrong_signer", "not signed by that device's key", "signer",
          signing_key<role::Device>(0x77).public_key().view(), Error::bad_signature);
  refused("cut_short", "511 bytes", "event", Bytes(event).first(511), Error::malformed);
}

void make_event(const path& root) {
  const auto region = id_of<RegionId>(0x21);
  const FixedDevice device(0x11, DeviceRole::coordinator, "desk");
  const auto vault = fixed_vault();
  const auto case_key = secret_of(0x83);
  const EventHead head{id_of<Hash>(0x84), id_of<CaseId>(0x85), EventKind::note, this_hour,
                       device.entry.id};
  const struct {
    const char* name;
    const char* about;
    std::string text;
    bool full;
  } rows[] = {
      {"small", "a note in 512 bytes", "gebeld", false},
      {"middle", "a note in 4,096 bytes", std::string(1000, 'm'), false},
      {"full", "a note in a full event, because its writer asked for that", "kort", true},
  };
  for (const auto& row : rows) {
    const auto content = *encode(Note{row.text});
    const auto event =
        *seal_event(head, content.view(), case_key, vault, device.signing, region, row.full);
    VectorFile file(root, "event");
    file.bytes("region", region.view())
        .bytes("device", device.entry.id.view())
        .bytes("signer", device.entry.signing.view())
        .bytes("case key", case_key.view());
    describe_vault(file, vault);
    file.bytes("event", event)
        .bytes("previous", head.previous.view())
        .bytes("case", head.subject.view())
        .number("event kind", static_cast<std::uint8_t>(head.kind), 1)
        .number("hour", head.hour, 4)
        .bytes("content", content.view())
        .bytes("hash", hash_of_event(event, region).view());
    file.opened(row.name, row.about);
    if (event.size() == event_small_size) make_refused_events(file, event);
  }
}

// Without its last byte it is an erasure of all.
void make_one_that_goes_on(const path& root, Erasure erasure) {
  erasure.goes_on = true;
  VectorFile file(root, "case_event");
  file.number("event kind", static_cast<std::uint8_t>(EventKind::erasure), 1);
  const auto encoded = *encode(erasure);
  Buffer content(encoded.view().begin(), encoded.view().end());
  file.with("content", content)
      .opened("erasure_goes_on", "of a case from which something was struck");
  content.back() = 0;
  file.with("content", content)
      .refused("erasure_goes_nowhere", "the flag is 1, or left out", Error::malformed);
}

void make_refused_erasure(const path& root, const SecretBuffer& content) {
  Buffer same(content.view().begin(), content.view().end());
  std::fill_n(same.begin() + 16 + 8 + 16 + 64, 16, std::uint8_t{0x11});
  VectorFile bad(root, "case_event");
  bad.number("event kind", static_cast<std::uint8_t>(EventKind::erasure), 1);
  bad.with("content", same)
      .refused("erasure_by_one_device", "both statements are of one device", Error::malformed);
}

void make_case_event(const path& root) {
  TakenIn taken;
  taken.report.exported.fill(0x91);
  taken.continues = true;
  std::fill(taken.report.plaintext.fill().begin(), taken.report.plaintext.fill().end(), 0x92);
  ReplyWritten reply;
  reply.urgent = true;
  reply.guard = id_of<Hash>(0x93);
  reply.sealed.fill(0x94);
  reply.index = 3;
  reply.last_seen = id_of<ReportId>(0x71);
  reply.expires = this_hour;
  reply.text_module = "module.1";
  reply.text = "Kunt u bellen?";
  const auto save = [&](const char* name, EventKind kind, const Result<SecretBuffer>& content) {
    VectorFile file(root, "case_event");
    file.number("event kind", static_cast<std::uint8_t>(kind), 1);
    file.with("content", content->view()).opened(name, "what one kind of event says");
    file.with("content", content->view().first(content->size() - 1))
        .refused(std::string(name) + "_cut_short", "the last byte is missing", Error::malformed);
    Buffer longer(content->view().begin(), content->view().end());
    longer.push_back(0);
    file.with("content", longer)
        .refused(std::string(name) + "_trailing_byte", "one byte too many", Error::malformed);
  };
  save("taken_in", EventKind::taken_in, encode(taken));
  save("junk", EventKind::junk, encode(Junk{id_of<EpochId>(0x95), id_of<Hash>(0x96)}));
  save("assigned", EventKind::assigned, encode(Assigned{id_of<DeviceId>(0x11)}));
  save("reply", EventKind::reply, encode(reply));
  save("posted", EventKind::posted, encode(Posted{3}));
  save("note", EventKind::note, encode(Note{"gebeld"}));
  save("retained", EventKind::retained,
       encode(Retained{
           id_of<CaseId>(0x85),
           {{7, this_hour, id_of<DeviceId>(0x11)}, {9, this_hour, id_of<DeviceId>(0x12)}}}));
  save("received", EventKind::received,
       encode(Received{id_of<Hash>(0x97), id_of<DeviceId>(0x13), ObjectKind::release_receipt,
                       SecretBuffer::of(as_bytes("ontvangen"))}));
  save("vault", EventKind::vault, encode(VaultChanged{3, secret_of(0x97)}));
  const Erasure erasure{id_of<CaseId>(0x85),
                        2,
                        {Countersignature{id_of<DeviceId>(0x11), id_of<Signature>(0x98)},
                         Countersignature{id_of<DeviceId>(0x12), id_of<Signature>(0x99)}}};
  save("erasure", EventKind::erasure, encode(erasure));
  make_one_that_goes_on(root, erasure);
  make_refused_erasure(root, *encode(erasure));
  VectorFile bad(root, "case_event");
  bad.number("event kind", 5, 1)
      .bytes("content", Buffer{1, 0})
      .refused("posted_beyond_the_last", "reply 256", Error::malformed);
  bad.number("event kind", 6, 1)
      .bytes("content", Buffer{0, 1, 0x1b})
      .refused("note_with_control_character", "a note with an escape", Error::malformed);
  Buffer unknown(Hash::size + DeviceId::size + 1 + 2);
  unknown[Hash::size + DeviceId::size] = object_kinds + 1;
  bad.number("event kind", 17, 1)
      .bytes("content", unknown)
      .refused("received_of_an_unknown_kind", "an object of a kind that there is not",
               Error::malformed);
}

void make_slot(const path& root) {
  const auto region = id_of<RegionId>(0x21);
  const auto vault = fixed_vault();
  const auto thread = id_of<ThreadId>(0x86);
  const CaseId subject = case_of(thread, vault, region);
  const SlotId slot = slot_of(subject, region);
  const auto case_key = secret_of(0x83);
  const SlotValue value = wrap_case_key(case_key, slot, vault, region);
  VectorFile file(root, "slot");
  file.bytes("region", region.view());
  describe_vault(file, vault);
  file.bytes("thread id", thread.view())
      .bytes("case", subject.view())
      .bytes("case after", case_after(subject, vault, region).view())
      .bytes("slot", slot.view())
      .bytes("value", value)
      .bytes("case key", case_key.view());
  file.opened("opened", "the case key of one thread, wrapped");
  const VectorFile bad = file.without({"case key", "case", "case after"});
  bad.with("value", flipped(value, slot_value_size - 1))
      .refused("wrong_tag", "the last bit is turned", Error::cannot_open);
  bad.with("value", flipped(value, 3))
      .refused("other_version", "the vault version is another", Error::cannot_open);
  bad.with("slot", id_of<SlotId>(1).view())
      .refused("other_slot", "it was wrapped for another slot", Error::cannot_open);
  bad.with("vault key", filled<32>(1))
      .refused("wrong_vault_key", "another vault key", Error::cannot_open);
  bad.with("region", id_of<RegionId>(1).view())
      .refused("wrong_region", "of another region", Error::cannot_open);
  bad.with("value", Bytes(value).first(slot_value_size - 1))
      .refused("cut_short", "the last byte is missing", Error::malformed);
}

void make_grant(const path& root) {
  const FixedRegion region;
  const auto vault = fixed_vault();
  const auto& deputy = region.deputy;
  const auto given_by = [&](const FixedDevice& from) {
    Epochs epochs;
    epochs.push_back({today, opening_key<role::Epoch>(0x05)});
    epochs.push_back({today + 1, opening_key<role::Epoch>(0x15)});
    return *seal_grant(epochs, deputy.entry, from.entry.id, from.signing, region.id);
  };
  const Buffer epoch = given_by(region.steward);
  VectorFile file(root, "grant");
  file.bytes("pin", region.signed_pin())
      .bytes("roster", region.signed_roster())
      .number("today", today, 4)
      .bytes("self", deputy.entry.id.view())
      .bytes("secret", deputy.opening.secret())
      .bytes("grant", epoch);
  Buffer days(8);
  Writer(days).u32(today).u32(today + 1);
  Buffer secrets(2 * kem_secret_key_size);
  Writer(secrets).bytes(filled<32>(0x05)).bytes(filled<32>(0x15));
  file.with("epoch days", days)
      .with("epoch secrets", secrets)
      .opened("epochs", "the secrets of two days, from one coordinator's device to another's");
  const Appointment appointment{signing_key<role::Operations>(0x09), region.signed_certificate()};
  file.with("grant", *seal_grant(appointment, deputy.entry, region.steward.entry.id,
                                 region.steward.signing, region.id))
      .with("operations seed", appointment.operations.seed())
      .with("certificate", appointment.certificate)
      .opened("appointment", "an operations key with its certificate");
  VectorFile of_vault = file.with("grant", *seal_grant(vault, deputy.entry, region.steward.entry.id,
                                                       region.steward.signing, region.id));
  describe_vault(of_vault, vault);
  of_vault.opened("vault", "a vault secret");

  const auto refused = [&](const char* name, const char* about, const char* key, Bytes value,
                           Error error) { file.with(key, value).refused(name, about, error); };
  refused("from_a_partner", "given by a partner's device", "grant", given_by(region.partner),
          Error::bad_signature);
  refused("wrong_signature", "the last bit is turned", "grant", flipped(epoch, epoch.size() - 1),
          Error::bad_signature);
  refused("for_another_device", "taken by another device", "self", region.partner.entry.id.view(),
          Error::bad_signature);
  refused("wrong_key", "opened with another key", "secret", region.partner.opening.secret(),
          Error::cannot_open);
  refused("cut_short", "1,000 bytes", "grant", Bytes(epoch).first(1000), Error::malformed);
  VectorFile late = file;
  late.number("today", today + 29, 4)
      .refused("giver_expired", "the giver's last day has passed", Error::bad_signature);
}

void make_successor(const path& root) {
  const FixedDevice next(0x31, DeviceRole::coordinator, "desk");
  const auto region = id_of<RegionId>(0x21);
  const auto device = id_of<DeviceId>(0x11);
  const Successor successor{next.entry.signing, next.entry.sealing, next.entry.curve};
  const Buffer good = sign_successor(successor, device, region, next.signing);
  VectorFile file(root, "successor");
  file.bytes("region", region.view()).bytes("device", device.view()).bytes("successor", good);
  file.with("signing", successor.signing.view())
      .with("sealing", successor.sealing.view())
      .with("curve", successor.curve.view())
      .opened("successor", "a device's new keys");
  const auto refused = [&](const char* name, const char* about, const char* key, Bytes value,
                           Error error) { file.with(key, value).refused(name, about, error); };
  refused("other_device", "of another device", "device", id_of<DeviceId>(1).view(),
          Error::bad_signature);
  refused("other_region", "of another region", "region", id_of<RegionId>(1).view(),
          Error::bad_signature);
  refused("other_key", "a bit of the sealing key is turned", "successor", flipped(good, 40),
          Error::bad_signature);
  refused("cut_short", "the last byte is missing", "successor", Bytes(good).first(good.size() - 1),
          Error::malformed);
}

void make_key_file(const path& root) {
  const Bytes passphrase = as_bytes("paard batterij nietje");
  const Bytes secret = as_bytes("thirty-two bytes of a master key");
  const Buffer cheap = *lock_with_passphrase(secret, passphrase, {1, 64});
  VectorFile file(root, "key_file");
  file.text("passphrase", as_text(passphrase)).bytes("file", cheap).bytes("content", secret);
  file.opened("cheap", "one pass over 64 KiB");
  file.with("file", *lock_with_passphrase(secret, passphrase))
      .opened("usual", "three passes over 64 MiB");
  const VectorFile bad = file.without({"content"});
  const auto refused = [&](const char* name, const char* about, Bytes bytes, Error error) {
    bad.with("file", bytes).refused(name, about, error);
  };
  constexpr std::size_t passes_at = 2 + 19 + 16;
  refused("wrong_tag", "the last bit is turned", flipped(cheap, cheap.size() - 1),
          Error::wrong_passphrase);
  refused("other_salt", "a bit of the salt is turned", flipped(cheap, 21), Error::wrong_passphrase);
  refused("other_cost", "two passes are written where one was made",
          flipped(cheap, passes_at + 3, 3), Error::wrong_passphrase);
  refused("too_dear", "a cost beyond the bounds", flipped(cheap, passes_at, 0x80),
          Error::malformed);
  refused("other_label", "of another kind", flipped(cheap, 2), Error::malformed);
  refused("cut_short", "60 bytes", Bytes(cheap).first(60), Error::malformed);
  bad.with("passphrase", as_bytes("paard batterij nietjes"))
      .refused("wrong_passphrase", "another passphrase", Error::wrong_passphrase);
}

}  // namespace

void make_vault_vectors(const path& root) {
  make_event(root);
  make_case_event(root);
  make_slot(root);
  make_grant(root);
  make_key_file(root);
  make_successor(root);
}

}  // namespace meldpunt::crypto::vectors
