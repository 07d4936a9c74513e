#include "server/storage/database_file.h"

#include <string>
#include <system_error>

#include "server/storage/log_file.h"
#include "server/storage/sqlite.h"
#include "server/storage/sqlite_check.h"

namespace meldpunt::server {
namespace {

constexpr int cache_kib = 1'024;

std::filesystem::path with_ending(std::filesystem::path path, const char* ending) {
  path += ending;
  return path;
}

void remove_companions(const std::filesystem::path& database) {
  for (const auto* ending : {"-wal", "-shm", "-mark", "-journal"}) {
    std::filesystem::remove(with_ending(database, ending));
  }
}

void keep_replaced(const DataPaths& paths) {
  const auto kept = paths.directory / "replaced.sqlite";
  std::filesystem::remove(kept);
  remove_companions(kept);
  std::filesystem::rename(paths.database, kept);
  if (std::filesystem::exists(paths.log)) {
    std::filesystem::rename(paths.log, with_ending(kept, "-wal"));
  }
}

}  // namespace

std::filesystem::path clean_fresh_path(const DataPaths& paths) {
  auto fresh = with_ending(paths.database, ".new");
  std::filesystem::remove(fresh);
  remove_companions(fresh);
  return fresh;
}

void put_in_place(const std::filesystem::path& fresh, const DataPaths& paths,
                  std::uint32_t generation, std::span<const char* const> schema) {
  {
    Database database(fresh, cache_kib);
    bring_schema_up_to_date(database, schema);
    database.execute("UPDATE meta SET value = " + std::to_string(generation) +
                     " WHERE name = 'generation'");
    database.execute("PRAGMA journal_mode = WAL");
    database.checkpoint(true);
  }
  remove_companions(fresh);
  sync_file(fresh);
  if (std::filesystem::exists(paths.database)) {
    // First the note: a crash after it leaves a generation that was never used, which harms nobody.
    note_generation(paths, generation);
    keep_replaced(paths);
  }
  remove_companions(paths.database);
  std::filesystem::rename(fresh, paths.database);
  sync_directory_of(paths.database);
}

void make_database_where_missing(const DataPaths& paths, std::span<const char* const> schema) {
  if (std::filesystem::exists(paths.database)) return;
  if (noted_generation(paths) > 0 || std::filesystem::exists(paths.log)) {
    throw StoreFailure("The database " + paths.database.string() + " is missing. " +
                       std::string(how_to_restore));
  }
  const auto fresh = clean_fresh_path(paths);
  create_private_file(fresh);
  put_in_place(fresh, paths, 1, schema);
}

}  // namespace meldpunt::server
