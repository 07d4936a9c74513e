#include "crypto/case_events.h"

#include "crypto/redaction.h"
#include "tests/support/fixed_thread.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

template <class Event, class Decode>
void expect_total(const Event& event, Decode decode) {
  const auto content = encode(event);
  ASSERT_THAT(content, Succeeds());
  Buffer bytes = buffer_of(content->view());
  EXPECT_THAT(decode(bytes), Succeeds());
  for (const std::size_t size : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
    EXPECT_THAT(decode(Bytes(bytes).first(size)), FailsWith(Error::malformed));
  }
  bytes.push_back(0);
  EXPECT_THAT(decode(bytes), FailsWith(Error::malformed));
}

ReplyWritten a_written_reply() {
  ReplyWritten event;
  event.urgent = true;
  event.guard = id_of<Hash>(1);
  event.sealed.fill(2);
  event.index = 3;
  event.previous = id_of<Hash>(4);
  event.last_seen = id_of<ReportId>(5);
  event.status = ReplyStatus::question;
  event.expires = this_hour;
  event.text_module = "module.1";
  event.text = "Kunt u bellen?";
  return event;
}

TEST(CaseEvents, KeepAReportAsItWasOpened) {
  TakenIn event;
  event.report.plaintext = SecretBytes<report_plaintext_size>::random();
  event.report.exported.fill(7);
  event.continues = true;
  const auto content = encode(event);
  ASSERT_THAT(content, Succeeds());
  EXPECT_LE(content->size(), event_content_max);
  auto back = decode_taken_in(content->view());
  ASSERT_THAT(back, Succeeds());
  EXPECT_TRUE(back->continues);
  EXPECT_EQ(back->report.exported, event.report.exported);
  EXPECT_TRUE(same_secret(back->report.plaintext.view(), event.report.plaintext.view()));
  expect_total(event, decode_taken_in);

  Buffer bad = buffer_of(content->view());
  bad[32] = 2;
  EXPECT_THAT(decode_taken_in(bad), FailsWith(Error::malformed));
}

TEST(CaseEvents, KeepWhichEventsAreCopies) {
  const Retained list{id_of<CaseId>(1),
                      {{7, this_hour, id_of<DeviceId>(2)}, {9, this_hour, id_of<DeviceId>(3)}}};
  const auto back = decode_retained(encode(list)->view());
  ASSERT_THAT(back, Succeeds());
  EXPECT_EQ(back->before, list.before);
  ASSERT_EQ(back->events.size(), 2U);
  EXPECT_EQ(back->events[1].position, 9U);
  EXPECT_EQ(back->events[1].hour, this_hour);
  EXPECT_EQ(back->events[1].device, id_of<DeviceId>(3));
  expect_total(list, decode_retained);
  EXPECT_THAT(encode(Retained{id_of<CaseId>(1), {}}), Succeeds()) << "it ends a list";

  Retained many{id_of<CaseId>(1), {}};
  for (std::uint64_t i = 1; i <= retained_max; ++i) many.events.push_back({i, 0, {}});
  EXPECT_THAT(encode(many), Succeeds());
  many.events.push_back({retained_max + 1, 0, {}});
  EXPECT_THAT(encode(many), FailsWith(Error::malformed));
  EXPECT_THAT(encode(Retained{{}, {{9, 0, {}}, {9, 0, {}}}}), FailsWith(Error::malformed));
  EXPECT_THAT(encode(Retained{{}, {{0, 0, {}}}}), FailsWith(Error::malformed));
}

TEST(CaseEvents, KeepJunkAssignmentsAndWhatWasPosted) {
  const Junk junk{id_of<EpochId>(1), id_of<Hash>(2)};
  const auto junk_back = decode_junk(encode(junk)->view());
  ASSERT_THAT(junk_back, Succeeds());
  EXPECT_EQ(junk_back->epoch, junk.epoch);
  EXPECT_EQ(junk_back->envelope, junk.envelope);
  expect_total(junk, decode_junk);

  const Assigned assigned{id_of<DeviceId>(3)};
  EXPECT_EQ(decode_assigned(encode(assigned)->view())->to, assigned.to);
  expect_total(assigned, decode_assigned);

  EXPECT_EQ(decode_posted(encode(Posted{255})->view())->index, 255);
  expect_total(Posted{1}, decode_posted);
  EXPECT_THAT(decode_posted(Buffer{1, 0}), FailsWith(Error::malformed));
}

