#include "client/lib/receiver_store.h"

#include <algorithm>
#include <array>

#include "client/lib/case_words.h"
#include "client/lib/receiver_database.h"
#include "crypto/boxed.h"

namespace meldpunt::client {

namespace {

using Rows = ReceiverDatabase::Rows;

constexpr const char* file_name = "received.db";

// A published step never changes: step n takes the tables from version n to version n + 1.
constexpr std::array receiver_schema{
    R"sql(
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  region BLOB NOT NULL,
  release BLOB NOT NULL,    -- or the object's hash, where there is no release
  outcome INTEGER NOT NULL, -- what follows is the receipt's, for questions
  sequence INTEGER NOT NULL,
  series INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  giver BLOB NOT NULL,
  reason TEXT NOT NULL,
  receipt BLOB NOT NULL,
  manifest BLOB,            -- of what came in pieces
  document BLOB             -- of what is kept
);
CREATE INDEX entry_release ON entry (region, release);
CREATE UNIQUE INDEX entry_kept ON entry (region, sequence) WHERE document IS NOT NULL;
CREATE TABLE object (
  region BLOB NOT NULL,
  hash BLOB NOT NULL,
  manifest BLOB,
  entry INTEGER REFERENCES entry (number),  -- NULL: not whole yet
  bytes BLOB NOT NULL,                      -- empty when it is not kept
  UNIQUE (region, hash)
);
)sql",
};

// Of an older program: a list in records, and loose files.
Outcome<void> refuse_old_files(const Path& home) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(home / "regions", error)) {
    if (!std::filesystem::exists(entry.path() / "list")) continue;
    const std::string place = entry.path().string();
    return problem(EX_DATAERR,
                   place +
                       " holds what an older version of this program received, in a form that "
                       "is read no more. Move list, sealed and figures out of that folder to "
                       "an archive, leave pin and roster, and start again: the region's next "
                       "release is then kept with a note that numbers before it are missing.");
  }
  return {};
}

// SQLite gives the files beside it the mode of this one. One that is there is not touched: its
// locks are the process's, and a second descriptor on it would end them when it is closed. Another
// program would then take the log for nobody's, and remove it under who still writes there.
Outcome<void> make_where_missing(const Path& path) {
  if (!is_new_file(path)) return {};
  const auto made = write_new_file(path, {});
  return made || !is_new_file(path) ? Outcome<void>() : made;  // or somebody else was first
}

ReceivedEntry entry_in(const ReceiverDatabase& database, const Rows& row) {
  ReceivedEntry entry;
  entry.number = row.integer(0);
  const crypto::Bytes giver = row.bytes(1);
  const crypto::Bytes receipt = row.bytes(2);
  const crypto::Bytes reason = row.bytes(3);
  entry.receipt.assign(receipt.begin(), receipt.end());
  entry.reason = std::string(crypto::as_text(reason));
  // The store is this program's own: a receipt in it is read without its signature.
  auto said = crypto::read_receipt(receipt);
  if (!said || giver.size() != crypto::DeviceId::size) database.is_damaged();
  std::ranges::copy(giver, entry.giver.fill().begin());
  entry.said = std::move(*said);
  return entry;
}

std::optional<ReceivedEntry> first_of(const ReceiverDatabase& database, Rows& found) {
  if (!found.next()) return std::nullopt;
  return entry_in(database, found);
}

// What came, as its own object or as the last piece of many, now belongs to an entry.
void settle(ReceiverDatabase& database, const crypto::RegionId& region, std::int64_t entry,
            const ArrivedObject& last, bool keeps) {
  const crypto::Hash hash = crypto::hash_of_object(last.bytes);
  const crypto::Bytes kept = keeps ? last.bytes : crypto::Bytes{};
  if (last.manifest) {
    const std::string sql = std::string("UPDATE object SET entry = ?1") +
                            (keeps ? "" : ", bytes = x''") +
                            " WHERE region = ?2 AND manifest = ?3 AND entry IS NULL";
    database.rows(sql).with(entry).with(region.view()).with(last.manifest).run();
  }
  database
      .rows(
          "INSERT INTO object (region, hash, manifest, entry, bytes) VALUES (?1, ?2, ?3, ?4, ?5)"
          " ON CONFLICT DO NOTHING")
      .with(region.view())
      .with(hash.view())
      .with(last.manifest)
      .with(entry)
      .with(kept)
      .run();
}

