#include "client/lib/journal_rosters.h"

#include <algorithm>

#include "client/lib/case_words.h"
#include "crypto/parts.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t longest_roster = std::size_t{4} << 20;

// A part as the server has it; empty when there is none.
Outcome<crypto::Buffer> fetch_part(StaffLine& line, std::uint64_t position) {
  auto response = line.ask(crypto::Get{crypto::MailboxKind::roster, {}, position});
  if (!response) return pass_on(response.error());
  if (response->status == crypto::Status::nothing) return crypto::Buffer{};
  if (response->status != crypto::Status::ok) {
    return unexpected_status("read the roster", response->status);
  }
  return std::move(response->payload);
}

tl::unexpected<Problem> bad_roster() {
  return problem(EX_PROTOCOL, "the server gave a roster that is damaged: tell your steward");
}

// What is different about a device that both rosters have.
std::string difference(const crypto::Device& before, const crypto::Device& after) {
  if (before.role != after.role) return "has another role now";
  if (!before.steward && after.steward) return "is a steward's now";
  if (before.steward && !after.steward) return "is no steward's any more";
  if (before.signing != after.signing || before.sealing != after.sealing ||
      before.curve != after.curve) {
    return "has new keys";
  }
  return before.until == after.until ? "" : "is enrolled for longer";
}

void describe_changes(const crypto::Roster* before, const crypto::Roster& after,
                      std::vector<std::string>& sentences) {
  const auto say = [&](const crypto::Device& device, const std::string& what) {
    sentences.push_back("roster " + std::to_string(after.number) + ": the device '" + device.name +
                        "' " + what);
  };
  for (const crypto::Device& device : after.devices) {
    const crypto::Device* known = before == nullptr ? nullptr : before->find(device.id);
    const std::string what = known == nullptr ? "was enrolled" : difference(*known, device);
    if (!what.empty()) say(device, what);
  }
  if (before == nullptr) return;
  for (const crypto::Device& device : before->devices) {
    if (after.find(device.id) == nullptr) say(device, "was removed");
  }
}

const crypto::VerifyKey<crypto::role::Device>* writer_in(const crypto::Roster& roster,
                                                         const crypto::DeviceId& device,
                                                         crypto::Hour hour) {
  const crypto::Device* found = roster.find(device);
  if (found == nullptr || found->role != crypto::DeviceRole::coordinator ||
      !found->valid_on(crypto::day_of(hour))) {
    return nullptr;
  }
  return &found->signing;
}

}  // namespace

Outcome<RosterHistory> RosterHistory::open(const Home& home) {
  auto file = RecordFile::open(home.path() / "rosters", longest_roster);
  if (!file) return pass_on(file.error());
  RosterHistory history(home.pin(), std::move(*file));
  for (std::size_t i = 0; i < history.file_.size(); ++i) {
    const auto bytes = history.file_.read(i);
    if (!bytes) return pass_on(bytes.error());
    if (const auto taken = history.take(*bytes); !taken) return pass_on(taken.error());
  }
  return history;
}

Outcome<void> RosterHistory::take(crypto::Bytes signed_roster) {
  auto roster = crypto::verify_roster(signed_roster, pin_);
  if (!roster) return problem(EX_DATAERR, "a roster", roster.error());
  if (roster->number != rosters_.size() + 1 || roster->previous != newest_hash_) {
    return problem(EX_DATAERR,
                   "a roster does not follow the one before: somebody keeps two histories; stop "
                   "and tell your steward");
  }
  newest_hash_ = crypto::hash_of_roster(signed_roster);
  hashes_.push_back(newest_hash_);
  rosters_.push_back(std::move(*roster));
  return {};
}

