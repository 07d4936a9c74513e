// What one coordinator notes down for herself: sealed in this device's home, never journaled, so
// that no colleague, no server and no restored device has it. It goes with its case: whoever erases
// a case must not leave these behind.
#pragma once

#include <vector>

#include "client/lib/casework.h"
#include "client/lib/sealed_list.h"

namespace meldpunt::client {

inline constexpr std::size_t personal_notes_most = 5000;

using PersonalNoteId = crypto::Id<struct PersonalNoteIdTag, 16>;

struct PersonalNote {
  PersonalNoteId id;
  crypto::CaseId subject;
  crypto::Hour hour = 0;
  std::string text;
};

class PersonalNotes {
 public:
  // The home must outlive it. EX_DATAERR when the file is damaged.
  static Outcome<PersonalNotes> open(const Home& home);

  // EX_DATAERR for what is no text, EX_TEMPFAIL when there are as many as there may be.
  Outcome<void> add(const crypto::CaseId& subject, crypto::Hour hour, const std::string& text);
  // EX_NOINPUT when there is none of that id.
  Outcome<void> remove(const PersonalNoteId& id);
  // Those of cases that two people had erased, or had something struck from, go from the disk.
  Outcome<void> forget_erased(const VaultHistory& history);

  // In the order in which they were written.
  [[nodiscard]] std::vector<PersonalNote> of(const crypto::CaseId& subject) const;

 private:
  explicit PersonalNotes(const Home& home);
  Outcome<void> take(const nlohmann::json& list);
  Outcome<void> rewrite(const std::function<Outcome<void>(std::vector<PersonalNote>&)>& change);

  SealedList file_;
  std::vector<PersonalNote> notes_;
};

}  // namespace meldpunt::client
