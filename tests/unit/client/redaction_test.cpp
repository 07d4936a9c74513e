// Striking something out of a case: gone for good, and all the rest as it was.
#include "client/lib/redaction.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/lib/countersigning.h"
#include "client/lib/outbox.h"
#include "client/lib/personal_notes.h"
#include "client/lib/record_views.h"
#include "client/lib/recording.h"
#include "client/lib/reporter_outgoing.h"
#include "crypto/hexadecimal.h"
#include "tests/support/two_desks.h"
#include "tests/unit/client/an_escalation.h"

namespace meldpunt::client::test {
namespace {

constexpr std::string_view secret = "Hij heet anders";

class StrikingOut : public TwoDesks {
 protected:
  // A case with a reply that has gone out, two notes, a line in the file, and one merged into it.
  void SetUp() override {
    const auto steward = must(synced("steward"));
    Casework& casework = *steward->casework;
    subject_ = case_of(*steward, 1);
    member_ = case_of(*steward, 2);
    must(casework.next());
    must(casework.reply(subject_, {crypto::ReplyStatus::answer, true, "", "Wij helpen u."}));
    must(steward->duty.write_address());
    must(casework.note(subject_, std::string(secret)));
    must(casework.note(subject_, "belt morgen"));
    must(write_record(casework, subject_,
                      new_item("need", {{"need", "P1.SHELTER"}, {"state", "ASKED"}})));
    must(merge_cases(casework, member_, subject_, "same family"));
    must(synced("deputy"));
  }

  static std::vector<StoryEntry> story_of(Seat& seat, const crypto::CaseId& subject) {
    return must(seat.casework->story(subject));
  }
  static Position note_saying(Seat& seat, const crypto::CaseId& subject, std::string_view text) {
    for (const StoryEntry& entry : story_of(seat, subject)) {
      const auto* note = std::get_if<StoryNote>(&entry.what);
      if (note != nullptr && note->text == text) return entry.position;
    }
    throw std::runtime_error("no such note");
  }
  void propose(std::vector<crypto::Strike> strikes) {
    const auto steward = must(synced("steward"));
    must(propose_striking(*steward->casework, steward->staff, subject_, "names somebody else",
                          std::move(strikes)));
  }
  void propose_the_note() {
    const auto steward = must(synced("steward"));
    propose({{note_saying(*steward, subject_, secret), ""}});
  }
  // As a coordinator of that device signs what waits.
  SecondOutcome sign(Seat& seat) {
    const auto waiting = must(waiting_for_second(*seat.casework));
    if (waiting.empty()) return SecondOutcome::known;
    const auto second = must(sign_second(seat.home, waiting.at(0)));
    return must(take_second(*seat.casework, seat.staff, second, seat.home.keys().id,
                            hour_of(office_.clock.now())));
  }
  SecondOutcome sign() { return sign(*must(synced("deputy"))); }
  crypto::CaseId after(Seat& seat) { return must(seat.casework->case_after(subject_)); }

  // What can be read of a case, but for its id.
  static std::string told(Seat& seat, const crypto::CaseId& subject) {
    std::string all;
    for (const StoryEntry& entry : story_of(seat, subject)) {
      all += std::to_string(entry.position) + " " + std::to_string(entry.hour) + " " +
             crypto::hexadecimal(entry.device.view()) + " ";
      if (const auto* note = std::get_if<StoryNote>(&entry.what)) all += note->text;
      if (const auto* reply = std::get_if<StoryReply>(&entry.what)) {
        all += reply->reply.text + (reply->posted ? " posted" : "");
      }
      if (const auto* report = std::get_if<StoryReport>(&entry.what)) {
        const auto* statement = std::get_if<crypto::Statement>(&report->report.body);
        all += (report->continues ? "+" : "-") + (statement != nullptr ? statement->text : "");
      }
      all += "\n";
    }
    const auto file = json_of_file(*seat.casework, subject);
    return all + file.at("need").dump() +
           crypto::hexadecimal(seat.casework->index().find(subject)->assigned.view());
  }
  static bool holds(Seat& seat, std::string_view text) {
    return !seat.casework->texts().find(text, 5).empty();
  }

