// One row of the table `item`: from an Item to columns and back, with its digest.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "server/storage/sqlite.h"

namespace meldpunt::server {

// The columns in the order that stored_item reads them.
inline constexpr const char* row_columns =
    "SELECT id, kind, name, position, hour, expires, effort, guard, digest, bytes FROM item ";

// Partial indexes are used only where a query repeats their condition word by word.
inline constexpr const char* has_place = " AND kind NOT IN (1, 3) ";
inline constexpr const char* is_queued = " AND kind IN (1, 3) ";

inline constexpr const char* highest_position =
    "SELECT position FROM item WHERE kind = ?1 AND name = ?2 AND kind NOT IN (1, 3) "
    "ORDER BY position DESC LIMIT 1";

// Zeros are kept as an empty blob.
std::span<const std::uint8_t> as_column(std::span<const std::uint8_t, 32> value);

bool row_is_intact(const Statement::Rows& row);

// Throws StoreFailure when the row does not match its digest: it is never served.
StoredItem stored_item(const Statement::Rows& row, const std::filesystem::path& path);

}  // namespace meldpunt::server
