#include "client/lib/access_log.h"

#include <array>
#include <nlohmann/json.hpp>

#include "client/lib/case_words.h"
#include "client/lib/escalation_words.h"
#include "client/lib/word_lists.h"
#include "client/record/record_kinds.h"

namespace meldpunt::client {

namespace {

struct EventRow {
  std::string_view name;
  AccessAction action;
};
// In the order of crypto::EventKind.
constexpr std::array<EventRow, crypto::event_kinds> event_rows{{
    {"taken_in", AccessAction::create},    {"junk", AccessAction::create},
    {"assigned", AccessAction::update},    {"reply", AccessAction::create},
    {"posted", AccessAction::execute},     {"note", AccessAction::create},
    {"bundle", AccessAction::create},      {"roster", AccessAction::update},
    {"vault", AccessAction::update},       {"device_key", AccessAction::create},
    {"erasure", AccessAction::erase},      {"consent", AccessAction::create},
    {"escalation", AccessAction::execute}, {"escalation_answer", AccessAction::create},
    {"coding", AccessAction::update},      {"release", AccessAction::execute},
    {"received", AccessAction::create},    {"casework", AccessAction::update},
    {"retained", AccessAction::create},
}};

const EventRow& event_row(crypto::EventKind kind) {
  return event_rows.at(static_cast<std::size_t>(kind) - 1);
}

// Kinds of the case file whose writing says that something was looked at, or left.
bool says_reading(std::string_view kind) {
  return kind == "identity_opened" || kind == "paper_taken";
}

AccessAction action_of(std::string_view kind, bool first, bool removed) {
  if (removed) return AccessAction::erase;
  if (says_reading(kind)) return AccessAction::read;
  return first ? AccessAction::create : AccessAction::update;
}

std::string detail_of(std::string_view kind, const record::Fields& fields) {
  if (kind != "paper_taken") return {};
  return record::text_in(fields, "paper") + " " + record::text_in(fields, "recipient");
}

// A reason that somebody was asked for in words. One that is a code is a value of the file.
std::string reason_in(std::string_view kind, const record::Fields& fields) {
  const record::Kind* known = record::find_kind(kind);
  const record::Field* field = known == nullptr ? nullptr : record::find_field(*known, "reason");
  const bool in_words = field != nullptr && field->type == record::FieldType::line;
  return in_words ? record::text_in(fields, "reason") : std::string();
}

std::string_view role_in_words(crypto::DeviceRole role) {
  switch (role) {
    case crypto::DeviceRole::coordinator:
      return "coordinator";
    case crypto::DeviceRole::approver:
      return "approver";
    case crypto::DeviceRole::partner:
      return "partner";
    case crypto::DeviceRole::receiver:
      return "receiver";
    case crypto::DeviceRole::forwarder:
      return "forwarder";
  }
  return "";
}

// "2026-11-22T04:00Z": the journal knows no time finer than an hour.
std::string time_in_log(crypto::Hour hour) {
  constexpr std::size_t day_letters = 10;
  const std::string words = hour_in_words(hour);  // "2026-11-22 04:00 UTC"
  return words.substr(0, day_letters) + "T" + words.substr(day_letters + 1, 5) + "Z";
}

}  // namespace

std::string_view name_of(crypto::EventKind kind) { return event_row(kind).name; }

AccessLog::AccessLog(Casework& casework) : casework_(casework) {
  for (const auto& [subject, entry] : casework.index().cases()) add_file(subject);
  add_file({});
  add_escalations();
}

void AccessLog::add_file(const crypto::CaseId& subject) {
  const record::CaseRecord& file = casework_.files().of(subject);
  for (const std::string& kind : file.kinds()) {
    std::vector<const record::Item*> items = file.several(kind);
    // One that a case holds once, and was removed.
    const record::Item* only = file.find(kind, {});
    if (only != nullptr && only->removed()) items.push_back(only);
    for (const record::Item* item : items) {
      for (const record::Version& version : item->history) {
        const bool first = &version == &item->history.front();
        Access& access = known_[version.position];
        access.action = action_of(kind, first, version.removed);
        access.object = kind;
        access.detail = detail_of(kind, version.fields);
        access.reason = reason_in(kind, version.fields);
      }
    }
  }
}

void AccessLog::add_escalations() {
  for (const auto& [id, entry] : casework_.escalations().all()) {
    for (const Position position : {entry.proposed, entry.sent, entry.withdrawn}) {
      if (position == 0) continue;
      Access& access = known_[position];
      access.action = AccessAction::execute;
      access.object = "escalation";
      access.detail = entry.recipient + " " + entry.purpose;
      access.ground = entry.consent ? "CONSENT" : "OVERRIDE";
      access.waits = position == entry.proposed && entry.sent == 0 && entry.withdrawn == 0;
    }
  }
}

// Items that were taken away are in no view: only their own events still say of what kind they
// were. Who a client is can be no such item, and is not opened here; a copy is no change.
void AccessLog::look_into_removed(Access& access) const {
  const JournaledHead& head = access.head;
  if (casework_.retained().is_copy(head.position)) {
    access.action = AccessAction::create;
    return;
  }
  const auto content = head.subject.is_zero()
                           ? Outcome<crypto::SecretBuffer>(problem(EX_UNAVAILABLE, ""))
                           : casework_.content_of(head.position, head.subject);
  if (!content) return;
  const auto change = record::decode(crypto::as_text(content->view()));
  if (!change || record::is_on_request(*change)) return;
  access.object = change->kind;
  access.action = action_of(change->kind, change->seen == 0, change->removed);
  access.detail = detail_of(change->kind, change->fields);
  access.reason = reason_in(change->kind, change->fields);
}

Access AccessLog::of(const JournaledHead& head) const {
  const EventRow& row = event_row(head.kind);
  const auto found = known_.find(head.position);
  Access access;
  if (found != known_.end()) {
    access = found->second;
  } else {
    access.action = row.action;
    access.object = row.name;
  }
  access.head = head;
  if (found == known_.end() && head.kind == crypto::EventKind::casework) look_into_removed(access);
  if (head.kind == crypto::EventKind::erasure) {
    access.ground = "SECOND_PERSON";
    // The proposal is the case's own; that two people had it erased concerns no case any more.
    access.waits = !head.subject.is_zero();
  }
  return access;
}

nlohmann::json AccessLog::json_of(const Access& access) const {
  const JournaledHead& head = access.head;
  const bool of_case = !head.subject.is_zero();
  const crypto::Device* device = casework_.rosters().device(head.device, head.hour);
  return {{"position", head.position},
          {"time", time_in_log(head.hour)},
          {"action", std::string(1, static_cast<char>(access.action))},
          {"user", casework_.rosters().name_of(head.device)},
          {"role", device == nullptr ? std::string_view{} : role_in_words(device->role)},
          {"device", hexadecimal(head.device.view())},
          {"case", of_case ? nlohmann::json(hexadecimal(head.subject.view())) : nlohmann::json()},
          {"name", of_case ? case_name(head.subject, english_words()) : std::string()},
          {"event", name_of(head.kind)},
          {"object", access.object},
          {"detail", access.detail},
          {"ground", access.ground},
          {"reason", access.reason},
          {"source", casework_.home().pin().name},
          {"outcome", access.waits ? "proposed" : "done"}};
}

std::set<crypto::CaseId> threads_of(const Casework& casework, const crypto::CaseId& subject) {
  const record::CaseGroups& groups = casework.files().groups();
  const crypto::CaseId head = groups.head_of(subject);
  const auto members = groups.members_of(head);
  std::set<crypto::CaseId> threads(members.begin(), members.end());
  threads.insert(head);
  return threads;
}

Outcome<std::vector<JournaledHead>> journaled_heads(const Casework& casework,
                                                    const std::set<crypto::CaseId>& cases) {
  std::vector<JournaledHead> heads;
  const Journal& journal = casework.journal();
  for (Position position = 1; position <= journal.size(); ++position) {
    const auto event = journal.read(position);
    if (!event) return pass_on(event.error());
    const crypto::EventHead& head = event->head;
    if (!cases.empty() && !cases.contains(head.subject)) continue;
    heads.push_back({position, head.hour, head.device, head.subject, head.kind});
  }
  return heads;
}

}  // namespace meldpunt::client
