#include "client/lib/journal.h"

#include <gtest/gtest.h>

#include "tests/support/office.h"

namespace meldpunt::client::test {
namespace {

class TheJournal : public testing::Test {
 protected:
  void SetUp() override {
    for (std::uint8_t i = 1; i <= 3; ++i)
      office_.send(office_.report(static_cast<std::uint8_t>(i * 0x10), i));
    must(office_.seat("steward")->duty.take_in());
  }

  Office office_;
};

TEST_F(TheJournal, IsTheSameOnEveryDevice) {
  office_.enrol_device("deputy");
  const auto steward = office_.seat("steward");
  const auto deputy = office_.seat("deputy");
  must(steward->casework->sync());
  must(deputy->casework->sync());
  must(steward->casework->sync());  // the deputy has published a key

  EXPECT_EQ(steward->casework->journal().head(), deputy->casework->journal().head());
  EXPECT_EQ(steward->casework->journal().size(), office_.server.journal().size());
  EXPECT_EQ(deputy->casework->index().report_count(), 3U);
}

TEST_F(TheJournal, AServerThatLostEventsIsNotFollowed) {
  office_.server.journal().pop_back();

  const auto synced = office_.seat("steward")->casework->sync();

  ASSERT_FALSE(synced);
  EXPECT_EQ(synced.error().exit_code, EX_PROTOCOL);
  EXPECT_NE(synced.error().sentence.find("rollback"), std::string::npos);
}

TEST_F(TheJournal, AnotherHistoryOfTheSameLengthIsNotFollowed) {
  office_.enrol_device("deputy");
  const auto note = [&](const std::string& name, const std::string& text) {
    const auto seat = office_.seat(name);
    must(seat->casework->sync());
    must(seat->casework->note(seat->casework->index().queue().front()->id, text));
  };
  must(office_.seat("deputy")->casework->sync());
  const auto before = office_.server.journal();
  note("steward", "een");
  office_.server.journal() = before;
  note("deputy", "twee");

  const auto synced = office_.seat("steward")->casework->sync();

  ASSERT_FALSE(synced);
  EXPECT_EQ(synced.error().exit_code, EX_PROTOCOL);
  EXPECT_NE(synced.error().sentence.find("fork"), std::string::npos);
}

TEST_F(TheJournal, AnEventThatDoesNotFollowTheOneBeforeIsNotTaken) {
  auto& events = office_.server.journal();
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  events.push_back(events.back());

  const auto synced = seat->casework->sync();

  ASSERT_FALSE(synced);
  EXPECT_EQ(synced.error().exit_code, EX_PROTOCOL);
  EXPECT_EQ(seat->casework->journal().size(), events.size() - 1);
}

TEST_F(TheJournal, ADamagedEventIsNotTaken) {
  office_.enrol_device("deputy");
  office_.server.journal()[1][200] ^= 1;

  const auto synced = office_.seat("deputy")->casework->sync();

  ASSERT_FALSE(synced);
  EXPECT_EQ(synced.error().exit_code, EX_PROTOCOL);
}

TEST_F(TheJournal, AnEventOfADeviceThatIsInNoRosterIsNotTaken) {
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto stranger = DeviceKeys::generate();
  const auto& vault = *seat->home.keyring().newest_vault();
  const crypto::EventHead head{seat->casework->journal().head(),
                               {},
                               crypto::EventKind::junk,
                               hour_of(office_.clock.now()),
                               stranger.id};
  const auto content = *crypto::encode(crypto::Junk{});
  office_.server.journal().push_back(*crypto::seal_event(
      head, content.view(), crypto::region_content_key(vault, office_.pin.region), vault,
      stranger.signing, office_.pin.region, false));

  EXPECT_FALSE(seat->casework->sync());
}

TEST_F(TheJournal, ADeviceWhoseEnrolmentHasEndedWritesNothing) {
  office_.clock.pass(std::chrono::hours(24 * 30));
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto subject = seat->casework->index().queue().front()->id;
  office_.clock.pass(std::chrono::hours(24 * 26));
  const auto before = office_.server.journal().size();

  // The notice is from before: only the device's own enrolment is in question here.
  const auto noted = seat->casework->note(subject, "te laat");

  ASSERT_FALSE(noted);
  EXPECT_EQ(noted.error().exit_code, EX_NOPERM);
  EXPECT_EQ(office_.server.journal().size(), before);
}

TEST_F(TheJournal, AClockThatIsBehindStopsNobody) {
  office_.enrol_device("deputy");
  const auto deputy = office_.seat("deputy");
  must(deputy->casework->sync());
  const auto subject = deputy->casework->index().queue().front()->id;
  // Two days back, to before this device was enrolled.
  office_.clock.pass(-std::chrono::hours(48));

  must(deputy->casework->note(subject, "genoteerd"));

  const auto steward = office_.seat("steward");
  office_.clock.pass(std::chrono::hours(48));
  must(steward->casework->sync());
  EXPECT_EQ(steward->casework->index().find(subject)->notes.size(), 1U);
}

TEST_F(TheJournal, ATornEndOfTheCopyIsDroppedAndFetchedAgain) {
  const Path copy = office_.path_of("steward") / "journal";
  std::filesystem::resize_file(copy, std::filesystem::file_size(copy) - 7);
  const auto seat = office_.seat("steward");

  must(seat->casework->sync());

  EXPECT_EQ(seat->casework->index().report_count(), 3U);
  EXPECT_EQ(seat->casework->journal().size(), office_.server.journal().size());
}

TEST_F(TheJournal, WithoutItsCopiesADeviceStartsAnew) {
  std::filesystem::remove(office_.path_of("steward") / "journal");
  std::filesystem::remove(office_.path_of("steward") / "slots");
  std::filesystem::remove(office_.path_of("steward") / "rosters");
  const auto seat = office_.seat("steward");

  must(seat->casework->sync());

  EXPECT_EQ(seat->casework->index().queue().size(), 3U);
}

}  // namespace
}  // namespace meldpunt::client::test
