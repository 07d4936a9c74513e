#include "server/storage/sqlite_check.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <string_view>
#include <thread>

#include "server/storage/checksum.h"
#include "server/storage/sqlite_row.h"

namespace meldpunt::server {
namespace {

constexpr int cache_kib = 1'024;
constexpr std::size_t most_findings = 20;
constexpr std::uint32_t pages_between_questions = 64;
constexpr std::int64_t rows_at_once = 64;  // few, so that no checkpoint waits for a long reader
constexpr std::size_t first_bytes = 100;   // SQLite's database header

[[noreturn]] void refuse(const std::filesystem::path& database, const std::string& what) {
  throw StoreFailure("The database " + database.string() + " " + what + ". " +
                     std::string(how_to_restore));
}

bool header_is_ours(std::span<const std::uint8_t> header) {
  constexpr std::string_view magic("SQLite format 3\0", 16);
  const bool has_magic =
      std::equal(magic.begin(), magic.end(), header.begin(),
                 [](char a, std::uint8_t b) { return a == static_cast<char>(b); });
  const std::size_t size = std::size_t{header[16]} << 8 | header[17];
  return has_magic && size == page_size && header[20] == page_checksum_size;
}

std::string schema_text(const Database& database) {
  auto statement = database.prepare(
      "SELECT coalesce(sql, '') || ';' FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' "
      "ORDER BY name");
  std::string text;
  auto rows = statement();
  while (rows.next()) {
    const auto sql = rows.bytes(0);
    text.append(sql.begin(), sql.end());
  }
  return text;
}

void take_steps(Database& database, std::span<const char* const> steps, std::size_t from) {
  for (auto version = from; version < steps.size(); ++version) {
    database.begin();
    database.execute(steps[version]);
    database.execute("UPDATE meta SET value = " + std::to_string(version + 1) +
                     " WHERE name = 'schema'");
    database.commit();
  }
}

// The full check, one part after the other; a finding in one does not stop the next.
class FullCheck {
 public:
  FullCheck(const std::filesystem::path& path, const std::function<bool()>& keep_going)
      : path_(path), keep_going_(keep_going), database_(path, cache_kib) {}

  std::vector<std::string> run() {
    for (const auto part :
         {&FullCheck::pages, &FullCheck::log, &FullCheck::rows, &FullCheck::trees}) {
      if (stopped_) break;
      try {
        (this->*part)();
      } catch (const StoreFailure& failure) {
        if (!stopped_) find(failure.what());
      }
    }
    return findings_;
  }

 private:
  bool goes_on() {
    stopped_ = stopped_ || !keep_going_();
    return !stopped_;
  }

  void find(const std::string& what) {
    if (findings_.size() >= most_findings ||
        std::ranges::find(findings_, what) != findings_.end()) {
      return;
    }
    findings_.push_back(what);
  }

  // A checkpoint may be writing the very page: that one is whole a moment later.
  bool page_is_readable(std::uint32_t number) {
    for (int attempt = 0; attempt < 3; ++attempt) {
      if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      if (database_.page_is_readable(number)) return true;
    }
    return false;
  }

  void pages() {
    const auto count = database_.file_pages();
    for (std::uint32_t number = 1; number <= count; ++number) {
      if (number % pages_between_questions == 1 && !goes_on()) return;
      if (findings_.size() < most_findings && !page_is_readable(number)) {
        find("Page " + std::to_string(number) + " of " + path_.string() + " is damaged. " +
             std::string(how_to_restore));
      }
    }
  }

  void log() {
    const auto log = path_.string() + "-wal";
    if (!marked_log_is_intact(log, path_.string() + "-mark")) {
      find("The log " + log + " is damaged. " + std::string(how_to_restore));
    }
  }

  void rows() {
    auto statement =
        database_.prepare(std::string(row_columns) + "WHERE id > ?1 ORDER BY id LIMIT ?2");
    ItemId last = 0;
    for (bool more = true; more && goes_on();) {
      more = false;
      auto rows = statement(last, rows_at_once);
      while (rows.next()) {
        more = true;
        last = rows.integer(0);
        if (!row_is_intact(rows)) {
          find("Row " + std::to_string(last) + " of " + path_.string() + " is damaged. " +
               std::string(how_to_restore));
        }
      }
    }
  }

  // quick_check is one long statement, so the question is asked beneath it, before each page.
  void trees() {
    const std::function<bool()> question = [this] { return goes_on(); };
    database_.ask_before_reading(&question);
    try {
      auto statement = database_.prepare("PRAGMA quick_check(3)");
      auto rows = statement();
      while (rows.next()) {
        const auto bytes = rows.bytes(0);
        const std::string line(bytes.begin(), bytes.end());
        if (line != "ok" && !stopped_) {
          find("The trees of " + path_.string() + " are damaged (" + line + "). " +
               std::string(how_to_restore));
        }
      }
    } catch (...) {
      database_.ask_before_reading(nullptr);
      throw;
    }
    database_.ask_before_reading(nullptr);
  }

  const std::filesystem::path& path_;
  const std::function<bool()>& keep_going_;
  Database database_;
  bool stopped_ = false;
  std::vector<std::string> findings_;
};

}  // namespace

void check_before_opening(const std::filesystem::path& database, const LogState& log) {
  std::array<std::uint8_t, page_size> first{};
  std::ifstream file(database, std::ios::binary);
  file.read(reinterpret_cast<char*>(first.data()), page_size);
  const auto read = static_cast<std::size_t>(file.gcount());
  if (read < first_bytes || !header_is_ours(first)) refuse(database, "has a damaged header");
  // A crash in the middle of a checkpoint leaves pages that the log still has whole.
  if (!log.page_numbers.contains(1) && (read < page_size || !page_is_intact(first, 1))) {
    refuse(database, "has a damaged first page");
  }
  const auto expected = log.pages != 0 ? log.pages : big_endian_32(first, 28);
  const auto present = std::filesystem::file_size(database) / page_size;
  for (auto number = present + 1; number <= expected; ++number) {
    if (!log.page_numbers.contains(static_cast<std::uint32_t>(number))) {
      refuse(database, "was cut: it has " + std::to_string(present) + " of " +
                           std::to_string(expected) + " pages");
    }
  }
}

void bring_schema_up_to_date(Database& database, std::span<const char* const> steps) {
  const bool fresh = database.one_integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (!fresh &&
      database.one_integer("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'") == 0) {
    refuse(database.path(), "has a schema that is not ours");
  }
  const auto version = fresh ? 0
                             : static_cast<std::size_t>(database.one_integer(
                                   "SELECT value FROM meta WHERE name = 'schema'"));
  if (version > steps.size()) {
    throw StoreFailure("The database " + database.path().string() + " has schema version " +
                       std::to_string(version) + " and this meldpuntd knows " +
                       std::to_string(steps.size()) +
                       ": it was written by a newer one. Install that version again.");
  }
  take_steps(database, steps, version);

  Database expected(":memory:", cache_kib);
  take_steps(expected, steps, 0);
  if (schema_text(database) != schema_text(expected)) {
    refuse(database.path(), "has a schema that is not ours");
  }
}

std::vector<std::string> check_everything(const std::filesystem::path& database,
                                          const std::function<bool()>& keep_going) {
  try {
    return FullCheck(database, keep_going).run();
  } catch (const StoreFailure& failure) {
    return {failure.what()};
  }
}

}  // namespace meldpunt::server
