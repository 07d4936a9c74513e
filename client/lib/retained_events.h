// What was copied of a case under the next one of its thread, because something is struck from it
// (docs/casework.md, "Striking out"): which event is a copy of which, and where it lies.
//
// Nothing of a copy is told before the case as it was is erased: until then that one counts.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>

#include "crypto/redaction.h"

namespace meldpunt::client {

class RetainedEvents {
 public:
  using Position = std::uint64_t;

  struct Copy {
    Position at = 0;  // in the journal
    crypto::Hour hour = 0;
    crypto::DeviceId device;  // hour and device of the original
  };
  using Copies = std::map<Position, Copy>;  // by the original's number

  // The list of what that device copies next under the case; what it had still to copy does not
  // count any more.
  void announced(const crypto::CaseId& subject, const crypto::DeviceId& by,
                 const crypto::Retained& list);
  // Notes an event of the case where it is the next copy; the number of its original.
  std::optional<Position> take(const crypto::CaseId& subject, const crypto::DeviceId& by,
                               Position at);
  void erased(const crypto::CaseId& subject);

  // The original that the device said it would copy next.
  [[nodiscard]] std::optional<Position> expected(const crypto::CaseId& subject,
                                                 const crypto::DeviceId& by) const;
  // A case under which the device has not finished.
  [[nodiscard]] std::optional<crypto::CaseId> unfinished_by(const crypto::DeviceId& by) const;
  [[nodiscard]] const Copy* find(const crypto::CaseId& subject, Position original) const;
  // Whether the event at that place of the journal was copied from somewhere.
  [[nodiscard]] bool is_copy(Position at) const { return originals_.contains(at); }
  // Of which original, where it is the copy that counts.
  [[nodiscard]] std::optional<Position> original_of(const crypto::CaseId& subject,
                                                    Position at) const;
  [[nodiscard]] const Copies& of(const crypto::CaseId& subject) const;
  // Under which case that one's events are copied; null: nothing is.
  [[nodiscard]] const crypto::CaseId* after(const crypto::CaseId& before) const;
  // Which case's events are copied under that one.
  [[nodiscard]] const crypto::CaseId* before(const crypto::CaseId& after) const;

 private:
  std::map<crypto::CaseId, Copies> copies_;
  std::map<crypto::CaseId, crypto::CaseId> before_;  // by the one after
  std::map<crypto::CaseId, crypto::CaseId> after_;   // by the one before
  std::map<std::pair<crypto::CaseId, crypto::DeviceId>, std::deque<crypto::RetainedEvent>> next_;
  std::map<Position, Position> originals_;  // by place in the journal
};

}  // namespace meldpunt::client