Outcome<crypto::Buffer> RosterHistory::fetch(StaffLine& line, std::uint32_t number) {
  const auto first = fetch_part(line, roster_position(number, 0));
  if (!first) return pass_on(first.error());
  if (first->empty()) return crypto::Buffer{};
  crypto::Reader reader(*first);
  const crypto::Manifest manifest = crypto::read_manifest(reader);
  if (!reader.finished() || manifest.kind != crypto::PartsKind::roster) return bad_roster();
  crypto::Assembly assembly(manifest);
  for (std::size_t index = 1; index <= manifest.parts.size(); ++index) {
    const auto bytes = fetch_part(line, roster_position(number, static_cast<std::uint16_t>(index)));
    if (!bytes) return pass_on(bytes.error());
    // The manifest comes first, so a roster that is being published may lack its last parts.
    if (bytes->empty()) return crypto::Buffer{};
    crypto::Reader part(*bytes);
    const crypto::Part read = crypto::read_part(part);
    if (!part.finished() || !assembly.add(read)) return bad_roster();
  }
  const auto whole = assembly.whole();
  if (!whole) return bad_roster();
  return crypto::Buffer(whole->view().begin(), whole->view().end());
}

Outcome<std::vector<std::string>> RosterHistory::refresh(StaffLine& line) {
  std::vector<std::string> changes;
  for (;;) {
    const auto number = static_cast<std::uint32_t>(rosters_.size() + 1);
    const auto bytes = fetch(line, number);
    if (!bytes) return pass_on(bytes.error());
    if (bytes->empty()) return changes;
    if (const auto taken = take(*bytes); !taken) return pass_on(taken.error());
    if (const auto kept = file_.append(number - 1, *bytes); !kept) return pass_on(kept.error());
    describe_changes(number == 1 ? nullptr : &rosters_[number - 2], rosters_.back(), changes);
  }
}

const crypto::Device* RosterHistory::device(const crypto::DeviceId& id, crypto::Hour hour) const {
  if (rosters_.empty()) return nullptr;
  // The last one issued at or before that hour; the first for what is older than it.
  auto in_force = std::ranges::find_if(rosters_.rbegin(), rosters_.rend(),
                                       [&](const auto& roster) { return roster.issued <= hour; });
  const crypto::Roster& roster = in_force == rosters_.rend() ? rosters_.front() : *in_force;
  const crypto::Device* found = roster.find(id);
  return found == nullptr || !found->valid_on(crypto::day_of(hour)) ? nullptr : found;
}

const crypto::VerifyKey<crypto::role::Device>* RosterHistory::writer(
    const crypto::DeviceId& device_id, crypto::Hour hour) const {
  const crypto::Device* found = device(device_id, hour);
  if (found == nullptr || found->role != crypto::DeviceRole::coordinator) return nullptr;
  return &found->signing;
}

std::vector<crypto::VerifyKey<crypto::role::Device>> RosterHistory::writers(
    const crypto::DeviceId& device, crypto::Hour hour) const {
  std::vector<crypto::VerifyKey<crypto::role::Device>> keys;
  const auto consider = [&](const crypto::Roster& roster) {
    const auto* key = writer_in(roster, device, hour);
    if (key != nullptr && std::ranges::find(keys, *key) == keys.end()) keys.push_back(*key);
  };
  // Those issued in that hour, and the last one before it.
  for (auto roster = rosters_.rbegin(); roster != rosters_.rend(); ++roster) {
    if (roster->issued <= hour || std::next(roster) == rosters_.rend()) consider(*roster);
    if (roster->issued < hour) break;
  }
  if (journaled_ <= rosters_.size()) consider(rosters_[journaled_ - 1]);
  return keys;
}

bool RosterHistory::note_journaled(std::uint32_t number, const crypto::Hash& hash) {
  journaled_ = std::max(journaled_, number);
  const crypto::Hash* known = hash_of(number);
  return known == nullptr || *known == hash;
}

const crypto::Hash* RosterHistory::hash_of(std::uint32_t number) const {
  return number == 0 || number > hashes_.size() ? nullptr : &hashes_[number - 1];
}

std::string RosterHistory::name_of(const crypto::DeviceId& device) const {
  for (auto roster = rosters_.rbegin(); roster != rosters_.rend(); ++roster) {
    if (const crypto::Device* found = roster->find(device)) return found->name;
  }
  return hexadecimal(device.view().first(4));
}

}  // namespace meldpunt::client
