#include "tests/support/child.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace meldpunt::tests {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> list;
  for (const std::string& word : words) list.push_back(const_cast<char*>(word.c_str()));
  return list;
}

class Redirections {
 public:
  Redirections() { posix_spawn_file_actions_init(&actions_); }
  ~Redirections() { posix_spawn_file_actions_destroy(&actions_); }
  Redirections(const Redirections&) = delete;
  Redirections& operator=(const Redirections&) = delete;

  void input(const std::string& file) {
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, file.c_str(), O_RDONLY, 0);
  }
  void output(const std::string& file) {
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, file.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
  }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

pid_t spawn(const Command& command, const Redirections& redirections,
            const std::vector<std::string>& environment) {
  auto words = pointers(command);
  words.push_back(nullptr);
  auto variables = pointers(environment);
  for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
  variables.push_back(nullptr);
  pid_t id = -1;
  if (posix_spawnp(&id, words[0], redirections.get(), nullptr, words.data(), variables.data()) !=
      0) {
    throw std::runtime_error("cannot start " + command.at(0));
  }
  return id;
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

}  // namespace

Folder::Folder() {
  std::string pattern = std::filesystem::temp_directory_path() / "meldpunt-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Child::Child(const Command& command, const std::filesystem::path& log,
             const std::vector<std::string>& environment) {
  Redirections redirections;
  redirections.input("/dev/null");
  if (!log.empty()) redirections.output(log);
  id_ = spawn(command, redirections, environment);
}

Child::~Child() { kill(); }

bool Child::alive() {
  if (!ended_ && waitpid(id_, &status_, WNOHANG) == id_) ended_ = true;
  return !ended_;
}

void Child::kill() {
  if (!alive()) return;
  ::kill(id_, SIGKILL);
  waitpid(id_, &status_, 0);
  ended_ = true;
}

int Child::wait(std::chrono::milliseconds within) {
  const auto until = Clock::now() + within;
  while (alive() && Clock::now() < until) std::this_thread::sleep_for(5ms);
  return ended_ && WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
}

bool Child::ends_politely(std::chrono::milliseconds within) {
  ::kill(id_, SIGTERM);
  return wait(within) == 0;
}

std::size_t Child::memory_kib() const {
  std::ifstream file("/proc/" + std::to_string(id_) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
  }
  return 0;
}

std::chrono::microseconds Child::cpu() const {
  const std::string text = read_text("/proc/" + std::to_string(id_) + "/stat");
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int field = 0; field < 11; ++field) fields >> skipped;
  std::int64_t user = 0;
  std::int64_t system = 0;
  fields >> user >> system;
  return std::chrono::microseconds((user + system) * 1'000'000 / sysconf(_SC_CLK_TCK));
}

Finished run(const Command& command, const std::string& input, std::chrono::milliseconds within) {
  const Folder folder;
  write_text(folder / "input", input);
  Redirections redirections;
  redirections.input(folder / "input");
  redirections.output(folder / "output");
  const pid_t id = spawn(command, redirections, {});
  const auto until = Clock::now() + within;
  int status = 0;
  while (waitpid(id, &status, WNOHANG) == 0) {
    if (Clock::now() > until) ::kill(id, SIGKILL);
    std::this_thread::sleep_for(2ms);
  }
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_text(folder / "output")};
}

int a_free_port() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof address);
  getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
  close(probe);
  return ntohs(address.sin_port);
}

bool listens(int port) {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool connected =
      connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(probe);
  return connected;
}

void never_came(const std::string& what) { throw std::runtime_error(what + ": not in time"); }

void pause_a_little() { std::this_thread::sleep_for(10ms); }

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace meldpunt::tests
