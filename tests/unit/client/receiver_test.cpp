// A receiver of trends by itself: what it keeps, what it refuses and says of it, and what is left
// of it when it is killed.
#include "client/lib/receiver.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/receiving_end.h"

namespace meldpunt::client::test {
namespace {

using crypto::ReceiptOutcome;

class AReceiver : public testing::Test {
 protected:
  static trends::Publication quarter(std::uint32_t sequence, const std::string& period) {
    return published("whatever it calls itself", sequence, period);
  }
  static std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    if (at == std::string::npos) throw std::runtime_error("it does not say " + what);
    return text.replace(at, what.size(), by);
  }

  TemporaryDirectory copies_;
  FakeClock clock_{std::chrono::hours(crypto::test::this_hour)};
  ReceivingEnd far_{clock_};
};

TEST_F(AReceiver, KeepsAReleaseAndAnswersTheSameReceiptForTheSame) {
  const auto release = release_of(quarter(1, "2024-Q1"));
  const auto object = far_.object(release);
  const auto first = far_.bring(object);

  EXPECT_EQ(first.status, crypto::DeliveryStatus::receipt);
  EXPECT_EQ(far_.bring(object).body, first.body);
  EXPECT_EQ(far_.bring(far_.object(release)).body, first.body) << "sealed anew";
  far_.start();
  EXPECT_EQ(far_.bring(object).body, first.body) << "after a restart";
  ASSERT_EQ(far_.entries().size(), 1U);
  EXPECT_EQ(far_.entries().front().said.outcome, ReceiptOutcome::kept);
  EXPECT_EQ(far_.entries().front().said.remark, "thank you");
  ASSERT_EQ(far_.kept().size(), 1U);
  EXPECT_EQ(far_.kept().front().document, crypto::as_text(release.document));
  EXPECT_EQ(far_.receiver().take_news().size(), 0U) << "of this process";
}

TEST_F(AReceiver, RefusesOtherFiguresOfAPeriodOrUnderANumberThatIsKept) {
  EXPECT_EQ(far_.take(release_of(quarter(1, "2024-Q1"))).outcome, ReceiptOutcome::kept);

  EXPECT_EQ(far_.take(release_of(quarter(2, "2024-Q1"))).outcome, ReceiptOutcome::conflict);
  EXPECT_EQ(far_.take(release_of(quarter(1, "2024-Q2"))).outcome, ReceiptOutcome::conflict);
  EXPECT_EQ(far_.kept().size(), 1U);
  EXPECT_EQ(far_.entries().back().reason, "other figures are kept already: number 1, 2024-Q1");
}

TEST_F(AReceiver, KeepsMonthsWithinQuartersWithinYearsAndTheOtherSeriesOfTheSameDays) {
  EXPECT_EQ(far_.take(release_of(quarter(1, "2024-01"))).outcome, ReceiptOutcome::kept);
  EXPECT_EQ(far_.take(release_of(quarter(2, "2024-Q1"))).outcome, ReceiptOutcome::kept);
  EXPECT_EQ(far_.take(release_of(quarter(3, "2024"))).outcome, ReceiptOutcome::kept);
  const auto closed = published("", 4, "2024-Q1", trends::closures());
  EXPECT_EQ(far_.take(release_of(closed)).outcome, ReceiptOutcome::kept);

  EXPECT_EQ(far_.take(release_of(quarter(5, "2024"))).outcome, ReceiptOutcome::conflict);
  EXPECT_EQ(far_.take(release_of(quarter(5, "2024-01"))).outcome, ReceiptOutcome::conflict);
}

TEST_F(AReceiver, NotesANumberThatNeverCame) {
  EXPECT_EQ(far_.take(release_of(quarter(2, "2024-Q2"))).outcome, ReceiptOutcome::kept_with_gap);
  EXPECT_EQ(far_.take(release_of(quarter(3, "2024-Q3"))).outcome, ReceiptOutcome::kept);
  EXPECT_EQ(far_.take(release_of(quarter(1, "2024-Q1"))).outcome, ReceiptOutcome::kept)
      << "it came after all";
}

TEST_F(AReceiver, RefusesFiguresThatAreNotLaidOutAsOurs) {
  const auto fine = release_of(quarter(1, "2024-Q1"));
  const std::string text(crypto::as_text(fine.document));
  const struct {
    const char* what;
    std::string document;
    crypto::ReleaseHead head;
  } rows[] = {
      {"the code list", replaced(text, "\"SEX\",\"LAB\"", "\"LAB\",\"SEX\""), fine.head},
      {"the version", replaced(text, "\"code_lists\":\"", "\"code_lists\":\"9"), fine.head},
      {"a table", replaced(text, "\"value\":[", "\"value\":[1,2,3,"), fine.head},
      {"no JSON", text.substr(1), fine.head},
      {"the series", text, {1, crypto::Series::closures, fine.head.first, fine.head.last}},
      {"the period", text, {1, fine.head.series, fine.head.first, fine.head.last + 1}},
      {"the number", text, {2, fine.head.series, fine.head.first, fine.head.last}},
  };
  std::size_t refused = 0;
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    const crypto::Bytes bytes = crypto::as_bytes(row.document);
    const crypto::TrendRelease release{row.head, {bytes.begin(), bytes.end()}};

    const auto receipt = far_.take(release);

    EXPECT_EQ(receipt.outcome, ReceiptOutcome::unreadable);
    EXPECT_EQ(receipt.head, crypto::ReleaseHead{});
    EXPECT_TRUE(far_.entries().back().reason.starts_with("its figures"))
        << far_.entries().back().reason;
    EXPECT_EQ(far_.entries().size(), ++refused);
  }
  EXPECT_TRUE(far_.kept().empty());
  EXPECT_EQ(far_.take(fine).outcome, ReceiptOutcome::kept) << "nothing of them stands in its way";
}

