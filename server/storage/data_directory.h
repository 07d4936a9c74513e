// The directory that one daemon keeps its database in: who may open it, and who holds it now.
//
//   meldpunt.sqlite        the database
//   meldpunt.sqlite-wal    its write-ahead log; -shm: SQLite's index of the log, rebuilt at will
//   meldpunt.sqlite-mark   how much of the log is durable (log_file.h)
//   generation             the generation once more, for a restore over a database that cannot be
//   read lock                   held for life by the process that owns the directory
//
// Directory 0700, files 0600. SQLite gives its own files the mode of the database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace meldpunt::server {

// The last sentence of every refusal that only a backup can help.
inline constexpr std::string_view how_to_restore =
    "Stop meldpuntd and run `meldpuntd --restore FILE` with the newest backup.";

struct DataPaths {
  explicit DataPaths(const std::filesystem::path& directory);

  std::filesystem::path directory, database, log, mark, generation, lock;
};

// An exclusive lock on the directory, from construction to destruction.
class DirectoryLock {
 public:
  // Creates the directory where it is missing. Throws StoreFailure when another process holds it.
  explicit DirectoryLock(const DataPaths& paths);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  int descriptor_;
};

// True while a process holds the lock.
bool directory_is_held(const DataPaths& paths);

// An empty file of mode 0600; one that is there is emptied. Throws StoreFailure.
void create_private_file(const std::filesystem::path& path);
// Throw StoreFailure.
void sync_file(const std::filesystem::path& path);
void sync_directory_of(const std::filesystem::path& path);

// 0 when there is none.
std::uint32_t noted_generation(const DataPaths& paths);
void note_generation(const DataPaths& paths, std::uint32_t generation);

}  // namespace meldpunt::server
