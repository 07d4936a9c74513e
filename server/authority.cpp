#include "server/authority.h"

#include <algorithm>

#include "crypto/parts.h"
#include "server/log.h"

namespace meldpunt::server {

namespace {

constexpr crypto::Day days_kept = 40;

// The signed bytes of roster `number`; nullopt while a part is missing.
std::optional<crypto::SecretBuffer> assemble(StoreReader& reader, std::uint32_t number) {
  const auto part_at = [&](std::uint32_t index) {
    return reader.at(MailboxKind::roster, {}, roster_position(number, index));
  };
  const auto first = part_at(0);
  if (!first) return std::nullopt;
  crypto::Reader fields(first->item.bytes);
  const crypto::Manifest manifest = crypto::read_manifest(fields);
  if (!fields.finished() || manifest.kind != crypto::PartsKind::roster) return std::nullopt;
  crypto::Assembly assembly(manifest);
  for (std::uint32_t index = 1; index <= manifest.parts.size(); ++index) {
    const auto found = part_at(index);
    if (!found) return std::nullopt;
    crypto::Reader part_fields(found->item.bytes);
    const crypto::Part part = crypto::read_part(part_fields);
    if (!part_fields.finished() || !assembly.add(part)) return std::nullopt;
  }
  auto whole = assembly.whole();
  if (!whole) return std::nullopt;
  return std::move(*whole);
}

}  // namespace

Authority::Authority(crypto::Pin pin, StoreReader& reader, crypto::Day today)
    : pin_(std::move(pin)),
      roster_(std::make_shared<crypto::Roster>(crypto::Roster{0, 0, {}, {}})) {
  const auto last = reader.head(MailboxKind::notice, {});
  for (std::uint64_t day = today > days_kept ? today - days_kept : 0; day <= last; ++day) {
    const auto found = reader.at(MailboxKind::notice, {}, day);
    if (found) take_bundle(static_cast<crypto::Day>(day), found->item.bytes);
  }
  const auto newest = static_cast<std::uint32_t>(reader.head(MailboxKind::roster, {}) >> 16);
  // The history is a chain: walk it from the first, so that a gap or a forgery ends it.
  for (std::uint32_t next = 1; next <= newest; ++next) {
    try_roster(reader);
    if (number() != next) break;
  }
}

std::shared_ptr<const crypto::Roster> Authority::roster() const {
  const std::lock_guard lock(mutex_);
  return roster_;
}

std::uint32_t Authority::number() const { return roster()->number; }

std::optional<crypto::Buffer> Authority::bundle(crypto::Day day) const {
  const std::lock_guard lock(mutex_);
  const auto found = bundles_.find(day);
  if (found == bundles_.end()) return std::nullopt;
  return found->second.bytes;
}

crypto::Day Authority::days_left(crypto::Day today) const {
  const std::lock_guard lock(mutex_);
  crypto::Day day = today;
  while (bundles_.contains(day)) ++day;
  return day - today;
}

crypto::Day Authority::last_day() const {
  const std::lock_guard lock(mutex_);
  return bundles_.empty() ? 0 : bundles_.rbegin()->first;
}

bool Authority::takes_epoch(const crypto::EpochId& epoch, crypto::Day today) const {
  const std::lock_guard lock(mutex_);
  auto current = bundles_.find(today);
  if (current == bundles_.end()) return false;
  if (current->second.bundle.epoch == epoch) return true;
  const crypto::EpochId now = current->second.bundle.epoch;
  while (current != bundles_.begin()) {
    --current;
    if (current->second.bundle.epoch != now) return current->second.bundle.epoch == epoch;
  }
  return false;
}

crypto::Result<crypto::Status> Authority::consider_bundle(crypto::Day day,
                                                          crypto::Bytes bytes) const {
  const auto bundle = crypto::verify_bundle(bytes, pin_);
  if (!bundle) return crypto::fail(bundle.error());
  if (bundle->day != day) return crypto::fail(crypto::Error::malformed);
  const std::lock_guard lock(mutex_);
  const auto known = bundles_.find(day);
  if (known == bundles_.end()) return crypto::Status::ok;
  if (crypto::equal_bytes(known->second.bytes, bytes)) return crypto::Status::same;
  return bundle->generation > known->second.bundle.generation ? crypto::Status::ok
                                                              : crypto::Status::conflict;
}

void Authority::take_bundle(crypto::Day day, crypto::Buffer bytes) {
  auto bundle = crypto::verify_bundle(bytes, pin_);
  if (!bundle || bundle->day != day) return;
  const std::lock_guard lock(mutex_);
  bundles_.insert_or_assign(day, KnownBundle{std::move(bytes), std::move(*bundle)});
  while (!bundles_.empty() && bundles_.begin()->first + 2 * days_kept < day) {
    bundles_.erase(bundles_.begin());
  }
}

bool Authority::next_roster(std::uint64_t position) const {
  return position >> 16 == std::uint64_t{number()} + 1;
}

void Authority::try_roster(StoreReader& reader) {
  const auto current = roster();
  const auto bytes = assemble(reader, current->number + 1);
  if (!bytes) return;
  auto next = crypto::verify_roster(bytes->view(), pin_);
  const std::lock_guard lock(mutex_);
  if (!next || next->number != current->number + 1 || next->previous != roster_hash_) {
    tell(Event::roster_refused, current->number + 1);
    return;
  }
  roster_hash_ = crypto::hash_of_roster(bytes->view());
  tell(Event::roster_taken, next->number);
  roster_ = std::make_shared<const crypto::Roster>(std::move(*next));
}

}  // namespace meldpunt::server
