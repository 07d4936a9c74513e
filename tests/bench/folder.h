// A directory of its own under another one, gone with all it holds at the end of the scope.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>

namespace meldpunt::bench {

class Folder {
 public:
  explicit Folder(const std::filesystem::path& parent) {
    auto pattern = (parent / "bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
    path_ = pattern;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace meldpunt::bench
