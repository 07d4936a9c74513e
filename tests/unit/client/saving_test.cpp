#include "client/cli/saving.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "client/lib/reporter_outgoing.h"
#include "tests/support/fixed_thread.h"
#include "tests/support/photos.h"

namespace meldpunt::client {
namespace {

using ::testing::HasSubstr;

class Saving : public ::testing::Test {
 protected:
  ~Saving() override { std::filesystem::remove_all(directory_); }

  // A report as a changed client may send it: whatever it likes as an image.
  void enclose(std::vector<crypto::Buffer> images) {
    Outgoing outgoing{crypto::ReportKind::report, crypto::Statement{"nl", {}, "short", {}}};
    outgoing.images = std::move(images);
    auto reports = compose(std::move(outgoing), crypto::test::fixed_thread().shared).value();
    for (crypto::Report& report : reports) {
      story_.push_back({0, 0, {}, StoryReport{std::move(report), true}});
    }
  }
  Outcome<void> save() {
    Call call{options_, terminal_, clock_, network_};
    return save_attachments(call, story_, {}, directory_);
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
      names.push_back(entry.path().filename());
    }
    std::ranges::sort(names);
    return names;
  }
  [[nodiscard]] crypto::Buffer content(const std::string& name) const {
    std::ifstream in(directory_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::vector<StoryEntry> story_;
  std::filesystem::path directory_ =
      std::filesystem::temp_directory_path() / ("meldpunt-saving-" + std::to_string(::getpid()));
  config::Options options_ = config::parse({}, {}).value();
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream complaints_;
  Terminal terminal_{in_, out_, complaints_};
  SystemClock clock_;
  Network network_;
};

TEST_F(Saving, WritesEachPhotoAnew) {
  enclose({tests::jpeg_file(tests::four_quarters(64, 48)),
           tests::webp_file(tests::four_quarters(48, 64))});

  const auto saved = save();

  ASSERT_TRUE(saved);
  ASSERT_EQ(files(), (std::vector<std::string>{"00000000-0-1.jpg", "00000000-0-2.jpg"}));
  for (const std::string& name : files()) {
    EXPECT_FALSE(tests::holds(content(name), tests::marker));
    EXPECT_TRUE(tests::near(tests::bare_jpeg(content(name)).quarters()[1], tests::green));
  }
  EXPECT_THAT(out_.str(), HasSubstr("not sealed there"));
}

TEST_F(Saving, WritesNothingThatIsNoPhotoAndGoesOn) {
  const std::string program =
      "\x7f"
      "ELF, said to be an image";
  enclose({crypto::Buffer(program.begin(), program.end()),
           tests::png_file(tests::four_quarters(32, 32))});

  const auto saved = save();

  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().exit_code, EX_DATAERR);
  EXPECT_EQ(files(), (std::vector<std::string>{"00000000-0-2.jpg"}));
  EXPECT_THAT(complaints_.str(), HasSubstr("00000000-0-1.jpg is not saved: it is no photo."));
}

TEST_F(Saving, SaysWhichPhotoIsNotComplete) {
  enclose({tests::jpeg_file(tests::four_quarters(64, 48))});
  story_.pop_back();

  EXPECT_FALSE(save());
  EXPECT_THAT(complaints_.str(), HasSubstr("1 of 1 parts missing"));
}

TEST_F(Saving, SaysThatThereIsNone) {
  enclose({});

  EXPECT_TRUE(save());
  EXPECT_THAT(out_.str(), HasSubstr("No photo"));
}

TEST_F(Saving, KeepsOutOfADirectoryThatOthersCanEnter) {
  std::filesystem::create_directory(directory_);
  std::filesystem::permissions(directory_, std::filesystem::perms::all);
  enclose({tests::jpeg_file(tests::four_quarters(64, 48))});

  const auto saved = save();

  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().exit_code, EX_NOPERM);
  EXPECT_TRUE(files().empty());
}

}  // namespace
}  // namespace meldpunt::client
