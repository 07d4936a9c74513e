#include "client/lib/personal_notes.h"

#include <gtest/gtest.h>

#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

class Personal : public TwoDesks {
 protected:
  Personal() : TwoDesks(2) {}

  static PersonalNotes of(const Seat& seat) { return must(PersonalNotes::open(seat.home)); }
};

TEST_F(Personal, NotesAreThereTheNextTimeAndOnThisDeviceAlone) {
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  const auto size = steward->casework->journal().size();
  must(of(*steward).add(subject, 7, "Ask again on Monday."));

  const auto notes = of(*steward).of(subject);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes.front().text, "Ask again on Monday.");
  EXPECT_EQ(notes.front().hour, 7U);
  EXPECT_TRUE(of(*steward).of(case_of(*steward, 2)).empty());
  EXPECT_TRUE(of(*must(synced("deputy"))).of(subject).empty());
  EXPECT_EQ(steward->casework->journal().size(), size);
}

TEST_F(Personal, NotesGoWithTheirCase) {
  const auto steward = must(synced("steward"));
  const auto deputy = must(synced("deputy"));
  const auto erased = case_of(*steward, 1);
  const auto living = case_of(*steward, 2);
  PersonalNotes notes = of(*steward);
  must(notes.add(erased, 1, "about the first"));
  must(notes.add(living, 1, "about the second"));
  erase(*steward, *deputy, erased);
  must(steward->casework->sync());

  must(notes.forget_erased(steward->casework->vault_history()));

  EXPECT_TRUE(of(*steward).of(erased).empty());
  EXPECT_EQ(of(*steward).of(living).size(), 1U);
}

TEST_F(Personal, NotesAreSealedRemovedAndRefused) {
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  PersonalNotes notes = of(*steward);
  must(notes.add(subject, 1, "Behind the greenhouse."));
  const Path file = steward->home.path() / "personal-notes";
  const auto bytes = must(read_file(file, 4096));
  EXPECT_EQ(crypto::as_text(bytes).find("greenhouse"), std::string_view::npos);
  EXPECT_EQ(notes.add(subject, 1, "").error().exit_code, EX_DATAERR);

  const auto id = notes.of(subject).front().id;
  must(notes.remove(id));
  EXPECT_EQ(notes.remove(id).error().exit_code, EX_NOINPUT);
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(Personal, NotesOfAnotherDeviceAreDamagedOnes) {
  const auto steward = must(synced("steward"));
  must(of(*steward).add(case_of(*steward, 1), 1, "mine"));
  std::filesystem::copy_file(steward->home.path() / "personal-notes",
                             office_.path_of("deputy") / "personal-notes");
  const auto stolen = PersonalNotes::open(office_.seat("deputy")->home);
  ASSERT_FALSE(stolen);
  EXPECT_EQ(stolen.error().exit_code, EX_DATAERR);
  EXPECT_NE(stolen.error().sentence.find("Move the file away"), std::string::npos);
}

}  // namespace
}  // namespace meldpunt::client::test
