// Stories of photos, told with the programs that people run.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/integration/a_region.h"
#include "tests/support/photos.h"

namespace meldpunt::tests {
namespace {

Buffer bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

class Attachments : public testing::Test {
 protected:
  // A file of the reporter's; its path.
  std::string a_file(const std::string& name, const Buffer& bytes) const {
    const auto path = region_.folder() / name;
    write_text(path, {bytes.begin(), bytes.end()});
    return path;
  }
  std::string the_words() const {
    return a_file("words.json",
                  bytes_of(R"({"kind":"SIGNAL","language":"en","text":"seen here"})"));
  }
  [[nodiscard]] Buffer read(const Json& saved) const {
    return bytes_of(read_text(saved.at("file").get<std::string>()));
  }
  static std::vector<Json> events(const ARegion::Answer& answer, const std::string& name) {
    std::vector<Json> found;
    std::ranges::copy_if(answer.objects, std::back_inserter(found),
                         [&](const Json& object) { return object.value("event", "") == name; });
    return found;
  }

  ARegion region_;
};

TEST_F(Attachments, APhotoReachesTheCoordinatorWithoutThePlaceItWasTakenAt) {
  const auto photo =
      a_file("IMG_2041.JPG", jpeg_file(four_quarters(2000, 1500), {.orientation = 6}));
  const auto screenshot = a_file("screen.png", png_file(noise(400, 300)));
  ASSERT_TRUE(holds(bytes_of(read_text(photo)), marker));

  const auto sent = region_.reporter(
      "report", {"--answers", the_words(), "--attach", photo, "--attach", screenshot});

  ASSERT_EQ(sent.status, 0) << sent.output;
  const auto attached = events(sent, "attached");
  ASSERT_EQ(attached.size(), 2U);
  EXPECT_GE(sent.event("arrived").at("frames"), 3);
  EXPECT_EQ(events(sent, "part_arrived").back().at("frames"), sent.event("arrived").at("frames"));
  region_.duty_once();
  const std::string subject = region_.staff("next").event("case").at("case");
  const auto shown =
      region_.staff("case", {subject, "--save-attachments", region_.folder() / "photos"});
  ASSERT_EQ(shown.status, 0) << shown.output;
  for (const Json& enclosed : shown.event("case").at("story").at(0).at("enclosed")) {
    EXPECT_EQ(enclosed.at("kind"), "image");
    EXPECT_TRUE(enclosed.at("complete"));
  }
  const auto saved = events(shown, "saved");
  ASSERT_EQ(saved.size(), 2U);
  for (const Json& file : saved) EXPECT_FALSE(holds(read(file), marker));
  const Drawing seen = bare_jpeg(read(saved[0]));
  EXPECT_EQ(seen.width, 1200U) << "upright";
  EXPECT_EQ(seen.height, 1600U);
  const auto upright = seen.quarters();
  EXPECT_TRUE(near(upright[0], blue) && near(upright[1], red) && near(upright[2], yellow) &&
              near(upright[3], green));
  EXPECT_EQ(bare_jpeg(read(saved[1])).height, 300U);
  using std::filesystem::perms;
  const auto rights = std::filesystem::status(saved[0].at("file").get<std::string>()).permissions();
  EXPECT_EQ(rights & (perms::group_all | perms::others_all), perms::none);
}

TEST_F(Attachments, APhotoIsAddedToAReportWithoutAWord) {
  const std::string words = region_.report("the first");
  const auto photo = a_file("more.webp", webp_file(four_quarters(300, 200)));

  const auto sent =
      region_.reporter("message", {"--code-file", "-", "--attach", photo}, words + "\n");

  ASSERT_EQ(sent.status, 0) << sent.output;
  region_.duty_once();
  const std::string subject = region_.staff("next").event("case").at("case");
  const auto shown =
      region_.staff("case", {subject, "--save-attachments", region_.folder() / "photos"});
  const auto saved = events(shown, "saved");
  ASSERT_EQ(saved.size(), 1U) << shown.output;
  EXPECT_TRUE(near(bare_jpeg(read(saved[0])).quarters()[1], green));
}

TEST_F(Attachments, NothingIsSentWhenOneOfThemCannotBe) {
  const auto photo = a_file("fine.jpg", jpeg_file(four_quarters(64, 64)));
  const auto paper = a_file("contract.pdf", bytes_of("%PDF-1.7"));

  const auto sent = region_.reporter("report", {"--answers", the_words(), "--attach", photo,
                                                "--attach", paper, "--language", "nl"});

  EXPECT_EQ(sent.status, 65);
  EXPECT_NE(sent.output.find("contract.pdf: Dit bestand kan niet verstuurd worden"),
            std::string::npos)
      << sent.output;
  EXPECT_TRUE(sent.event("code").is_null());
  EXPECT_TRUE(sent.event("notice").is_null()) << "nobody was talked to";
}

}  // namespace
}  // namespace meldpunt::tests
