#include "client/image/sandbox.h"

#include <linux/landlock.h>
#include <malloc.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <initializer_list>
#include <memory>

namespace meldpunt::image {

namespace {

bool limit(__rlimit_resource_t what, rlim_t most, rlim_t beyond = 0) {
  const rlimit bound{.rlim_cur = most, .rlim_max = most + beyond};
  return setrlimit(what, &bound) == 0;
}

struct Release {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

// Only with arguments of which all conditions hold.
bool allow(const Filter& filter, int call, std::initializer_list<scmp_arg_cmp> conditions = {}) {
  return seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call,
                                static_cast<unsigned>(conditions.size()),
                                std::data(conditions)) == 0;
}

// Memory for bytes, not for code and not of a file.
bool allow_memory(const Filter& filter) {
  const scmp_arg_cmp no_code{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
  const scmp_arg_cmp no_file{3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS};
  return allow(filter, SCMP_SYS(mmap), {no_code, no_file}) && allow(filter, SCMP_SYS(munmap)) &&
         allow(filter, SCMP_SYS(mremap)) && allow(filter, SCMP_SYS(brk));
}

}  // namespace

bool enter_sandbox() {
  if (!limit_resources()) return false;
  forbid_files();
  return allow_few_calls();
}

bool limit_resources() {
  // Further arenas would need mprotect() when memory runs out.
  mallopt(M_ARENA_MAX, 1);
  // From the first after standard error on.
  constexpr unsigned last = ~0U;
  return syscall(SYS_close_range, STDERR_FILENO + 1, last, 0) == 0 && limit(RLIMIT_CORE, 0) &&
         prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && limit(RLIMIT_AS, memory_most) &&
         // SIGXCPU at the first, which says why it ended; SIGKILL at the second.
         limit(RLIMIT_CPU, processor_seconds_most, 1) && limit(RLIMIT_FSIZE, 0) &&
         limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_NPROC, 0);
}

// glibc has no functions for these calls. All rights of the first version; a rule that allowed any
// of them is never added.
void forbid_files() {
  landlock_ruleset_attr nothing{};
  nothing.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;
  const long rules = syscall(SYS_landlock_create_ruleset, &nothing, sizeof nothing, 0);
  if (rules < 0) return;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) syscall(SYS_landlock_restrict_self, rules, 0);
  close(static_cast<int>(rules));
}

// libseccomp also sets no-new-privileges, and kills calls of another architecture's numbering.
bool allow_few_calls() {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  const scmp_arg_cmp standard_input{0, SCMP_CMP_EQ, STDIN_FILENO, 0};
  const scmp_arg_cmp standard_output{0, SCMP_CMP_EQ, STDOUT_FILENO, 0};
  return filter != nullptr &&
         seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
         allow(filter, SCMP_SYS(read), {standard_input}) &&
         allow(filter, SCMP_SYS(write), {standard_output}) && allow_memory(filter) &&
         allow(filter, SCMP_SYS(exit)) && allow(filter, SCMP_SYS(exit_group)) &&
         seccomp_load(filter.get()) == 0;
}

}  // namespace meldpunt::image
