// The sealed copy of what was read: a start from it shows what a start from the journal shows.
#include "client/lib/opened_copy.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>

#include "client/lib/record_views.h"
#include "client/lib/recording.h"
#include "crypto/hexadecimal.h"
#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

using nlohmann::json;

std::string in_hex(crypto::Bytes bytes) { return crypto::hexadecimal(bytes); }

json thread_of(const Casework& casework, const Case& entry) {
  json object{{"readable", entry.readable}, {"assigned", in_hex(entry.assigned.view())},
              {"oldest", entry.oldest},     {"acute", entry.acute},
              {"minor", entry.minor},       {"answers", entry.answers},
              {"notes", entry.notes},       {"waits", entry.waits_for_answer()}};
  for (const ReportEntry& report : entry.reports) {
    object["reports"].push_back(
        {report.position, in_hex(report.id.view()), report.kind, report.continues});
  }
  for (const ReplyEntry& reply : entry.replies) {
    object["replies"].push_back({reply.position, reply.status, reply.urgent, reply.posted,
                                 reply.superseded, reply.expires, in_hex(reply.hash.view())});
  }
  for (const auto& text : casework.texts().of(entry.id)) {
    object["texts"].push_back({text->position, text->kind, text->text, text->folded});
  }
  for (const auto& [id, consent] : casework.consents().of(entry.id)) {
    object["consents"].push_back({in_hex(id.view()), consent.asked, consent.question.purpose,
                                  consent.question.fields, consent.stand.has_value(),
                                  consent.stand ? consent.stand->position : 0});
  }
  object["file"] = json_of_file(casework, entry.id);
  object["state"] = json_of_state(casework, entry.id);
  return object;
}

// Everything that a screen can show, as one text.
std::string all_of(const Casework& casework) {
  json all{{"size", casework.journal().size()},
           {"head", in_hex(casework.journal().head().view())},
           {"waiting", casework.index().waiting_replies()},
           {"reports", casework.index().report_count()},
           {"escalations", casework.escalations().all().size()},
           {"erasures", casework.vault_history().erasures().size()},
           {"vaults", casework.vault_history().changes().size()},
           {"day", casework.index().last_bundle_day()},
           {"knowledge", json_of_file(casework, {})}};
  for (const auto& [id, entry] : casework.index().cases()) {
    all["cases"][in_hex(id.view())] = thread_of(casework, entry);
  }
  return all.dump(1);
}

class ACopyOfWhatWasRead : public TwoDesks {
 protected:
  // A year in a few events.
  void SetUp() override {
    const auto steward = must(synced("steward"));
    Casework& casework = *steward->casework;
    const auto subject = case_of(*steward, 1);
    must(casework.next());
    must(casework.reply(subject, {crypto::ReplyStatus::answer, true, "", "Wij helpen u."}));
    must(steward->duty.write_address());
    must(casework.reply(subject, {crypto::ReplyStatus::question, false, "", "Waar bent u?"}));
    must(casework.note(subject, "belt morgen"));
    must(write_record(casework, subject,
                      new_item("need", {{"need", "P1.SHELTER"}, {"state", "ASKED"}})));
    record::RecordEvent identity;
    identity.kind = "identity";
    identity.fields = {{"name", "Wilhelmina Zoetemelk"}};
    must(write_record(casework, subject, identity));
    must(merge_cases(casework, case_of(*steward, 2), subject, "same family"));
    must(renew("steward"));
    must(synced("steward"));
    // The second time it reads what it wrote itself the first time: that it destroyed older keys.
    must(synced("deputy"));
    must(synced("deputy"));
  }

  [[nodiscard]] Path copy(const std::string& name = "deputy") const {
    return office_.path_of(name) / "opened";
  }
  // What that device shows without the line.
  std::string shown(const std::string& name = "deputy") {
    const auto seat = office_.seat(name);
    must(seat->casework->recall());
    return all_of(*seat->casework);
  }
  std::string shown_without_copy(const std::string& name = "deputy") {
    std::filesystem::remove(copy(name));
    return shown(name);
  }
  // Of how many events, and of which cases, the copy knows what they say; nullopt: it fits not.
  struct Held {
    Journal::Position events = 0;
    std::set<crypto::CaseId> cases;
    std::string contents;
  };
  std::optional<Held> held(const std::string& name = "deputy") {
    const auto seat = office_.seat(name);
    OpenedCopy opened(seat->home);
    Held found;
    const auto read =
        opened.read(seat->casework->journal(), [&](auto, const auto& entry) -> Outcome<void> {
          if (entry.head) found.cases.insert(entry.head->subject);
          found.contents += crypto::as_text(entry.content);
          return {};
        });
    if (!read) return std::nullopt;
    found.events = read->position;
    return found;
  }
};

