#include "client/lib/case_keys.h"

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t record_size = crypto::CaseId::size + crypto::slot_value_size;

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
  if (!key) return problem(EX_DATAERR, "the key of a case", key.error());
  return std::move(*key);
}

Outcome<crypto::SymmetricKey> CaseKeys::fetch(const crypto::CaseId& subject) {
  const auto slot = crypto::slot_of(subject, home_->pin().region);
  const auto response = line_->ask(crypto::Get{crypto::MailboxKind::slot, name_of(slot), 0});
  if (!response) return pass_on(response.error());
  if (response->status == crypto::Status::erased) {
    return problem(EX_UNAVAILABLE, "this case has been erased");
  }
  if (response->status == crypto::Status::nothing) {
    return problem(EX_UNAVAILABLE, "the server has no key for this case: tell your steward");
  }
  if (response->status != crypto::Status::ok) {
    return unexpected_status("read a case's slot", response->status);
  }
  if (response->payload.size() != crypto::slot_value_size) {
    return problem(EX_PROTOCOL, "the server gave a damaged slot: tell your steward");
  }
  crypto::SlotValue value{};
  crypto::copy_bytes(response->payload, value);
  auto key = unwrap(subject, value);
  if (!key) return key;
  if (const auto kept = keep(subject, value); !kept) return pass_on(kept.error());
  return key;
}

Outcome<crypto::SymmetricKey> CaseKeys::key(const crypto::CaseId& subject) {
  const auto known = wrapped_.find(subject);
  if (known != wrapped_.end()) return unwrap(subject, known->second);
  return fetch(subject);
}

Outcome<crypto::SymmetricKey> CaseKeys::key_or_new(const crypto::CaseId& subject) {
  if (wrapped_.contains(subject)) return key(subject);
  const auto* vault = home_->keyring().newest_vault();
  if (vault == nullptr) return no_vault();
  const auto& region = home_->pin().region;
  const auto slot = crypto::slot_of(subject, region);
  auto fresh = crypto::SymmetricKey::random();
  const auto value = crypto::wrap_case_key(fresh, slot, *vault, region);
  crypto::Put put{crypto::MailboxKind::slot, name_of(slot), 1, 0, {}, {value.begin(), value.end()}};
  const auto response = line_->ask(put);
  if (!response) return pass_on(response.error());
  switch (response->status) {
    case crypto::Status::ok:
    case crypto::Status::same:
      if (const auto kept = keep(subject, value); !kept) return pass_on(kept.error());
      return fresh;
    case crypto::Status::conflict:
      return fetch(subject);  // another device, or this one before it was killed
    case crypto::Status::erased:
      return problem(EX_UNAVAILABLE, "this case has been erased");
    case crypto::Status::nothing:
    case crypto::Status::busy:
    case crypto::Status::refused:
    case crypto::Status::malformed:
    case crypto::Status::stale:
      break;
  }
  return unexpected_status("keep a case's key", response->status);
}

}  // namespace meldpunt::client
