#include "client/lib/case_keys.h"

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t record_size = crypto::CaseId::size + crypto::slot_value_size;

// What is kept of an erased case: no vault has version 0.
constexpr crypto::SlotValue erased_value{};

crypto::MailboxName name_of(const crypto::SlotId& slot) { return slot.bytes; }

tl::unexpected<Problem> no_vault() {
  return problem(EX_CONFIG,
                 "this device does not have the vault key yet: have the steward enrol it, and run "
                 "the command again");
}

}  // namespace

Outcome<CaseKeys> CaseKeys::open(const Home& home, StaffLine& line) {
  auto file = RecordFile::open(home.path() / "slots", record_size);
  if (!file) return pass_on(file.error());
  CaseKeys keys(home, line, std::move(*file));
  if (const auto read = keys.read_new_records(); !read) return pass_on(read.error());
  return keys;
}

bool CaseKeys::is_erased(const crypto::CaseId& subject) const {
  const auto known = wrapped_.find(subject);
  return known == wrapped_.end() ? said_erased_.contains(subject) : known->second == erased_value;
}

Outcome<void> CaseKeys::read_new_records() {
  for (; read_ < file_.size(); ++read_) {
    const auto record = file_.read(read_);
    if (!record) return pass_on(record.error());
    crypto::Reader reader(*record);
    const auto subject = reader.id<crypto::CaseId>();
    reader.copy(wrapped_[subject]);
  }
  return {};
}

Outcome<void> CaseKeys::keep(const crypto::CaseId& subject, const crypto::SlotValue& value) {
  const auto known = wrapped_.find(subject);
  if (known != wrapped_.end() && known->second == value) return {};
  crypto::Block<record_size> record{};
  crypto::Writer(record).bytes(subject.view()).bytes(value);
  if (const auto added = file_.add(record); !added) return pass_on(added.error());
  return read_new_records();
}

Outcome<crypto::SymmetricKey> CaseKeys::unwrap(const crypto::CaseId& subject,
                                               const crypto::SlotValue& value) const {
  const auto version = crypto::vault_version_of(value);
  const auto* vault = version ? home_->keyring().vault(*version) : nullptr;
  if (vault == nullptr) return no_vault();
  const auto& region = home_->pin().region;
  auto key = crypto::unwrap_case_key(value, crypto::slot_of(subject, region), *vault, region);
  // Its vault key was destroyed: what a restored server brought back of an erased case. Or it was
  // never a key. Neither must keep the other cases from being read.
  if (!key) return problem(EX_UNAVAILABLE, "the key of this case", key.error());
  return std::move(*key);
}

bool CaseKeys::is_current(const crypto::SlotValue& value) const {
  const auto version = crypto::vault_version_of(value);
  return version && *version >= home_->keyring().in_force;
}

Outcome<CaseKeys::Found> CaseKeys::look(const crypto::CaseId& subject) {
  const auto slot = crypto::slot_of(subject, home_->pin().region);
  const auto response = line_->ask(crypto::Get{crypto::MailboxKind::slot, name_of(slot), 0});
  if (!response) return pass_on(response.error());
  Found found;
  if (response->status == crypto::Status::nothing) return found;
  if (response->status == crypto::Status::erased) {
    found.erased = true;
    return found;
  }
  if (response->status != crypto::Status::ok) {
    return unexpected_status("read a case's slot", response->status);
  }
  if (response->payload.size() != crypto::slot_value_size) {
    return problem(EX_PROTOCOL, "the server gave a damaged slot: tell your steward");
  }
  found.position = response->position;
  crypto::copy_bytes(response->payload, found.value);
  return found;
}

Outcome<bool> CaseKeys::put(const crypto::CaseId& subject, std::uint64_t position,
                            const crypto::SlotValue& value) {
  const auto slot = crypto::slot_of(subject, home_->pin().region);
  const auto response = line_->ask(crypto::Put{
      crypto::MailboxKind::slot, name_of(slot), position, 0, {}, {value.begin(), value.end()}});
  if (!response) return pass_on(response.error());
  switch (response->status) {
    case crypto::Status::ok:
    case crypto::Status::same:
      if (const auto kept = keep(subject, value); !kept) return pass_on(kept.error());
      return true;
    case crypto::Status::conflict:  // another device, or this one before it was killed
    case crypto::Status::erased:
      return false;
    case crypto::Status::nothing:
    case crypto::Status::busy:
    case crypto::Status::refused:
    case crypto::Status::malformed:
    case crypto::Status::stale:
      break;
  }
  return unexpected_status("keep a case's key", response->status);
}

Outcome<crypto::SymmetricKey> CaseKeys::fetch(const crypto::CaseId& subject) {
  const auto found = look(subject);
  if (!found) return pass_on(found.error());
  if (found->erased) {
    said_erased_.insert(subject);
    return problem(EX_UNAVAILABLE, "this case has been erased");
  }
  if (found->position == 0) {
    return problem(EX_UNAVAILABLE, "the server has no key for this case: tell your steward");
  }
  auto key = unwrap(subject, found->value);
  if (!key) return key;
  if (const auto kept = keep(subject, found->value); !kept) return pass_on(kept.error());
  return key;
}

// A value that is kept here may name a vault key that another process of this home, which wrapped
// the slot anew, has destroyed since.
Outcome<crypto::SymmetricKey> CaseKeys::key(const crypto::CaseId& subject) {
  if (is_erased(subject)) return problem(EX_UNAVAILABLE, "this case has been erased");
  const auto known = wrapped_.find(subject);
  if (known == wrapped_.end()) return fetch(subject);
  auto key = unwrap(subject, known->second);
  return key ? std::move(key) : fetch(subject);
}

