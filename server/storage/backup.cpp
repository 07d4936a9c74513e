#include "server/storage/backup.h"

#include <algorithm>
#include <string_view>

#include "server/storage/data_directory.h"
#include "server/storage/database_file.h"
#include "server/storage/log_file.h"
#include "server/storage/sqlite.h"
#include "server/storage/sqlite_check.h"
#include "server/storage/sqlite_store.h"

namespace meldpunt::server {
namespace {

constexpr int cache_kib = 2'048;

bool always() { return true; }

void require_database(const DataPaths& paths) {
  if (!std::filesystem::exists(paths.database)) {
    throw StoreFailure("There is no database in " + paths.directory.string() + ".");
  }
}

// Every byte of a copy, before anybody relies on it.
void verify_copy(const std::filesystem::path& copy, const std::filesystem::path& name) {
  std::string finding;
  try {
    check_before_opening(copy, {});
    const auto findings = check_everything(copy, always);
    if (findings.empty()) return;
    finding = findings.front();
  } catch (const StoreFailure& failure) {
    finding = failure.what();
  }
  // Not the sentence itself: it would advise to restore the very file that is damaged.
  throw StoreFailure("The backup " + name.string() + " is damaged (" +
                     finding.substr(0, finding.find(". ")) + "). Use an older one.");
}

std::uint32_t generation_of(const std::filesystem::path& database) {
  try {
    return static_cast<std::uint32_t>(Database(database, cache_kib)
                                          .one_integer("SELECT value FROM meta "
                                                       "WHERE name = 'generation'"));
  } catch (const StoreFailure&) {
    return 0;  // that is why it is being replaced; the note beside it is kept for this
  }
}

}  // namespace

void backup_database(const std::filesystem::path& directory, const std::filesystem::path& file) {
  const DataPaths paths(directory);
  require_database(paths);
  if (std::filesystem::exists(file)) {
    throw StoreFailure(file.string() + " exists already; a backup never overwrites.");
  }
  if (!directory_is_held(paths)) {
    check_before_opening(paths.database, scan_log(paths.log, paths.mark));
  }
  auto partial = file;
  partial += ".partial";
  create_private_file(partial);
  try {
    {
      Database database(paths.database, cache_kib);
      database.prepare("VACUUM INTO ?1").run(std::string_view(partial.native()));
    }
    verify_copy(partial, file);
    sync_file(partial);
    std::filesystem::rename(partial, file);
    sync_directory_of(file);
  } catch (...) {
    std::filesystem::remove(partial);
    throw;
  }
}

std::uint32_t restore_database(const std::filesystem::path& file,
                               const std::filesystem::path& directory, Existing existing) {
  const DataPaths paths(directory);
  const DirectoryLock lock(paths);
  const bool replaces = std::filesystem::exists(paths.database);
  if (replaces && existing == Existing::refuse) {
    throw StoreFailure("There is a database in " + directory.string() +
                       " already. To replace it, say so with --replace; the old one is kept "
                       "beside it as replaced.sqlite.");
  }
  if (!std::filesystem::is_regular_file(file)) {
    throw StoreFailure("There is no backup " + file.string() + ".");
  }
  const auto fresh = clean_fresh_path(paths);
  try {
    create_private_file(fresh);
    std::filesystem::copy_file(file, fresh, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::permissions(
        fresh, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    verify_copy(fresh, file);
    const auto seen = std::max({generation_of(fresh), noted_generation(paths),
                                replaces ? generation_of(paths.database) : 0});
    put_in_place(fresh, paths, seen + 1, schema_steps());
    return seen + 1;
  } catch (const std::filesystem::filesystem_error& error) {
    std::filesystem::remove(fresh);
    throw StoreFailure("The backup cannot be copied: " + std::string(error.what()) + ".");
  } catch (...) {
    std::filesystem::remove(fresh);
    throw;
  }
}

std::vector<std::string> check_database(const std::filesystem::path& directory) {
  const DataPaths paths(directory);
  try {
    require_database(paths);
    if (directory_is_held(paths)) return check_everything(paths.database, always);
    return open_sqlite_store(directory)->check(always);
  } catch (const StoreFailure& failure) {
    return {failure.what()};
  }
}

}  // namespace meldpunt::server