TEST(CaseEvents, KeepAReplySealedAndInWordsButNotItsToken) {
  const ReplyWritten event = a_written_reply();
  const auto content = encode(event);
  ASSERT_THAT(content, Succeeds());
  const auto back = decode_reply_written(content->view());
  ASSERT_THAT(back, Succeeds());
  EXPECT_TRUE(back->urgent);
  EXPECT_EQ(back->guard, event.guard);
  EXPECT_EQ(back->sealed, event.sealed);
  EXPECT_EQ(back->index, event.index);
  EXPECT_EQ(back->previous, event.previous);
  EXPECT_EQ(back->last_seen, event.last_seen);
  EXPECT_EQ(back->status, event.status);
  EXPECT_EQ(back->expires, event.expires);
  EXPECT_EQ(back->text_module, event.text_module);
  EXPECT_EQ(back->text, event.text);
  expect_total(event, decode_reply_written);
}

TEST(CaseEvents, HaveRoomForTheLongestReply) {
  ReplyWritten event = a_written_reply();
  event.text_module.clear();
  event.text = std::string(reply_text_max, 'x');
  EXPECT_THAT(encode(event), Succeeds());
}

TEST(CaseEvents, KeepNotes) {
  EXPECT_EQ(decode_note(encode(Note{"gebeld\n"})->view())->text, "gebeld\n");
  expect_total(Note{"x"}, decode_note);
  EXPECT_THAT(encode(Note{std::string(event_content_max, 'x')}), FailsWith(Error::too_long));
}

// An event in the journal stays there: what no console could read must not get in.
TEST(CaseEvents, AreNotWrittenWhenTheyCouldNotBeRead) {
  EXPECT_THAT(encode(Note{"\x1b[2J"}), FailsWith(Error::malformed));
  EXPECT_THAT(encode(Posted{reply_indices}), FailsWith(Error::malformed));
  const auto refused = [](auto change) {
    ReplyWritten event = a_written_reply();
    change(event);
    EXPECT_THAT(encode(event), FailsWith(Error::malformed));
  };
  refused([](ReplyWritten& event) { event.text = "\xff"; });
  refused([](ReplyWritten& event) { event.text_module = "\a"; });
  refused([](ReplyWritten& event) { event.index = reply_indices; });
  refused([](ReplyWritten& event) { event.status = ReplyStatus{0}; });
  refused([](ReplyWritten& event) { event.status = ReplyStatus{8}; });
}

TEST(CaseEvents, KeepAChangeOfTheVault) {
  const VaultChanged event{3, secret_of(0x97)};
  const auto content = encode(event);
  ASSERT_THAT(content, Succeeds());
  const auto back = decode_vault_changed(content->view());
  ASSERT_THAT(back, Succeeds());
  EXPECT_EQ(back->before, 3U);
  EXPECT_TRUE(same_secret(back->journal_key.view(), event.journal_key.view()));
  expect_total(event, decode_vault_changed);
  EXPECT_THAT(encode(VaultChanged{}), FailsWith(Error::malformed));
}

TEST(CaseEvents, KeepAnErasureByTwoDevices) {
  Erasure event{id_of<CaseId>(1),
                2,
                {Countersignature{id_of<DeviceId>(3), id_of<Signature>(4)},
                 Countersignature{id_of<DeviceId>(5), id_of<Signature>(6)}}};
  const auto content = encode(event);
  ASSERT_THAT(content, Succeeds());
  const auto back = decode_erasure(content->view());
  ASSERT_THAT(back, Succeeds());
  EXPECT_EQ(back->subject, event.subject);
  EXPECT_EQ(back->version, 2U);
  EXPECT_EQ(back->signatures[1].signature, event.signatures[1].signature);
  expect_total(event, decode_erasure);
  event.signatures[1].device = event.signatures[0].device;
  EXPECT_THAT(encode(event), FailsWith(Error::malformed));
}

}  // namespace
}  // namespace meldpunt::crypto
