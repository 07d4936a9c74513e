// Reads the store on a connection of its own: a snapshot of the last commit, never behind the
// writer.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "server/storage/store.h"

namespace meldpunt::server {

// Living items per kind, kept up to date by the writer after each commit, so that a quota costs no
// walk over a million rows.
using ItemCounts = std::array<std::atomic<std::int64_t>, 256>;

// `counts` outlives the reader.
std::unique_ptr<StoreReader> make_sqlite_reader(const std::filesystem::path& database,
                                                const ItemCounts& counts);

}  // namespace meldpunt::server
