#include "client/lib/casework.h"

#include <algorithm>

#include "client/lib/case_bundles.h"
#include "crypto/text.h"

namespace meldpunt::client {

namespace {

tl::unexpected<Problem> unreadable(const char* what, crypto::Error error) {
  return problem(EX_DATAERR, what, error);
}

// What can be searched of a report.
std::string text_of(const crypto::Report& report) {
  if (const auto* statement = std::get_if<crypto::Statement>(&report.body)) return statement->text;
  if (const auto* answer = std::get_if<crypto::ConsentAnswer>(&report.body)) return answer->text;
  if (const auto* request = std::get_if<crypto::EraseRequest>(&report.body)) return request->text;
  return {};
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
  if (const auto synced = journal_->sync(); !synced) return pass_on(synced.error());
  if (const auto mended = mend(); !mended) return pass_on(mended.error());
  if (const auto announced = announce_bundles(); !announced) return pass_on(announced.error());
  if (const auto settled = settle_keys(); !settled) return pass_on(settled.error());
  return catch_up_with_vault();
}

Outcome<void> Casework::recall() {
  if (replayed_) return {};
  index_ = {};
  sealing_keys_.clear();
  consents_ = {};
  escalations_ = {};
  received_ = {};
  releases_ = {};
  vault_history_ = {};
  files_ = {};
  texts_ = {};
  const auto replayed =
      journal_->replay([this](Position position, const crypto::OuterEvent& event) {
        return read_event(position, event);
      });
  if (!replayed) return pass_on(replayed.error());
  replayed_ = true;
  return {};
}

std::vector<std::string> Casework::take_announcements() {
  return std::exchange(announcements_, {});
}

// ---- reading the journal

Outcome<void> Casework::read_event(Position position, const crypto::OuterEvent& event) {
  vault_history_.began(event.head.hour);
  if (head_reader_) head_reader_(position, event.head);
  if (event.head.subject.is_zero()) return read_region_event(position, event);
  if (vault_history_.erasure_of(event.head.subject) != nullptr) return {};
  const auto key = keys_.key(event.head.subject);
  if (!key && key.error().exit_code == EX_UNAVAILABLE) {
    forget(event.head.subject);
    return {};
  }
  if (!key) return pass_on(key.error());
  const auto content = journal_->content(event, &*key);
  if (!content) return pass_on(content.error());
  return read_case_event(position, event, content->view());
}

Outcome<void> Casework::read_region_event(Position position, const crypto::OuterEvent& event) {
  if (event.head.kind == crypto::EventKind::vault) return read_vault_event(position, event);
  const auto content = journal_->content(event, nullptr);
  if (!content) return pass_on(content.error());
  const auto read = [](const auto& decoded, auto&& apply) -> Outcome<void> {
    if (!decoded) return unreadable("an event of the journal", decoded.error());
    apply(*decoded);
    return {};
  };
  switch (event.head.kind) {
    case crypto::EventKind::junk:
      return read(crypto::decode_junk(content->view()),
                  [&](const auto& junk) { index_.junk(junk); });
    case crypto::EventKind::erasure:
      return read_erasure(position, event, content->view());
    case crypto::EventKind::bundle:
      return read(decode_bundles(content->view()), [&](const auto& bundles) {
        for (const IssuedBundle& bundle : bundles) index_.bundle(bundle);
      });
    case crypto::EventKind::received:
      return read(crypto::decode_received(content->view()),
                  [&](const auto& object) { received_.add(object); });
    case crypto::EventKind::release:
      if (releases_.take(content->view(), region())) return {};
      return unreadable("a release in the journal", crypto::Error::malformed);
    case crypto::EventKind::roster:
    case crypto::EventKind::device_key:
      return read_key_event(event, content->view());
    case crypto::EventKind::casework:
      return read_record_event(position, event, content->view());
    case crypto::EventKind::taken_in:
    case crypto::EventKind::assigned:
    case crypto::EventKind::reply:
    case crypto::EventKind::posted:
    case crypto::EventKind::note:
    case crypto::EventKind::coding:
    case crypto::EventKind::consent:
    case crypto::EventKind::escalation:
    case crypto::EventKind::escalation_answer:
    case crypto::EventKind::vault:
      break;
  }
  return {};
}

Outcome<void> Casework::read_case_event(Position position, const crypto::OuterEvent& event,
                                        crypto::Bytes content) {
  const crypto::CaseId& subject = event.head.subject;
  const auto read = [&](const auto& decoded, auto&& apply) -> Outcome<void> {
    if (!decoded) return unreadable("an event of a case", decoded.error());
    apply(*decoded);
    return {};
  };
  switch (event.head.kind) {
    case crypto::EventKind::taken_in: {
      const auto taken = crypto::decode_taken_in(content);
      if (!taken) return unreadable("an event of a case", taken.error());
      return read(crypto::decode_report(taken->report.plaintext.view()), [&](const auto& report) {
        index_.taken_in(position, event.head.hour, subject, report, taken->continues);
        texts_.add(position, subject, TextKind::report, text_of(report));
        if (taken->continues) consents_.answered(position, event.head.hour, subject, report);
      });
    }
    case crypto::EventKind::assigned:
      return read(crypto::decode_assigned(content),
                  [&](const auto& assigned) { index_.assigned(subject, assigned.to); });
    case crypto::EventKind::reply:
      return read(crypto::decode_reply_written(content), [&](const auto& reply) {
        index_.reply(position, subject, reply);
        texts_.add(position, subject, TextKind::reply, reply.text);
        if (reply.consent) consents_.asked(position, subject, *reply.consent);
      });
    case crypto::EventKind::posted:
      return read(crypto::decode_posted(content),
                  [&](const auto& posted) { index_.posted(subject, posted.index); });
    case crypto::EventKind::note:
      return read(crypto::decode_note(content), [&](const auto& note) {
        index_.note(position, subject);
        texts_.add(position, subject, TextKind::note, note.text);
      });
    case crypto::EventKind::coding:
      return read(crypto::decode_coding(content),
                  [&](const auto& coding) { index_.coded(subject, coding); });
    case crypto::EventKind::casework:
      return read_record_event(position, event, content);
    case crypto::EventKind::erasure:
    case crypto::EventKind::consent:
    case crypto::EventKind::escalation:
    case crypto::EventKind::escalation_answer:
      return read_handover_event(position, event, content);
    case crypto::EventKind::junk:
    case crypto::EventKind::bundle:
    case crypto::EventKind::roster:
    case crypto::EventKind::vault:
    case crypto::EventKind::device_key:
    case crypto::EventKind::release:
    case crypto::EventKind::received:
      break;
  }
  return {};
}

Outcome<void> Casework::read_record_event(Position position, const crypto::OuterEvent& event,
                                          crypto::Bytes content) {
  const auto change = record::decode(crypto::as_text(content));
  if (!change) return unreadable("a change to a case file", change.error());
  files_.add(position, event.head, *change);
  if (!is_on_request(*change)) {
    texts_.add(position, event.head.subject, TextKind::file, texts_of(*change));
  }
  return {};
}

Outcome<crypto::SecretBuffer> Casework::content_at(Position position, const crypto::CaseId& subject,
                                                   crypto::EventHead* head) {
  const auto event = journal_->read(position);
  if (!event) return pass_on(event.error());
  const auto key = keys_.key(subject);
  if (!key) return pass_on(key.error());
  if (head != nullptr) *head = event->head;
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
    const auto queue = index_.queue();
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

Outcome<void> Casework::note(const crypto::CaseId& subject, const std::string& text) {
  if (text.empty() || !crypto::is_text(crypto::as_bytes(text))) {
    return problem(EX_DATAERR, "a note is text (UTF-8) without control characters, and not empty");
  }
  const auto done = journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    const auto entry = find(subject);
    if (!entry) return pass_on(entry.error());
    return draft(crypto::EventKind::note, subject, crypto::encode(crypto::Note{text}));
  });
  if (!done) return pass_on(done.error());
  return {};
}

}  // namespace meldpunt::client
