#include "client/lib/casework.h"

#include <algorithm>

#include "client/lib/case_bundles.h"
#include "client/lib/recording.h"
#include "crypto/text.h"

namespace meldpunt::client {

namespace {

tl::unexpected<Problem> unreadable(const char* what, crypto::Error error) {
  return problem(EX_DATAERR, what, error);
}

crypto::Result<StoryEntry::What> story_report(crypto::Bytes content) {
  const auto taken = crypto::decode_taken_in(content);
  if (!taken) return crypto::fail(taken.error());
  auto report = crypto::decode_report(taken->report.plaintext.view());
  if (!report) return crypto::fail(report.error());
  return StoryReport{std::move(*report), taken->continues};
}

crypto::Result<StoryEntry::What> story_reply(crypto::Bytes content, bool posted) {
  auto reply = crypto::decode_reply_written(content);
  if (!reply) return crypto::fail(reply.error());
  return StoryReply{std::move(*reply), posted};
}

crypto::Result<StoryEntry::What> story_note(crypto::Bytes content) {
  auto note = crypto::decode_note(content);
  if (!note) return crypto::fail(note.error());
  return StoryNote{std::move(note->text)};
}

}  // namespace

Outcome<std::unique_ptr<Casework>> Casework::open(Home& home, StaffLine& line, const Clock& clock) {
  auto rosters = RosterHistory::open(home);
  if (!rosters) return pass_on(rosters.error());
  auto keys = CaseKeys::open(home, line);
  if (!keys) return pass_on(keys.error());
  std::unique_ptr<Casework> casework(
      new Casework(home, line, clock, std::move(*rosters), std::move(*keys)));
  auto journal = Journal::open(home, casework->rosters_, line);
  if (!journal) return pass_on(journal.error());
  casework->journal_ = std::move(*journal);
  casework->journal_->ask_for_keys([made = casework.get()](crypto::VaultVersion version) {
    return made->find_journal_key(version);
  });
  return casework;
}

Outcome<void> Casework::sync() {
  if (const auto fresh = refresh_rosters(); !fresh) return pass_on(fresh.error());
  if (!rosters_.empty()) {
    const auto settled = home_.settle_successor(rosters_.newest(), today());
    if (!settled) return pass_on(settled.error());
  }
  if (const auto collected = collect_grants(); !collected) return pass_on(collected.error());
  if (const auto recalled = recall(); !recalled) return pass_on(recalled.error());
  reading_on_ = true;
  const auto synced = journal_->sync();
  reading_on_ = false;
  const auto copied = copy_.settle();
  if (!synced) return pass_on(synced.error());
  if (!copied) return pass_on(copied.error());
  if (const auto mended = mend(); !mended) return pass_on(mended.error());
  if (const auto ended = end_own_copying(); !ended) return pass_on(ended.error());
  if (const auto announced = announce_bundles(); !announced) return pass_on(announced.error());
  if (const auto settled = settle_keys(); !settled) return pass_on(settled.error());
  return catch_up_with_vault();
}

std::vector<std::string> Casework::take_announcements() {
  return std::exchange(announcements_, {});
}

// ---- one event again

Outcome<crypto::SecretBuffer> Casework::content_at(Position position, const crypto::CaseId& subject,
                                                   crypto::EventHead* head) {
  const auto* copy = retained_.find(subject, position);
  const auto event = journal_->read(copy == nullptr ? position : copy->at);
  if (!event) return pass_on(event.error());
  const auto key = keys_.key(subject);
  if (!key) return pass_on(key.error());
  if (head != nullptr) *head = event->head;
  if (head != nullptr && copy != nullptr) {
    head->hour = copy->hour;
    head->device = copy->device;
  }
  return journal_->content(*event, &*key);
}

Outcome<crypto::Report> Casework::first_report(const Case& entry) {
  const auto content = content_at(entry.reports.front().position, entry.id);
  if (!content) return pass_on(content.error());
  const auto taken = crypto::decode_taken_in(content->view());
  if (!taken) return unreadable("the first report of a case", taken.error());
  auto report = crypto::decode_report(taken->report.plaintext.view());
  if (!report) return unreadable("the first report of a case", report.error());
  return std::move(*report);
}

Outcome<const Case*> Casework::find(const crypto::CaseId& subject) const {
  const Case* entry = index_.find(subject);
  if (entry == nullptr) return problem(EX_NOINPUT, "there is no such case: see 'cases'");
  if (!entry->readable) return problem(EX_UNAVAILABLE, "this case has been erased");
  return entry;
}

// ---- the box

Outcome<void> Casework::collect_grants() {
  for (;;) {
    const auto more = collect_grant();
    if (!more) return pass_on(more.error());
    if (!*more) return {};
  }
}

// Acknowledged only when the keyring is on the disk.
Outcome<bool> Casework::collect_grant() {
  const auto box = crypto::box_of(home_.keys().id);
  const auto taken = line_.ask(crypto::Take{crypto::MailboxKind::box, box});
  if (!taken) return pass_on(taken.error());
  if (taken->status == crypto::Status::nothing) return false;
  if (taken->status != crypto::Status::ok) {
    return unexpected_status("open this device's box", taken->status);
  }
  // An object, and no key: it stays for the command that reads this device's box.
  if (taken->payload.size() == crypto::boxed_object_size) return true;
  if (rosters_.empty()) return problem(EX_PROTOCOL, "the server has no roster: tell the operator");
  crypto::SealingKey<crypto::role::Device> under;
  auto grant = open_grant(taken->payload, under);
  if (!grant && grant.error() == crypto::Error::bad_signature) {
    // Left in the box, and passed over: it may be this device's clock that is wrong.
    announcements_.emplace_back(
        "a key in this device's box is from nobody who may give it today: check this device's "
        "clock, and ask the steward");
    return true;
  }
  if (grant) {
    const auto kept = keep_grant(std::move(*grant), under);
    if (!kept) return pass_on(kept.error());
  } else {
    announcements_.emplace_back(
        "a key lay in this device's box that it cannot open: ask the steward to enrol it again");
  }
  const auto done = line_.ask(crypto::Acknowledge{crypto::MailboxKind::box, box, taken->id});
  if (!done) return pass_on(done.error());
  return true;
}

// ---- deeds

Outcome<std::optional<Draft>> Casework::draft(crypto::EventKind kind, const crypto::CaseId& subject,
                                              crypto::Result<crypto::SecretBuffer> content) {
  if (!content) return problem(EX_DATAERR, "this text", content.error());
  auto key = keys_.key(subject);
  if (!key) return pass_on(key.error());
  return Draft{kind, subject, std::move(*content), std::move(*key)};
}

Outcome<crypto::SymmetricKey> Casework::key_of(const crypto::CaseId& subject) {
  const auto entry = find(subject);
  if (!entry) return pass_on(entry.error());
  return keys_.key(subject);
}

Outcome<bool> Casework::append(crypto::EventKind kind, const crypto::CaseId& subject,
                               const Decide& decide) {
  return journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    if (!subject.is_zero()) {
      if (const auto entry = find(subject); !entry) return pass_on(entry.error());
    }
    auto content = decide();
    if (!content) return pass_on(content.error());
    if (!*content) return std::nullopt;
    if (!subject.is_zero()) return draft(kind, subject, std::move(**content));
    if (!**content) return problem(EX_DATAERR, "this text", (**content).error());
    return Draft{kind, {}, std::move(***content), std::nullopt};
  });
}

