// Backup, restore and the full check, as commands of their own process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace meldpunt::server {

// Writes a consistent copy of the store in `directory` to `file`, beside a daemon that runs or
// without one, and verifies the copy. It holds nothing that was removed before. While it runs the
// log cannot be emptied, so it grows by what is written meanwhile. Throws StoreFailure; never
// overwrites.
void backup_database(const std::filesystem::path& directory, const std::filesystem::path& file);

enum class Existing { refuse, replace };

// Makes the backup in `file` the store of `directory` and returns its generation: one more than the
// backup's and than any the directory has seen. What it replaces is kept as replaced.sqlite, for an
// expert; delete it soon, it holds what has been erased since. Throws StoreFailure, with everything
// as it was, when the backup is damaged, a daemon is running, or a database is there and `existing`
// says refuse.
std::uint32_t restore_database(const std::filesystem::path& file,
                               const std::filesystem::path& directory, Existing existing);

// Sentences for the operator, empty when all is well. Works beside a daemon that runs; without one
// it first takes in what a crash left in the log, as a start would.
std::vector<std::string> check_database(const std::filesystem::path& directory);

}  // namespace meldpunt::server
