// Programs that a test starts: in the background, killed at the end of their scope; or to the end,
// with what they printed.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace meldpunt::tests {

using Command = std::vector<std::string>;

// A directory of its own, gone with everything in it at the end of the scope.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

class Child {
 public:
  // Standard output and error go to `log`, where one is named; `environment` lines (NAME=value)
  // come before this process's own.
  explicit Child(const Command& command, const std::filesystem::path& log = {},
                 const std::vector<std::string>& environment = {});
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] pid_t id() const { return id_; }
  bool alive();
  void kill();
  // Waits for it; -1 when it does not end in time or by a signal.
  int wait(std::chrono::milliseconds within);
  // Sends SIGTERM; whether it ended with status 0 within the time.
  bool ends_politely(std::chrono::milliseconds within);

  [[nodiscard]] std::size_t memory_kib() const;
  [[nodiscard]] std::chrono::microseconds cpu() const;

 private:
  pid_t id_ = -1;
  bool ended_ = false;
  int status_ = 0;
};

struct Finished {
  int status = -1;
  std::string output;  // standard output and error together
};

// `input` becomes its standard input.
Finished run(const Command& command, const std::string& input = {},
             std::chrono::milliseconds within = std::chrono::minutes(2));

// A port of 127.0.0.1 that no other test is given while this one runs.
int a_free_port();
// Whether something listens on this port of 127.0.0.1.
bool listens(int port);

// Throws when the condition does not become true in time.
template <class Condition>
void await(const std::string& what, Condition condition,
           std::chrono::milliseconds within = std::chrono::seconds(20));

[[noreturn]] void never_came(const std::string& what);
void pause_a_little();

template <class Condition>
void await(const std::string& what, Condition condition, std::chrono::milliseconds within) {
  const auto until = std::chrono::steady_clock::now() + within;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) never_came(what);
    pause_a_little();
  }
}

std::string read_text(const std::filesystem::path& path);
void write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace meldpunt::tests