TEST_F(AReceiver, ListsWhatNoCoordinatorSignedAndKeepsNothingOfIt) {
  const auto release = release_of(quarter(1, "2024-Q1"));
  crypto::Buffer garbage(crypto::boxed_object_size);
  crypto::fill_random(garbage);
  const auto own = far_.seal(crypto::ObjectKind::release, *crypto::encode(release),
                             far_.here.partner, far_.here);
  for (const crypto::Buffer& object : {garbage, own, crypto::Buffer{1, 2, 3}}) {
    const auto answer = far_.bring(object);
    EXPECT_EQ(far_.receipt(object).outcome, ReceiptOutcome::unreadable);
    EXPECT_EQ(far_.bring(object).body, answer.body) << "the same again gets the same again";
  }
  EXPECT_EQ(far_.entries().size(), 3U);
  EXPECT_TRUE(far_.kept().empty());
}

TEST_F(AReceiver, CountsEachRegionByItself) {
  const auto release = release_of(quarter(1, "2024-Q1"));
  EXPECT_EQ(far_.take(release).outcome, ReceiptOutcome::kept);
  EXPECT_EQ(far_.take(release, far_.there).outcome, ReceiptOutcome::kept);
  EXPECT_EQ(far_.receipt(far_.object(release, far_.there), far_.here).outcome,
            ReceiptOutcome::unreadable)
      << "one region's release is not another's";
  EXPECT_EQ(far_.kept().size(), 1U);
}

TEST_F(AReceiver, PutsPiecesTogetherInAnyOrder) {
  const auto release = release_of(quarter(1, "2024"));
  auto pieces = far_.pieces(release);
  ASSERT_GT(pieces.size(), 3U);
  std::ranges::reverse(pieces);
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    EXPECT_EQ(far_.bring(pieces[i]).status, crypto::DeliveryStatus::taken);
  }
  const auto last = far_.bring(pieces.back());
  EXPECT_EQ(last.status, crypto::DeliveryStatus::receipt);
  for (const auto& piece : pieces) EXPECT_EQ(far_.bring(piece).body, last.body);
  for (const auto& piece : far_.pieces(release)) EXPECT_EQ(far_.bring(piece).body, last.body);
  EXPECT_EQ(far_.kept().size(), 1U);
}

// The disk as a kill leaves it after each answer; what was acknowledged is not sent again.
TEST_F(AReceiver, KilledAfterAnyAnswerLosesNothingThatItAcknowledged) {
  const auto release = release_of(quarter(1, "2024"));
  const auto pieces = far_.pieces(release);
  for (std::size_t brought = 0; brought <= pieces.size(); ++brought) {
    SCOPED_TRACE(brought);
    const Path copy = copies_.path() / std::to_string(brought);
    std::filesystem::copy(far_.path(), copy, std::filesystem::copy_options::recursive);
    far_.start(copy);
    for (std::size_t i = brought; i < pieces.size(); ++i) (void)far_.bring(pieces[i]);
    ASSERT_EQ(far_.kept().size(), 1U);
    EXPECT_EQ(far_.entries().size(), 1U);
    far_.start();
    if (brought < pieces.size()) (void)far_.bring(pieces[brought]);
  }
}

// Sixty-five that are not whole: the first that began has made room, and no other.
TEST_F(AReceiver, LetsGoOfTheOldestOfTooManyThatAreNotWhole) {
  std::vector<std::vector<crypto::Buffer>> all;
  for (std::uint32_t number = 1; number <= 65; ++number) {
    all.push_back(far_.pieces(release_of(quarter(number, "2024-Q1"))));
    EXPECT_EQ(far_.bring(all.back().front()).status, crypto::DeliveryStatus::taken);
  }
  far_.start();
  const auto rest_of = [&](std::size_t which) {
    crypto::DeliveryStatus last{};
    for (std::size_t i = 1; i < all[which].size(); ++i) last = far_.bring(all[which][i]).status;
    return last;
  };

  EXPECT_EQ(rest_of(1), crypto::DeliveryStatus::receipt);
  EXPECT_EQ(rest_of(0), crypto::DeliveryStatus::taken) << "its manifest is not there any more";
}

TEST_F(AReceiver, KeepsNoPiecesOfWhatItRefused) {
  auto other = release_of(quarter(1, "2024"));
  other.head.sequence = 2;
  for (const auto& piece : far_.pieces(other)) (void)far_.bring(piece);

  ASSERT_EQ(far_.entries().size(), 1U);
  EXPECT_EQ(far_.entries().front().said.outcome, ReceiptOutcome::unreadable);
  EXPECT_TRUE(must(far_.store().pieces(far_.here.id)).empty());
  for (const auto& piece : far_.pieces(other)) (void)far_.bring(piece);
  EXPECT_EQ(far_.entries().size(), 2U) << "sent anew it is judged anew: we may know more by then";
}

}  // namespace
}  // namespace meldpunt::client::test
