// A new database file comes into being beside its place and is renamed into it when it is whole, so
// that a crash never leaves a half-made one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "server/storage/data_directory.h"

namespace meldpunt::server {

// The caller holds the DirectoryLock. Refuses (StoreFailure) when the directory shows that there
// was a database before.
void make_database_where_missing(const DataPaths& paths, std::span<const char* const> schema);

// Gives the file at `fresh` the schema and the generation, and moves it to paths.database. What was
// there is kept as replaced.sqlite. Of no use to a file that others have open.
void put_in_place(const std::filesystem::path& fresh, const DataPaths& paths,
                  std::uint32_t generation, std::span<const char* const> schema);

// Where the fresh file is made; nothing is there yet.
std::filesystem::path clean_fresh_path(const DataPaths& paths);

}  // namespace meldpunt::server
