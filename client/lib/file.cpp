#include "client/lib/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr mode_t owner_only = 0600;
constexpr std::size_t length_size = 4;

std::string reason() { return std::generic_category().message(errno); }

tl::unexpected<Problem> cannot(const char* deed, const Path& path) {
  const int error = errno;
  int code = EX_IOERR;
  if (error == ENOENT) code = EX_NOINPUT;
  if (error == EACCES || error == EPERM) code = EX_NOPERM;
  if (error == ENOSPC || error == EROFS) code = EX_CANTCREAT;
  return problem(code, std::string("cannot ") + deed + " " + path.string() + ": " + reason());
}

bool read_at(int descriptor, crypto::MutableBytes out, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t got =
        pread(descriptor, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

bool write_at(int descriptor, crypto::Bytes bytes, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put = pwrite(descriptor, bytes.data() + done, bytes.size() - done,
                               static_cast<off_t>(offset + done));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    done += static_cast<std::size_t>(put);
  }
  return true;
}

Outcome<OpenFile> open_file(const Path& path, int flags) {
  OpenFile file(::open(path.c_str(), flags | O_CLOEXEC, owner_only));
  if (file.descriptor() < 0) return cannot("open", path);
  return file;
}

Outcome<std::uint64_t> size_of(const OpenFile& file, const Path& path) {
  struct stat status {};
  if (fstat(file.descriptor(), &status) != 0) return cannot("read", path);
  return static_cast<std::uint64_t>(status.st_size);
}

// Reads a whole file into what make(size) returns.
template <class Make>
auto read_whole(const Path& path, std::size_t longest, Make make)
    -> Outcome<decltype(make(std::size_t{}))> {
  const auto file = open_file(path, O_RDONLY);
  if (!file) return pass_on(file.error());
  const auto size = size_of(*file, path);
  if (!size) return pass_on(size.error());
  if (*size > longest) {
    return problem(EX_DATAERR, path.string() + " is too long to be what is expected here");
  }
  auto bytes = make(static_cast<std::size_t>(*size));
  crypto::MutableBytes out;
  if constexpr (std::is_same_v<decltype(bytes), crypto::SecretBuffer>) {
    out = bytes.fill();
  } else {
    out = bytes;
  }
  if (!read_at(file->descriptor(), out, 0)) return cannot("read", path);
  return bytes;
}

// A rename is durable once the directory is.
Outcome<void> sync_directory(const Path& directory) {
  const auto opened = open_file(directory, O_RDONLY | O_DIRECTORY);
  if (!opened) return pass_on(opened.error());
  if (fsync(opened->descriptor()) != 0) return cannot("write", directory);
  return {};
}

Path directory_of(const Path& path) {
  return path.has_parent_path() ? path.parent_path() : Path(".");
}

// What could not be written whole is not left behind.
Outcome<void> write_whole(const Path& path, int flags, crypto::Bytes bytes) {
  const auto file = open_file(path, O_WRONLY | O_CREAT | flags);
  if (!file) return pass_on(file.error());
  if (write_at(file->descriptor(), bytes, 0) && fsync(file->descriptor()) == 0) return {};
  auto failed = cannot("write", path);
  unlink(path.c_str());
  return failed;
}

// Locks as long as it lives; the descriptor stays open.
class Locked {
 public:
  explicit Locked(int descriptor) : descriptor_(descriptor) {
    while (flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~Locked() { flock(descriptor_, LOCK_UN); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;

 private:
  int descriptor_;
};

}  // namespace

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

Outcome<crypto::Buffer> read_file(const Path& path, std::size_t longest) {
  return read_whole(path, longest, [](std::size_t size) { return crypto::Buffer(size); });
}

Outcome<crypto::SecretBuffer> read_secret_file(const Path& path, std::size_t longest) {
  return read_whole(path, longest, [](std::size_t size) { return crypto::SecretBuffer(size); });
}

Outcome<void> write_durably(const Path& path, crypto::Bytes bytes) {
  // One name per process: two that write at once do not tear each other's file.
  Path fresh = path;
  fresh += "." + std::to_string(getpid()) + ".new";
  if (const auto written = write_whole(fresh, O_TRUNC, bytes); !written) return written;
  if (rename(fresh.c_str(), path.c_str()) != 0) return cannot("write", path);
  return sync_directory(directory_of(path));
}

Outcome<void> is_new_file(const Path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) return {};
  return problem(EX_CANTCREAT, path.string() + " exists: name a new file");
}

Outcome<void> write_new_file(const Path& path, crypto::Bytes bytes) {
  if (const auto possible = is_new_file(path); !possible) return possible;
  // Somebody else may have made it since.
  auto written = write_whole(path, O_EXCL, bytes);
  if (written) {
    written = sync_directory(directory_of(path));
    if (!written) unlink(path.c_str());
  }
  if (written) return {};
  return problem(EX_CANTCREAT, written.error().sentence + ": name another new file");
}

namespace {

// Zeros over the bytes of a file that nobody finds by its name any more.
Outcome<void> overwrite(const OpenFile& file, const Path& path) {
  const auto size = size_of(file, path);
  if (!size) return pass_on(size.error());
  const crypto::Buffer zeros(static_cast<std::size_t>(*size));
  if (!write_at(file.descriptor(), zeros, 0) || fsync(file.descriptor()) != 0) {
    return cannot("overwrite", path);
  }
  return {};
}

// The names that write_durably() gives what it has not finished.
bool unfinished(const Path& candidate, const Path& path) {
  const std::string name = candidate.filename().string();
  return name.starts_with(path.filename().string() + ".") && name.ends_with(".new");
}

}  // namespace

Outcome<void> remove_secret_file(const Path& path) {
  const auto file = open_file(path, O_WRONLY);
  if (!file && file.error().exit_code == EX_NOINPUT) return {};
  if (!file) return pass_on(file.error());
  if (const auto done = overwrite(*file, path); !done) return pass_on(done.error());
  if (unlink(path.c_str()) != 0) return cannot("remove", path);
  return sync_directory(directory_of(path));
}

Outcome<void> replace_secret_file(const Path& path, crypto::Bytes bytes) {
  std::error_code listing;
  std::vector<Path> left;
  for (const auto& entry : std::filesystem::directory_iterator(directory_of(path), listing)) {
    if (unfinished(entry.path(), path)) left.push_back(entry.path());
  }
  for (const Path& old : left) {
    // A second name for the present file, made by a process that got no further.
    std::error_code absent;
    if (std::filesystem::equivalent(old, path, absent)) {
      if (unlink(old.c_str()) != 0) return cannot("remove", old);
    } else if (const auto removed = remove_secret_file(old); !removed) {
      return pass_on(removed.error());
    }
  }
  // A name by which what is replaced can still be found, here or by the next process.
  Path replaced = path;
  replaced += ".replaced.new";
  if (link(path.c_str(), replaced.c_str()) != 0 && errno != ENOENT) return cannot("keep", path);
  if (const auto written = write_durably(path, bytes); !written) return pass_on(written.error());
  return remove_secret_file(replaced);
}

Outcome<void> make_private_directory(const Path& path) {
  if (mkdir(path.c_str(), S_IRWXU) == 0) return sync_directory(directory_of(path));
  if (errno != EEXIST) return cannot("make the directory", path);
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return cannot("read", path);
  if (!S_ISDIR(status.st_mode)) {
    return problem(EX_CANTCREAT, path.string() + " exists and is not a directory");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return problem(EX_NOPERM, "others can enter " + path.string() + ": chmod 700 it first");
  }
  return {};
}

Outcome<OpenFile> lock_file(const Path& path) {
  auto file = open_file(path, O_RDWR | O_CREAT);
  if (!file) return pass_on(file.error());
  while (flock(file->descriptor(), LOCK_EX) != 0) {
    if (errno != EINTR) return cannot("lock", path);
  }
  return file;
}

Outcome<OpenFile> open_for_records(const Path& path) { return open_file(path, O_RDWR | O_CREAT); }

Outcome<RecordFile> RecordFile::open(const Path& path, std::size_t longest_record) {
  auto file = open_for_records(path);
  if (!file) return pass_on(file.error());
  RecordFile records(path, std::move(*file), longest_record);
  if (const auto read = records.catch_up(); !read) return pass_on(read.error());
  return records;
}

// The lock must be held: then a record without its end was left by a crash.
Outcome<void> RecordFile::scan() {
  const auto size = size_of(file_, path_);
  if (!size) return pass_on(size.error());
  while (end_ < *size) {
    crypto::Block<length_size> length{};
    if (*size - end_ < length_size || !read_at(file_.descriptor(), length, end_)) break;
    const std::uint32_t next = crypto::Reader(length).u32();
    if (next > longest_record_) {
      return problem(EX_DATAERR, path_.string() + " is damaged: remove it, and it is made anew");
    }
    if (*size - end_ - length_size < next) break;
    places_.push_back({end_ + length_size, next});
    end_ += length_size + next;
  }
  if (end_ < *size && ftruncate(file_.descriptor(), static_cast<off_t>(end_)) != 0) {
    return cannot("write", path_);
  }
  return {};
}

Outcome<std::size_t> RecordFile::catch_up() {
  const Locked locked(file_.descriptor());
  const std::size_t before = places_.size();
  if (const auto scanned = scan(); !scanned) return pass_on(scanned.error());
  return places_.size() - before;
}

Outcome<crypto::Buffer> RecordFile::read(std::size_t index) const {
  const Place& place = places_.at(index);
  crypto::Buffer record(place.size);
  if (!read_at(file_.descriptor(), record, place.offset)) return cannot("read", path_);
  return record;
}

Outcome<void> RecordFile::append(std::size_t index, crypto::Bytes record, Durable when) {
  const Locked locked(file_.descriptor());
  if (const auto scanned = scan(); !scanned) return pass_on(scanned.error());
  if (index != places_.size()) return {};
  return write_record(record, when);
}

Outcome<void> RecordFile::add(crypto::Bytes record) {
  const Locked locked(file_.descriptor());
  if (const auto scanned = scan(); !scanned) return pass_on(scanned.error());
  return write_record(record, Durable::at_once);
}

Outcome<void> RecordFile::make_durable() {
  if (durable_) return {};
  if (fdatasync(file_.descriptor()) != 0) return cannot("write", path_);
  durable_ = true;
  return {};
}

Outcome<void> RecordFile::write_record(crypto::Bytes record, Durable when) {
  crypto::Buffer bytes(length_size + record.size());
  crypto::Writer(bytes).u32(static_cast<std::uint32_t>(record.size())).bytes(record);
  if (!write_at(file_.descriptor(), bytes, end_)) return cannot("write", path_);
  durable_ = false;
  if (when == Durable::at_once) {
    if (const auto done = make_durable(); !done) return done;
  }
  places_.push_back({end_ + length_size, static_cast<std::uint32_t>(record.size())});
  end_ += bytes.size();
  return {};
}

}  // namespace meldpunt::client
