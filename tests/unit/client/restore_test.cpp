// A server that was restored from a backup, and consoles that know more, less, or something else.
#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

class ARestoredServer : public TwoDesks {
 protected:
  static std::string said(Seat& seat) {
    std::string all;
    for (const auto& sentence : seat.casework->take_announcements()) all += sentence + '\n';
    return all;
  }
  void note(const std::string& name, const std::string& text) {
    const auto seat = must(synced(name));
    must(seat->casework->note(case_of(*seat, 1), text));
  }
};

TEST_F(ARestoredServer, GetsBackByteForByteWhatAConsoleKnows) {
  const auto backup = office_.server.backup();
  note("steward", "een");
  send(4);
  const auto steward = must(synced("steward"));
  must(steward->duty.take_in());
  const auto before = office_.server.journal();
  const auto slots = office_.server.slots();
  office_.server.restore(*backup);
  ASSERT_LT(office_.server.journal().size(), before.size());

  const auto again = must(synced("steward"));

  EXPECT_EQ(office_.server.journal(), before);
  EXPECT_EQ(office_.server.slots(), slots);
  EXPECT_NE(said(*again).find("put back"), std::string::npos);
  EXPECT_EQ(readable("deputy"), 4U);
  EXPECT_TRUE(said(*must(synced("steward"))).empty()) << "told once";
}

TEST_F(ARestoredServer, IsMendedByAProcessThatRunsOnToo) {
  const auto steward = must(synced("steward"));
  const auto backup = office_.server.backup();
  must(steward->casework->note(case_of(*steward, 1), "een"));
  const auto before = office_.server.journal();
  office_.server.restore(*backup);

  must(steward->casework->note(case_of(*steward, 1), "twee"));
  must(steward->casework->sync());

  EXPECT_EQ(office_.server.journal().size(), before.size() + 1);
  EXPECT_NE(said(*steward).find("put back"), std::string::npos);
}

TEST_F(ARestoredServer, GetsBackRepliesThatWerePostedAndNotThoseThatExpired) {
  const auto backup = office_.server.backup();
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  must(steward->casework->reply(subject, {crypto::ReplyStatus::answer, false, "", "Wij helpen."}));
  ASSERT_EQ(must(steward->duty.write_address()), Written::reply);
  const auto addresses = office_.server.addresses();
  office_.server.restore(*backup);
  ASSERT_NE(office_.server.addresses(), addresses);

  must(synced("steward"));

  EXPECT_EQ(office_.server.addresses(), addresses);
  const auto expires = steward->casework->index().find(subject)->replies[0].expires;
  office_.server.restore(*backup);
  office_.clock.pass(std::chrono::hours(expires) - office_.clock.now());
  // Its bundles end with the thirty-fifth day: the answer is about addresses alone.
  if (crypto::day_of(expires) < crypto::day_of(crypto::test::this_hour) + 35) {
    must(synced("steward"));
    EXPECT_TRUE(office_.server.addresses().empty());
  }
}

TEST_F(ARestoredServer, KilledAtAnyStepOfTheRepairItIsWholeInTheEnd) {
  const auto backup = office_.server.backup();
  const auto steward = must(synced("steward"));
  must(steward->casework->reply(case_of(*steward, 1),
                                {crypto::ReplyStatus::answer, false, "", "Wij helpen."}));
  must(steward->duty.write_address());
  send(4);
  must(steward->duty.take_in());
  const auto journal = office_.server.journal();
  const auto addresses = office_.server.addresses();
  const auto slots = office_.server.slots();
  for (int step = 1; step <= 40; step += every(3)) {
    for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
      SCOPED_TRACE(step);
      office_.server.restore(*backup);
      office_.server.kill_at(step, moment);
      try {
        must(synced("steward"));
      } catch (const Killed&) {
      }
      office_.server.spare();
      office_.server.forget_leases();

      must(synced("steward"));

      ASSERT_EQ(office_.server.journal(), journal);
      ASSERT_EQ(office_.server.addresses(), addresses);
      ASSERT_EQ(office_.server.slots(), slots);
    }
  }
}

TEST_F(ARestoredServer, WithoutAConsoleThatKnowsMoreGoesOnAndSaysWhatIsLost) {
  const auto backup = office_.server.backup();
  send(4);  // stored, and taken in by nobody
  office_.server.restore(*backup);

  const auto deputy = must(synced("deputy"));

  EXPECT_NE(said(*deputy).find("that no device had taken in are lost"), std::string::npos);
  must(deputy->casework->note(case_of(*deputy, 1), "verder"));
  EXPECT_EQ(readable("steward"), 3U);
}

