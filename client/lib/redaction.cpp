#include "client/lib/redaction.h"

#include <algorithm>
#include <charconv>

#include "client/lib/countersigning.h"
#include "client/record/record_kinds.h"
#include "crypto/text.h"

namespace meldpunt::client {

namespace {

using crypto::EventKind;
using Altered = crypto::Result<crypto::SecretBuffer>;

// The event as it lies in the journal, also where the case went on from another.
Outcome<crypto::OuterEvent> struck_event(Casework& casework, const crypto::CaseId& subject,
                                         Position number) {
  const auto* copy = casework.retained().find(subject, number);
  const Position at = copy == nullptr ? number : copy->at;
  const bool there = number > 0 && at <= casework.journal().size();
  if (there) {
    auto event = casework.journal().read(at);
    if (!event) return pass_on(event.error());
    const bool is_own = copy != nullptr || !casework.retained().is_copy(at);
    if (event->head.subject == subject && is_own) return std::move(*event);
  }
  return problem(EX_NOINPUT,
                 "the case has no line " + std::to_string(number) + ": see 'case' for the numbers");
}

std::string fault_in_report(const Case& entry, const crypto::Strike& strike,
                            const crypto::TakenIn& taken) {
  const auto report = crypto::decode_report(taken.report.plaintext.view());
  if (!report) return "it cannot be read";
  if (std::holds_alternative<crypto::Part>(report->body)) {
    return strike.instead.empty() ? "" : "no text can stand instead of an attachment";
  }
  if (!std::holds_alternative<crypto::Statement>(report->body)) {
    return "it answers a question of ours, and stays";
  }
  const bool first = entry.reports.front().id == report->id;
  return first && strike.instead.empty()
             ? "it opens the thread, and stays: name a text that stands instead"
             : "";
}

std::string fault_in_reply(const Case& entry, const crypto::Strike& strike) {
  const auto reply = std::ranges::find(entry.replies, strike.position, &ReplyEntry::position);
  if (reply == entry.replies.end()) return "it is no reply of this thread";
  if (!reply->posted && !reply->superseded) return "it has not gone out yet";
  return strike.instead.empty() ? "the next reply rests on it: name a text that stands instead"
                                : "";
}

// Who opened an identity, and who confirmed what, is what was done.
std::string fault_in_file(const crypto::Strike& strike, crypto::Bytes content) {
  if (!strike.instead.empty()) return "what is written in the file goes as a whole";
  const auto change = record::decode(crypto::as_text(content));
  const record::Kind* kind = change ? record::find_kind(change->kind) : nullptr;
  const bool was_done = kind != nullptr && kind->shown == record::Shown::by_deed;
  return was_done ? "it says what was done, and stays" : "";
}

// Of a report its text, all of it; photos that it encloses are events of their own.
Altered report_with(crypto::Bytes content, const std::string& text) {
  auto taken = crypto::decode_taken_in(content);
  if (!taken) return crypto::fail(taken.error());
  auto report = crypto::decode_report(taken->report.plaintext.view());
  if (!report) return crypto::fail(report.error());
  auto* statement = std::get_if<crypto::Statement>(&report->body);
  if (statement == nullptr) return crypto::fail(crypto::Error::malformed);
  statement->text = text;
  std::erase_if(statement->enclosed, [](const crypto::Manifest& manifest) {
    return manifest.kind == crypto::PartsKind::text;
  });
  auto plaintext = crypto::plaintext_of(*report);
  if (!plaintext) return crypto::fail(plaintext.error());
  taken->report.plaintext = std::move(*plaintext);
  return crypto::encode(*taken);
}

Altered reply_with(crypto::Bytes content, const std::string& text) {
  auto reply = crypto::decode_reply_written(content);
  if (!reply) return crypto::fail(reply.error());
  reply->text_module.clear();
  reply->text = text;
  return crypto::encode(*reply);
}

Altered with_instead(EventKind kind, crypto::Bytes content, const std::string& instead) {
  if (kind == EventKind::taken_in) return report_with(content, instead);
  if (kind == EventKind::reply) return reply_with(content, instead);
  if (kind == EventKind::note) return crypto::encode(crypto::Note{instead});
  return crypto::fail(crypto::Error::malformed);
}

Outcome<void> check_strikes(Casework& casework, const crypto::CaseId& subject,
                            const std::vector<crypto::Strike>& strikes) {
  if (strikes.empty()) return problem(EX_USAGE, "nothing is named that is to be struck");
  if (strikes.size() > strikes_most) {
    return problem(EX_DATAERR, "too much is struck at once: at most " +
                                   std::to_string(strikes_most) + " lines with what hangs on them");
  }
  std::size_t instead = 0;
  for (std::size_t i = 0; i < strikes.size(); ++i) {
    const crypto::Strike& strike = strikes[i];
    const std::string line = "line " + std::to_string(strike.position);
    if (i > 0 && strikes[i - 1].position == strike.position) {
      return problem(EX_USAGE, line + " is named twice");
    }
    const auto fault = fault_of_strike(casework, subject, strike);
    if (!fault) return pass_on(fault.error());
    if (!fault->empty()) return problem(EX_DATAERR, line + " cannot be struck: " + *fault);
    instead += strike.instead.size();
  }
  if (instead <= instead_most) return {};
  return problem(EX_DATAERR, "what is to stand instead is too long: at most " +
                                 std::to_string(instead_most) + " bytes in all");
}

Outcome<crypto::SecretBuffer> content_of_line(Casework& casework, const crypto::CaseId& subject,
                                              Position number) {
  const auto event = struck_event(casework, subject, number);
  if (!event) return pass_on(event.error());
  return casework.raw_content(*event);
}

// None where the line is no report with a text.
Outcome<std::optional<crypto::Statement>> statement_at(Casework& casework,
                                                       const crypto::CaseId& subject,
                                                       Position number) {
  const auto event = struck_event(casework, subject, number);
  if (!event) return pass_on(event.error());
  if (event->head.kind != EventKind::taken_in) return std::nullopt;
  const auto content = casework.raw_content(*event);
  if (!content) return pass_on(content.error());
  const auto taken = crypto::decode_taken_in(content->view());
  if (!taken) return std::nullopt;
  auto report = crypto::decode_report(taken->report.plaintext.view());
  if (!report || !std::holds_alternative<crypto::Statement>(report->body)) return std::nullopt;
  return std::get<crypto::Statement>(std::move(report->body));
}

// The lines that hold the parts of these manifests.
Outcome<std::vector<crypto::Strike>> parts_of(Casework& casework, const crypto::CaseId& subject,
                                              const std::vector<crypto::Hash>& manifests) {
  std::vector<crypto::Strike> strikes;
  const Case* entry = casework.index().find(subject);
  for (const ReportEntry& each : entry->reports) {
    if (manifests.empty() || each.kind != crypto::ReportKind::part) continue;
    const auto content = content_of_line(casework, subject, each.position);
    if (!content) return pass_on(content.error());
    const auto taken = crypto::decode_taken_in(content->view());
    if (!taken) continue;
    const auto report = crypto::decode_report(taken->report.plaintext.view());
    const auto* part = report ? std::get_if<crypto::Part>(&report->body) : nullptr;
    if (part != nullptr && std::ranges::find(manifests, part->manifest) != manifests.end()) {
      strikes.push_back({each.position, ""});
    }
  }
  return strikes;
}

Outcome<std::vector<crypto::Strike>> rest_of_text(Casework& casework, const crypto::CaseId& subject,
                                                  Position number) {
  const auto statement = statement_at(casework, subject, number);
  if (!statement) return pass_on(statement.error());
  std::vector<crypto::Hash> manifests;
  if (*statement) {
    for (const crypto::Manifest& manifest : (*statement)->enclosed) {
      if (manifest.kind != crypto::PartsKind::text) continue;
      manifests.push_back(crypto::hash_of_manifest(manifest));
    }
  }
  return parts_of(casework, subject, manifests);
}

// Every writing of the same item of the file.
Outcome<std::vector<crypto::Strike>> versions_of(Casework& casework, const crypto::CaseId& subject,
                                                 Position number) {
  const auto content = content_of_line(casework, subject, number);
  if (!content) return pass_on(content.error());
  std::vector<crypto::Strike> strikes;
  const auto change = record::decode(crypto::as_text(content->view()));
  const record::Item* item =
      change ? casework.files().of(subject).find(change->kind, change->item) : nullptr;
  if (item == nullptr) return strikes;
  for (const record::Version& version : item->history) strikes.push_back({version.position, ""});
  return strikes;
}

Outcome<void> add_what_hangs_on(Casework& casework, const crypto::CaseId& subject,
                                std::vector<crypto::Strike>& strikes) {
  const std::vector<crypto::Strike> named = strikes;
  for (const crypto::Strike& strike : named) {
    const auto event = struck_event(casework, subject, strike.position);
    if (!event) return pass_on(event.error());
    const bool in_file = event->head.kind == EventKind::casework;
    const auto more = in_file ? versions_of(casework, subject, strike.position)
                              : rest_of_text(casework, subject, strike.position);
    if (!more) return pass_on(more.error());
    for (const crypto::Strike& each : *more) {
      const bool known =
          std::ranges::find(strikes, each.position, &crypto::Strike::position) != strikes.end();
      if (!known) strikes.push_back(each);
    }
  }
  std::ranges::sort(strikes, {}, &crypto::Strike::position);
  return {};
}

std::optional<std::uint64_t> whole_number(std::string_view digits) {
  std::uint64_t number = 0;
  const auto* const end = digits.data() + digits.size();
  const bool whole = std::from_chars(digits.data(), end, number).ptr == end && number > 0;
  return whole ? std::optional(number) : std::nullopt;
}

Outcome<std::vector<crypto::Strike>> strikes_of_enclosure(Casework& casework,
                                                          const crypto::CaseId& subject,
                                                          Position number, std::uint64_t which) {
  const auto statement = statement_at(casework, subject, number);
  if (!statement) return pass_on(statement.error());
  if (!*statement || which > (*statement)->enclosed.size()) {
    return problem(EX_NOINPUT, "line " + std::to_string(number) + " encloses no thing " +
                                   std::to_string(which));
  }
  const crypto::Manifest& manifest = (*statement)->enclosed[which - 1];
  return parts_of(casework, subject, {crypto::hash_of_manifest(manifest)});
}

}  // namespace

Outcome<std::vector<crypto::Strike>> strikes_named(Casework& casework,
                                                   const crypto::CaseId& subject,
                                                   std::string_view word,
                                                   const std::string& instead) {
  const std::string_view named = word.starts_with('#') ? word.substr(1) : word;
  const auto slash = named.find('/');
  const auto number = whole_number(named.substr(0, slash));
  const auto which = slash == std::string_view::npos ? std::optional<std::uint64_t>(0)
                                                     : whole_number(named.substr(slash + 1));
  if (!number || !which) {
    return problem(EX_USAGE, "\"" + std::string(word) +
                                 "\" is no line: 'case' shows their numbers, as #118; 118/1 is the "
                                 "first thing that line 118 encloses");
  }
  if (*which > 0) return strikes_of_enclosure(casework, subject, *number, *which);
  crypto::Strike strike{*number, instead};
  const auto fault = fault_of_strike(casework, subject, strike);
  if (!fault) return pass_on(fault.error());
  if (!fault->empty() && !instead.empty()) strike.instead.clear();
  return std::vector{std::move(strike)};
}

Outcome<std::string> fault_of_strike(Casework& casework, const crypto::CaseId& subject,
                                     const crypto::Strike& strike) {
  const Case* entry = casework.index().find(subject);
  if (entry == nullptr || !entry->readable) {
    return problem(EX_NOINPUT, "there is no such case: see 'cases'");
  }
  if (!crypto::is_text(crypto::as_bytes(strike.instead))) {
    return std::string("what is to stand instead is no text");
  }
  const auto event = struck_event(casework, subject, strike.position);
  if (!event) return pass_on(event.error());
  switch (event->head.kind) {
    case EventKind::note:
      return std::string();
    case EventKind::reply:
      return fault_in_reply(*entry, strike);
    case EventKind::casework:
    case EventKind::taken_in: {
      const auto content = casework.raw_content(*event);
      if (!content) return pass_on(content.error());
      if (event->head.kind == EventKind::casework) return fault_in_file(strike, content->view());
      const auto taken = crypto::decode_taken_in(content->view());
      return taken ? fault_in_report(*entry, strike, *taken) : std::string("it cannot be read");
    }
    default:
      return std::string("it says what was done, and stays");
  }
}

Outcome<void> propose_striking(Casework& casework, StaffLine& line, const crypto::CaseId& subject,
                               const std::string& reason, std::vector<crypto::Strike> strikes) {
  std::ranges::sort(strikes, {}, &crypto::Strike::position);
  if (const auto checked = check_strikes(casework, subject, strikes); !checked) return checked;
  if (const auto added = add_what_hangs_on(casework, subject, strikes); !added) return added;
  if (const auto checked = check_strikes(casework, subject, strikes); !checked) return checked;
  return propose_erasure(casework, line, subject, reason, std::move(strikes));
}

// ---- copying

const crypto::Strike* Retaining::strike_of(Position number) const {
  const auto found = std::ranges::find(strikes_, number, &crypto::Strike::position);
  return found == strikes_.end() ? nullptr : &*found;
}

void Retaining::note(Position at, const crypto::EventHead& head) {
  const bool stays_behind = head.kind == EventKind::erasure || head.kind == EventKind::retained;
  if (head.subject != before_ || stays_behind) return;
  const RetainedEvents& retained = casework_.retained();
  if (!retained.is_copy(at)) {
    originals_.push_back({at, at, head.hour, head.device});
  } else if (const auto number = retained.original_of(before_, at)) {
    const auto* copy = retained.find(before_, *number);
    originals_.push_back({*number, at, copy->hour, copy->device});
  }
}

// At what has come since.
Outcome<void> Retaining::look_on() {
  while (looked_at_ < casework_.journal().size()) {
    const auto event = casework_.journal().read(looked_at_ + 1);
    if (!event) return pass_on(event.error());
    note(++looked_at_, event->head);
  }
  return {};
}

std::vector<Retaining::Original> Retaining::missing(const crypto::CaseId& after) const {
  std::vector<Original> list;
  for (const Original& original : originals_) {
    const auto* strike = strike_of(original.number);
    const bool goes = strike != nullptr && strike->instead.empty();
    if (!goes && casework_.retained().find(after, original.number) == nullptr) {
      list.push_back(original);
    }
  }
  std::ranges::sort(list, {}, &Original::number);
  return list;
}

Outcome<Draft> Retaining::list_of(const crypto::CaseId& after,
                                  const std::vector<Original>& missing) {
  crypto::Retained list{before_, {}};
  for (const Original& original : missing) {
    if (list.events.size() == crypto::retained_max) break;
    list.events.push_back({original.number, original.hour, original.device});
  }
  return casework_.draft_for_new(EventKind::retained, after, crypto::encode(list));
}

Outcome<Draft> Retaining::copy_of(const crypto::CaseId& after, const Original& original) {
  const auto event = casework_.journal().read(original.at);
  if (!event) return pass_on(event.error());
  auto content = casework_.raw_content(*event);
  if (!content) return pass_on(content.error());
  const auto* strike = strike_of(original.number);
  if (strike == nullptr) {
    return casework_.draft_for_new(event->head.kind, after, std::move(*content));
  }
  return casework_.draft_for_new(event->head.kind, after,
                                 with_instead(event->head.kind, content->view(), strike->instead));
}

Outcome<std::optional<Draft>> Retaining::next() {
  if (const auto looked = look_on(); !looked) return pass_on(looked.error());
  const auto after = casework_.case_after(before_);
  if (!after) return pass_on(after.error());
  const auto list = missing(*after);
  if (list.empty()) return std::nullopt;
  const auto expected = casework_.retained().expected(*after, casework_.home().keys().id);
  const auto original = std::ranges::find_if(
      list, [&](const Original& each) { return expected && each.number == *expected; });
  auto draft = original == list.end() ? list_of(*after, list) : copy_of(*after, *original);
  if (!draft) return pass_on(draft.error());
  return std::move(*draft);
}

Outcome<void> Retaining::all() {
  for (;;) {
    const auto appended = casework_.append([&] { return next(); });
    if (!appended) return pass_on(appended.error());
    if (!*appended) return {};
  }
}

}  // namespace meldpunt::client
