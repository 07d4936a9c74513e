// Checksums that find damage: flipped, swapped or misplaced bytes on a disk.
//
// They are not secret and not cryptographic, on purpose: whoever can write the database file can
// write any checksum that has no key, and a key beside the file would be no better. What they are
// is fast (several GB/s), so that every page and every row carries one and is checked at each read.
// A change within one 8-byte word is always found; anything else is missed once in 2^64.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "server/storage/store.h"

namespace meldpunt::server {

std::uint64_t checksum(std::span<const std::uint8_t> bytes, std::uint64_t seed);

// A database page: its last 8 bytes are the checksum of the others and of its number (from 1), so
// that a page written to a wrong place is found too.
inline constexpr std::size_t page_size = 16'384;
inline constexpr std::size_t page_checksum_size = 8;
using Page = std::span<const std::uint8_t, page_size>;
std::uint64_t page_checksum(Page page, std::uint32_t number);
bool page_is_intact(Page page, std::uint32_t number);
void seal_page(std::span<std::uint8_t, page_size> page, std::uint32_t number);

// Over every column of a row except the digest itself.
std::uint64_t row_digest(ItemId id, std::int64_t position, const Item& item);

// The running checksum of SQLite's write-ahead log (its file format, "WAL checksum algorithm").
struct LogChecksum {
  std::uint32_t first = 0;
  std::uint32_t second = 0;

  // `bytes` is a multiple of 8 long; `big_endian` as the log's header says.
  void add(std::span<const std::uint8_t> bytes, bool big_endian);
  bool operator==(const LogChecksum&) const = default;
};

}  // namespace meldpunt::server
