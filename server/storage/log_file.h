// What a crash leaves in SQLite's write-ahead log, judged before SQLite opens it.
//
// SQLite reads its log up to the first frame that does not fit and silently forgets the rest. That
// is right for a commit that was being written when the power went, and wrong for damage:
// acknowledged reports would vanish without a word. So we read the log first, with two facts of our
// own:
//
//   * The mark. After each sync of the log the page layer (sqlite.cpp) writes into the file beside
//   it
//     how many frames are now durable. The mark itself is not synced (a kill loses nothing of it, a
//     power cut may leave an older one), so it never promises more than the log holds. It is
//     emptied, and that is synced, before the log is truncated.
//   * Order. A commit is synced before the next one is begun, so at most one commit can be torn.
//
// Found and refused: a log that is gone or shorter than the mark; a damaged log header; a damaged
// frame before the mark, or before two or more later commits. Not found: after a power cut, damage
// in the very last acknowledged commit when the mark on the disk is older than it, which looks
// exactly like a commit that was torn; and a whole directory put back to an earlier state, which
// only generation and the clients' own heads can show. A log left by a failed sync may hold old
// commits behind the last one; two of them and a power cut can be taken for damage: refused, not
// lost.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <unordered_set>

#include "server/storage/checksum.h"

namespace meldpunt::server {

inline constexpr std::size_t log_header_size = 32;
inline constexpr std::size_t log_frame_header_size = 24;
inline constexpr std::size_t log_frame_size = log_frame_header_size + page_size;

// The salts are those of the log's header: they change each time the log begins anew.
struct LogMark {
  std::uint32_t salt_one = 0;
  std::uint32_t salt_two = 0;
  std::uint32_t frames = 0;  // 0: the log may be empty or gone
};

std::optional<LogMark> read_mark(const std::filesystem::path& path);
// Both return false when the disk refuses. The first does not sync, the second does.
bool write_mark(int descriptor, const LogMark& mark);
bool clear_mark(int descriptor);

struct LogState {
  std::uint32_t frames = 0;  // up to the last whole commit
  std::uint32_t pages = 0;   // of the database after that commit; 0: there is none
  std::unordered_set<std::uint32_t> page_numbers;  // that the log holds
};

// Throws StoreFailure for what is listed above. Does not change the log.
LogState scan_log(const std::filesystem::path& log, const std::filesystem::path& mark);

// The same over a log that is being written: only what the mark covers is read, and a log that
// began anew meanwhile is no damage. False: a frame before the mark is damaged.
bool marked_log_is_intact(const std::filesystem::path& log, const std::filesystem::path& mark);

// One frame, given the checksum before it; the new checksum when it fits, else nullopt.
std::optional<LogChecksum> follow_frame(std::span<const std::uint8_t> header,
                                        std::span<const std::uint8_t> page, LogChecksum before,
                                        bool big_endian);

std::uint32_t big_endian_32(std::span<const std::uint8_t> bytes, std::size_t at);

}  // namespace meldpunt::server
