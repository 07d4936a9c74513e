#include "client/lib/receiver_store.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

#include "client/lib/case_words.h"
#include "crypto/boxed.h"

namespace meldpunt::client {

namespace {

constexpr const char* file_name = "received.db";
constexpr int patience_ms = 5000;

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

// Ends a call; guarded() makes an outcome of it.
struct Failed {
  Problem problem;
};

template <class Deed>
auto guarded(Deed deed) -> Outcome<decltype(deed())> {
  try {
    if constexpr (std::is_void_v<decltype(deed())>) {
      deed();
      return {};
    } else {
      return deed();
    }
  } catch (const Failed& failed) {
    return pass_on(failed.problem);
  }
}

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

}  // namespace

class ReceiverStore::Database {
 public:
  class Rows {
   public:
    Rows(Database& database, std::string_view sql) : database_(database) {
      sqlite3_stmt* made = nullptr;
      const int result = sqlite3_prepare_v2(database.connection_.get(), sql.data(),
                                            static_cast<int>(sql.size()), &made, nullptr);
      statement_.reset(made);
      if (result != SQLITE_OK) database_.fail();
    }

    // What is bound must outlive this.
    Rows& with(std::int64_t value) {
      return bound(sqlite3_bind_int64(statement_.get(), ++at_, value));
    }
    Rows& with(crypto::Bytes value) {
      static constexpr std::uint8_t nothing = 0;  // a null pointer would bind NULL
      const auto* from = value.empty() ? &nothing : value.data();
      return bound(sqlite3_bind_blob64(statement_.get(), ++at_, from, value.size(), SQLITE_STATIC));
    }
    Rows& with(const std::string& value) {
      return bound(sqlite3_bind_text64(statement_.get(), ++at_, value.data(), value.size(),
                                       SQLITE_STATIC, SQLITE_UTF8));
    }
    Rows& with(const std::optional<crypto::Hash>& value) {
      if (value) return with(crypto::Bytes(value->view()));
      return bound(sqlite3_bind_null(statement_.get(), ++at_));
    }

    bool next() {
      const int result = sqlite3_step(statement_.get());
      if (result != SQLITE_ROW && result != SQLITE_DONE) database_.fail();
      return result == SQLITE_ROW;
    }
    void run() { (void)next(); }

    [[nodiscard]] std::int64_t integer(int column) const {
      return sqlite3_column_int64(statement_.get(), column);
    }
    // Until the next row.
    [[nodiscard]] crypto::Bytes bytes(int column) const {
      const auto* from =
          static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
      return {from, from == nullptr ? 0 : size};
    }

   private:
    Rows& bound(int result) {
      if (result != SQLITE_OK) database_.fail();
      return *this;
    }
    struct Finalize {
      void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    Database& database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int at_ = 0;
  };

