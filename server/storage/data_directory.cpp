#include "server/storage/data_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>
#include <thread>

#include "server/storage/store.h"

namespace meldpunt::server {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& what) {
  const std::string reason = std::strerror(errno);
  throw StoreFailure("Cannot " + what + " " + path.string() + ": " + reason + ".");
}

void make_directory(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) return;
  if (path.has_parent_path()) {
    std::error_code ignored;  // mkdir says it better
    std::filesystem::create_directories(path.parent_path(), ignored);
  }
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) refuse(path, "create the directory");
}

void sync_path(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) refuse(path, "open");
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!synced) refuse(path, "sync");
}

// directory_is_held() takes the lock for a moment, which must not keep a daemon from starting.
bool lock_soon(int descriptor) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::string holder(int descriptor) {
  std::string text(32, '\0');
  const auto size = ::pread(descriptor, text.data(), text.size(), 0);
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text.substr(0, text.find('\n'));
}

}  // namespace

DataPaths::DataPaths(const std::filesystem::path& where)
    : directory(where),
      database(where / "meldpunt.sqlite"),
      log(where / "meldpunt.sqlite-wal"),
      mark(where / "meldpunt.sqlite-mark"),
      generation(where / "generation"),
      lock(where / "lock") {}

DirectoryLock::DirectoryLock(const DataPaths& paths) {
  make_directory(paths.directory);
  descriptor_ = ::open(paths.lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) refuse(paths.lock, "open the lock");
  if (!lock_soon(descriptor_)) {
    const auto who = holder(descriptor_);
    ::close(descriptor_);
    throw StoreFailure("Another meldpuntd (process " + who + ") uses " + paths.directory.string() +
                       ". Stop that one first, or give this one a directory of its own.");
  }
  // For the sentence above only: a full disk may leave it empty.
  const auto process = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor_, 0) == 0) {
    [[maybe_unused]] const auto written = ::pwrite(descriptor_, process.data(), process.size(), 0);
  }
}

DirectoryLock::~DirectoryLock() { ::close(descriptor_); }

bool directory_is_held(const DataPaths& paths) {
  const int descriptor = ::open(paths.lock.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool held = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
  ::close(descriptor);
  return held;
}

void create_private_file(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) refuse(path, "create");
  ::close(descriptor);
}

void sync_file(const std::filesystem::path& path) { sync_path(path, O_RDONLY); }

void sync_directory_of(const std::filesystem::path& path) {
  sync_path(path.has_parent_path() ? path.parent_path() : ".", O_RDONLY | O_DIRECTORY);
}

std::uint32_t noted_generation(const DataPaths& paths) {
  std::uint32_t generation = 0;
  std::ifstream(paths.generation) >> generation;
  return generation;
}

void note_generation(const DataPaths& paths, std::uint32_t generation) {
  auto fresh = paths.generation;
  fresh += ".new";
  create_private_file(fresh);
  std::ofstream file(fresh);
  file << generation << "\n";
  file.close();
  if (!file) refuse(fresh, "write");
  sync_file(fresh);
  std::filesystem::rename(fresh, paths.generation);
}

}  // namespace meldpunt::server