TEST_F(ARestoredServer, GetsFromTwoConsolesWhatEachKnows) {
  const auto backup = office_.server.backup();
  note("steward", "een");
  must(synced("deputy"));
  note("steward", "twee");
  const auto before = office_.server.journal();
  office_.server.restore(*backup);

  must(synced("deputy"));
  EXPECT_EQ(office_.server.journal().size(), before.size() - 1);
  must(synced("steward"));

  EXPECT_EQ(office_.server.journal(), before);
  EXPECT_EQ(must(synced("deputy"))->casework->journal().head(),
            must(synced("steward"))->casework->journal().head());
}

TEST_F(ARestoredServer, ThatHasGoneOnWithoutAConsoleIsAFork) {
  const auto backup = office_.server.backup();
  note("steward", "een");
  const auto here = must(read_file(office_.path_of("steward") / "journal", 1U << 24));
  office_.server.restore(*backup);
  note("deputy", "anders");

  const auto stopped = office_.seat("steward")->casework->sync();

  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().exit_code, EX_PROTOCOL);
  EXPECT_NE(stopped.error().sentence.find("fork"), std::string::npos);
  EXPECT_EQ(must(read_file(office_.path_of("steward") / "journal", 1U << 24)), here);
}

TEST_F(ARestoredServer, ThatHasLessAndAnotherHistoryIsAFork) {
  const auto backup = office_.server.backup();
  note("steward", "een");
  note("steward", "twee");
  office_.server.restore(*backup);
  note("deputy", "anders");
  const auto there = office_.server.journal();

  EXPECT_FALSE(office_.seat("steward")->casework->sync());
  EXPECT_EQ(office_.server.journal(), there);
}

TEST_F(ARestoredServer, ThatDoesNotSayThatItWasRestoredIsNotFollowed) {
  note("steward", "een");
  office_.server.journal().pop_back();

  const auto stopped = office_.seat("steward")->casework->sync();

  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().exit_code, EX_PROTOCOL);
  EXPECT_NE(stopped.error().sentence.find("does not say"), std::string::npos);
}

TEST_F(ARestoredServer, RepeatsAnErasure) {
  const auto backup = office_.server.backup();
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 2);
  erase(*steward, *must(synced("deputy")), subject);
  office_.server.restore(*backup);
  ASSERT_FALSE(office_.server.erased(slot(subject)));

  const auto again = must(synced("steward"));

  EXPECT_TRUE(office_.server.erased(slot(subject)));
  EXPECT_NE(said(*again).find("1 erasure"), std::string::npos);
}

TEST_F(ARestoredServer, RepeatsAnErasureOfASlotWhoseVersionItLost) {
  const auto backup = office_.server.backup();
  must(renew("steward"));
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 2);
  ASSERT_EQ(office_.server.slots().at(slot(subject)).first, 2U);
  erase(*steward, *must(synced("deputy")), subject);
  office_.server.restore(*backup);

  must(synced("steward"));

  EXPECT_TRUE(office_.server.erased(slot(subject)));
  EXPECT_EQ(readable("deputy"), 2U);
}

TEST_F(ARestoredServer, FromBeforeAChangeOfTheVaultGetsTheSlotsUnderTheNewOne) {
  const auto backup = office_.server.backup();
  must(renew("steward"));
  must(synced("deputy"));
  office_.server.restore(*backup);

  EXPECT_EQ(readable("steward"), 3U);
  EXPECT_EQ(readable("deputy"), 3U);
  for (const auto& [name, value] : office_.server.slots()) {
    EXPECT_EQ(*crypto::vault_version_of(value.second), 2U);
  }
}

TEST_F(ARestoredServer, FromBeforeAnEnrolmentGetsTheRosterBackFromTheSteward) {
  const auto backup = office_.server.backup();
  office_.enrol_device("third");
  must(synced("third"));
  must(synced("steward"));
  office_.server.restore(*backup);

  EXPECT_NE(said(*must(synced("steward"))).find("1 roster"), std::string::npos);

  EXPECT_EQ(readable("third"), 3U);
}

}  // namespace
}  // namespace meldpunt::client::test
