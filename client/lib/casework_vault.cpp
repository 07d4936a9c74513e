// A device's part of a change of the vault: reading that it changed, wrapping slots anew, and
// destroying what opened them before.
#include <algorithm>
#include <set>

#include "client/lib/case_words.h"
#include "client/lib/casework.h"
#include "client/lib/countersigning.h"
#include "client/lib/recovery.h"
#include "client/lib/vault_chain.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

tl::unexpected<Problem> unreadable(crypto::Error error) {
  return problem(EX_DATAERR, "an event of the journal", error);
}

}  // namespace

Outcome<void> Casework::refresh_rosters() {
  auto changes = rosters_.refresh(line_);
  if (!changes) return pass_on(changes.error());
  std::ranges::move(*changes, std::back_inserter(announcements_));
  return {};
}

bool Casework::may_write() const {
  const crypto::Hour now = std::max(hour(), rosters_.empty() ? 0 : rosters_.newest().issued);
  return rosters_.writer(home_.keys().id, now) != nullptr;
}

// Another process of this home may have it, it may lie in the box, or a newer one leads to it.
Outcome<void> Casework::find_journal_key(crypto::VaultVersion version) {
  const auto read = home_.change_keyring([](Keyring&) { return false; });
  if (!read) return pass_on(read.error());
  if (const auto collected = collect_grants(); !collected) return pass_on(collected.error());
  return unroll_vault(home_, line_, version);
}

// A change, or a device's word that it has destroyed what was before.
Outcome<void> Casework::read_vault_event(Position position, const crypto::OuterEvent& event) {
  for (const auto& vault : home_.keyring().vaults) {
    const auto content =
        crypto::open_content(event, crypto::region_content_key(vault, region()), region());
    if (!content) continue;
    const auto changed = crypto::decode_vault_changed(content->view());
    if (!changed) return unreadable(changed.error());
    if (changed->before == vault.version) {
      vault_history_.destroyed(event.head.device, vault.version);
      return {};
    }
    const auto* before = home_.keyring().vault(changed->before);
    const bool follows = changed->before + 1 == vault.version &&
                         (before == nullptr || crypto::same_secret(before->journal_key.view(),
                                                                   changed->journal_key.view()));
    if (!follows) return unreadable(crypto::Error::malformed);
    vault_history_.changed({vault.version, position, event.head.hour});
    const crypto::VaultSecret winner = vault.clone();  // the keyring is read anew
    const auto kept = home_.change_keyring(
        [&](Keyring& keyring) { return keyring.settle(winner.version, winner.journal_key); });
    return kept ? Outcome<void>{} : pass_on(kept.error());
  }
  return unreadable(crypto::Error::cannot_open);
}

Outcome<void> Casework::read_erasure(Position position, const crypto::OuterEvent& event,
                                     crypto::Bytes content) {
  const auto erasure = crypto::decode_erasure(content);
  if (!erasure) return unreadable(erasure.error());
  if (!signed_by_two(*erasure, rosters_, event.head.hour, region())) {
    announcements_.push_back("the journal says that the case " +
                             case_name(erasure->subject, english_words()) +
                             " is erased, without the signatures of two people: it is kept. Tell "
                             "your steward which device wrote it: event " +
                             std::to_string(position));
    return {};
  }
  vault_history_.erased({*erasure, position, event.head.hour});
  escalations_.erasure_done(erasure->subject);
  forget(erasure->subject);
  if (erasure->goes_on) {
    if (const auto told = tell_retained(erasure->subject); !told) return pass_on(told.error());
  }
  return keys_.forget(erasure->subject);
}

// By the server alone. An honest one says so a moment before the journal does.
void Casework::hear_of_erasure(const crypto::CaseId& subject) {
  if (keys_.is_erased(subject)) {
    index_.erased(subject);
  } else if (doubted_erasures_.insert(subject).second) {
    announcements_.push_back(
        "the server says that the case " + case_name(subject, english_words()) +
        " is erased, and no two people's signatures are in the journal. Unless a colleague is "
        "erasing it just now, tell the operator: the server is wrong. The case stays readable on "
        "the devices that have its key");
  }
}

// True when every living case that this device knows of is under the vault in force.
Outcome<bool> Casework::renew_slots() {
  std::set<crypto::CaseId> subjects;
  for (const auto& [id, entry] : index_.cases()) {
    if (entry.readable) subjects.insert(id);
  }
  // A case whose first event is not written yet lies among the kept ones alone.
  for (const auto& id : keys_.kept()) subjects.insert(id);
  bool all = true;
  for (const auto& subject : subjects) {
    if (vault_history_.erasure_of(subject) != nullptr) continue;
    const auto slot = keys_.renew(subject, false);
    if (!slot) return pass_on(slot.error());
    if (*slot == CaseKeys::Slot::erased) hear_of_erasure(subject);
    all = all && *slot != CaseKeys::Slot::foreign;
  }
  return all;
}

// Wrapped keys leave the disk before the keys that open them: killed between, it is done again.
Outcome<void> Casework::destroy_older_than(crypto::VaultVersion version) {
  if (version <= home_.keyring().floor || version <= 1) return {};
  if (home_.keyring().holds_vault_key_below(version)) {
    const auto all = renew_slots();
    if (!all) return pass_on(all.error());
    if (!*all) return {};
  }
  if (const auto done = keys_.compact(); !done) return pass_on(done.error());
  return home_.change_keyring(
      [&](Keyring& keyring) { return keyring.destroy_vault_keys_below(version); });
}

Outcome<void> Casework::catch_up_with_vault() {
  if (!may_write()) return {};
  const crypto::VaultVersion version = home_.keyring().in_force;
  if (const auto done = destroy_older_than(version); !done) return pass_on(done.error());
  if (const auto told = tell_destroyed(); !told) return pass_on(told.error());
  return keep_recovery_if_changed(home_, *this, line_);
}

// The devices' words are how a screen knows that an erasure is complete.
Outcome<void> Casework::tell_destroyed() {
  const auto appended = append([&]() -> Outcome<std::optional<Draft>> {
    const Keyring& keyring = home_.keyring();
    const bool told = vault_history_.has_destroyed(home_.keys().id, keyring.in_force);
    if (vault_history_.changes().empty() || told || keyring.floor < keyring.in_force) {
      return std::nullopt;
    }
    auto content = crypto::encode(crypto::VaultChanged{keyring.in_force, {}});
    if (!content) return problem(EX_SOFTWARE, "the change of the vault", content.error());
    return Draft{crypto::EventKind::vault, {}, std::move(*content), std::nullopt};
  });
  return appended ? Outcome<void>{} : pass_on(appended.error());
}

}  // namespace meldpunt::client
