#include "client/console/sentences.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "crypto/result.h"

namespace meldpunt::console::test {
namespace {

using Json = nlohmann::json;

TEST(Sentences, AreToldAsACodeAndWhatStandsInTheirBlanks) {
  EXPECT_EQ(said("this case has been erased"),
            (Json{{"code", "case_erased"}, {"values", Json::object()}}));
  EXPECT_EQ(said("Too many wrong tries. Wait 16 seconds, and try again."),
            (Json{{"code", "wait_tries"}, {"values", {{"seconds", "16"}}}}));
  EXPECT_EQ(said("roster 7: the device 'a: b' was removed"),
            (Json{{"code", "told.roster"},
                  {"values",
                   {{"number", "7"},
                    {"device", "a: b"},
                    {"change", {{"code", "change.removed"}, {"values", Json::object()}}}}}}));
}

TEST(Sentences, WithinASentenceAreToldTheSameWay) {
  const Json told = said("this text: " + std::string(crypto::describe(crypto::Error::too_long)));
  EXPECT_EQ(told["code"], "this_text");
  EXPECT_EQ(told["values"]["error"]["code"], "error.too_long");
}

TEST(Sentences, ThatNoRowHasStayAsTheyAre) {
  for (const char* sentence : {"", "this case has been erased!", "x this case has been erased",
                               "Wait 16 seconds, and try again."}) {
    EXPECT_EQ(said(sentence), nullptr) << sentence;
  }
  EXPECT_EQ(with_said("Unheard of.")["sentence"], "Unheard of.");
}

}  // namespace
}  // namespace meldpunt::console::test