constexpr std::string_view entry_columns = "SELECT number, giver, receipt, reason FROM entry ";

std::string entries_where(std::string_view condition) {
  return std::string(entry_columns) + "WHERE region = ?1 " + std::string(condition);
}

constexpr auto unreadable_outcome = static_cast<std::int64_t>(crypto::ReceiptOutcome::unreadable);

}  // namespace

ReceiverStore::ReceiverStore(std::unique_ptr<ReceiverDatabase> database)
    : database_(std::move(database)) {}
ReceiverStore::ReceiverStore(ReceiverStore&& other) noexcept = default;
ReceiverStore& ReceiverStore::operator=(ReceiverStore&& other) noexcept = default;
ReceiverStore::~ReceiverStore() = default;

Outcome<ReceiverStore> ReceiverStore::open(const Path& home) {
  if (const auto none = refuse_old_files(home); !none) return pass_on(none.error());
  const Path path = home / file_name;
  if (const auto made = make_where_missing(path); !made) return pass_on(made.error());
  return guarded(
      [&] { return ReceiverStore(std::make_unique<ReceiverDatabase>(path, receiver_schema)); });
}

// ---- reading

Outcome<std::vector<ReceivedEntry>> ReceiverStore::entries(const crypto::RegionId& region) const {
  return guarded([&] {
    std::vector<ReceivedEntry> all;
    const std::string sql = entries_where("ORDER BY number");
    auto found = database_->rows(sql);
    found.with(region.view());
    while (found.next()) all.push_back(entry_in(*database_, found));
    return all;
  });
}

Outcome<std::vector<KeptRelease>> ReceiverStore::kept(const crypto::RegionId& region) const {
  return guarded([&] {
    std::vector<KeptRelease> all;
    auto found = database_->rows(
        "SELECT sequence, series, first, last, document FROM entry"
        " WHERE region = ?1 AND document IS NOT NULL ORDER BY sequence");
    found.with(region.view());
    while (found.next()) {
      const crypto::ReleaseHead head{static_cast<std::uint32_t>(found.integer(0)),
                                     static_cast<crypto::Series>(found.integer(1)),
                                     static_cast<crypto::Day>(found.integer(2)),
                                     static_cast<crypto::Day>(found.integer(3))};
      all.push_back({head, std::string(crypto::as_text(found.bytes(4)))});
    }
    return all;
  });
}

Outcome<std::int64_t> ReceiverStore::newest() const {
  return guarded([&] {
    auto found = database_->rows("SELECT max(number) FROM entry");
    return found.next() ? found.integer(0) : std::int64_t{0};
  });
}

// ---- for who answers

ReceiverStore::Found ReceiverStore::answered(const crypto::RegionId& region,
                                             const crypto::Hash& object) const {
  return guarded([&] {
    const std::string sql =
        entries_where("AND number = (SELECT entry FROM object WHERE region = ?1 AND hash = ?2)");
    auto found = database_->rows(sql);
    found.with(region.view()).with(object.view());
    return first_of(*database_, found);
  });
}

ReceiverStore::Found ReceiverStore::of_release(const crypto::RegionId& region,
                                               const crypto::Hash& release) const {
  return guarded([&] {
    const std::string sql = entries_where("AND release = ?2 AND outcome <> ?3 ORDER BY number");
    auto found = database_->rows(sql);
    found.with(region.view()).with(release.view()).with(unreadable_outcome);
    return first_of(*database_, found);
  });
}

ReceiverStore::Found ReceiverStore::of_manifest(const crypto::RegionId& region,
                                                const crypto::Hash& manifest) const {
  return guarded([&] {
    const std::string sql = entries_where("AND manifest = ?2 AND outcome <> ?3 ORDER BY number");
    auto found = database_->rows(sql);
    found.with(region.view()).with(manifest.view()).with(unreadable_outcome);
    return first_of(*database_, found);
  });
}

// Months lie within quarters, and those within years: only periods of one cadence exclude each
// other.
ReceiverStore::Found ReceiverStore::clash(const crypto::RegionId& region,
                                          const crypto::ReleaseHead& head) const {
  return guarded([&]() -> std::optional<ReceivedEntry> {
    const trends::Period period{head.first, head.last};
    const std::string sql = entries_where("AND document IS NOT NULL ORDER BY number");
    auto found = database_->rows(sql);
    found.with(region.view());
    while (found.next()) {
      ReceivedEntry entry = entry_in(*database_, found);
      const auto& other = entry.said.head;
      const trends::Period its{other.first, other.last};
      const bool same_days = other.series == head.series && period.overlaps(its) &&
                             trends::cadence_of(period) == trends::cadence_of(its);
      if (other.sequence == head.sequence || same_days) return entry;
    }
    return std::nullopt;
  });
}

