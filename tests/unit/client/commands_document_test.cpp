#include "client/cli/commands_document.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace meldpunt::client {
namespace {

// Run from the root of the tree. After a change: build/.../bin/write_commands .
TEST(CommandsDocument, StandsInTheTreeAsTheTablesSay) {
  std::ifstream in("docs/commands.md", std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), commands_document());
}

}  // namespace
}  // namespace meldpunt::client