Outcome<std::optional<crypto::CaseId>> Casework::next() {
  std::optional<crypto::CaseId> chosen;
  const auto done = journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    const auto queue = queue_of(*this);
    chosen.reset();
    if (queue.empty()) return std::nullopt;
    chosen = queue.front()->id;
    return draft(crypto::EventKind::assigned, *chosen,
                 crypto::encode(crypto::Assigned{home_.keys().id}));
  });
  if (!done) return pass_on(done.error());
  if (chosen) {
    if (const auto marked = mark_read(*chosen); !marked) return pass_on(marked.error());
  }
  return chosen;
}

Outcome<void> Casework::tell(
    std::vector<StoryEntry>& story, Position position, const crypto::CaseId& subject,
    const std::function<crypto::Result<StoryEntry::What>(crypto::Bytes)>& decode) {
  crypto::EventHead head;
  const auto content = content_at(position, subject, &head);
  if (!content) return pass_on(content.error());
  auto what = decode(content->view());
  if (!what) return unreadable("an event of a case", what.error());
  story.push_back({position, head.hour, head.device, std::move(*what)});
  return {};
}

Outcome<std::vector<StoryEntry>> Casework::story(const crypto::CaseId& subject) {
  const auto entry = find(subject);
  if (!entry) return pass_on(entry.error());
  std::vector<StoryEntry> story;
  for (const ReportEntry& report : (*entry)->reports) {
    const auto told = tell(story, report.position, subject, story_report);
    if (!told) return pass_on(told.error());
  }
  for (const ReplyEntry& reply : (*entry)->replies) {
    const auto told = tell(story, reply.position, subject, [&](crypto::Bytes content) {
      return story_reply(content, reply.posted || reply.superseded);
    });
    if (!told) return pass_on(told.error());
  }
  for (const Position position : (*entry)->notes) {
    const auto told = tell(story, position, subject, story_note);
    if (!told) return pass_on(told.error());
  }
  std::ranges::sort(story, {}, &StoryEntry::position);
  return story;
}

Outcome<void> Casework::mark_read(const crypto::CaseId& subject) {
  const auto done = journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    const auto entry = find(subject);
    if (!entry) return pass_on(entry.error());
    if (!(*entry)->replies.empty()) return std::nullopt;
    return draft_reply(subject, {crypto::ReplyStatus::read, false, "", "", {}});
  });
  if (!done) return pass_on(done.error());
  return {};
}

Outcome<std::uint16_t> Casework::reply(const crypto::CaseId& subject, const ReplyDraft& reply) {
  std::uint16_t index = 0;
  const auto done = journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    const auto entry = find(subject);
    if (!entry) return pass_on(entry.error());
    index = static_cast<std::uint16_t>((*entry)->replies.size());
    return draft_reply(subject, reply);
  });
  if (!done) return pass_on(done.error());
  return index;
}

Outcome<std::optional<Draft>> Casework::draft_note(const crypto::CaseId& subject,
                                                   const std::string& text) {
  if (text.empty() || !crypto::is_text(crypto::as_bytes(text))) {
    return problem(EX_DATAERR, "a note is text (UTF-8) without control characters, and not empty");
  }
  const auto entry = find(subject);
  if (!entry) return pass_on(entry.error());
  return draft(crypto::EventKind::note, subject, crypto::encode(crypto::Note{text}));
}

Outcome<void> Casework::note(const crypto::CaseId& subject, const std::string& text) {
  const auto done = journal_->append(hour(), [&] { return draft_note(subject, text); });
  if (!done) return pass_on(done.error());
  return {};
}

}  // namespace meldpunt::client
