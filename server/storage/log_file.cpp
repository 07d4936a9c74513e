#include "server/storage/log_file.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "server/storage/data_directory.h"

namespace meldpunt::server {
namespace {

// SQLite's file format: the last bit says in which byte order the checksums were computed.
constexpr std::uint32_t log_magic = 0x377f0682;

// The mark on disk: word | salt one | salt two | frames | checksum 8, in the machine's own order.
constexpr std::array<std::uint8_t, 4> mark_word = {'m', 'a', 'r', 'k'};
constexpr std::size_t mark_size = 24;

std::array<std::uint8_t, mark_size> encode_mark(const LogMark& mark) {
  std::array<std::uint8_t, mark_size> bytes{};
  std::ranges::copy(mark_word, bytes.begin());
  const std::array<std::uint32_t, 3> fields = {mark.salt_one, mark.salt_two, mark.frames};
  std::memcpy(bytes.data() + 4, fields.data(), sizeof fields);
  const auto sum = checksum(std::span(bytes).first(16), 0);
  std::memcpy(bytes.data() + 16, &sum, sizeof sum);
  return bytes;
}

// Walks the frames of one log file from the front.
class LogWalk {
 public:
  explicit LogWalk(const std::filesystem::path& path) : file_(path, std::ios::binary) {
    file_.read(reinterpret_cast<char*>(header_.data()), log_header_size);
    header_read_ = static_cast<std::size_t>(file_.gcount());
    running_.add(std::span(header_).first(24), big_endian());
  }

  // Nothing written yet, or only zeros, which a power cut can leave of a header never synced.
  bool nothing_there() const {
    return header_read_ < log_header_size ||
           std::ranges::all_of(header_, [](auto byte) { return byte == 0; });
  }
  bool header_is_intact() const {
    return (big_endian_32(header_, 0) & ~1U) == log_magic &&
           big_endian_32(header_, 8) == page_size &&
           running_ == LogChecksum{big_endian_32(header_, 24), big_endian_32(header_, 28)};
  }
  bool has_salts_of(const LogMark& mark) const {
    return big_endian_32(header_, 16) == mark.salt_one &&
           big_endian_32(header_, 20) == mark.salt_two;
  }

  // Reads the next whole frame; false at the end of the file.
  bool next() {
    file_.read(reinterpret_cast<char*>(frame_.data()), log_frame_size);
    return file_.gcount() == static_cast<std::streamsize>(log_frame_size);
  }
  bool frame_has_our_salts() const { return std::equal(&frame_[8], &frame_[16], &header_[16]); }
  bool frame_follows() {
    const std::span<const std::uint8_t> frame(frame_);
    if (!frame_has_our_salts() || page_number() == 0) return false;
    const auto after = follow_frame(frame.first(log_frame_header_size),
                                    frame.subspan(log_frame_header_size), running_, big_endian());
    if (after) running_ = *after;
    return after.has_value();
  }
  std::uint32_t page_number() const { return big_endian_32(frame_, 0); }
  std::uint32_t pages_after_commit() const { return big_endian_32(frame_, 4); }

 private:
  bool big_endian() const { return (big_endian_32(header_, 0) & 1U) != 0; }

  std::ifstream file_;
  std::array<std::uint8_t, log_header_size> header_{};
  std::size_t header_read_ = 0;
  std::vector<std::uint8_t> frame_ = std::vector<std::uint8_t>(log_frame_size);
  LogChecksum running_;
};

[[noreturn]] void refuse(const std::filesystem::path& log, const std::string& what) {
  throw StoreFailure("The log " + log.string() + " " + what +
                     ": acknowledged items would be lost. " + std::string(how_to_restore));
}

}  // namespace

std::uint32_t big_endian_32(std::span<const std::uint8_t> bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
         std::uint32_t{bytes[at + 2]} << 8 | std::uint32_t{bytes[at + 3]};
}

std::optional<LogChecksum> follow_frame(std::span<const std::uint8_t> header,
                                        std::span<const std::uint8_t> page, LogChecksum before,
                                        bool big_endian) {
  before.add(header.first(8), big_endian);
  before.add(page, big_endian);
  if (before != LogChecksum{big_endian_32(header, 16), big_endian_32(header, 20)}) return {};
  return before;
}

std::optional<LogMark> read_mark(const std::filesystem::path& path) {
  std::array<std::uint8_t, mark_size> bytes{};
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(bytes.data()), mark_size);
  std::array<std::uint32_t, 3> fields{};
  std::memcpy(fields.data(), bytes.data() + 4, sizeof fields);
  const LogMark mark{fields[0], fields[1], fields[2]};
  if (encode_mark(mark) != bytes) return {};
  return mark;
}

bool write_mark(int descriptor, const LogMark& mark) {
  const auto bytes = encode_mark(mark);
  return ::pwrite(descriptor, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size());
}

bool clear_mark(int descriptor) {
  return write_mark(descriptor, LogMark{}) && ::fdatasync(descriptor) == 0;
}

LogState scan_log(const std::filesystem::path& log, const std::filesystem::path& mark_path) {
  const auto mark = read_mark(mark_path).value_or(LogMark{});
  LogWalk walk(log);
  if (walk.nothing_there()) {
    if (mark.frames > 0) refuse(log, "is missing or was emptied");
    return {};
  }
  if (!walk.header_is_intact()) refuse(log, "has a damaged header");

  LogState state;
  std::vector<std::uint32_t> uncommitted;
  std::uint32_t frame = 0;
  bool more = walk.next();
  for (; more && walk.frame_follows(); more = walk.next()) {
    ++frame;
    uncommitted.push_back(walk.page_number());
    if (walk.pages_after_commit() == 0) continue;
    state.frames = frame;
    state.pages = walk.pages_after_commit();
    state.page_numbers.insert(uncommitted.begin(), uncommitted.end());
    uncommitted.clear();
  }
  unsigned later_commits = 0;
  for (; more; more = walk.next()) {
    if (walk.frame_has_our_salts() && walk.pages_after_commit() != 0) ++later_commits;
  }
  const bool short_of_mark = walk.has_salts_of(mark) && state.frames < mark.frames;
  if (short_of_mark || later_commits >= 2) {
    refuse(log, "is damaged or cut after frame " + std::to_string(state.frames));
  }
  return state;
}

bool marked_log_is_intact(const std::filesystem::path& log,
                          const std::filesystem::path& mark_path) {
  const auto began_anew = [&](const LogMark& mark) {
    const auto now = read_mark(mark_path).value_or(LogMark{});
    return now.frames < mark.frames || now.salt_one != mark.salt_one;
  };
  const auto mark = read_mark(mark_path).value_or(LogMark{});
  if (mark.frames == 0) return true;
  LogWalk walk(log);
  if (walk.nothing_there() || !walk.header_is_intact()) return began_anew(mark);
  if (!walk.has_salts_of(mark)) return true;
  for (std::uint32_t frame = 0; frame < mark.frames; ++frame) {
    if (!walk.next() || !walk.frame_follows()) return began_anew(mark);
  }
  return true;
}

}  // namespace meldpunt::server
