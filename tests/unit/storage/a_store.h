// The words of the storage tests: a directory that goes away, items, and both kinds of store.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "server/storage/memory_store.h"
#include "server/storage/sqlite_store.h"
#include "server/storage/store.h"

namespace meldpunt::server {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    // In memory where there is such a place: what is tested is order, not the disk's patience.
    const std::filesystem::path memory = "/dev/shm";
    const bool has_memory = ::access(memory.c_str(), W_OK) == 0;
    const auto parent = has_memory ? memory : std::filesystem::temp_directory_path();
    std::string pattern = (parent / "meldpunt-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline MailboxName name_of(std::uint8_t byte) {
  MailboxName name{};
  std::ranges::fill(name, byte);
  return name;
}

inline std::vector<std::uint8_t> bytes_of(const std::string& text, std::size_t size = 0) {
  std::vector<std::uint8_t> bytes(text.begin(), text.end());
  if (size > 0) bytes.resize(size, bytes.empty() ? std::uint8_t{0} : bytes.back());
  return bytes;
}

inline Item item_of(MailboxKind kind, std::uint8_t name, std::uint64_t position,
                    const std::string& text) {
  Item item;
  item.kind = kind;
  if (name != 0) item.name = name_of(name);
  item.position = position;
  item.hour = 490'000;
  item.bytes = bytes_of(text);
  return item;
}

inline Item report_of(const std::string& text, std::size_t size = 15'232) {
  auto item = item_of(MailboxKind::intake, 0, 7, text);
  item.bytes = bytes_of(text, size);
  return item;
}

inline Written write_one(Store& store, Rule rule, Item item, ItemId target = 0) {
  const Write write{rule, std::move(item), target};
  return store.writer().apply({&write, 1}).front();
}

inline bool always() { return true; }

inline std::string file_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void overwrite(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

inline void flip_byte(const std::filesystem::path& path, std::uintmax_t at) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(static_cast<std::streamoff>(at));
  const char changed = static_cast<char>(file.get() ^ 0x40);
  file.seekp(static_cast<std::streamoff>(at));
  file.put(changed);
}

// The sentence with which the store refuses to open, empty when it opens.
inline std::string refusal(const std::filesystem::path& directory) {
  try {
    open_sqlite_store(directory);
  } catch (const StoreFailure& failure) {
    return failure.what();
  }
  return {};
}

// Runs `story` in a child process and returns its exit code, or minus the signal that ended it.
inline int in_child(const std::function<int()>& story) {
  const auto child = ::fork();
  if (child == 0) {
    int code = 99;
    try {
      code = story();
    } catch (const std::exception& error) {
      fprintf(stderr, "child: %s\n", error.what());
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace meldpunt::server