Outcome<bool> CaseKeys::make_new(const crypto::CaseId& subject, std::uint64_t after) {
  const auto* vault = home_->keyring().newest_vault();
  if (vault == nullptr || !vault->vault_key) return no_vault();
  return put(subject, after + 1, wrapped_anew(subject, crypto::SymmetricKey::random()));
}

// Under the newest vault, which is there.
crypto::SlotValue CaseKeys::wrapped_anew(const crypto::CaseId& subject,
                                         const crypto::SymmetricKey& key) const {
  const auto& region = home_->pin().region;
  return crypto::wrap_case_key(key, crypto::slot_of(subject, region),
                               *home_->keyring().newest_vault(), region);
}

Outcome<crypto::SymmetricKey> CaseKeys::key_or_new(const crypto::CaseId& subject, bool has_events) {
  const auto known = wrapped_.find(subject);
  if (known != wrapped_.end() && is_current(known->second)) return key(subject);
  if (known == wrapped_.end() && !has_events) {
    const auto made = make_new(subject, 0);
    if (!made) return pass_on(made.error());
    if (*made) return key(subject);
  }
  return key_or_replaced(subject, has_events);
}

Outcome<crypto::SymmetricKey> CaseKeys::key_or_replaced(const crypto::CaseId& subject,
                                                        bool has_events) {
  for (;;) {
    const auto slot = renew(subject, false);
    if (!slot) return pass_on(slot.error());
    if (*slot != Slot::foreign || has_events) return key(subject);
    // Made by a device that was killed before its first event, under a vault that is gone.
    const auto found = look(subject);
    if (!found) return pass_on(found.error());
    const auto made = make_new(subject, found->position);
    if (!made) return pass_on(made.error());
  }
}

// After a restore, or a server's lie: what this device has is newer than what the server has.
const crypto::SlotValue* CaseKeys::better_here(const crypto::CaseId& subject,
                                               const Found& found) const {
  const auto known = wrapped_.find(subject);
  if (known == wrapped_.end()) return nullptr;
  if (found.position == 0) return &known->second;
  const auto here = crypto::vault_version_of(known->second);
  const auto there = crypto::vault_version_of(found.value);
  return here && there && *here >= *there && found.value != known->second ? &known->second
                                                                          : nullptr;
}

// A server that lies must not make a device lose a case when the old vault key is destroyed.
Outcome<CaseKeys::Slot> CaseKeys::renew_erased(const crypto::CaseId& subject) {
  const auto known = wrapped_.find(subject);
  if (known == wrapped_.end()) {
    said_erased_.insert(subject);
    return Slot::erased;
  }
  if (is_current(known->second)) return Slot::erased;
  const auto case_key = unwrap(subject, known->second);
  if (!case_key) return Slot::erased;
  const auto kept = keep(subject, wrapped_anew(subject, *case_key));
  if (!kept) return pass_on(kept.error());
  return Slot::erased;
}

Outcome<CaseKeys::Slot> CaseKeys::renew(const crypto::CaseId& subject, bool mend) {
  const auto* vault = home_->keyring().newest_vault();
  if (vault == nullptr || !vault->vault_key) return no_vault();
  if (is_erased(subject)) return Slot::erased;
  for (;;) {
    const auto found = look(subject);
    if (!found) return pass_on(found.error());
    if (found->erased) return renew_erased(subject);
    const auto slot = renew_found(subject, *found, mend);
    if (!slot) return pass_on(slot.error());
    if (*slot) return **slot;
  }
}

// None when another device was first.
Outcome<std::optional<CaseKeys::Slot>> CaseKeys::renew_found(const crypto::CaseId& subject,
                                                             const Found& found, bool mend) {
  const bool lost = found.position == 0 || !unwrap(subject, found.value);
  const auto* better = mend || lost ? better_here(subject, found) : nullptr;
  if (better == nullptr && found.position == 0) return Slot::foreign;
  const crypto::SlotValue value = better != nullptr ? *better : found.value;
  const auto case_key = unwrap(subject, value);
  const bool stays = better == nullptr && is_current(value);
  if (stays) {
    if (const auto kept = keep(subject, value); !kept) return pass_on(kept.error());
  }
  if (!case_key) return Slot::foreign;
  if (stays) return Slot::current;
  const auto done = put(subject, found.position + 1,
                        is_current(value) ? value : wrapped_anew(subject, *case_key));
  if (!done) return pass_on(done.error());
  if (!*done) return std::nullopt;
  return Slot::current;
}

Outcome<void> CaseKeys::forget(const crypto::CaseId& subject) {
  const auto [known, fresh] = wrapped_.try_emplace(subject, erased_value);
  if (!fresh && known->second == erased_value) return {};
  known->second = erased_value;
  return compact();
}

Outcome<void> CaseKeys::compact() {
  const Path path = home_->path() / "slots";
  crypto::Buffer file(wrapped_.size() * (4 + record_size));
  crypto::Writer writer(file);
  for (const auto& [subject, value] : wrapped_) {
    writer.u32(record_size).bytes(subject.view()).bytes(value);
  }
  if (const auto done = write_durably(path, file); !done) return pass_on(done.error());
  auto opened = RecordFile::open(path, record_size);
  if (!opened) return pass_on(opened.error());
  file_ = std::move(*opened);
  read_ = file_.size();
  return {};
}

std::vector<crypto::CaseId> CaseKeys::kept() const {
  std::vector<crypto::CaseId> cases;
  for (const auto& [subject, value] : wrapped_) {
    if (value != erased_value) cases.push_back(subject);
  }
  return cases;
}

}  // namespace meldpunt::client
