#include "tests/support/child.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <random>
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

// Below the range from which the system picks a port for an outgoing connection: one of those would
// otherwise sit on a port between its choice and the start of the program that is to listen there.
constexpr int first_port = 20'000;
constexpr int port_count = 8'000;

// Keeps the port for this process, among all that ask here, until it ends.
bool is_reserved(int port) {
  const int keeper = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = "meldpunt-test-port-" + std::to_string(port);
  std::ranges::copy(name, address.sun_path + 1);  // after a zero byte: a name without a file
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (bind(keeper, reinterpret_cast<sockaddr*>(&address), size) == 0) return true;
  close(keeper);
  return false;
}

bool is_bound(int port) {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool bound = bind(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0;
  close(probe);
  return bound;
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
  static int next = first_port + static_cast<int>(std::random_device()() % port_count);
  for (int tried = 0; tried < port_count; ++tried) {
    const int port = next;
    next = first_port + (next + 1 - first_port) % port_count;
    if (is_reserved(port) && !is_bound(port)) return port;
  }
  throw std::runtime_error("no port is free");
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
