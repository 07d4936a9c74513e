// The default store: one SQLite database in a directory of its own (data_directory.h).
//
// Durability: write-ahead log, synchronous=FULL; apply() returns after the sync. Erasure:
// secure_delete, and checkpoint() empties the log. Damage: pages, log frames and rows carry
// checksums that every read verifies (sqlite.h, checksum.h); check() looks at everything else, too.
// A finding or a damaged read names the command that helps.
//
// Opening does only what is cheap with a million rows: lock, log (log_file.h), header, page count,
// schema, one walk over the indexes for the counts, the newest row of each kind. Everything refused
// is a StoreFailure.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "server/storage/schema.h"
#include "server/storage/store.h"

namespace meldpunt::server {

// Creates the database where there is none. Readers and the writer must be gone before the store.
std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& directory,
                                         std::span<const char* const> schema = schema_steps());

}  // namespace meldpunt::server
