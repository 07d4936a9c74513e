#include "client/lib/second_refusals.h"

#include <algorithm>
#include <charconv>

#include "client/lib/countersigning.h"
#include "client/lib/recording.h"
#include "client/lib/second_closing.h"
#include "client/lib/second_release.h"
#include "crypto/hexadecimal.h"

namespace meldpunt::client {

namespace {

using crypto::Countersigned;

constexpr std::string_view refused_kind = "second_refused";
// Of what concerns a case: a release concerns none.
constexpr std::array<std::string_view, crypto::countersigned_kinds - 1> names_of_what{
    "ESCALATION", "ERASURE", "CLOSING"};

// Zero: no case of this region.
crypto::CaseId subject_of(const Casework& casework, const crypto::SecondRefusal& refusal) {
  crypto::CaseId subject;
  if (refusal.what == Countersigned::release) return subject;
  if (refusal.what != Countersigned::escalation) {
    crypto::copy_bytes(refusal.id, subject.fill());
    return subject;
  }
  crypto::EscalationId id;
  crypto::copy_bytes(refusal.id, id.fill());
  const auto* entry = casework.escalations().find(id);
  return entry == nullptr ? subject : entry->subject;
}

// Who proposed what it answers; nullopt when that waits no longer.
std::optional<crypto::DeviceId> waiting_proposer(const Casework& casework,
                                                 const crypto::CaseId& subject,
                                                 const crypto::SecondRefusal& refusal) {
  switch (refusal.what) {
    case Countersigned::escalation: {
      crypto::EscalationId id;
      crypto::copy_bytes(refusal.id, id.fill());
      const auto* entry = casework.escalations().find(id);
      if (entry == nullptr || !entry->waits_for_second()) return std::nullopt;
      return entry->sender;
    }
    case Countersigned::erasure: {
      const auto& waiting = casework.escalations().erasures();
      const auto found = waiting.find(subject);
      if (found == waiting.end() || found->second.version != refusal.version) return std::nullopt;
      return found->second.first;
    }
    case Countersigned::closing: {
      const auto closing = closing_that_waits(casework, subject);
      if (!closing || closing->position != refusal.version) return std::nullopt;
      return closing->first;
    }
    case Countersigned::release: {
      const auto proposed = release_that_waits(casework, refusal.id);
      if (!proposed) return std::nullopt;
      return proposed->proposal.device;
    }
  }
  return std::nullopt;
}

std::optional<crypto::SecondRefusal> refusal_in(const record::Fields& fields) {
  crypto::SecondRefusal refusal;
  const auto* const what = std::ranges::find(names_of_what, record::text_in(fields, "what"));
  const std::string version = record::text_in(fields, "version");
  const char* const end = version.data() + version.size();
  if (what == names_of_what.end() ||
      !crypto::from_hexadecimal(record::text_in(fields, "of"), refusal.id) ||
      std::from_chars(version.data(), end, refusal.version).ptr != end) {
    return std::nullopt;
  }
  refusal.what = static_cast<Countersigned>(what - names_of_what.begin() + 1);
  refusal.reason = record::text_in(fields, "reason");
  return refusal;
}

}  // namespace

std::vector<RefusalBySecond> refusals_of(const Casework& casework, const crypto::CaseId& subject) {
  std::vector<RefusalBySecond> refusals;
  for (const record::Item* item : casework.files().of(subject).several(refused_kind)) {
    const auto refusal = refusal_in(item->fields());
    if (!refusal || !waiting_proposer(casework, subject, *refusal)) continue;
    refusals.push_back({*refusal, record::text_in(item->fields(), "by"), item->now().hour});
  }
  return refusals;
}

Outcome<crypto::SecondRefusal> refuse_second(const crypto::ToCountersign& request,
                                             const std::string& reason) {
  if (reason.empty()) {
    return problem(EX_USAGE, "Write why you do not sign: who proposed it reads that.");
  }
  const crypto::SecondSignature about = answered_by_second(request);
  return crypto::SecondRefusal{about.what, about.id, about.version, reason};
}

bool is_answer_to(const crypto::SecondRefusal& refusal, const crypto::ToCountersign& request) {
  const crypto::SecondSignature about = answered_by_second(request);
  return about.what == refusal.what && about.id == refusal.id && about.version == refusal.version;
}

Outcome<void> file_refusal(Casework& casework, const crypto::SecondRefusal& refusal,
                           const crypto::DeviceId& from, const record::ChangeId& change) {
  const crypto::CaseId subject = subject_of(casework, refusal);
  const auto proposer = waiting_proposer(casework, subject, refusal);
  if (!proposer) {
    return problem(EX_NOINPUT, "This waits no longer: somebody has signed it, or taken it back.");
  }
  if (*proposer == from || !may_second(casework.rosters(), from, casework.hour())) {
    return problem(EX_NOPERM, "This device may not answer it: a second person does.");
  }
  if (refusal.what == Countersigned::release) {
    return file_release_refusal(casework, *release_that_waits(casework, refusal.id), from,
                                refusal.reason);
  }
  auto event =
      new_item(std::string(refused_kind),
               {{"what", std::string(names_of_what.at(static_cast<std::size_t>(refusal.what) - 1))},
                {"of", crypto::hexadecimal(refusal.id)},
                {"version", std::to_string(refusal.version)},
                {"by", casework.rosters().name_of(from)},
                {"reason", refusal.reason}});
  event.change = change;
  crypto::copy_bytes(change.view(), event.item.fill());
  const auto written = write_record(casework, subject, std::move(event));
  if (!written) return pass_on(written.error());
  return {};
}

}  // namespace meldpunt::client