TEST_F(ACopyOfWhatWasRead, ShowsWhatTheJournalShows) {
  ASSERT_EQ(held()->events, office_.server.journal().size());
  const std::string from_copy = shown();

  EXPECT_EQ(from_copy, shown_without_copy());
  EXPECT_EQ(held()->events, office_.server.journal().size());
}

// Who counts the events by case counts the same ones.
TEST_F(ACopyOfWhatWasRead, TellsTheHeadOfEveryEvent) {
  const auto told = [&] {
    std::string heads;
    const auto seat = office_.seat("deputy");
    seat->casework->tell_heads([&](Position position, const crypto::EventHead& head) {
      heads += std::to_string(position) + " " + in_hex(head.subject.view()) + " " +
               std::to_string(head.hour) + " " + in_hex(head.device.view()) + " " +
               std::to_string(static_cast<int>(head.kind)) + "\n";
    });
    must(seat->casework->recall());
    return heads;
  };
  const std::string from_copy = told();
  std::filesystem::remove(copy());

  EXPECT_EQ(from_copy, told());
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(from_copy, '\n')),
            office_.server.journal().size());
}

TEST_F(ACopyOfWhatWasRead, IsContinuedFromTheJournal) {
  const auto before = held()->events;
  const auto steward = must(synced("steward"));
  must(steward->casework->note(case_of(*steward, 3), "nog een"));
  must(synced("deputy"));

  EXPECT_EQ(held()->events, before + 1);
  const std::string from_copy = shown();
  EXPECT_EQ(from_copy, shown_without_copy());
}

TEST_F(ACopyOfWhatWasRead, HoldsNoIdentity) {
  const auto found = held();
  EXPECT_NE(found->contents.find("belt morgen"), std::string::npos);
  EXPECT_EQ(found->contents.find("Zoetemelk"), std::string::npos);
}

TEST_F(ACopyOfWhatWasRead, HoldsNoKeyOfAThread) {
  const auto found = held();
  const auto thread = fixed_thread(0x10);
  const auto key = thread.shared.up_key.view();
  EXPECT_EQ(found->contents.find(crypto::as_text(key)), std::string::npos);
}

TEST_F(ACopyOfWhatWasRead, ThatIsDamagedAnywhereIsMadeAnew) {
  const std::string expected = shown();
  const auto bytes = must(read_file(copy(), std::size_t{1} << 24));
  for (std::size_t at = 0; at < bytes.size(); at += bytes.size() / 7) {
    SCOPED_TRACE(at);
    auto damaged = bytes;
    damaged[at] ^= 1;
    must(write_durably(copy(), damaged));

    EXPECT_EQ(shown(), expected);
    EXPECT_EQ(held()->events, office_.server.journal().size());
  }
}

TEST_F(ACopyOfWhatWasRead, ThatIsCutOffGoesOnFromTheJournal) {
  const std::string expected = shown();
  const auto bytes = must(read_file(copy(), std::size_t{1} << 24));
  for (std::size_t size = 0; size < bytes.size(); size += bytes.size() / 7) {
    SCOPED_TRACE(size);
    must(write_durably(copy(), crypto::Bytes(bytes).first(size)));

    EXPECT_EQ(shown(), expected);
    EXPECT_EQ(held()->events, office_.server.journal().size());
  }
}

TEST_F(ACopyOfWhatWasRead, OfAnotherDeviceIsMadeAnew) {
  const std::string expected = shown();
  std::filesystem::copy_file(copy("steward"), copy(),
                             std::filesystem::copy_options::overwrite_existing);
  ASSERT_FALSE(held());

  EXPECT_EQ(shown(), expected);
  EXPECT_TRUE(held());
}

