// The key of each case, as it lies in its slot: wrapped to the vault key. Wrapped ones are kept in
// the home, so that a start does not ask for every slot again; a key is unwrapped when it is used
// and wiped after.
#pragma once

#include <map>

#include "client/lib/home.h"
#include "client/lib/staff_line.h"

namespace meldpunt::client {

class CaseKeys {
 public:
  // Both must outlive it.
  static Outcome<CaseKeys> open(const Home& home, StaffLine& line);

  // EX_UNAVAILABLE when the slot has been erased or never was; EX_CONFIG without its vault key.
  Outcome<crypto::SymmetricKey> key(const crypto::CaseId& subject);
  // The same, made if there is none. Two devices that make it at once end with the same key.
  Outcome<crypto::SymmetricKey> key_or_new(const crypto::CaseId& subject);

 private:
  CaseKeys(const Home& home, StaffLine& line, RecordFile file)
      : home_(&home), line_(&line), file_(std::move(file)) {}

  Outcome<void> read_new_records();
  Outcome<void> keep(const crypto::CaseId& subject, const crypto::SlotValue& value);
  Outcome<crypto::SymmetricKey> fetch(const crypto::CaseId& subject);
  Outcome<crypto::SymmetricKey> unwrap(const crypto::CaseId& subject,
                                       const crypto::SlotValue& value) const;

  const Home* home_;
  StaffLine* line_;
  RecordFile file_;
  std::size_t read_ = 0;
  std::map<crypto::CaseId, crypto::SlotValue> wrapped_;
};

}  // namespace meldpunt::client
