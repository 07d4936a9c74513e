#include "config/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sysexits.h>

#include <fstream>

namespace meldpunt::config {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::array table{
    Option{"config", Type::path, "", "A file with these options."},
    Option{"run", Type::path, "/run/meldpunt", "The directory of the sockets."},
    Option{"quota", Type::number, "50000", "Reports that may wait."},
    Option{"hold-ms", Type::milliseconds, "250", "The grid of answers."},
    Option{"tick-seconds", Type::seconds, "600", "How long a notice stays."},
    Option{"demonstration", Type::flag, "", "Say so."},
    Option{"name", Type::text, "", "Of the region."},
    Option{"also", Type::list, "", "Any number of times."},
    Option{"passphrase-file", Type::path, "", "Where it stands.", true},
    deed("check-config", Type::flag, "Check, and end."),
};

tl::expected<Options, Problem> parsed(std::vector<const char*> words,
                                      Positional positional = Positional::refused) {
  return parse(table, words, positional);
}

std::string sentence(std::vector<const char*> words) {
  const auto options = parsed(std::move(words));
  return options ? "no problem" : options.error().sentence;
}

class OptionsFile : public testing::Test {
 protected:
  ~OptionsFile() override { std::filesystem::remove(path_); }

  tl::expected<Options, Problem> with_file(std::string_view text,
                                           std::vector<const char*> words = {}) {
    std::ofstream(path_) << text;
    words.insert(words.end(), {"--config", path_.c_str()});
    return parsed(std::move(words));
  }

