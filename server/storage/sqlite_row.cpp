#include "server/storage/sqlite_row.h"

#include <algorithm>

#include "server/storage/checksum.h"
#include "server/storage/data_directory.h"

namespace meldpunt::server {
namespace {

// False when the blob is neither empty nor whole.
bool from_column(std::span<const std::uint8_t> column, std::span<std::uint8_t, 32> value) {
  if (column.empty()) return true;
  if (column.size() != value.size()) return false;
  std::ranges::copy(column, value.begin());
  return true;
}

bool read_row(const Statement::Rows& row, StoredItem& stored) {
  auto& item = stored.item;
  stored.id = row.integer(0);
  item.kind = static_cast<MailboxKind>(row.integer(1));
  const auto position = row.integer(3);
  item.position = static_cast<std::uint64_t>(position);
  item.hour = static_cast<Hours>(row.integer(4));
  item.expires = static_cast<Hours>(row.integer(5));
  item.effort = static_cast<std::uint8_t>(row.integer(6));
  const auto bytes = row.bytes(9);
  item.bytes.assign(bytes.begin(), bytes.end());
  return from_column(row.bytes(2), item.name) && from_column(row.bytes(7), item.guard) &&
         static_cast<std::uint64_t>(row.integer(8)) == row_digest(stored.id, position, item);
}

}  // namespace

std::span<const std::uint8_t> as_column(std::span<const std::uint8_t, 32> value) {
  const bool zeros = std::ranges::all_of(value, [](auto byte) { return byte == 0; });
  return value.first(zeros ? 0 : value.size());
}

bool row_is_intact(const Statement::Rows& row) {
  StoredItem ignored;
  return read_row(row, ignored);
}

StoredItem stored_item(const Statement::Rows& row, const std::filesystem::path& path) {
  StoredItem stored;
  if (!read_row(row, stored)) {
    throw StoreFailure("Row " + std::to_string(stored.id) + " of " + path.string() +
                       " is damaged. " + std::string(how_to_restore));
  }
  return stored;
}

}  // namespace meldpunt::server
