// Files of a device's home: whole or not at all, and readable by their owner only.
//
// Every function says in its Problem which file, what went wrong and what to do about it.
#pragma once

#include <filesystem>

#include "client/lib/problem.h"
#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace meldpunt::client {

using Path = std::filesystem::path;

// An open file; closed when it goes.
class OpenFile {
 public:
  OpenFile() = default;
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept;
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();

  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

// EX_NOINPUT when there is no such file, EX_DATAERR when it is longer than `longest`.
Outcome<crypto::Buffer> read_file(const Path& path, std::size_t longest);
Outcome<crypto::SecretBuffer> read_secret_file(const Path& path, std::size_t longest);

// Whoever reads `path`, at whatever moment this process is killed, finds the old bytes or the new
// ones: a new file beside it, fsync, rename, fsync of the directory.
Outcome<void> write_durably(const Path& path, crypto::Bytes bytes);

// What a person keeps, as durable as that; what is there is never written over, and what could not
// be written whole is not left behind. EX_CANTCREAT when something is there already, or it cannot
// be made.
Outcome<void> write_new_file(const Path& path, crypto::Bytes bytes);
// Whether write_new_file() may try: asked before a deed that cannot be taken back. EX_CANTCREAT
// when something is there already.
Outcome<void> is_new_file(const Path& path);

// The same for secrets: what was there before is overwritten, and so is what a process that was
// killed in here left beside it. (A file system that copies on write, or a disk that moves blocks,
// may keep them: docs/keys.md says what to do.) One process at a time.
Outcome<void> replace_secret_file(const Path& path, crypto::Bytes bytes);
// Overwrites and removes; nothing there is fine.
Outcome<void> remove_secret_file(const Path& path);

// A directory of mode 0700; EX_NOPERM when one exists that others can enter.
Outcome<void> make_private_directory(const Path& path);

// Held by one process at a time; waits for it. Let go when it goes, also by kill -9.
Outcome<OpenFile> lock_file(const Path& path);

// Opens (or makes) a file to which records are appended.
Outcome<OpenFile> open_for_records(const Path& path);

// A file of records, each with its length (4 bytes) before it. A torn record at its end, left by
// a crash, is cut off. Several processes may use one file: each catches up before it appends.
class RecordFile {
 public:
  static Outcome<RecordFile> open(const Path& path, std::size_t longest_record);

  [[nodiscard]] std::size_t size() const { return places_.size(); }
  // Records that this or another process has added since the last time; returns how many.
  Outcome<std::size_t> catch_up();
  Outcome<crypto::Buffer> read(std::size_t index) const;
  // Appends as record number `index`; does nothing when another process has written that one.
  // Later: it is on the disk when make_durable() returns, which many records may share.
  enum class Durable : std::uint8_t { at_once, later };
  Outcome<void> append(std::size_t index, crypto::Bytes record, Durable when = Durable::at_once);
  Outcome<void> make_durable();
  // Appends at the end, wherever that is by now.
  Outcome<void> add(crypto::Bytes record);

 private:
  struct Place {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
  };

  RecordFile(Path path, OpenFile file, std::size_t longest_record)
      : path_(std::move(path)), file_(std::move(file)), longest_record_(longest_record) {}
  Outcome<void> scan();
  Outcome<void> write_record(crypto::Bytes record, Durable when);

  Path path_;
  OpenFile file_;
  std::size_t longest_record_;
  std::vector<Place> places_;
  std::uint64_t end_ = 0;
  bool durable_ = true;
};

}  // namespace meldpunt::client