  crypto::CaseId subject_;
  crypto::CaseId member_;
};

TEST_F(StrikingOut, TheRestStandsWhereItStoodUnderAnotherKey) {
  const auto before = must(synced("deputy"));
  std::string expected = told(*before, subject_);
  const auto line = expected.find(secret);
  const auto begin = expected.rfind('\n', line) + 1;
  expected.erase(begin, expected.find('\n', line) + 1 - begin);
  propose_the_note();

  EXPECT_EQ(sign(), SecondOutcome::done);

  office_.enrol_device("new");
  for (const auto* name : {"steward", "deputy", "new"}) {
    SCOPED_TRACE(name);
    const auto seat = must(synced(name));
    EXPECT_EQ(seat->casework->index().find(subject_), nullptr);
    EXPECT_EQ(told(*seat, after(*seat)), expected);
    EXPECT_FALSE(holds(*seat, secret));
    EXPECT_EQ(seat->casework->files().groups().head_of(member_), after(*seat));
    EXPECT_EQ(seat->casework->key_of(subject_).error().exit_code, EX_NOINPUT);
    EXPECT_TRUE(
        tasks_of(*seat->casework, Terms::as_shipped(), hour_of(office_.clock.now())).size() == 1)
        << "that it is not complete yet";
  }
  // And from the disk alone.
  const auto again = office_.seat("deputy");
  must(again->casework->recall());
  EXPECT_EQ(told(*again, after(*again)), expected);
}

// An older version would stand there again.
TEST_F(StrikingOut, ALineOfTheFileGoesWithAllThatStoodThereBefore) {
  Position newest = 0;
  {
    const auto steward = must(synced("steward"));
    Casework& casework = *steward->casework;
    const auto need = casework.files().of(subject_).several("need").front()->id;
    for (const auto* remark : {"bij de buren", "bij een ander"}) {
      auto change = new_item("need", {{"need", "P1.SHELTER"}, {"state", "ASKED"}});
      change.item = need;
      change.seen = casework.files().of(subject_).newest("need", need);
      change.fields["remark"] = remark;
      must(write_record(casework, subject_, change));
    }
    newest = casework.files().of(subject_).newest("need", need);
  }
  propose({{newest, ""}});

  ASSERT_EQ(sign(), SecondOutcome::done);

  const auto deputy = must(synced("deputy"));
  EXPECT_TRUE(deputy->casework->files().of(after(*deputy)).several("need").empty());
  EXPECT_FALSE(holds(*deputy, "de buren"));
  EXPECT_EQ(json_of_file(*deputy->casework, after(*deputy)).dump().find("de buren"),
            std::string::npos);
}

TEST_F(StrikingOut, ALongTextGoesWithItsPartsAndAPhotoByItself) {
  Outgoing outgoing{crypto::ReportKind::message,
                    crypto::Statement{"nl", {}, std::string(20'000, 'a') + " het einde", {}}};
  outgoing.images = {crypto::Buffer(30'000, 7)};
  const auto thread = fixed_thread(0x10);
  const auto composed = compose(std::move(outgoing), thread.shared);
  for (const crypto::Report& report : composed.value()) {
    office_.send(report);
  }
  must(must(synced("steward"))->duty.take_in());
  const auto statement_in = [](const std::vector<StoryEntry>& story) {
    for (const StoryEntry& entry : story) {
      const auto* report = std::get_if<StoryReport>(&entry.what);
      const auto* found =
          report == nullptr ? nullptr : std::get_if<crypto::Statement>(&report->report.body);
      if (found != nullptr && !found->enclosed.empty()) return std::pair(entry.position, *found);
    }
    throw std::runtime_error("no report that encloses something");
  };
  const auto parts_in = [](const std::vector<StoryEntry>& story) {
    return std::ranges::count_if(story, [](const StoryEntry& entry) {
      const auto* report = std::get_if<StoryReport>(&entry.what);
      return report != nullptr && report->report.kind == crypto::ReportKind::part;
    });
  };
  {
    const auto steward = must(synced("steward"));
    const auto [line, statement] = statement_in(story_of(*steward, subject_));
    ASSERT_EQ(statement.enclosed.size(), 2U);
    const auto image = statement.enclosed[0].kind == crypto::PartsKind::image ? 1 : 2;
    const auto photo = must(strikes_named(*steward->casework, subject_,
                                          std::to_string(line) + "/" + std::to_string(image), ""));
    EXPECT_EQ(photo.size(), 3U);
    EXPECT_EQ(strikes_named(*steward->casework, subject_, std::to_string(line) + "/3", "")
                  .error()
                  .exit_code,
              EX_NOINPUT);
    EXPECT_EQ(strikes_named(*steward->casework, subject_, "12a", "").error().exit_code, EX_USAGE);
    propose({{line, "[weggelaten]"}});
  }

  ASSERT_EQ(sign(), SecondOutcome::done);

  const auto deputy = must(synced("deputy"));
  const auto story = story_of(*deputy, after(*deputy));
  const auto [line, statement] = statement_in(story);
  EXPECT_EQ(statement.text, "[weggelaten]");
  ASSERT_EQ(statement.enclosed.size(), 1U) << "the photo was not named";
  EXPECT_EQ(statement.enclosed.front().kind, crypto::PartsKind::image);
  EXPECT_EQ(parts_in(story), 3);
  subject_ = after(*deputy);
  propose(must(strikes_named(*deputy->casework, subject_, std::to_string(line) + "/1", "")));
  ASSERT_EQ(sign(), SecondOutcome::done);
  const auto again = must(synced("deputy"));
  EXPECT_EQ(parts_in(story_of(*again, after(*again))), 0);
}

TEST_F(StrikingOut, NotesForOneselfGoAndWhatWaitedIsSentToTheCaseThatGoesOn) {
  {
    const auto steward = must(synced("steward"));
    must(must(PersonalNotes::open(steward->home)).add(subject_, 1, "Hij heet anders, denk ik."));
    must(must(Outbox::open(steward->home))
             .add(subject_, UnsentNote{"zonder lijn"}, steward->casework->journal().size()));
  }
  propose_the_note();
  ASSERT_EQ(sign(), SecondOutcome::done);

  const auto steward = must(synced("steward"));
  auto notes = must(PersonalNotes::open(steward->home));
  must(notes.forget_erased(steward->casework->vault_history()));
  EXPECT_FALSE(std::filesystem::exists(steward->home.path() / "personal-notes"));
  const auto delivered =
      must(must(Outbox::open(steward->home)).send(*steward->casework, steward->staff));
  EXPECT_EQ(delivered.sent, 1U);
  EXPECT_NO_THROW(note_saying(*steward, after(*steward), "zonder lijn"));
}

TEST_F(StrikingOut, ATextCanStandInstead) {
  const auto steward = must(synced("steward"));
  const auto story = story_of(*steward, subject_);
  const Position report = story.front().position;
  const auto reply = std::ranges::find_if(story, [](const StoryEntry& entry) {
    const auto* shown = std::get_if<StoryReply>(&entry.what);
    return shown != nullptr && shown->reply.text == "Wij helpen u.";
  });
  propose({{reply->position, "[weggelaten antwoord]"}, {report, "[weggelaten]"}});

  EXPECT_EQ(sign(), SecondOutcome::done);

  const auto deputy = must(synced("deputy"));
  const std::string all = told(*deputy, after(*deputy));
  EXPECT_NE(all.find("+[weggelaten]\n"), std::string::npos) << all;
  EXPECT_NE(all.find("[weggelaten antwoord] posted"), std::string::npos) << all;
  EXPECT_EQ(all.find("report 1"), std::string::npos) << all;
  EXPECT_FALSE(holds(*deputy, "report 1"));
}

TEST_F(StrikingOut, TheReporterIsHeardAndAnsweredAsBefore) {
  propose_the_note();
  ASSERT_EQ(sign(), SecondOutcome::done);
  auto message = office_.report(0x10, 90);
  message.kind = crypto::ReportKind::message;
  office_.send(message);

  const auto steward = must(synced("steward"));
  must(steward->duty.take_in());

  const Case* entry = steward->casework->index().find(after(*steward));
  ASSERT_EQ(entry->reports.size(), 2U);
  EXPECT_TRUE(entry->reports.back().continues);
  const auto replies = entry->replies.size();
  EXPECT_EQ(must(steward->casework->reply(after(*steward),
                                          {crypto::ReplyStatus::answer, false, "", "Dank u."})),
            replies);
  EXPECT_TRUE(steward->casework->address_of(
      {after(*steward), static_cast<std::uint16_t>(replies),
       steward->casework->index().find(after(*steward))->replies.back().position}));
}

TEST_F(StrikingOut, WhatAColleagueWritesUntilThenIsTakenAlong) {
  propose_the_note();
  const auto deputy = must(synced("deputy"));
  {
    const auto steward = must(synced("steward"));
    must(steward->casework->note(subject_, "nog een"));
  }

  EXPECT_EQ(sign(*deputy), SecondOutcome::done);

  EXPECT_NO_THROW(note_saying(*deputy, after(*deputy), "nog een"));
}

TEST_F(StrikingOut, KilledAtAnyStepItIsDoneOnceAndNothingIsLostOrTwice) {
  propose_the_note();
  std::string expected;
  int step = 0;
  for (bool killed = true; killed;) {
    SCOPED_TRACE(++step);
    killed = false;
    office_.server.kill_at(step,
                           step % 2 == 0 ? FakeServer::Moment::before : FakeServer::Moment::after);
    try {
      const auto deputy = must(synced("deputy"));
      sign(*deputy);
      expected = told(*deputy, after(*deputy));
    } catch (const Killed&) {
      killed = true;
    }
    office_.server.spare();
    office_.server.forget_leases();
    ASSERT_LT(step, 200);
  }
  EXPECT_GE(step, 3);

  const auto steward = must(synced("steward"));
  EXPECT_EQ(told(*steward, after(*steward)), expected);
  EXPECT_EQ(expected.find(secret), std::string::npos);
  EXPECT_NE(expected.find("belt morgen"), std::string::npos);
  EXPECT_EQ(expected.find("belt morgen"), expected.rfind("belt morgen"));
}

TEST_F(StrikingOut, OnceBegunNothingElseIsProposed) {
  propose_the_note();
  office_.server.kill_at(9, FakeServer::Moment::after);
  EXPECT_THROW(sign(), Killed);
  office_.server.spare();
  office_.server.forget_leases();
  const auto steward = must(synced("steward"));
  ASSERT_NE(steward->casework->retained().after(subject_), nullptr);

  const auto all = propose_erasure(*steward->casework, steward->staff, subject_, "all");
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().exit_code, EX_NOPERM);
  EXPECT_NE(all.error().sentence.find("strike something else"), std::string::npos);
  EXPECT_EQ(propose_striking(*steward->casework, steward->staff, subject_, "more",
                             {{note_saying(*steward, subject_, "belt morgen"), ""}})
                .error()
                .exit_code,
            EX_NOPERM);
  propose_the_note();
  EXPECT_EQ(sign(), SecondOutcome::done);
}

TEST_F(StrikingOut, ASecondTimeGoesOnFromTheFirst) {
  propose_the_note();
  ASSERT_EQ(sign(), SecondOutcome::done);
  {
    const auto steward = must(synced("steward"));
    subject_ = after(*steward);
    must(steward->casework->note(subject_, "later"));
    propose({{note_saying(*steward, subject_, "belt morgen"), ""}});
  }

  ASSERT_EQ(sign(), SecondOutcome::done);

  const auto deputy = must(synced("deputy"));
  const std::string all = told(*deputy, after(*deputy));
  EXPECT_EQ(all.find("belt morgen"), std::string::npos);
  EXPECT_NE(all.find("later"), std::string::npos);
  EXPECT_NE(all.find("report 1"), std::string::npos);
  EXPECT_EQ(deputy->casework->files().groups().head_of(member_), after(*deputy));
}

TEST_F(StrikingOut, WhatOthersRestOnStays) {
  const auto steward = must(synced("steward"));
  Casework& casework = *steward->casework;
  const auto story = story_of(*steward, subject_);
  must(casework.reply(subject_, {crypto::ReplyStatus::answer, false, "", "Wacht nog."}));
  const Position waiting = casework.index().find(subject_)->replies.back().position;
  const Position need = casework.files().of(subject_).several("need").front()->now().position;
  const auto fault = [&](Position position, const std::string& instead) {
    return must(fault_of_strike(casework, subject_, {position, instead}));
  };

  EXPECT_NE(fault(story.front().position, ""), "");
  EXPECT_EQ(fault(story.front().position, "[weg]"), "");
  EXPECT_NE(fault(waiting, "[weg]"), "");
  EXPECT_EQ(fault(need, ""), "");
  EXPECT_NE(fault(need, "[weg]"), "");
  record::RecordEvent identity;
  identity.kind = "identity";
  identity.fields = {{"name", "N.N."}};
  must(write_record(casework, subject_, identity));
  must(open_identity(casework, subject_, "a reason"));
  EXPECT_NE(
      fault(casework.files().of(subject_).several("identity_opened").front()->now().position, ""),
      "")
      << "who looked is not struck out";
  EXPECT_EQ(fault_of_strike(casework, subject_, {99'999, ""}).error().exit_code, EX_NOINPUT);
  EXPECT_EQ(fault_of_strike(casework, subject_, {1, ""}).error().exit_code, EX_NOINPUT);
  EXPECT_EQ(propose_striking(casework, steward->staff, subject_, "why", {}).error().exit_code,
            EX_USAGE);
  EXPECT_EQ(propose_striking(casework, steward->staff, subject_, "why", {{need, ""}, {need, ""}})
                .error()
                .exit_code,
            EX_USAGE);
  EXPECT_EQ(propose_striking(casework, steward->staff, subject_, "why",
                             {{story.front().position, std::string(instead_most + 1, 'x')}})
                .error()
                .exit_code,
            EX_DATAERR);
}

class StrikingOutAnEscalatedCase : public AnEscalation {};

TEST_F(StrikingOutAnEscalatedCase, LeavesThePartnerWhereItWas) {
  office_.enrol_device("deputy");
  office_.consented();
  const auto escalation = office_.escalate();
  EXPECT_EQ(collect().fresh, 1U);
  office_.round("steward");
  ASSERT_EQ(state(escalation.id), "received");
  Position note = 0;
  {
    const auto steward = office_.seat("steward");
    must(steward->casework->sync());
    must(steward->casework->note(office_.subject, std::string(secret)));
    note = steward->casework->index().find(office_.subject)->notes.back();
    must(
        propose_striking(*steward->casework, steward->staff, office_.subject, "why", {{note, ""}}));
  }
  const auto deputy = office_.seat("deputy");
  must(deputy->casework->sync());
  const auto waiting = must(waiting_for_second(*deputy->casework));
  const auto second = must(sign_second(deputy->home, waiting.at(0)));

  ASSERT_EQ(must(take_second(*deputy->casework, deputy->staff, second, deputy->home.keys().id,
                             office_.now())),
            SecondOutcome::done);

  EXPECT_EQ(state(escalation.id), "received");
  {
    const auto desk = office_.desk();
    must(desk->inbox->answer(escalation.id, Said::accepted, "wij nemen het op"));
  }
  office_.round("steward");
  EXPECT_EQ(state(escalation.id), "accepted");
  const auto after = must(deputy->casework->case_after(office_.subject));
  must(deputy->casework->sync());
  EXPECT_FALSE(deputy->casework->consents().of(after).empty());
}

}  // namespace
}  // namespace meldpunt::client::test
