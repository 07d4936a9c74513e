// libsodium is started once, before the first test, as every main() of ours does.
#include <gtest/gtest.h>
#include <sodium.h>

namespace {

class SodiumStart : public testing::Environment {
  void SetUp() override { ASSERT_GE(sodium_init(), 0); }
};

[[maybe_unused]] const testing::Environment* const sodium_start =
    testing::AddGlobalTestEnvironment(new SodiumStart);

}  // namespace
