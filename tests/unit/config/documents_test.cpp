#include "config/documents.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "config/client_options.h"
#include "config/gateway_options.h"
#include "config/server_options.h"

namespace meldpunt::config {
namespace {

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Run from the root of the tree. After a change: build/.../bin/write_documents .
TEST(Documents, StandInTheTreeAsTheTablesSay) {
  EXPECT_EQ(contents("config/server.conf.example"), server_example());
  EXPECT_EQ(contents("config/gateway.conf.example"), gateway_example());
  EXPECT_EQ(contents("docs/configuration.md"), configuration_document());
}

// What the first group of `pattern` matches in `text`.
std::vector<std::string> found(const std::string& text, const char* pattern) {
  const std::regex expression(pattern);
  std::vector<std::string> all;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) {
    all.push_back((*at)[1]);
  }
  return all;
}

std::vector<std::filesystem::path> documents() {
  std::vector<std::filesystem::path> all{"README.md", "CONTRIBUTING.md", "SECURITY.md",
                                         "CHANGELOG.md"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator("docs")) {
    if (entry.path().extension() == ".md") all.push_back(entry.path());
  }
  return all;
}

TEST(Documents, LinkToFilesThatAreThere) {
  ASSERT_GT(documents().size(), 10U);
  for (const auto& document : documents()) {
    for (const std::string& link : found(contents(document), R"(\]\(([^)#:]+)(?:#[^)]*)?\))")) {
      EXPECT_TRUE(std::filesystem::exists(document.parent_path() / link))
          << document << " links to " << link;
    }
  }
}

// The metrics' names stand in the sources without their prefix, and counters without _total.
TEST(Documents, NameOnlyMetricsThatThereAre) {
  const std::string sources =
      contents("server/metrics.cpp") + contents("server/gateway/counters.cpp");
  const auto named = found(contents("docs/operations.md"), "meldpunt_((?:gateway_)?[a-z_]*[a-z])");
  ASSERT_GT(named.size(), 8U);
  for (std::string name : named) {
    if (name.starts_with("gateway_")) {
      name.erase(0, 8);
    } else if (name.ends_with("_total")) {
      name.erase(name.size() - 6);
    }
    EXPECT_NE(sources.find('"' + name + '"'), std::string::npos) << name;
  }
}

TEST(Tables, HaveEachNameOnceAndOneSentenceOfHelp) {
  const std::pair<const char*, Table> tables[] = {
      {"server", server_options},
      {"gateway, reporters", gateway_reporters_options},
      {"gateway, staff", gateway_staff_options},
  };
  for (const auto& [name, table] : tables) {
    SCOPED_TRACE(name);
    std::set<std::string_view> names;
    for (const Option& row : table) {
      SCOPED_TRACE(std::string(row.name));
      EXPECT_TRUE(names.insert(row.name).second);
      EXPECT_FALSE(row.help.empty());
      EXPECT_TRUE(row.help.ends_with('.'));
    }
  }
}

TEST(Tables, HaveFallbacksThatTheirOwnParserTakes) {
  const char* const nothing[] = {"program"};
  const struct {
    const char* name;
    Table table;
  } rows[] = {
      {"server", server_options},
      {"reporters", gateway_reporters_options},
      {"staff", gateway_staff_options},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    for (const Option& option : row.table) {
      if (option.fallback.empty()) continue;
      const std::string word = "--" + std::string(option.name) + "=" + std::string(option.fallback);
      const char* const words[] = {nothing[0], word.c_str()};
      EXPECT_TRUE(parse(row.table, 2, words)) << word;
    }
  }
}

}  // namespace
}  // namespace meldpunt::config
