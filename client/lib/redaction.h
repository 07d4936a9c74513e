// Striking something out of a case for good (docs/casework.md): two people agree on what, all the
// rest goes on under the next case of the thread, and so under another key, and the case as it was
// is erased. How far that is, is told as of any erasure (vault_history.h).
//
// The proposal and its second signature go the way of an erasure (countersigning.h).
#pragma once

#include "client/lib/casework.h"

namespace meldpunt::client {

// Of all texts that stand instead, together.
inline constexpr std::size_t instead_most = 8000;
// Of all lines that one proposal takes, with those that hang on them.
inline constexpr std::size_t strikes_most = 500;

// Why an event cannot be struck so; empty: it can. EX_NOINPUT when the case has no such event.
Outcome<std::string> fault_of_strike(Casework& casework, const crypto::CaseId& subject,
                                     const crypto::Strike& strike);

// What a person names: "118" or "#118" a line, "118/1" the first thing that the report there
// encloses, all parts of it. `instead` stands where a text can. EX_USAGE for anything else,
// EX_NOINPUT when the case has no such thing.
Outcome<std::vector<crypto::Strike>> strikes_named(Casework& casework,
                                                   const crypto::CaseId& subject,
                                                   std::string_view word,
                                                   const std::string& instead);

// The first person's half. Strikes in any order. What hangs on a line goes with it: all versions of
// a line of the file, or an older one would stand there again; and the rest of a long text, which a
// report encloses. EX_DATAERR for one that cannot be struck, EX_NOINPUT without such a case or
// event, EX_NOPERM when two people have agreed on one before that is not finished.
Outcome<void> propose_striking(Casework& casework, StaffLine& line, const crypto::CaseId& subject,
                               const std::string& reason, std::vector<crypto::Strike> strikes);

// Copies what is not struck, one event at a time, exactly once whoever does it and however often.
// Both must outlive it.
class Retaining {
 public:
  Retaining(Casework& casework, const crypto::CaseId& subject,
            const std::vector<crypto::Strike>& strikes)
      : casework_(casework), before_(subject), strikes_(strikes) {}

  // What to append next, as the journal is by now; nullopt: all of it is there.
  Outcome<std::optional<Draft>> next();
  // Appends until all of it is there.
  Outcome<void> all();

 private:
  struct Original {
    Position number = 0;  // by which a strike names it
    Position at = 0;      // in the journal
    crypto::Hour hour = 0;
    crypto::DeviceId device;
  };

  Outcome<void> look_on();
  void note(Position at, const crypto::EventHead& head);
  [[nodiscard]] const crypto::Strike* strike_of(Position number) const;
  [[nodiscard]] std::vector<Original> missing(const crypto::CaseId& after) const;
  Outcome<Draft> list_of(const crypto::CaseId& after, const std::vector<Original>& missing);
  Outcome<Draft> copy_of(const crypto::CaseId& after, const Original& original);

  Casework& casework_;
  crypto::CaseId before_;
  const std::vector<crypto::Strike>& strikes_;
  Position looked_at_ = 0;
  std::vector<Original> originals_;
};

}  // namespace meldpunt::client