TEST_F(ACopyOfWhatWasRead, OfAJournalThatIsNotHereIsMadeAnew) {
  const auto journal = must(read_file(office_.path_of("deputy") / "journal", 1U << 24));
  const auto steward = must(synced("steward"));
  must(steward->casework->note(case_of(*steward, 3), "nog een"));
  const std::string before = shown();
  must(synced("deputy"));
  must(write_durably(office_.path_of("deputy") / "journal", journal));
  ASSERT_FALSE(held());

  EXPECT_EQ(shown(), before);
  EXPECT_TRUE(held());
}

TEST_F(ACopyOfWhatWasRead, ThatIsOlderIsContinued) {
  const auto old = must(read_file(copy(), std::size_t{1} << 24));
  const auto steward = must(synced("steward"));
  must(steward->casework->note(case_of(*steward, 3), "nog een"));
  must(synced("deputy"));
  const std::string expected = shown();
  must(write_durably(copy(), old));

  EXPECT_EQ(shown(), expected);
}

TEST_F(ACopyOfWhatWasRead, HoldsNothingOfAnErasedCaseAndOverwritesWhatItHeld) {
  const auto steward = must(synced("steward"));
  const auto deputy = must(synced("deputy"));
  const auto subject = case_of(*steward, 1);
  ASSERT_TRUE(held()->cases.contains(subject));
  const Path old = office_.path_of("deputy") / "another-name";
  std::filesystem::create_hard_link(copy(), old);
  erase(*steward, *deputy, subject);
  EXPECT_FALSE(held("steward")->cases.contains(subject)) << "at once, where it was written";

  must(deputy->casework->sync());

  EXPECT_FALSE(held()->cases.contains(subject));
  EXPECT_EQ(held()->contents.find("belt morgen"), std::string::npos);
  const auto overwritten = must(read_file(old, std::size_t{1} << 24));
  EXPECT_TRUE(std::ranges::all_of(overwritten, [](std::uint8_t byte) { return byte == 0; }));
  const std::string from_copy = shown();
  EXPECT_EQ(from_copy, shown_without_copy());
}

TEST_F(ACopyOfWhatWasRead, FromBeforeAnErasureIsWrittenAnewAtTheNextStart) {
  const auto old = must(read_file(copy(), std::size_t{1} << 24));
  const auto steward = must(synced("steward"));
  const auto deputy = must(synced("deputy"));
  const auto subject = case_of(*steward, 1);
  erase(*steward, *deputy, subject);
  must(deputy->casework->sync());
  const std::string expected = shown();
  must(write_durably(copy(), old));

  EXPECT_EQ(shown(), expected);
  EXPECT_FALSE(held()->cases.contains(subject));
}

// Two processes of one home; each has read what the other has not written into the copy.
TEST_F(ACopyOfWhatWasRead, IsSharedByTheProcessesOfOneHome) {
  const auto first = must(synced("deputy"));
  const auto second = must(synced("deputy"));
  const auto subject = case_of(*first, 3);
  must(first->casework->note(subject, "een"));
  must(second->casework->note(subject, "twee"));
  must(second->casework->sync());
  must(first->casework->note(subject, "drie"));
  must(first->casework->sync());

  EXPECT_EQ(held()->events, office_.server.journal().size());
  const std::string from_copy = shown();
  EXPECT_EQ(from_copy, shown_without_copy());
}

TEST_F(ACopyOfWhatWasRead, IsPutTogetherWhenManyCommandsAddedToIt) {
  for (int i = 0; i < 210; ++i) {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    must(seat->casework->note(case_of(*seat, 3), "nummer " + std::to_string(i)));
  }
  const std::string from_copy = shown("steward");
  const auto file = must(RecordFile::open(copy("steward"), std::size_t{1} << 20));

  EXPECT_LT(file.size(), 20U);
  EXPECT_EQ(from_copy, shown_without_copy("steward"));
}

// Ended at some moment of a start, with the file as it is then.
TEST_F(ACopyOfWhatWasRead, IsUsableWhateverMomentAProcessIsKilledAt) {
  const std::string expected = shown();
  for (int microseconds = 0; microseconds < 20000; microseconds += 500 * every(4)) {
    SCOPED_TRACE(microseconds);
    std::filesystem::remove(copy());
    const pid_t child = fork();
    if (child == 0) {
      try {
        (void)shown();
      } catch (const std::exception&) {
      }
      _exit(0);
    }
    usleep(static_cast<useconds_t>(microseconds));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);

    ASSERT_EQ(shown(), expected);
  }
}

}  // namespace
}  // namespace meldpunt::client::test
