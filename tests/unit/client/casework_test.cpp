#include "client/lib/casework.h"

#include <gtest/gtest.h>

#include "client/lib/case_words.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {
namespace {

class AtTheDesk : public testing::Test {
 protected:
  // Duty on the steward's device takes in what was sent.
  void take_in() {
    const auto steward = office_.seat("steward");
    ASSERT_TRUE(steward->duty.take_in());
  }
  std::unique_ptr<Seat> synced(const std::string& name) {
    auto seat = office_.seat(name);
    must(seat->casework->sync());
    return seat;
  }

  Office office_;
};

TEST_F(AtTheDesk, AReportIsTakenInAssignedReadAnsweredAndFound) {
  office_.send(office_.report(0x10, 1));
  const auto seat = office_.seat("steward");
  const auto counts = must(seat->duty.take_in());
  EXPECT_EQ(counts.fresh, 1U);
  ASSERT_EQ(seat->casework->index().queue().size(), 1U);

  const auto assigned = must(seat->casework->next());
  ASSERT_TRUE(assigned);
  EXPECT_TRUE(seat->casework->index().queue().empty());
  const auto story = must(seat->casework->story(*assigned));
  const auto& first = std::get<StoryReport>(story.front().what);
  EXPECT_EQ(std::get<crypto::Statement>(first.report.body).text, "report 1");
  EXPECT_TRUE(first.continues);

  EXPECT_EQ(must(seat->casework->reply(*assigned,
                                       {crypto::ReplyStatus::answer, false, "", "Wij helpen u."})),
            1);
  EXPECT_EQ(must(seat->duty.write_address()), Written::reply);

  const auto thread = fixed_thread(0x10);
  const auto address = crypto::address_of(thread.shared, office_.pin.region, 1);
  const auto& there = office_.server.addresses();
  ASSERT_TRUE(there.contains(address.bytes));
  crypto::SealedReply sealed{};
  crypto::copy_bytes(there.at(address.bytes), sealed);
  const auto reply = crypto::open_reply(sealed, thread, 1, office_.pin.region);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->text, "Wij helpen u.");
  EXPECT_EQ(reply->last_seen, id_of<crypto::ReportId>(1));
  EXPECT_EQ(seat->casework->index().waiting_replies(), 0U)
      << "the word that it was read travels with the answer";
}

TEST_F(AtTheDesk, TheQueueShowsAcuteThenMinorsThenTheOldest) {
  office_.send(office_.report(0x10, 1));
  office_.send(office_.report(0x20, 2, {{"age_class", {"MINOR"}}}));
  office_.send(office_.report(0x30, 3, {{"urgency", {"HIGH"}}}));
  office_.send(office_.report(0x40, 4, {{"urgency", {"NORMAL"}}, {"age_class", {"ADULT"}}}));
  take_in();

  const auto seat = synced("steward");
  std::vector<crypto::ReportId> order;
  for (const Case* entry : seat->casework->index().queue())
    order.push_back(entry->reports.front().id);

  const std::vector expected{id_of<crypto::ReportId>(3), id_of<crypto::ReportId>(2),
                             id_of<crypto::ReportId>(1), id_of<crypto::ReportId>(4)};
  EXPECT_EQ(order, expected);
}

TEST_F(AtTheDesk, TwoCoordinatorsNeverGetTheSameCase) {
  office_.enrol_device("deputy");
  office_.send(office_.report(0x10, 1));
  office_.send(office_.report(0x20, 2));
  take_in();
  const auto first = synced("steward");
  const auto second = synced("deputy");

  std::optional<crypto::CaseId> of_second;
  office_.server.before_append([&] { of_second = must(second->casework->next()); });
  const auto of_first = must(first->casework->next());

  ASSERT_TRUE(of_first);
  ASSERT_TRUE(of_second);
  EXPECT_NE(*of_first, *of_second);
  must(second->casework->sync());
  EXPECT_EQ(second->casework->index().find(*of_first)->assigned, first->home.keys().id);
  EXPECT_EQ(second->casework->index().find(*of_second)->assigned, second->home.keys().id);
}

TEST_F(AtTheDesk, WhoeverComesSecondToTheLastCaseGetsNone) {
  office_.enrol_device("deputy");
  office_.send(office_.report(0x10, 1));
  take_in();
  const auto first = synced("steward");
  const auto second = synced("deputy");

  std::optional<crypto::CaseId> of_second;
  office_.server.before_append([&] { of_second = must(second->casework->next()); });
  const auto of_first = must(first->casework->next());

  EXPECT_TRUE(of_second);
  EXPECT_FALSE(of_first);
}