  explicit Database(Path path) : path_(std::move(path)) {
    sqlite3* made = nullptr;
    const int result = sqlite3_open_v2(path_.c_str(), &made,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, nullptr);
    connection_.reset(made);
    if (result != SQLITE_OK) fail();
    sqlite3_busy_timeout(made, patience_ms);
    execute(
        "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
        "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
  }

  void execute(const char* sql) {
    if (sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }
  [[nodiscard]] Rows rows(std::string_view sql) { return {*this, sql}; }

  // All of it, or nothing.
  template <class Deed>
  void at_once(Deed deed) {
    execute("BEGIN IMMEDIATE");
    try {
      deed();
      execute("COMMIT");
    } catch (const Failed&) {
      sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
      throw;
    }
  }

  [[nodiscard]] std::int64_t version() {
    Rows found = rows("PRAGMA user_version");
    return found.next() ? found.integer(0) : 0;
  }

  void bring_up_to_date() {
    if (version() > std::ssize(receiver_schema)) {
      throw Failed{{EX_DATAERR, path_.string() +
                                    " was written by a newer version of this program. Use that "
                                    "one, or a newer one still."}};
    }
    while (version() < std::ssize(receiver_schema)) {
      at_once([this] {
        const auto at = static_cast<std::size_t>(version());  // another process may have been first
        if (at == receiver_schema.size()) return;
        execute(receiver_schema.at(at));
        execute(("PRAGMA user_version = " + std::to_string(at + 1)).c_str());
      });
    }
  }

  [[nodiscard]] ReceivedEntry entry_of(const Rows& row) {
    ReceivedEntry entry;
    entry.number = row.integer(0);
    const crypto::Bytes giver = row.bytes(1);
    const crypto::Bytes receipt = row.bytes(2);
    const crypto::Bytes reason = row.bytes(3);
    entry.receipt.assign(receipt.begin(), receipt.end());
    entry.reason = std::string(crypto::as_text(reason));
    // The store is this program's own: a receipt in it is read without its signature.
    auto said = crypto::read_receipt(receipt);
    if (!said || giver.size() != crypto::DeviceId::size) {
      throw Failed{{EX_DATAERR, damaged()}};
    }
    std::ranges::copy(giver, entry.giver.fill().begin());
    entry.said = std::move(*said);
    return entry;
  }

  [[nodiscard]] std::optional<ReceivedEntry> first(Rows& found) {
    if (!found.next()) return std::nullopt;
    return entry_of(found);
  }

  // What came, as its own object or as the last piece of many, now belongs to an entry.
  void settle(const crypto::RegionId& region, std::int64_t entry, const ArrivedObject& last,
              bool keeps) {
    const crypto::Hash hash = crypto::hash_of_object(last.bytes);
    const crypto::Bytes kept = keeps ? last.bytes : crypto::Bytes{};
    if (last.manifest) {
      const std::string sql = std::string("UPDATE object SET entry = ?1") +
                              (keeps ? "" : ", bytes = x''") +
                              " WHERE region = ?2 AND manifest = ?3 AND entry IS NULL";
      rows(sql).with(entry).with(region.view()).with(last.manifest).run();
    }
    rows(
        "INSERT INTO object (region, hash, manifest, entry, bytes) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT DO NOTHING")
        .with(region.view())
        .with(hash.view())
        .with(last.manifest)
        .with(entry)
        .with(kept)
        .run();
  }

  [[noreturn]] void fail() {
    auto* connection = connection_.get();
    const int code = connection == nullptr ? SQLITE_NOMEM : sqlite3_errcode(connection);
    const std::string path = path_.string();
    switch (code) {
      case SQLITE_FULL:
        throw Failed{{EX_CANTCREAT, "The disk that holds " + path +
                                        " is full. Nothing was lost: free some space."}};
      case SQLITE_READONLY:
      case SQLITE_CANTOPEN:
      case SQLITE_PERM:
        throw Failed{{EX_NOPERM, path + " cannot be written. Make it this user's own."}};
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        throw Failed{{EX_TEMPFAIL, path + " is held by another program for too long."}};
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        throw Failed{{EX_DATAERR, damaged()}};
      default:
        throw Failed{{EX_IOERR, path + " failed: " + sqlite3_errstr(code) + "."}};
    }
  }

 private:
  [[nodiscard]] std::string damaged() const {
    return path_.string() +
           " is damaged. Put back the newest backup of it, and ask the regions "
           "to send what came since.";
  }

  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  Path path_;
  std::unique_ptr<sqlite3, Close> connection_;
};

namespace {

constexpr std::string_view entry_columns = "SELECT number, giver, receipt, reason FROM entry ";

std::string entries_where(std::string_view condition) {
  return std::string(entry_columns) + "WHERE region = ?1 " + std::string(condition);
}

constexpr auto unreadable_outcome = static_cast<std::int64_t>(crypto::ReceiptOutcome::unreadable);

}  // namespace

ReceiverStore::ReceiverStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}
ReceiverStore::ReceiverStore(ReceiverStore&& other) noexcept = default;
ReceiverStore& ReceiverStore::operator=(ReceiverStore&& other) noexcept = default;
ReceiverStore::~ReceiverStore() = default;

Outcome<ReceiverStore> ReceiverStore::open(const Path& home) {
  if (const auto none = refuse_old_files(home); !none) return pass_on(none.error());
  const Path path = home / file_name;
  // SQLite gives the files beside it the mode of this one.
  if (const auto made = open_for_records(path); !made) return pass_on(made.error());
  return guarded([&] {
    auto database = std::make_unique<Database>(path);
    database->bring_up_to_date();
    return ReceiverStore(std::move(database));
  });
}

// ---- reading

Outcome<std::vector<ReceivedEntry>> ReceiverStore::entries(const crypto::RegionId& region) const {
  return guarded([&] {
    std::vector<ReceivedEntry> all;
    const std::string sql = entries_where("ORDER BY number");
    auto found = database_->rows(sql);
    found.with(region.view());
    while (found.next()) all.push_back(database_->entry_of(found));
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
    return database_->first(found);
  });
}

ReceiverStore::Found ReceiverStore::of_release(const crypto::RegionId& region,
                                               const crypto::Hash& release) const {
  return guarded([&] {
    const std::string sql = entries_where("AND release = ?2 AND outcome <> ?3 ORDER BY number");
    auto found = database_->rows(sql);
    found.with(region.view()).with(release.view()).with(unreadable_outcome);
    return database_->first(found);
  });
}

ReceiverStore::Found ReceiverStore::of_manifest(const crypto::RegionId& region,
                                                const crypto::Hash& manifest) const {
  return guarded([&] {
    const std::string sql = entries_where("AND manifest = ?2 AND outcome <> ?3 ORDER BY number");
    auto found = database_->rows(sql);
    found.with(region.view()).with(manifest.view()).with(unreadable_outcome);
    return database_->first(found);
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
      ReceivedEntry entry = database_->entry_of(found);
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
      if (number.next()) database_->settle(region, number.integer(0), last, entry.is_kept());
    });
  });
}

Outcome<void> ReceiverStore::repeat(const crypto::RegionId& region, std::int64_t number,
                                    const ArrivedObject& last) {
  return guarded(
      [&] { database_->at_once([&] { database_->settle(region, number, last, false); }); });
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
