// What the journal tells of the vault: when it changed, which devices have destroyed the keys from
// before, and which cases two people had erased. Erasing is complete only when the vault has
// changed since, every device has destroyed the older keys, and the backups from before are gone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/lib/journal_rosters.h"
#include "crypto/case_events.h"

namespace meldpunt::client {

// How long a backup may be kept (docs/operations.md).
inline constexpr crypto::Hour backup_hours = 30 * 24;
// The vault changes when it is this old.
inline constexpr crypto::Hour vault_hours = 30 * 24;

class VaultHistory {
 public:
  using Position = std::uint64_t;

  struct Change {
    crypto::VaultVersion version = 0;
    Position position = 0;
    crypto::Hour hour = 0;
  };
  struct Erased {
    crypto::Erasure statement;
    Position position = 0;
    crypto::Hour hour = 0;
  };

  // What the journal says, in its order.
  void began(crypto::Hour hour) {
    if (!began_) began_ = hour;
  }
  void changed(Change change) { changes_.push_back(change); }
  // The device has destroyed every vault key older than that version.
  void destroyed(const crypto::DeviceId& device, crypto::VaultVersion version);
  void erased(Erased erasure);

  [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
  [[nodiscard]] const std::map<crypto::CaseId, Erased>& erasures() const { return erasures_; }
  [[nodiscard]] const Erased* erasure_of(const crypto::CaseId& subject) const;
  [[nodiscard]] bool has_destroyed(const crypto::DeviceId& device,
                                   crypto::VaultVersion version) const;
  // False for a journal without events.
  [[nodiscard]] bool is_due(crypto::Hour now) const;

 private:
  std::optional<crypto::Hour> began_;
  std::vector<Change> changes_;
  std::map<crypto::CaseId, Erased> erasures_;
  std::map<crypto::DeviceId, crypto::VaultVersion> destroyed_;
};

// How far an erasure has come.
struct ErasureState {
  bool erased = false;               // two people had it erased, and the journal says so
  bool vault_changed = false;        // since
  std::vector<std::string> devices;  // coordinators' that have not been opened since, by name
  crypto::Hour backups_until = 0;    // from then on no backup holds it; 0: not known yet
  bool complete = false;
};

[[nodiscard]] ErasureState erasure_state(const crypto::CaseId& subject, const VaultHistory& history,
                                         const RosterHistory& rosters, crypto::Hour now);

// One sentence for the person who had it erased: that it is complete, or what is still to come.
[[nodiscard]] std::string describe(const ErasureState& state);

}  // namespace meldpunt::client
