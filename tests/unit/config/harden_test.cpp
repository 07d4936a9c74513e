#include "config/harden.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace meldpunt::config {
namespace {

TEST(Hardening, LeavesNoCoreDumpNoTracingAndFilesForTheirOwnerOnly) {
  umask(0);
  harden_process();

  rlimit core{};
  ASSERT_EQ(getrlimit(RLIMIT_CORE, &core), 0);
  EXPECT_EQ(core.rlim_cur, 0U);
  EXPECT_EQ(core.rlim_max, 0U);
  EXPECT_EQ(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
  EXPECT_EQ(umask(0), mode_t{S_IRWXG | S_IRWXO});
}

TEST(Hardening, MayBeDoneTwice) {
  harden_process();
  EXPECT_NO_THROW(harden_process());
}

}  // namespace
}  // namespace meldpunt::config
