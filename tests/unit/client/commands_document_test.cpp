#include "client/cli/commands_document.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "client/cli/command.h"
#include "client/record/kinds_document.h"
#include "config/gateway_options.h"
#include "config/server_options.h"

namespace meldpunt::client {
namespace {

std::string contents(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Run from the root of the tree. After a change: build/.../bin/write_commands .
TEST(CommandsDocument, StandsInTheTreeAsTheTablesSay) {
  EXPECT_EQ(contents("docs/commands.md"), commands_document());
}

TEST(KindsDocument, StandsInTheTreeAsTheTableSays) {
  EXPECT_EQ(contents("docs/casework-kinds.md"), record::kinds_document());
}

TEST(Documents, NameOnlyOptionsThatThereAre) {
  std::set<std::string, std::less<>> names{"long", "system", "home-dir", "no-create-home",
                                           "gid",  "preset", "build",    "check"};  // of others
  const auto take = [&](config::Table table) {
    for (const config::Option& row : table) names.emplace(row.name);
  };
  take(config::server_options);
  take(config::gateway_staff_options);
  for (const Command& command : all_commands()) take(command.options);
  const std::string text = contents("docs/operations.md") + contents("docs/architecture.md") +
                           contents("docs/keys.md") + contents("docs/trends.md") +
                           contents("docs/partner.md") + contents("docs/escalating.md");
  const std::regex option("[ `(]--([a-z][a-z-]+)");
  std::size_t named = 0;
  for (std::sregex_iterator at(text.begin(), text.end(), option), end; at != end; ++at, ++named) {
    EXPECT_TRUE(names.contains((*at)[1].str())) << (*at)[1];
  }
  EXPECT_GT(named, 10U);
}

}  // namespace
}  // namespace meldpunt::client