TEST_F(AtTheDesk, RepliesOfTwoCoordinatorsGetNumbersOfTheirOwn) {
  office_.enrol_device("deputy");
  office_.send(office_.report(0x10, 1));
  take_in();
  const auto first = synced("steward");
  const auto second = synced("deputy");
  const crypto::CaseId subject = first->casework->index().queue().front()->id;

  std::uint16_t of_second = 99;
  office_.server.before_append([&] {
    of_second =
        must(second->casework->reply(subject, {crypto::ReplyStatus::answer, false, "", "twee"}));
  });
  const auto of_first =
      must(first->casework->reply(subject, {crypto::ReplyStatus::answer, false, "", "een"}));

  EXPECT_EQ(of_second, 0);
  EXPECT_EQ(of_first, 1);
  const auto story = must(first->casework->story(subject));
  const auto& later = std::get<StoryReply>(story.back().what).reply;
  const auto& earlier = std::get<StoryReply>(story[story.size() - 2].what).reply;
  EXPECT_EQ(later.previous, crypto::hash_of_reply(earlier.sealed));
}

TEST_F(AtTheDesk, ThatAPersonHasReadItIsSaidOnce) {
  office_.send(office_.report(0x10, 1));
  take_in();
  const auto seat = synced("steward");
  const auto subject = must(seat->casework->next());

  must(seat->casework->mark_read(*subject));
  must(seat->casework->mark_read(*subject));

  const Case* entry = seat->casework->index().find(*subject);
  ASSERT_EQ(entry->replies.size(), 1U);
  EXPECT_EQ(entry->replies.front().status, crypto::ReplyStatus::read);
}

TEST_F(AtTheDesk, ANoteIsKeptAndSeenByTheOtherDevice) {
  office_.enrol_device("deputy");
  office_.send(office_.report(0x10, 1));
  take_in();
  const auto seat = synced("steward");
  const crypto::CaseId subject = seat->casework->index().queue().front()->id;

  must(seat->casework->note(subject, "belt morgen"));

  const auto deputy = synced("deputy");
  const auto story = must(deputy->casework->story(subject));
  EXPECT_EQ(std::get<StoryNote>(story.back().what).text, "belt morgen");
}

TEST_F(AtTheDesk, TextThatCouldSteerATerminalIsRefused) {
  office_.send(office_.report(0x10, 1));
  take_in();
  const auto seat = synced("steward");
  const crypto::CaseId subject = seat->casework->index().queue().front()->id;

  const auto note = seat->casework->note(subject, "\x1b[2J");
  const auto reply =
      seat->casework->reply(subject, {crypto::ReplyStatus::answer, false, "", "\x1b[2J"});

  ASSERT_FALSE(note);
  EXPECT_EQ(note.error().exit_code, EX_DATAERR);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().exit_code, EX_DATAERR);
  EXPECT_EQ(seat->casework->index().find(subject)->replies.size(), 0U);
}

TEST_F(AtTheDesk, AReplyThatIsTooLongIsRefusedAndNothingIsWritten) {
  office_.send(office_.report(0x10, 1));
  take_in();
  const auto seat = synced("steward");
  const crypto::CaseId subject = seat->casework->index().queue().front()->id;
  const auto before = seat->casework->journal().size();

  const auto longest = seat->casework->reply(
      subject, {crypto::ReplyStatus::answer, false, "", std::string(crypto::reply_text_max, 'a')});
  const auto longer = seat->casework->reply(
      subject,
      {crypto::ReplyStatus::answer, false, "", std::string(crypto::reply_text_max + 1, 'a')});

  EXPECT_TRUE(longest);
  ASSERT_FALSE(longer);
  EXPECT_EQ(longer.error().exit_code, EX_DATAERR);
  EXPECT_EQ(seat->casework->journal().size(), before + 1);
}

TEST_F(AtTheDesk, TwoProcessesOfOneHomeKeepOneCopyOfTheJournal) {
  office_.send(office_.report(0x10, 1));
  take_in();
  const auto first = synced("steward");
  const auto second = synced("steward");
  const crypto::CaseId subject = first->casework->index().queue().front()->id;

  must(first->casework->note(subject, "een"));
  must(second->casework->note(subject, "twee"));
  must(first->casework->note(subject, "drie"));

  const auto fresh = synced("steward");
  EXPECT_EQ(fresh->casework->index().find(subject)->notes.size(), 3U);
  EXPECT_EQ(fresh->casework->journal().head(), first->casework->journal().head());
}

TEST_F(AtTheDesk, ExpiryLiesWithinAWeekOfThirtyDays) {
  bool varies = false;
  const crypto::Hour first = fuzzy_expiry(1000);
  for (int i = 0; i < 200; ++i) {
    const crypto::Hour expiry = fuzzy_expiry(1000);
    EXPECT_GE(expiry, 1000U + 23 * 24);
    EXPECT_LE(expiry, 1000U + 37 * 24);
    varies = varies || expiry != first;
  }
  EXPECT_TRUE(varies);
}

}  // namespace
}  // namespace meldpunt::client::test
