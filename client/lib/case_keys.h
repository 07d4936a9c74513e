// The key of each case, as it lies in its slot: wrapped to the vault key. Wrapped ones are kept in
// the home, so that a start does not ask for every slot again; a key is unwrapped when it is used
// and wiped after.
//
// When the vault changes each living slot is wrapped anew, one by one, from the version that was
// read: whoever loses the race reads again. A slot that says erased stays erased: nothing here ever
// puts a value into it. But that a server says so is not enough to forget what is kept here: an
// erasure is two people's, and stands in the journal (casework_vault.cpp). Until it does, the kept
// key is wrapped anew here alone, and the case stays readable.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "client/lib/home.h"
#include "client/lib/staff_line.h"

namespace meldpunt::client {

class CaseKeys {
 public:
  // Both must outlive it.
  static Outcome<CaseKeys> open(const Home& home, StaffLine& line);

  // EX_UNAVAILABLE when the slot has been erased, never was, or cannot be opened any more;
  // EX_CONFIG when this device was never given its vault.
  Outcome<crypto::SymmetricKey> key(const crypto::CaseId& subject);
  // The same under the vault in force, made if there is none. Two devices that make it at once end
  // with the same key. `has_events`: the journal knows the case, so that its key must not be
  // another; without, a value that nobody can unwrap any more is replaced.
  Outcome<crypto::SymmetricKey> key_or_new(const crypto::CaseId& subject, bool has_events);

  enum class Slot : std::uint8_t {
    current,  // names the vault in force, and is kept here
    erased,   // the server says so; what is kept here stays, until the journal says it too
    foreign,  // under a vault key that this device does not have: another's to wrap anew
  };
  // Wraps the case's key to the vault in force, where the slot names an older one. `mend`: the
  // server was restored: what is kept here replaces what is older there.
  Outcome<Slot> renew(const crypto::CaseId& subject, bool mend);
  // For what the journal says: nothing of the case is kept any more but that it is erased. It is
  // not asked for again, nor made anew where a restored server has brought it back.
  Outcome<void> forget(const crypto::CaseId& subject);
  // The file anew, with one value for each case: older wrapped ones leave the disk.
  Outcome<void> compact();
  // The journal said so; or the server did, and nothing of the case is kept here.
  [[nodiscard]] bool is_erased(const crypto::CaseId& subject) const;
  // Cases of which a wrapped key is kept.
  [[nodiscard]] std::vector<crypto::CaseId> kept() const;

 private:
  CaseKeys(const Home& home, StaffLine& line, RecordFile file)
      : home_(&home), line_(&line), file_(std::move(file)) {}

  Outcome<void> read_new_records();
  Outcome<void> keep(const crypto::CaseId& subject, const crypto::SlotValue& value);
  Outcome<crypto::SymmetricKey> fetch(const crypto::CaseId& subject);
  Outcome<crypto::SymmetricKey> unwrap(const crypto::CaseId& subject,
                                       const crypto::SlotValue& value) const;
  // As it lies on the server; position 0: there is none.
  struct Found {
    bool erased = false;
    std::uint64_t position = 0;
    crypto::SlotValue value{};
  };
  Outcome<Found> look(const crypto::CaseId& subject);
  // True when it is there now; false when somebody else was first.
  Outcome<bool> put(const crypto::CaseId& subject, std::uint64_t position,
                    const crypto::SlotValue& value);
  Outcome<crypto::SymmetricKey> key_or_replaced(const crypto::CaseId& subject, bool has_events);
  Outcome<std::optional<Slot>> renew_found(const crypto::CaseId& subject, const Found& found,
                                           bool mend);
  Outcome<Slot> renew_erased(const crypto::CaseId& subject);
  [[nodiscard]] crypto::SlotValue wrapped_anew(const crypto::CaseId& subject,
                                               const crypto::SymmetricKey& key) const;
  Outcome<bool> make_new(const crypto::CaseId& subject, std::uint64_t after);
  [[nodiscard]] bool is_current(const crypto::SlotValue& value) const;
  [[nodiscard]] const crypto::SlotValue* better_here(const crypto::CaseId& subject,
                                                     const Found& found) const;

  const Home* home_;
  StaffLine* line_;
  RecordFile file_;
  std::size_t read_ = 0;
  std::map<crypto::CaseId, crypto::SlotValue> wrapped_;
  std::set<crypto::CaseId> said_erased_;  // by the server, since the start
};

}  // namespace meldpunt::client
