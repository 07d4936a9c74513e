#include "client/lib/enclosures.h"

#include <gtest/gtest.h>

#include "client/lib/reporter_outgoing.h"
#include "tests/support/fixed_thread.h"

namespace meldpunt::client {
namespace {

class Enclosures : public ::testing::Test {
 protected:
  Enclosures() {
    Outgoing outgoing{crypto::ReportKind::report, crypto::Statement{"nl", {}, "short", {}}};
    outgoing.images = {crypto::Buffer(30'000, 7)};
    auto reports = compose(std::move(outgoing), crypto::test::fixed_thread().shared).value();
    for (crypto::Report& report : reports) {
      story_.push_back({0, 0, {}, StoryReport{std::move(report), true}});
    }
  }
  [[nodiscard]] Enclosure enclosure() const {
    const auto& report = std::get<StoryReport>(story_.front().what).report;
    return std::move(enclosures_of(std::get<crypto::Statement>(report.body), story_).front());
  }

  std::vector<StoryEntry> story_;
};

TEST_F(Enclosures, ArePutTogetherFromTheirParts) {
  const auto image = enclosure();

  EXPECT_EQ(image.kind, crypto::PartsKind::image);
  EXPECT_TRUE(crypto::equal_bytes(image.whole.view(), crypto::Buffer(30'000, 7)));
  EXPECT_EQ(describe(image), "image, 30 kB, complete");
}

TEST_F(Enclosures, SayHowMuchIsMissing) {
  story_.pop_back();

  EXPECT_EQ(enclosure().whole.size(), 0U);
  EXPECT_EQ(describe(enclosure()), "image, 30 kB, 1 of 3 parts missing");
}

TEST_F(Enclosures, BelieveNoPartThatIsAnother) {
  auto& last = std::get<StoryReport>(story_.back().what).report;
  std::get<crypto::Part>(last.body).bytes.front() ^= 1;

  EXPECT_EQ(enclosure().missing, 1U);
}

}  // namespace
}  // namespace meldpunt::client
