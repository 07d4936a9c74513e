// The store keeps sealed items in mailboxes, durably. It knows positions, versions and expiry; it
// knows nothing of keys, and cannot read what it keeps.
//
// There is one kind of row (Item) for every mailbox. What may be done with a row is one of the
// rules below (Rule); which rule belongs to which mailbox, and who may use it, is decided by
// server/mailboxes.
//
// A Writer is owned by one thread, each Reader by one thread; a Reader never waits for the Writer.
// A queue (intake, box) is added to and worked through by id; the other kinds hold their items at a
// place (kind, name, position). `add` is for queues, `remove` and `expire` are for all, the other
// rules are for places: the wrong one is a std::logic_error. An erased name answers as if empty
// (find, at, head, count, names) except to `erased` and to the rules.
// A position above 2^63 - 1 is a `conflict`.
// All functions throw StoreFailure when the disk, the file or its contents cannot be trusted:
// nothing of the batch has then been acknowledged, and the caller answers "busy".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "crypto/wire/messages.h"

namespace meldpunt::server {

using crypto::MailboxKind;
using crypto::MailboxName;
using Guard = std::array<std::uint8_t, 32>;  // address: BLAKE2b-256 of its burn token; else zero
using ItemId = std::int64_t;                 // rowid: rises, never reused
using Hours = std::uint32_t;                 // hours since 1970; rows carry no finer time

struct Item {
  MailboxKind kind{};
  MailboxName name{};  // zero for intake and journal
  std::uint64_t position =
      0;              // journal position, slot version, epoch of an intake item, day of a bundle
  Hours hour = 0;     // when it was put
  Hours expires = 0;  // 0: never
  std::uint8_t effort = 0;  // intake only
  Guard guard{};
  std::vector<std::uint8_t> bytes;
};

struct StoredItem {
  ItemId id = 0;
  Item item;
};

enum class Rule : std::uint8_t {
  add,       // insert always (intake, box)
  put_once,  // insert at (kind, name, position); the same bytes and guard again are `same`, others
             // `conflict`
  append,    // insert at position = head + 1; same bytes already at that position: `same`; else
             // `conflict`
  replace,   // one value per (kind, name): item.position must be its version + 1 (1 for the first);
             // same bytes already at that version: `same`; else `conflict`; after erase: `erased`
  supersede,  // one value per (kind, name, position): overwrite (a bundle of a higher generation)
  erase,      // the value of (kind, name) goes, a tombstone stays for ever; again: `same`; nothing
              // there: `missing`
  remove,     // the row with id `target` goes (acknowledged); not there: `missing`
  burn,       // the row of (kind, name) goes if guard equals; else `missing`
  expire,     // every row of `kind` with 0 < expires <= item.expires goes; always `done`
};

struct Write {
  Rule rule{};
  Item item;          // remove: only kind is read
  ItemId target = 0;  // remove only
};

enum class Outcome : std::uint8_t { done, same, conflict, missing, erased };

struct Written {
  Outcome outcome{};
  ItemId id = 0;  // the row written, 0 where there is none
};

class StoreFailure : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

class StoreReader {
 public:
  virtual ~StoreReader() = default;
  virtual std::optional<StoredItem> read(ItemId id) = 0;
  // find, at, head, erased and names are for places; a queue answers them as if empty.
  // The value of a mailbox that holds one (address, slot): nullopt when absent or erased.
  virtual std::optional<StoredItem> find(MailboxKind kind, const MailboxName& name) = 0;
  virtual std::optional<StoredItem> at(MailboxKind kind, const MailboxName& name,
                                       std::uint64_t position) = 0;
  // Highest position of (kind, name); 0 when empty.
  virtual std::uint64_t head(MailboxKind kind, const MailboxName& name) = 0;
  // True when `erase` was done on (kind, name).
  virtual bool erased(MailboxKind kind, const MailboxName& name) = 0;
  // Ids waiting in a queue (intake, box), dearest effort first, then oldest.
  virtual std::vector<ItemId> waiting(MailboxKind kind, const MailboxName& name,
                                      std::size_t limit) = 0;
  // Names of all living items of a kind (for the digest).
  virtual std::vector<MailboxName> names(MailboxKind kind) = 0;
  virtual std::uint64_t count(MailboxKind kind) = 0;
  virtual std::uint64_t count_at(MailboxKind kind, std::uint64_t position) = 0;
  // Hour of the oldest item of a kind; nullopt when there is none. Quick for queues; for other
  // kinds it reads every row.
  virtual std::optional<Hours> oldest(MailboxKind kind) = 0;
};

class StoreWriter {
 public:
  virtual ~StoreWriter() = default;
  // All in one transaction; when it returns, all of it is on disk. One outcome per write, in order;
  // a write sees the effect of those before it. A refused write does not undo the others.
  virtual std::vector<Written> apply(std::span<const Write> writes) = 0;
};

class Store {
 public:
  virtual ~Store() = default;
  virtual std::unique_ptr<StoreReader> reader() = 0;
  virtual StoreWriter& writer() = 0;
  // Raised by every restore; signed into each notice so that clients see a restored server.
  virtual std::uint32_t generation() = 0;
  // Moves what the log holds into the database and empties the log, so that nothing removed stays
  // in it; called every few seconds by a housekeeping thread, on its own connection. A long reader
  // (a backup) only delays the emptying.
  virtual void checkpoint() = 0;
  // Bytes in the log: what the next checkpoint has to move, and how much the next start reads.
  virtual std::uint64_t log_size() { return 0; }
  // Reads everything once; returns what is wrong as sentences for the operator, empty when all is
  // well. `keep_going` is asked every few milliseconds; false ends the check early. It may sleep,
  // to leave the disk to others.
  virtual std::vector<std::string> check(const std::function<bool()>& keep_going) = 0;
};

}  // namespace meldpunt::server
