#include "client/lib/receiver_database.h"

#include <sqlite3.h>

namespace meldpunt::client {

namespace {

constexpr int patience_ms = 5000;

}  // namespace

// ---- rows

ReceiverDatabase::Rows::Rows(ReceiverDatabase& database, std::string_view sql)
    : database_(database) {
  sqlite3_stmt* made = nullptr;
  const int result = sqlite3_prepare_v2(database.connection_.get(), sql.data(),
                                        static_cast<int>(sql.size()), &made, nullptr);
  statement_.reset(made);
  if (result != SQLITE_OK) database_.fail();
}

ReceiverDatabase::Rows& ReceiverDatabase::Rows::with(std::int64_t value) {
  return bound(sqlite3_bind_int64(statement_.get(), ++at_, value));
}

ReceiverDatabase::Rows& ReceiverDatabase::Rows::with(crypto::Bytes value) {
  static constexpr std::uint8_t nothing = 0;  // a null pointer would bind NULL
  const auto* from = value.empty() ? &nothing : value.data();
  return bound(sqlite3_bind_blob64(statement_.get(), ++at_, from, value.size(), SQLITE_STATIC));
}

ReceiverDatabase::Rows& ReceiverDatabase::Rows::with(const std::string& value) {
  return bound(sqlite3_bind_text64(statement_.get(), ++at_, value.data(), value.size(),
                                   SQLITE_STATIC, SQLITE_UTF8));
}

ReceiverDatabase::Rows& ReceiverDatabase::Rows::with(const std::optional<crypto::Hash>& value) {
  if (value) return with(crypto::Bytes(value->view()));
  return bound(sqlite3_bind_null(statement_.get(), ++at_));
}

bool ReceiverDatabase::Rows::next() {
  const int result = sqlite3_step(statement_.get());
  if (result != SQLITE_ROW && result != SQLITE_DONE) database_.fail();
  return result == SQLITE_ROW;
}

std::int64_t ReceiverDatabase::Rows::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

crypto::Bytes ReceiverDatabase::Rows::bytes(int column) const {
  const auto* from =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return {from, from == nullptr ? 0 : size};
}

ReceiverDatabase::Rows& ReceiverDatabase::Rows::bound(int result) {
  if (result != SQLITE_OK) database_.fail();
  return *this;
}

void ReceiverDatabase::Rows::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

// ---- the database

ReceiverDatabase::ReceiverDatabase(Path path, std::span<const char* const> schema)
    : path_(std::move(path)) {
  sqlite3* made = nullptr;
  const int result =
      sqlite3_open_v2(path_.c_str(), &made, SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, nullptr);
  connection_.reset(made);
  if (result != SQLITE_OK) fail();
  sqlite3_busy_timeout(made, patience_ms);
  execute(
      "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
      "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
  bring_up_to_date(schema);
}

void ReceiverDatabase::execute(const char* sql) {
  if (sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

std::int64_t ReceiverDatabase::version() {
  Rows found = rows("PRAGMA user_version");
  return found.next() ? found.integer(0) : 0;
}

void ReceiverDatabase::bring_up_to_date(std::span<const char* const> schema) {
  const auto newest = static_cast<std::int64_t>(schema.size());
  if (version() > newest) {
    throw DatabaseFailed{{EX_DATAERR, path_.string() +
                                          " was written by a newer version of this program. Use "
                                          "that one, or a newer one still."}};
  }
  while (version() < newest) {
    at_once([&] {
      const auto at = static_cast<std::size_t>(version());  // another process may have been first
      if (at == schema.size()) return;
      execute(schema[at]);
      execute(("PRAGMA user_version = " + std::to_string(at + 1)).c_str());
    });
  }
}

void ReceiverDatabase::roll_back() {
  sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void ReceiverDatabase::is_damaged() const {
  throw DatabaseFailed{{EX_DATAERR, path_.string() +
                                        " is damaged. Put back the newest backup of it, and ask "
                                        "the regions to send what came since."}};
}

void ReceiverDatabase::fail() {
  auto* connection = connection_.get();
  const int code = connection == nullptr ? SQLITE_NOMEM : sqlite3_errcode(connection);
  const std::string path = path_.string();
  switch (code) {
    case SQLITE_FULL:
      throw DatabaseFailed{{EX_CANTCREAT, "The disk that holds " + path +
                                              " is full. Nothing was lost: free some space."}};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      throw DatabaseFailed{{EX_NOPERM, path + " cannot be written. Make it this user's own."}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw DatabaseFailed{{EX_TEMPFAIL, path + " is held by another program for too long."}};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      is_damaged();
    default:
      throw DatabaseFailed{{EX_IOERR, path + " failed: " + sqlite3_errstr(code) + "."}};
  }
}

void ReceiverDatabase::Close::operator()(sqlite3* connection) const {
  sqlite3_close_v2(connection);
}

}  // namespace meldpunt::client
