// A sealed copy of what was read of the journal, so that a start does not open every event again.
//
// The home's file `opened` holds, for each event in the journal's order, what the folds need of it
// (short_contents.h), or that it stays in the journal. It is a file of records (file.h): chunks of
// at most 256 KiB, sealed under the home's master key:
//
//   chunk:  nonce 24 | ciphertext with tag of: events before it 8 | how many it holds 4 |
//           the journal's head after its last 32 | entries
//   entry:  0: it stays in the journal
//           1 | case id 16 | kind 1 | hour 4 | device id 16 | shortened content, field
//
// What is sealed is bound to region, device, the chunk's number and the hash of the chunk before,
// so that none can be dropped, swapped or taken from another home; what was cut off at the end is
// read from the journal again. The last chunk's head must be the hash of that event in the journal
// on this disk. A copy that does not fit is removed and made anew: nothing depends on it.
//
// When a case is forgotten the file is written anew without it, and what it replaces is
// overwritten. Several processes may use one home: whoever writes holds the file `opened.lock` and
// goes on from what others wrote. One thread at a time.
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "client/lib/journal.h"
#include "client/lib/short_contents.h"

namespace meldpunt::client {

class OpenedCopy {
 public:
  using Position = Journal::Position;

  // An event as the copy has it. Without a head it stays in the journal.
  struct Entry {
    std::optional<crypto::EventHead> head;  // `previous` is not kept
    crypto::Bytes content{};                // shortened
  };
  using Reader = std::function<Outcome<void>(Position, const Entry&)>;

  // The home must outlive it.
  explicit OpenedCopy(const Home& home) : home_(&home) {}

  // How far a copy goes, and with which head of the journal. Position 0: there is none.
  struct Reach {
    Position position = 0;
    crypto::Hash head;
  };
  // Tells every event, in order. EX_DATAERR: it is damaged, another's, or of another journal, and
  // what was told counts for nothing; drop() it. Other errors are the reader's.
  Outcome<Reach> read(const Journal& journal, const Reader& reader);
  Outcome<void> drop();

  // The next event of the journal, whose head is now `head`, has been read; without content it
  // stays in the journal. Nothing is written before settle(), or before a chunk is full.
  Outcome<void> add(const Reach& reach, const crypto::EventHead& event,
                    const crypto::SecretBuffer* content);
  // Nothing of the case stays in the file when settle() has returned.
  void forget(const crypto::CaseId& subject);
  // On the disk when it returns.
  Outcome<void> settle();

 private:
  struct Chunk {
    Position before = 0;
    std::uint32_t count = 0;
    crypto::Hash head;
    crypto::Bytes entries;
  };
  // How far the file has been read.
  struct Known {
    std::size_t chunks = 0;
    crypto::Hash last;  // of the last chunk as it is sealed
    Reach reach;
  };
  // What waits to be written.
  struct Waiting {
    crypto::SecretBuffer entries;
    std::vector<std::size_t> ends;  // of each entry
    Reach reach;

    [[nodiscard]] Position before() const { return reach.position - ends.size(); }
    [[nodiscard]] std::size_t used() const { return ends.empty() ? 0 : ends.back(); }
    void begin();
    void add(const Entry& entry);
    void drop_first(std::size_t count);
  };

  [[nodiscard]] Path path() const { return home_->path() / "opened"; }
  [[nodiscard]] crypto::Buffer context(const Known& known) const;
  Outcome<RecordFile> open_file() const;
  Outcome<crypto::SecretBuffer> open_chunk(crypto::Bytes sealed, const Known& known) const;
  [[nodiscard]] crypto::Buffer seal_chunk(const Waiting& waiting, const Known& known) const;
  Outcome<void> check_end(const Journal& journal, const RecordFile& file) const;
  Outcome<void> read_chunks(const RecordFile& file, Known& known, const Reader& reader);
  Outcome<void> catch_up(const RecordFile& file);
  Outcome<void> write_waiting();
  Outcome<void> write_anew();
  void note(const crypto::CaseId& subject) { held_.insert(subject); }

  const Home* home_;
  Known known_;
  Waiting waiting_;
  std::set<crypto::CaseId> held_;     // in the file, or waiting
  std::set<crypto::CaseId> leaving_;  // in the file until it is written anew
  std::size_t small_chunks_ = 0;
};

}  // namespace meldpunt::client