Outcome<std::uint32_t> ReceiverStore::highest(const crypto::RegionId& region) const {
  return guarded([&] {
    auto found = database_->rows(
        "SELECT max(sequence) FROM entry WHERE region = ?1 AND document IS NOT NULL");
    found.with(region.view());
    return found.next() ? static_cast<std::uint32_t>(found.integer(0)) : std::uint32_t{0};
  });
}

Outcome<std::size_t> ReceiverStore::refused(const crypto::RegionId& region) const {
  return guarded([&] {
    auto found =
        database_->rows("SELECT count(*) FROM entry WHERE region = ?1 AND document IS NULL");
    found.with(region.view());
    return found.next() ? static_cast<std::size_t>(found.integer(0)) : std::size_t{0};
  });
}

// ---- writing

Outcome<void> ReceiverStore::keep_piece(const crypto::RegionId& region,
                                        const ArrivedObject& object) {
  return guarded([&] {
    const crypto::Hash hash = crypto::hash_of_object(object.bytes);
    database_
        ->rows(
            "INSERT INTO object (region, hash, manifest, bytes) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT DO NOTHING")
        .with(region.view())
        .with(hash.view())
        .with(object.manifest)
        .with(object.bytes)
        .run();
  });
}

Outcome<std::vector<crypto::Buffer>> ReceiverStore::pieces(const crypto::RegionId& region) const {
  return guarded([&] {
    std::vector<crypto::Buffer> all;
    auto found = database_->rows(
        "SELECT bytes FROM object WHERE region = ?1 AND entry IS NULL ORDER BY rowid");
    found.with(region.view());
    while (found.next()) {
      const crypto::Bytes bytes = found.bytes(0);
      all.emplace_back(bytes.begin(), bytes.end());
    }
    return all;
  });
}

Outcome<void> ReceiverStore::drop_pieces(const crypto::RegionId& region,
                                         const crypto::Hash& manifest) {
  return guarded([&] {
    database_->rows("DELETE FROM object WHERE region = ?1 AND manifest = ?2 AND entry IS NULL")
        .with(region.view())
        .with(manifest.view())
        .run();
  });
}

Outcome<void> ReceiverStore::add(const crypto::RegionId& region, const ReceivedEntry& entry,
                                 crypto::Bytes document, const ArrivedObject& last) {
  return guarded([&] {
    database_->at_once([&] {
      const auto& said = entry.said;
      const std::string sql = std::string(
                                  "INSERT INTO entry (region, release, outcome, sequence, series,"
                                  " first, last, hour, giver, reason, receipt, manifest, document)"
                                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ") +
                              (entry.is_kept() ? "?13)" : "NULL)");
      auto row = database_->rows(sql);
      row.with(region.view())
          .with(said.release.view())
          .with(static_cast<std::int64_t>(said.outcome))
          .with(said.head.sequence)
          .with(static_cast<std::int64_t>(said.head.series))
          .with(said.head.first)
          .with(said.head.last)
          .with(said.hour)
          .with(entry.giver.view())
          .with(entry.reason)
          .with(crypto::Bytes(entry.receipt))
          .with(last.manifest);
      if (entry.is_kept()) row.with(document);
      row.run();
      auto number = database_->rows("SELECT last_insert_rowid()");
      if (number.next()) settle(*database_, region, number.integer(0), last, entry.is_kept());
    });
  });
}

Outcome<void> ReceiverStore::repeat(const crypto::RegionId& region, std::int64_t number,
                                    const ArrivedObject& last) {
  return guarded(
      [&] { database_->at_once([&] { settle(*database_, region, number, last, false); }); });
}

Path region_directory(const Path& home, const crypto::RegionId& region) {
  return home / "regions" / hexadecimal(region.view().first(8));
}

Outcome<std::vector<Path>> region_directories(const Path& home) {
  std::vector<Path> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(home / "regions", error)) {
    if (std::filesystem::exists(entry.path() / "pin")) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  if (found.empty()) {
    return problem(EX_NOINPUT,
                   "no region is here yet: add one with 'receiver region --home DIR --pin FILE'");
  }
  return found;
}

}  // namespace meldpunt::client
