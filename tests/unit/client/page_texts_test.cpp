#include "client/lib/page_texts.h"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace meldpunt::client {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

json file(const std::string& name) { return json::parse(std::ifstream(name)); }

TEST(PageTexts, AreThoseOfThePageInEveryLanguage) {
  const auto codes = text_module_codes();
  ASSERT_EQ(codes.size(), file("config/text_modules.json")["modules"].size());
  for (const char* language : {"nl", "en", "ro", "pl", "bg", "hu", "vi", "fr", "ar"}) {
    SCOPED_TRACE(language);
    const json catalogue = file("client/page/text/" + std::string(language) + ".json");
    for (const auto code : codes) {
      EXPECT_EQ(text_of_module(code, language), catalogue["module." + std::string(code)]);
    }
    EXPECT_EQ(text_of_status(crypto::ReplyStatus::read, language), catalogue["status.read"]);
    EXPECT_EQ(text_of_status(crypto::ReplyStatus::consent, language), catalogue["status.consent"]);
  }
}

TEST(PageTexts, AreReadInTheNearestLanguage) {
  EXPECT_EQ(text_of_module("THANKS", "nl-BE"), text_of_module("THANKS", "nl"));
  EXPECT_EQ(text_of_module("THANKS", "xx"), text_of_module("THANKS", "en"));
  EXPECT_NE(text_of_module("THANKS", "nl"), text_of_module("THANKS", "en"));
}

TEST(PageTexts, AModuleOfANewerProgramIsNamed) {
  EXPECT_FALSE(has_text_module("NEWER"));
  EXPECT_THAT(text_of_module("NEWER", "nl"), HasSubstr("NEWER"));
}

TEST(PageTexts, SayWhenAModuleIsFor) {
  for (const auto code : text_module_codes()) {
    EXPECT_TRUE(has_text_module(code)) << code;
    EXPECT_FALSE(use_of_text_module(code, "nl").empty()) << code;
    EXPECT_NE(use_of_text_module(code, "nl"), use_of_text_module(code, "en")) << code;
  }
}

}  // namespace
}  // namespace meldpunt::client
