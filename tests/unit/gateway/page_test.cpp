#include "server/gateway/page.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "server/gateway/site.h"
#include "tests/support/fixed_region.h"

namespace meldpunt::gateway {
namespace {

TEST(PageHeaders, AreTakenLineByLine) {
  std::string type;
  const auto headers = read_headers("A: b\r\n\nC-D: e: f\nContent-Type: text/html\n", type);

  ASSERT_TRUE(headers) << headers.error();
  EXPECT_EQ(*headers, "A: b\r\nC-D: e: f\r\n");
  EXPECT_EQ(type, "text/html");
}

TEST(PageHeaders, ThatCouldBreakAnAnswerAreRefusedWithTheirLine) {
  for (const char* line :
       {"no colon", ": no name", "A:", "A: ", "A b: c", "A: \x01", "A: caf\xc3\xa9",
        "Content-Length: 5", "connection: close", "Transfer-Encoding: x"}) {
    std::string type;
    const auto headers = read_headers("A: b\n" + std::string(line) + "\n", type);

    ASSERT_FALSE(headers) << line;
    EXPECT_TRUE(headers.error().starts_with("page: line 2 ")) << headers.error();
  }
}

class SiteFiles : public testing::Test {
 protected:
  SiteFiles() {
    std::string folder = std::filesystem::temp_directory_path() / "meldpunt-site-XXXXXX";
    folder_ = mkdtemp(folder.data());
    const crypto::test::FixedRegion region;
    const auto pin = crypto::sign_pin(region.pin, region.root);
    write("pin", {reinterpret_cast<const char*>(pin.data()), pin.size()});
    for (const char* name : {"page.html", "page.html.gz", "page.html.br"}) write(name, name);
    write("page.headers", "A: b\n");
    settings_.page = folder_;
    settings_.pin = folder_ / "pin";
    settings_.path = "/";
  }
  ~SiteFiles() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string problem() {
    const auto site = read_site(settings_);
    return site ? "" : site.error();
  }

  std::filesystem::path folder_;
  WebSettings settings_;
};

TEST_F(SiteFiles, AreReadOnce) {
  const auto site = read_site(settings_);

  ASSERT_TRUE(site) << site.error();
  EXPECT_TRUE(site->has_page());
}

TEST_F(SiteFiles, ThatAreMissingAreNamed) {
  std::filesystem::remove(folder_ / "page.html.br");
  EXPECT_NE(problem().find("page.html.br; build the page"), std::string::npos) << problem();

  write("page.html.br", "");
  EXPECT_NE(problem().find("page.html.br is empty"), std::string::npos) << problem();
}

TEST_F(SiteFiles, NeedAPinThatIsOne) {
  write("pin", "something else");
  EXPECT_TRUE(problem().starts_with("pin: ")) << problem();

  std::filesystem::remove(folder_ / "pin");
  EXPECT_TRUE(problem().starts_with("pin: ")) << problem();
}

}  // namespace
}  // namespace meldpunt::gateway
