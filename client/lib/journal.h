// This device's copy of the journal: every event as it came, on disk, checked before it is kept.
//
// Checked is: the chain of hashes, the journal key, and the signature of a device that was a
// coordinator's at the event's hour. What does not fit stops everything with an explanation: a
// server that shows two histories must be noticed, not worked around. The one exception is a server
// that says, by a higher generation, that it was restored from a backup, and whose journal is how
// this one began: then what it lost is appended again, byte for byte (journal_repair.cpp).
//
// Events are numbered from 1. Their contents stay sealed; a caller opens the ones it needs.
// One thread at a time; several processes may use the same home.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "client/lib/home.h"
#include "client/lib/journal_rosters.h"
#include "client/lib/staff_line.h"
#include "crypto/event.h"

namespace meldpunt::client {

// What a deed adds to the journal.
struct Draft {
  crypto::EventKind kind = crypto::EventKind::note;
  crypto::CaseId subject;  // zero: concerns no case
  crypto::SecretBuffer content;
  std::optional<crypto::SymmetricKey> case_key;  // absent for an event that concerns no case
  // Of the first event under a new vault; without, the one in force.
  std::optional<crypto::VaultSecret> vault = std::nullopt;
};

class Journal {
 public:
  using Position = std::uint64_t;
  // Told of each event once, in order, when it has been checked and kept.
  using Reader = std::function<Outcome<void>(Position, const crypto::OuterEvent&)>;

  // Asked for the journal key of a version that this device does not have, or not the right one of.
  using KeySource = std::function<Outcome<void>(crypto::VaultVersion)>;

  // All must outlive it.
  static Outcome<Journal> open(const Home& home, RosterHistory& rosters, StaffLine& line);

  void ask_for_keys(KeySource source) { key_source_ = std::move(source); }
  // Replays what the disk holds after that event, then what comes. Whoever says that those before
  // it are known has checked it with has().
  Outcome<void> replay(Reader reader, Position after = 0, const crypto::Hash& head = {});
  // Whether the disk holds that event; its hash is what the next one names. 0 is before the first.
  [[nodiscard]] Outcome<bool> has(Position position, const crypto::Hash& hash) const;
  // Everything that the server has more than we. EX_PROTOCOL for a fork or a rollback.
  Outcome<void> sync();

  [[nodiscard]] Position size() const { return size_; }
  [[nodiscard]] const crypto::Hash& head() const { return head_; }

  // What is still to be put right after a restore of the server: the first event that it had lost
  // (size() + 1 when it lost none); 0 when all is well.
  [[nodiscard]] Outcome<Position> to_mend();
  // All of it has been put right.
  Outcome<void> mended();

  // One event again, from the disk.
  Outcome<crypto::OuterEvent> read(Position position) const;
  // Its content; case_key null: an event that concerns no case.
  Outcome<crypto::SecretBuffer> content(const crypto::OuterEvent& event,
                                        const crypto::SymmetricKey* case_key) const;

  // Appends what `decide` says, by compare-and-swap. When somebody else was first, their events are
  // read and `decide` is asked again; nullopt means that nothing is left to do. Returns whether
  // something was appended.
  Outcome<bool> append(crypto::Hour now,
                       const std::function<Outcome<std::optional<Draft>>()>& decide);

 private:
  enum class Landing : std::uint8_t { appended, somebody_was_first };

  Journal(const Home& home, RosterHistory& rosters, StaffLine& line, RecordFile file)
      : home_(&home), rosters_(&rosters), line_(&line), file_(std::move(file)) {}

  Outcome<void> read_disk();
  crypto::Result<crypto::OuterEvent> open_signed(crypto::Bytes event,
                                                 const crypto::VaultSecret& vault) const;
  crypto::Result<crypto::OuterEvent> open_with_held(crypto::Bytes event,
                                                    crypto::VaultVersion version,
                                                    bool from_disk) const;
  Outcome<void> append_again(Position lost_after);
  Outcome<void> check_last(Position last);
  Outcome<void> put_again(Position position);
  Outcome<void> check_head();
  Outcome<void> take(crypto::Bytes event, bool from_disk);
  Outcome<void> take_all(crypto::Bytes payload);
  Outcome<crypto::OuterEvent> open_event(crypto::Bytes event, bool from_disk) const;
  Outcome<crypto::OuterEvent> open_new(crypto::Bytes event);
  Outcome<crypto::Response> ask_from(Position position);
  Outcome<crypto::Buffer> seal(const Draft& draft, crypto::Hour hour) const;
  // What was appended is read at once, as an event of anybody.
  Outcome<Landing> put(const crypto::Buffer& event);

  const Home* home_;
  RosterHistory* rosters_;
  StaffLine* line_;
  RecordFile file_;
  Reader reader_;
  Position size_ = 0;
  crypto::Hash head_;
  bool head_checked_ = false;
  KeySource key_source_;
};

// What a person is told when the server's history is not this device's.
tl::unexpected<Problem> forked(const std::string& what);

}  // namespace meldpunt::client