  const std::string path_ = testing::TempDir() + "options_test.conf";
};

TEST(Options, HaveTheFallbacksOfTheTableWhenNothingIsGiven) {
  const auto options = parsed({});

  ASSERT_TRUE(options);
  EXPECT_EQ(options->number("quota"), 50000U);
  EXPECT_EQ(options->milliseconds("hold-ms"), 250ms);
  EXPECT_EQ(options->seconds("tick-seconds"), 600s);
  EXPECT_EQ(options->path("run"), "/run/meldpunt");
  EXPECT_FALSE(options->flag("demonstration"));
  EXPECT_FALSE(options->given("quota"));
  EXPECT_TRUE(options->has("quota"));
  EXPECT_FALSE(options->has("name"));
}

TEST(Options, TakeValuesBehindASpaceOrAnEqualsSign) {
  const auto options =
      parsed({"--quota=7", "--name", "IJsselland", "--demonstration", "--hold-ms", "40"});

  ASSERT_TRUE(options) << options.error().sentence;
  EXPECT_EQ(options->number("quota"), 7U);
  EXPECT_EQ(options->text("name"), "IJsselland");
  EXPECT_TRUE(options->flag("demonstration"));
  EXPECT_EQ(options->milliseconds("hold-ms"), 40ms);
  EXPECT_TRUE(options->given("quota"));
  EXPECT_EQ(options->given_values().at("quota"), "7");
  EXPECT_EQ(options->given_values().size(), 4U);
}

TEST(Options, TakeADashForStandardInput) {
  const auto options = parsed({"--passphrase-file", "-"});

  ASSERT_TRUE(options) << options.error().sentence;
  EXPECT_EQ(options->text("passphrase-file"), "-");
}

TEST(Options, KeepEveryValueOfAListInItsOrder) {
  const auto options = parsed({"--also", "one", "--also=two"});

  ASSERT_TRUE(options);
  EXPECT_THAT(options->list("also"), ElementsAre("one", "two"));
  EXPECT_THAT(parsed({})->list("also"), IsEmpty());
}

TEST(Options, KeepWordsWithoutDashesWhereTheyAreAllowed) {
  const auto options = parsed({"steward", "--quota", "3", "init"}, Positional::taken);

  ASSERT_TRUE(options);
  EXPECT_THAT(options->positional(), ElementsAre("steward", "init"));
  EXPECT_THAT(sentence({"steward"}), HasSubstr("\"steward\" is not an option"));
}

TEST(Options, NameTheNearestOptionForAnUnknownOne) {
  EXPECT_EQ(sentence({"--quotas=7"}), "There is no option --quotas; did you mean quota?");
  EXPECT_EQ(sentence({"--tick"}), "There is no option --tick; did you mean tick-seconds?");
  EXPECT_EQ(sentence({"--xylophone"}), "There is no option --xylophone.");
  EXPECT_EQ(parsed({"--quotas"}).error().exit_code(), EX_USAGE);
}

TEST(Options, DoNotGuessFromABeginning) { EXPECT_FALSE(parsed({"--quo", "7"})); }

TEST(Options, SayWhatIsWrongWithAValue) {
  EXPECT_EQ(sentence({"--quota=-1"}), "--quota must be a whole number from 0 on.");
  EXPECT_EQ(sentence({"--quota=7k"}), "--quota must be a whole number from 0 on.");
  EXPECT_EQ(sentence({"--quota=18446744073709551615"}),
            "--quota must be a whole number from 0 on.");
  EXPECT_EQ(sentence({"--hold-ms", "2.5"}), "--hold-ms must be a whole number from 0 on.");
  EXPECT_EQ(sentence({"--quota"}), "--quota needs a value.");
  EXPECT_EQ(sentence({"--name="}), "--name needs a value.");
  EXPECT_EQ(sentence({"--name", ""}), "--name needs a value.");
  EXPECT_EQ(sentence({"--demonstration=true"}), "--demonstration takes no value.");
  EXPECT_EQ(sentence({"--quota", "1", "--quota", "2"}), "--quota is given twice.");
}

TEST(Options, PrintSecretsAsSetOnly) {
  const auto options = parsed({"--passphrase-file", "/in/a/safe/place"});

  ASSERT_TRUE(options);
  EXPECT_THAT(options->print(), HasSubstr("passphrase-file = <set>\n"));
  EXPECT_THAT(options->print(), Not(HasSubstr("safe")));
  EXPECT_THAT(options->print(), HasSubstr("quota = 50000\n"));
  EXPECT_THAT(options->print(), Not(HasSubstr("check-config")));
}

TEST(Options, RefuseAProgramThatAsksForWhatIsNotInItsTable) {
  const auto options = parsed({});

  EXPECT_THROW((void)options->text("colour"), std::logic_error);
  EXPECT_THROW((void)options->number("name"), std::logic_error);
}

TEST_F(OptionsFile, GivesValuesThatTheCommandLineOverrules) {
  const auto options =
      with_file("# a comment\nquota = 9\nname = from the file\ndemonstration = true\n",
                {"--name", "from the line"});

  ASSERT_TRUE(options) << options.error().sentence;
  EXPECT_EQ(options->number("quota"), 9U);
  EXPECT_EQ(options->text("name"), "from the line");
  EXPECT_TRUE(options->flag("demonstration"));
}

TEST_F(OptionsFile, IsNamedInWhatIsWrongWithIt) {
  const struct {
    const char* text;
    const char* wrong;
  } rows[] = {
      {"quotas = 9\n", "did you mean quota?"},
      {"quota = nine\n", "must be a whole number from 0 on."},
      {"quota =\n", "needs a value."},
      {"quota\n", "every line is NAME = VALUE, unlike \"quota\"."},
      {"check-config = true\n", "is for the command line only."},
      {"demonstration = yes\n", "must be true or false."},
      {"quota = 1\nquota = 2\n", "is given twice."},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);

    const auto options = with_file(row.text);

    ASSERT_FALSE(options);
    EXPECT_THAT(options.error().sentence, HasSubstr(row.wrong));
    EXPECT_THAT(options.error().sentence, HasSubstr("options_test.conf"));
    EXPECT_EQ(options.error().exit_code(), EX_CONFIG);
  }
}

TEST_F(OptionsFile, MustBeThere) {
  const auto options = parsed({"--config", "/nowhere/at/all.conf"});

  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().sentence, "The file /nowhere/at/all.conf cannot be read.");
  EXPECT_EQ(options.error().exit_code(), EX_NOINPUT);
}

TEST_F(OptionsFile, ChangesNothingWhenItIsTheExample) {
  const auto options = with_file(example_file("Every option at its default.", table));

  ASSERT_TRUE(options) << options.error().sentence;
  const auto nothing = parsed({});
  for (const Option& row : table) {
    if (row.name != "config" && row.name != "demonstration") {
      EXPECT_EQ(options->text(row.name), nothing->text(row.name)) << row.name;
    }
  }
  EXPECT_FALSE(options->flag("demonstration"));
}

TEST(OptionTexts, HelpNamesEveryOptionWithItsFallback) {
  const std::string help = help_text("meldpuntd [OPTION]...", table);

  for (const Option& row : table) EXPECT_THAT(help, HasSubstr("--" + std::string(row.name)));
  EXPECT_THAT(help,
              HasSubstr("  --quota NUMBER\n        Reports that may wait. (default: 50000)\n"));
}

TEST(OptionTexts, ExampleLeavesDeedsOut) {
  EXPECT_THAT(example_file("Title.", table), Not(HasSubstr("check-config")));
}

}  // namespace
}  // namespace meldpunt::config
