// How the journal becomes what a coordinator sees: each event is opened once, told to the folds,
// and kept in the sealed copy, from which the next start tells it again.
#include "client/lib/case_bundles.h"
#include "client/lib/casework.h"

namespace meldpunt::client {

namespace {

tl::unexpected<Problem> cannot_read(const char* what, crypto::Error error) {
  return problem(EX_DATAERR, what, error);
}

// What can be searched of a report.
std::string text_of(const crypto::Report& report) {
  if (const auto* statement = std::get_if<crypto::Statement>(&report.body)) return statement->text;
  if (const auto* answer = std::get_if<crypto::ConsentAnswer>(&report.body)) return answer->text;
  if (const auto* request = std::get_if<crypto::EraseRequest>(&report.body)) return request->text;
  return {};
}

}  // namespace

void Casework::forget_all() {
  index_ = {};
  sealing_keys_.clear();
  consents_ = {};
  escalations_ = {};
  received_ = {};
  releases_ = {};
  vault_history_ = {};
  retained_ = {};
  files_ = {};
  texts_ = {};
}

Outcome<void> Casework::recall() {
  if (replayed_) return {};
  forget_all();
  const auto reach = read_copy();
  if (!reach) return pass_on(reach.error());
  const auto recalled = recall_from(*reach);
  // Also when the rest cannot be read: what two people had erased leaves the copy.
  const auto settled = copy_.settle();
  if (!recalled) return recalled;
  if (!settled) return settled;
  replayed_ = true;
  return {};
}

Outcome<void> Casework::recall_from(const OpenedCopy::Reach& reach) {
  reading_on_ = true;
  const auto replayed = journal_->replay(
      [this](Position position, const crypto::OuterEvent& event) {
        return read_and_copy(position, event);
      },
      reach.position, reach.head);
  reading_on_ = false;
  return replayed;
}

// ---- the copy

// From the beginning where there is none that fits.
Outcome<OpenedCopy::Reach> Casework::read_copy() {
  const std::size_t announced = announcements_.size();
  reading_on_ = true;
  auto reach = copy_.read(*journal_, [this](Position position, const OpenedCopy::Entry& entry) {
    return read_copied(position, entry);
  });
  reading_on_ = false;
  readable_.clear();
  if (reach || reach.error().exit_code != EX_DATAERR) return reach;
  forget_all();
  announcements_.resize(announced);
  if (const auto dropped = copy_.drop(); !dropped) return pass_on(dropped.error());
  return OpenedCopy::Reach{};
}

// As a replay would ask for the key, once for each case.
Outcome<bool> Casework::is_readable(const crypto::CaseId& subject) {
  if (readable_.contains(subject)) return true;
  const auto key = keys_.key(subject);
  if (!key && key.error().exit_code != EX_UNAVAILABLE) return pass_on(key.error());
  if (key) readable_.insert(subject);
  return key.has_value();
}

Outcome<void> Casework::read_copied(Position position, const OpenedCopy::Entry& entry) {
  if (!entry.head) {
    const auto event = journal_->read(position);
    if (!event) return pass_on(event.error());
    const auto read = read_event(position, *event);
    return read ? Outcome<void>{} : pass_on(read.error());
  }
  begin_event(position, *entry.head);
  const auto readable = is_readable(entry.head->subject);
  if (!readable) return pass_on(readable.error());
  if (!*readable) {
    forget(entry.head->subject);
    return {};
  }
  const auto content = lengthened(entry.head->kind, entry.content);
  if (!content) return cannot_read("the copy of what was read", content.error());
  return read_case_event({position, *entry.head, content->view(), true});
}

Outcome<void> Casework::read_and_copy(Position position, const crypto::OuterEvent& event) {
  const auto read = read_event(position, event);
  if (!read) return pass_on(read.error());
  const auto copied =
      copy_.add({position, journal_->head()}, event.head, *read ? &**read : nullptr);
  if (!copied || reading_on_) return copied;
  return event.head.kind == crypto::EventKind::erasure ? copy_.settle() : copied;
}

// ---- reading the journal

void Casework::begin_event(Position position, const crypto::EventHead& head) {
  vault_history_.began(head.hour);
  if (head_reader_) head_reader_(position, head);
}

Outcome<std::optional<crypto::SecretBuffer>> Casework::read_event(Position position,
                                                                  const crypto::OuterEvent& event) {
  begin_event(position, event.head);
  if (event.head.subject.is_zero()) {
    const auto read = read_region_event(position, event);
    if (!read) return pass_on(read.error());
    return std::nullopt;
  }
  if (vault_history_.erasure_of(event.head.subject) != nullptr) return std::nullopt;
  const auto key = keys_.key(event.head.subject);
  if (!key && key.error().exit_code == EX_UNAVAILABLE) {
    forget(event.head.subject);
    return std::nullopt;
  }
  if (!key) return pass_on(key.error());
  const auto content = journal_->content(event, &*key);
  if (!content) return pass_on(content.error());
  const auto is_copy = read_copy_of_event(position, event, content->view());
  if (!is_copy) return pass_on(is_copy.error());
  if (*is_copy) return std::nullopt;
  const auto read = read_case_event({position, event.head, content->view(), false});
  if (!read) return pass_on(read.error());
  return shortened(event.head.kind, content->view());
}

Outcome<void> Casework::read_region_event(Position position, const crypto::OuterEvent& event) {
  if (event.head.kind == crypto::EventKind::vault) return read_vault_event(position, event);
  const auto content = journal_->content(event, nullptr);
  if (!content) return pass_on(content.error());
  const auto read = [](const auto& decoded, auto&& apply) -> Outcome<void> {
    if (!decoded) return cannot_read("an event of the journal", decoded.error());
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
      if (releases_.take(content->view(), event.head, region())) return {};
      return cannot_read("a release in the journal", crypto::Error::malformed);
    case crypto::EventKind::roster:
    case crypto::EventKind::device_key:
      return read_key_event(event, content->view());
    case crypto::EventKind::casework:
      return read_record_event({position, event.head, content->view(), false});
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
    case crypto::EventKind::retained:
      break;
  }
  return {};
}

Outcome<void> Casework::read_report(const Told& told) {
  const auto taken = crypto::decode_taken_in(told.content);
  if (!taken) return cannot_read("an event of a case", taken.error());
  const auto report = crypto::decode_report(taken->report.plaintext.view());
  if (!report) return cannot_read("an event of a case", report.error());
  const crypto::CaseId& subject = told.head.subject;
  index_.taken_in(told.position, told.head.hour, subject, *report, taken->continues);
  texts_.add(told.position, subject, TextKind::report, text_of(*report));
  if (taken->continues) consents_.answered(told.position, told.head.hour, subject, *report);
  return {};
}

Outcome<void> Casework::read_reply(const Told& told) {
  const auto reply = crypto::decode_reply_written(told.content);
  if (!reply) return cannot_read("an event of a case", reply.error());
  const crypto::CaseId& subject = told.head.subject;
  index_.reply(
      told.position, subject, *reply,
      told.from_copy ? hash_in_place_of(reply->sealed) : crypto::hash_of_reply(reply->sealed));
  texts_.add(told.position, subject, TextKind::reply, reply->text);
  if (reply->consent) consents_.asked(told.position, subject, *reply->consent);
  return {};
}

Outcome<void> Casework::read_case_event(const Told& told) {
  const crypto::CaseId& subject = told.head.subject;
  const auto read = [&](const auto& decoded, auto&& apply) -> Outcome<void> {
    if (!decoded) return cannot_read("an event of a case", decoded.error());
    apply(*decoded);
    return {};
  };
  switch (told.head.kind) {
    case crypto::EventKind::taken_in:
      return read_report(told);
    case crypto::EventKind::assigned:
      return read(crypto::decode_assigned(told.content),
                  [&](const auto& assigned) { index_.assigned(subject, assigned.to); });
    case crypto::EventKind::reply:
      return read_reply(told);
    case crypto::EventKind::posted:
      return read(crypto::decode_posted(told.content),
                  [&](const auto& posted) { index_.posted(subject, posted.index); });
    case crypto::EventKind::note:
      return read(crypto::decode_note(told.content), [&](const auto& note) {
        index_.note(told.position, subject);
        texts_.add(told.position, subject, TextKind::note, note.text);
      });
    case crypto::EventKind::coding:
      return read(crypto::decode_coding(told.content),
                  [&](const auto& coding) { index_.coded(subject, coding); });
    case crypto::EventKind::casework:
      return read_record_event(told);
    case crypto::EventKind::erasure:
    case crypto::EventKind::consent:
    case crypto::EventKind::escalation:
    case crypto::EventKind::escalation_answer:
      return read_handover_event(told);
    case crypto::EventKind::junk:
    case crypto::EventKind::bundle:
    case crypto::EventKind::roster:
    case crypto::EventKind::vault:
    case crypto::EventKind::device_key:
    case crypto::EventKind::release:
    case crypto::EventKind::received:
    case crypto::EventKind::retained:
      break;
  }
  return {};
}

Outcome<void> Casework::read_record_event(const Told& told) {
  auto change = record::decode(crypto::as_text(told.content));
  if (!change) return cannot_read("a change to a case file", change.error());
  // The copy has it so already.
  if (!told.from_copy) change = kept_sealed(std::move(*change));
  files_.add(told.position, told.head, *change);
  if (!is_on_request(*change)) {
    texts_.add(told.position, told.head.subject, TextKind::file, texts_of(*change));
  }
  return {};
}

}  // namespace meldpunt::client
