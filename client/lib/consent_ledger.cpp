#include "client/lib/consent_ledger.h"

#include <algorithm>

namespace meldpunt::client {

namespace {

using crypto::ConsentChoice;

bool forbids(ConsentChoice choice) {
  return choice == ConsentChoice::refused || choice == ConsentChoice::withdrawn;
}

bool one_visit(const ConsentStand& a, const ConsentStand& b) {
  return !a.visit.is_zero() && a.visit == b.visit;
}

bool replaces(const ConsentStand& fresh, const ConsentStand& old) {
  if (one_visit(fresh, old)) return fresh.part > old.part;
  if (forbids(old.choice) && !forbids(fresh.choice)) return fresh.hour > old.hour;
  return fresh.hour >= old.hour;
}

void stand(ConsentEntry& entry, const ConsentStand& fresh) {
  if (!entry.stand || replaces(fresh, *entry.stand)) entry.stand = fresh;
}

bool has(const std::vector<std::string>& fields, const std::string& field) {
  return std::ranges::find(fields, field) != fields.end();
}

bool covers(const ConsentEntry& entry, const std::vector<std::string>& fields) {
  return std::ranges::all_of(
      fields, [&](const std::string& field) { return has(entry.question.fields, field); });
}

bool touches(const ConsentEntry& entry, const std::vector<std::string>& fields) {
  return std::ranges::any_of(
      fields, [&](const std::string& field) { return has(entry.question.fields, field); });
}

bool allows(const ConsentEntry& entry, const std::vector<std::string>& fields) {
  return entry.stand->choice == ConsentChoice::given && covers(entry, fields);
}

bool is_for(const crypto::ConsentQuestion& question, const std::string& purpose,
            const std::string& recipient) {
  return question.purpose == purpose && question.recipient == recipient;
}

}  // namespace

void ConsentLedger::asked(Position position, const crypto::CaseId& subject,
                          const crypto::ConsentQuestion& question) {
  ConsentEntry& entry = cases_[subject][question.id];
  if (entry.asked != 0 || entry.stand) return;  // an id says one thing for ever
  entry.question = question;
  entry.asked = position;
}

void ConsentLedger::answered(Position position, crypto::Hour hour, const crypto::CaseId& subject,
                             const crypto::Report& report) {
  const auto* answer = std::get_if<crypto::ConsentAnswer>(&report.body);
  if (answer == nullptr) return;
  const auto entries = cases_.find(subject);
  if (entries == cases_.end()) return;
  const auto entry = entries->second.find(answer->question);
  if (entry == entries->second.end()) return;  // nobody asked that
  const crypto::Hour when = forbids(answer->choice) ? hour : std::min(hour, report.hour);
  stand(entry->second,
        {answer->choice, crypto::ConsentHow::thread, when, position, report.visit, report.part});
}

void ConsentLedger::recorded(Position position, const crypto::CaseId& subject,
                             const crypto::ConsentRecorded& event) {
  ConsentEntry& entry = cases_[subject][event.question.id];
  if (entry.asked == 0 && !entry.stand) entry.question = event.question;
  if (entry.question != event.question) return;
  stand(entry, {event.choice, event.how, event.hour, position, {}, 0});
}

const ConsentLedger::Entries& ConsentLedger::of(const crypto::CaseId& subject) const {
  static const Entries none;
  const auto found = cases_.find(subject);
  return found == cases_.end() ? none : found->second;
}

const ConsentEntry* ConsentLedger::find(const crypto::CaseId& subject,
                                        const crypto::ConsentId& id) const {
  const Entries& entries = of(subject);
  const auto found = entries.find(id);
  return found == entries.end() ? nullptr : &found->second;
}

const ConsentEntry* ConsentLedger::that_allows(const crypto::CaseId& subject,
                                               const std::string& purpose,
                                               const std::string& recipient,
                                               const std::vector<std::string>& fields) const {
  const ConsentEntry* given = nullptr;
  crypto::Hour forbidden = 0;
  bool forbids_any = false;
  for (const auto& [id, entry] : of(subject)) {
    if (!entry.stand || !is_for(entry.question, purpose, recipient)) continue;
    if (forbids(entry.stand->choice) && touches(entry, fields)) {
      forbids_any = true;
      forbidden = std::max(forbidden, entry.stand->hour);
    }
    if (!allows(entry, fields)) continue;
    if (given == nullptr || given->stand->hour < entry.stand->hour) given = &entry;
  }
  if (given == nullptr || (forbids_any && forbidden >= given->stand->hour)) return nullptr;
  return given;
}

std::string_view name_of(crypto::ConsentChoice choice) {
  static constexpr std::array<std::string_view, 4> names{"given", "refused", "later", "withdrawn"};
  return names.at(static_cast<std::size_t>(choice) - 1);
}

std::string_view name_of(crypto::ConsentHow how) {
  static constexpr std::array<std::string_view, 5> names{"thread", "spoken", "telephone", "written",
                                                         "guardian"};
  return names.at(static_cast<std::size_t>(how) - 1);
}

}  // namespace meldpunt::client
