#include "client/lib/recording.h"

#include <algorithm>

#include "client/lib/second_closing.h"
#include "client/lib/vocabulary.h"
#include "crypto/hexadecimal.h"

namespace meldpunt::client {

namespace {

using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;

// As a report says, or as somebody has coded it since.
bool is_minor(const Casework& casework, const crypto::CaseId& subject) {
  const Case* entry = casework.index().find(subject);
  if (entry == nullptr) return false;
  const auto codes = entry->coding.codes();
  const auto age = codes.find("age");
  return entry->minor || (age != codes.end() && age->second == "MINOR");
}

// One of several who were merged is enough.
bool concerns_a_minor(const Casework& casework, const crypto::CaseId& head) {
  return is_minor(casework, head) ||
         std::ranges::any_of(casework.files().groups().members_of(head),
                             [&](const auto& member) { return is_minor(casework, member); });
}

// The conditions that the vocabulary asks of a reason.
std::string fault_of_closing(const record::Fields& closing) {
  const auto met = record::codes_in(closing, "conditions");
  const std::string reason = record::text_in(closing, "reason");
  std::string missing;
  for (const std::string& condition : required_by("closing_reason", reason)) {
    if (std::ranges::find(met, condition) == met.end()) missing += " " + condition;
  }
  if (missing.empty()) return {};
  return "'" + reason + "' asks conditions that are not met:" + missing +
         ". Name another reason, or wait";
}

std::string fault_of_request(const record::Fields& request) {
  if (record::text_in(request, "outcome") != "REFUSED") return {};
  if (!record::text_in(request, "ground").empty()) return {};
  return "a refusal needs its ground, in the field 'ground': who asked is told why";
}

Outcome<const Case*> living(const Casework& casework, const crypto::CaseId& subject) {
  const Case* entry = casework.index().find(subject);
  if (entry == nullptr) return problem(EX_NOINPUT, "there is no such case: see 'cases'");
  if (!entry->readable) return problem(EX_UNAVAILABLE, "this case has been erased");
  return entry;
}

Outcome<void> written(const Outcome<Position>& position) {
  if (!position) return pass_on(position.error());
  return {};
}

}  // namespace

std::string fault_of_change(const record::RecordEvent& change) {
  std::string fault = record::fault_of(change, has_code);
  if (fault.empty() && change.kind == "closing" && !change.removed) {
    fault = fault_of_closing(change.fields);
  }
  if (fault.empty() && change.kind == "request" && !change.removed) {
    fault = fault_of_request(change.fields);
  }
  if (fault.empty() && record::encode(change).size() > crypto::event_content_max) {
    fault = "'" + change.kind + "' is too long for one event: at most " +
            std::to_string(crypto::event_content_max) + " bytes with its field names. Shorten it";
  }
  return fault;
}

Outcome<Position> write_record(Casework& casework, const crypto::CaseId& subject,
                               record::RecordEvent change) {
  if (const std::string fault = fault_of_change(change); !fault.empty()) {
    return problem(EX_DATAERR, fault);
  }
  if (change.change.is_zero()) change.change = crypto::random_id<record::ChangeId>();
  const std::string content = record::encode(change);
  const auto done =
      casework.append(crypto::EventKind::casework, subject, [&]() -> Outcome<Content> {
        if (casework.files().of(subject).knows(change.change)) return std::nullopt;
        return Content{crypto::SecretBuffer::of(crypto::as_bytes(content))};
      });
  if (!done) return pass_on(done.error());
  return casework.files().of(subject).newest(change.kind, change.item);
}

record::RecordEvent new_item(std::string kind, record::Fields fields) {
  record::RecordEvent change;
  change.kind = std::move(kind);
  change.item = crypto::random_id<record::ItemId>();
  change.fields = std::move(fields);
  return change;
}

record::RecordEvent instead_of(const record::CaseRecord& file, std::string kind,
                               record::Fields fields) {
  record::RecordEvent change;
  change.kind = std::move(kind);
  change.seen = file.newest(change.kind, {});
  change.fields = std::move(fields);
  return change;
}

Outcome<void> merge_cases(Casework& casework, const crypto::CaseId& member,
                          const crypto::CaseId& head, const std::string& reason) {
  for (const auto& subject : {member, head}) {
    if (const auto found = living(casework, subject); !found) return pass_on(found.error());
  }
  const record::CaseGroups& groups = casework.files().groups();
  if (groups.head_of(member) == groups.head_of(head)) {
    return problem(EX_DATAERR, "these are one case already");
  }
  // Whatever belongs to it comes along.
  const crypto::CaseId joining = groups.head_of(member);
  return written(write_record(
      casework, joining,
      instead_of(casework.files().of(joining), "membership",
                 {{"of", crypto::hexadecimal(groups.head_of(head).view())}, {"reason", reason}})));
}

Outcome<void> split_case(Casework& casework, const crypto::CaseId& member) {
  if (const auto found = living(casework, member); !found) return pass_on(found.error());
  if (casework.files().groups().stands_alone(member)) {
    return problem(EX_DATAERR, "this case belongs to no other: there is nothing to split off");
  }
  auto change = instead_of(casework.files().of(member), "membership", {});
  change.removed = true;
  return written(write_record(casework, member, std::move(change)));
}

Outcome<void> close_case(Casework& casework, const crypto::CaseId& subject,
                         record::Fields closing) {
  if (const auto found = living(casework, subject); !found) return pass_on(found.error());
  return written(write_record(
      casework, subject, instead_of(casework.files().of(subject), "closing", std::move(closing))));
}

Outcome<void> reopen_case(Casework& casework, const crypto::CaseId& subject) {
  if (const auto found = living(casework, subject); !found) return pass_on(found.error());
  const record::CaseRecord& file = casework.files().of(subject);
  if (file.one("closing") == nullptr) return problem(EX_DATAERR, "this case is not closed");
  auto change = instead_of(file, "closing", {});
  change.removed = true;
  return written(write_record(casework, subject, std::move(change)));
}

Outcome<void> second_closing(Casework& casework, const crypto::CaseId& subject) {
  if (const auto found = living(casework, subject); !found) return pass_on(found.error());
  if (!state_of(casework, subject).closing_waits_for_second) {
    return problem(EX_NOINPUT, "no closing of this case waits for a second person");
  }
  const record::Version& closing = casework.files().of(subject).one("closing")->now();
  if (closing.device == casework.home().keys().id) {
    return problem(EX_NOPERM, "this device proposed it: a second person confirms it on another");
  }
  return written(write_record(
      casework, subject,
      new_item("seconded", {{"what", "closing"}, {"position", std::to_string(closing.position)}})));
}

Outcome<record::Fields> open_identity(Casework& casework, const crypto::CaseId& subject,
                                      const std::string& reason) {
  if (const auto found = living(casework, subject); !found) return pass_on(found.error());
  const auto journaled =
      write_record(casework, subject, new_item("identity_opened", {{"reason", reason}}));
  if (!journaled) return pass_on(journaled.error());
  const record::Item* identity = casework.files().of(subject).one("identity");
  if (identity == nullptr) return record::Fields{};
  const auto content = casework.content_of(identity->now().position, subject);
  if (!content) return pass_on(content.error());
  auto change = record::decode(crypto::as_text(content->view()));
  if (!change) return problem(EX_DATAERR, "the identity in this case", change.error());
  return std::move(change->fields);
}

record::CaseState state_of(const Casework& casework, const crypto::CaseId& subject) {
  return record::state_of(casework.files().of(subject), concerns_a_minor(casework, subject),
                          believer(casework, subject));
}

std::vector<const Case*> queue_of(const Casework& casework) {
  auto queue = casework.index().queue();
  std::erase_if(queue, [&](const Case* entry) {
    const record::CaseState state = state_of(casework, entry->id);
    return state.closed || state.passed_over() ||
           !casework.files().groups().stands_alone(entry->id);
  });
  return queue;
}

bool is_unread(const Casework& casework, const crypto::CaseId& thread) {
  const Case* entry = casework.index().find(thread);
  if (entry == nullptr || !entry->readable || !entry->waits_for_answer()) return false;
  const Position newest = entry->reports.back().position;
  const record::CaseRecord& file = casework.files().of(thread);
  const record::Item* triage = file.one("triage");
  if (triage != nullptr && triage->now().position > newest) return false;
  // Who recorded what the reporter asks has read it.
  return std::ranges::none_of(file.several("request"), [&](const record::Item* item) {
    return item->now().position > newest;
  });
}

}  // namespace meldpunt::client
