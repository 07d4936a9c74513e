// What the sandbox forbids, by doing it there: each in a child of its own.
#include "client/image/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/landlock.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <vector>

namespace meldpunt::image {
namespace {

constexpr int survived = 42;
constexpr std::size_t page = 4096;

// Ends with `survived` when the kernel let it live.
template <class Deed>
[[noreturn]] void inside(Deed deed) {
  if (!enter_sandbox()) _exit(1);
  deed();
  _exit(survived);
}

struct Row {
  const char* what;
  void (*deed)();
};

void ignore(long /*result*/) {}

TEST(TheSandbox, KillsWhateverReachesOutside) {
  const Row rows[] = {
      {"open a file", [] { ignore(::open("/etc/passwd", O_RDONLY)); }},
      {"make a file", [] { ignore(::open("/tmp/meldpunt-escaped", O_WRONLY | O_CREAT, 0600)); }},
      {"remove a file", [] { ignore(::unlink("/tmp/meldpunt-escaped")); }},
      {"look at a file", [] { ignore(::access("/etc/passwd", R_OK)); }},
      {"open a socket", [] { ignore(::socket(AF_INET, SOCK_STREAM, 0)); }},
      {"open a local socket", [] { ignore(::socket(AF_UNIX, SOCK_STREAM, 0)); }},
      {"send on what it has", [] { ignore(::send(STDOUT_FILENO, "x", 1, 0)); }},
      {"fork", [] { ignore(::fork()); }},
      {"start a thread's clone", [] { ignore(::syscall(SYS_clone, CLONE_VM, 0, 0, 0, 0)); }},
      {"run a program", [] { ignore(::execl("/bin/true", "true", nullptr)); }},
      {"signal its parent", [] { ignore(::kill(::getppid(), 0)); }},
      {"trace", [] { ignore(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }},
      {"make memory into code",
       [] {
         ignore(reinterpret_cast<long>(::mmap(nullptr, page, PROT_READ | PROT_WRITE | PROT_EXEC,
                                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)));
       }},
      {"make its own memory into code",
       [] { ignore(::syscall(SYS_mprotect, 0x1000, page, PROT_EXEC)); }},
      {"read what is not its input",
       [] { ignore(::syscall(SYS_read, STDERR_FILENO, nullptr, 0)); }},
      {"write to what is not its output", [] { ignore(::write(STDERR_FILENO, "", 0)); }},
      {"leave", [] { ignore(::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)); }},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EXIT(inside(row.deed), testing::KilledBySignal(SIGSYS), "");
  }
}

TEST(TheSandbox, LeavesInputOutputAndMemory) {
  const auto work = [] {
    if (::write(STDOUT_FILENO, "", 0) != 0) _exit(1);
    if (::syscall(SYS_read, STDIN_FILENO, nullptr, 0) < 0 && errno == EPERM) _exit(2);
    std::vector<char> memory(std::size_t{64} << 20, 'x');
    memory.resize(std::size_t{128} << 20);
  };

  EXPECT_EXIT(inside(work), testing::ExitedWithCode(survived), "");
}

TEST(TheSandbox, HasNoMoreMemoryThanItSays) {
  const auto greedy = [] {
    if (std::malloc(memory_most) != nullptr) _exit(1);
    if (std::malloc(memory_most / 2) == nullptr) _exit(2);
  };

  EXPECT_EXIT(inside(greedy), testing::ExitedWithCode(survived), "");
}

// The layers below seccomp, each alone.
TEST(ItsLimits, HoldWithoutTheListOfCalls) {
  const auto limited = [] {
    const int kept = ::dup(STDOUT_FILENO);
    if (!limit_resources()) _exit(1);
    if (::fcntl(kept, F_GETFD) != -1) _exit(2);
    if (::open("/etc/passwd", O_RDONLY) != -1 || errno != EMFILE) _exit(3);
    if (::prctl(PR_GET_DUMPABLE) != 0) _exit(4);
    _exit(survived);
  };

  EXPECT_EXIT(limited(), testing::ExitedWithCode(survived), "");
}

bool kernel_has_landlock() {
  return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

TEST(Landlock, ForbidsFilesWithoutTheListOfCalls) {
  const bool there = kernel_has_landlock();
  const auto landlocked = [there] {
    forbid_files();
    const bool opened = ::open("/etc/passwd", O_RDONLY) != -1;
    if (!opened && errno != EACCES) _exit(1);
    _exit(opened == !there ? survived : 2);
  };

  EXPECT_EXIT(landlocked(), testing::ExitedWithCode(survived), "");
}

}  // namespace
}  // namespace meldpunt::image
