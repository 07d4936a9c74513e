#include "client/lib/outbox.h"

#include <gtest/gtest.h>

#include "client/lib/recording.h"
#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

class WaitingWords : public TwoDesks {
 protected:
  WaitingWords() : TwoDesks(2) {
    steward_ = must(synced("steward"));
    subject_ = case_of(*steward_, 1);
  }
  Casework& casework() { return *steward_->casework; }
  Outbox outbox() { return must(Outbox::open(steward_->home)); }
  static UnsentReply answer(const std::string& text) {
    return {{crypto::ReplyStatus::answer, false, "", text, {}}};
  }
  // What a person wrote to the reporter.
  std::vector<std::string> replies() {
    std::vector<std::string> texts;
    for (const StoryEntry& told : must(casework().story(subject_))) {
      if (const auto* reply = std::get_if<StoryReply>(&told.what)) {
        texts.push_back(reply->reply.text);
      }
    }
    return texts;
  }
  std::size_t notes() { return casework().index().find(subject_)->notes.size(); }

  std::unique_ptr<Seat> steward_;
  crypto::CaseId subject_;
};

TEST_F(WaitingWords, AreSentOnceAndThenGone) {
  const auto since = casework().journal().size();
  must(outbox().add(subject_, answer("We call you."), since));
  must(outbox().add(subject_, UnsentNote{"Called."}, since));

  EXPECT_EQ(must(outbox().send(casework(), steward_->staff)).sent, 2U);

  EXPECT_EQ(replies(), std::vector<std::string>{"We call you."});
  EXPECT_EQ(notes(), 1U);
  EXPECT_TRUE(outbox().unsent().empty());
}

TEST_F(WaitingWords, AreNotWrittenAgainWhereTheFirstTryArrived) {
  const auto since = casework().journal().size();
  must(casework().reply(subject_, answer("We call you.").draft));
  must(casework().note(subject_, "Called."));
  must(outbox().add(subject_, answer("We call you."), since));
  must(outbox().add(subject_, UnsentNote{"Called."}, since));
  const auto size = casework().journal().size();

  EXPECT_EQ(must(outbox().send(casework(), steward_->staff)).sent, 2U);

  EXPECT_EQ(casework().journal().size(), size);
  EXPECT_TRUE(outbox().unsent().empty());
}

TEST_F(WaitingWords, AreWrittenAgainWhereAColleagueSaidTheSame) {
  const auto since = casework().journal().size();
  must(must(synced("deputy"))->casework->note(subject_, "Called."));
  must(outbox().add(subject_, UnsentNote{"Called."}, since));
  must(casework().sync());

  must(outbox().send(casework(), steward_->staff));

  EXPECT_EQ(notes(), 2U);
}

TEST_F(WaitingWords, AreNotWrittenAgainWhenTheFirstTryLandsLate) {
  const auto since = casework().journal().size();
  must(outbox().add(subject_, UnsentNote{"Called."}, since));
  // The same device, in another process: what was on its way when the line broke.
  office_.server.before_append([&, done = false]() mutable {
    if (std::exchange(done, true)) return;
    must(must(synced("steward"))->casework->note(subject_, "Called."));
  });

  must(outbox().send(casework(), steward_->staff));

  EXPECT_EQ(notes(), 1U);
}

TEST_F(WaitingWords, HoldAReplyUntilItsWriterHasReadWhatCameSince) {
  const auto since = casework().journal().size();
  must(outbox().add(subject_, answer("We call you."), since));
  auto more = office_.report(0x10, 9);
  more.kind = crypto::ReportKind::message;
  office_.send(more);
  must(office_.seat("deputy")->duty.take_in());
  must(casework().sync());

  EXPECT_EQ(must(outbox().send(casework(), steward_->staff)).sent, 0U);
  ASSERT_EQ(outbox().unsent().size(), 1U);
  EXPECT_TRUE(is_held(outbox().unsent().front(), casework()));
  EXPECT_TRUE(replies().empty());

  Outbox again = outbox();
  must(again.let_go(again.unsent().front().id, casework().journal().size()));
  EXPECT_EQ(must(again.send(casework(), steward_->staff)).sent, 1U);
  EXPECT_EQ(replies(), std::vector<std::string>{"We call you."});
}

TEST_F(WaitingWords, AreTakenBackBeforeTheyGo) {
  must(outbox().add(subject_, answer("No, wait."), casework().journal().size()));
  Outbox box = outbox();
  const UnsentId id = box.unsent().front().id;
  must(box.drop(id));

  EXPECT_EQ(must(outbox().send(casework(), steward_->staff)).sent, 0U);
  EXPECT_TRUE(replies().empty());
  const auto twice = box.drop(id);
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().exit_code, EX_NOINPUT);
}

TEST_F(WaitingWords, AreSealedOnTheDisk) {
  must(outbox().add(subject_, answer("Behind the greenhouse."), 0));
  const auto bytes = must(read_file(steward_->home.path() / "outbox", std::size_t{1} << 20));
  EXPECT_EQ(crypto::as_text(bytes).find("greenhouse"), std::string_view::npos);
}

}  // namespace
}  // namespace meldpunt::client::test
