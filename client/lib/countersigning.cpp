#include "client/lib/countersigning.h"

#include <algorithm>

#include "client/lib/escalating.h"
#include "client/lib/own_box.h"
#include "client/lib/recording.h"
#include "client/lib/redaction.h"
#include "client/lib/second_closing.h"
#include "client/lib/second_release.h"

namespace meldpunt::client {

namespace {

using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;

constexpr std::string_view erase_label = "erase slot";

crypto::Buffer statement_of(const crypto::CaseId& subject, std::uint64_t version,
                            const crypto::RegionId& region) {
  return crypto::erase_statement(crypto::slot_of(subject, region).bytes, version);
}

template <class Id>
Id id_of(const crypto::SecondSignature& second) {
  Id id;
  crypto::copy_bytes(second.id, id.fill());
  return id;
}

bool may_second(const crypto::Device& device) {
  return device.role == crypto::DeviceRole::coordinator ||
         device.role == crypto::DeviceRole::approver;
}

Outcome<crypto::ErasureProposed> read_proposal(Casework& casework, const ErasureEntry& entry) {
  const auto content = casework.content_of(entry.proposed, entry.subject);
  if (!content) return pass_on(content.error());
  auto proposal = crypto::decode_erasure_proposed(content->view());
  if (!proposal) return problem(EX_DATAERR, "a proposal to erase", proposal.error());
  return std::move(*proposal);
}

Outcome<void> journal_review(Casework& casework, const crypto::CaseId& subject,
                             const crypto::Reviewed& reviewed,
                             const std::function<Outcome<bool>()>& waits) {
  const auto done =
      casework.append(crypto::EventKind::escalation, subject, [&]() -> Outcome<Content> {
        const auto still = waits();
        if (!still) return pass_on(still.error());
        if (!*still) return Content{};
        return Content{crypto::encode(crypto::EscalationStep(reviewed))};
      });
  if (!done) return pass_on(done.error());
  return {};
}

Outcome<SecondOutcome> second_escalation(Casework& casework, const crypto::SecondSignature& second,
                                         const crypto::DeviceId& from, crypto::Hour now) {
  const auto id = id_of<crypto::EscalationId>(second);
  const auto* entry = casework.escalations().find(id);
  if (entry == nullptr || !entry->waits_for_second()) return SecondOutcome::known;
  auto escalation = read_escalation(casework, *entry);
  if (!escalation) return pass_on(escalation.error());
  const crypto::DeviceSignature by{from, second.signature};
  escalation->second = by;
  const auto* device = casework.rosters().device(from, now);
  // Then too: the partner judges it by the roster of the hour at which it was proposed.
  if (from == entry->sender || !may_second(casework.rosters(), from, now) ||
      !may_second(casework.rosters(), from, entry->hour) ||
      !crypto::countersigned_by(*escalation, device->signing)) {
    return SecondOutcome::not_believed;
  }
  const auto waits = [&]() -> Outcome<bool> {
    const auto* known = casework.escalations().find(id);
    return known != nullptr && known->waits_for_second();
  };
  const crypto::CaseId subject = entry->subject;
  const auto done = entry->review_by ? journal_review(casework, subject, {id, by}, waits)
                                     : journal_escalation(casework, subject, *escalation,
                                                          crypto::Stage::sent, waits);
  if (!done) return pass_on(done.error());
  return SecondOutcome::done;
}

// The server checks both signatures again, and the version.
Outcome<SecondOutcome> erase_slot(StaffLine& line, const crypto::Erase& erase) {
  const auto response = line.ask(erase);
  if (!response) return pass_on(response.error());
  switch (response->status) {
    case crypto::Status::ok:
    case crypto::Status::same:
    case crypto::Status::erased:  // before this was killed, or by a colleague
      return SecondOutcome::done;
    case crypto::Status::conflict:
      return SecondOutcome::outdated;
    case crypto::Status::nothing:
    case crypto::Status::busy:
    case crypto::Status::refused:
    case crypto::Status::malformed:
    case crypto::Status::stale:
      break;
  }
  return unexpected_status("erase a case", response->status);
}

// What a colleague wrote in the case until this moment is copied too.
Outcome<void> journal_erasure(Casework& casework, const crypto::Erasure& erasure,
                              Retaining* retaining) {
  for (bool finished = false; !finished;) {
    const auto done = casework.append([&]() -> Outcome<std::optional<Draft>> {
      finished = casework.escalations().is_erased(erasure.subject);
      if (finished) return std::nullopt;
      auto copy =
          retaining == nullptr ? Outcome<std::optional<Draft>>(std::nullopt) : retaining->next();
      if (!copy || *copy) return copy;
      finished = true;
      auto content = crypto::encode(erasure);
      if (!content) return problem(EX_SOFTWARE, "the erasure of a case", content.error());
      return Draft{crypto::EventKind::erasure, {}, std::move(*content), std::nullopt};
    });
    if (!done) return pass_on(done.error());
  }
  return {};
}

// Who proposed it has not read that.
bool has_written_since(const Casework& casework, const crypto::CaseId& subject, Position since) {
  const Case* entry = casework.index().find(subject);
  return entry != nullptr && !entry->reports.empty() && entry->reports.back().position > since;
}

Outcome<SecondOutcome> second_erasure(Casework& casework, StaffLine& line,
                                      const crypto::SecondSignature& second,
                                      const crypto::DeviceId& from, crypto::Hour now) {
  const auto subject = id_of<crypto::CaseId>(second);
  const auto found = casework.escalations().erasures().find(subject);
  if (found == casework.escalations().erasures().end() || found->second.version != second.version) {
    return SecondOutcome::known;
  }
  const auto proposal = read_proposal(casework, found->second);
  if (!proposal) return pass_on(proposal.error());
  const auto& region = casework.home().pin().region;
  const auto* device = casework.rosters().device(from, now);
  if (from == proposal->first.device || !may_second(casework.rosters(), from, now) ||
      !crypto::verify(device->signing, erase_label, region,
                      statement_of(subject, second.version, region), second.signature)) {
    return SecondOutcome::not_believed;
  }
  if (!found->second.strikes && has_written_since(casework, subject, found->second.proposed)) {
    return SecondOutcome::outdated;
  }
  crypto::Erase erase;
  erase.name = crypto::slot_of(subject, region).bytes;
  erase.position = second.version;
  erase.signatures = {crypto::Countersignature{proposal->first.device, proposal->first.signature},
                      crypto::Countersignature{from, second.signature}};
  Retaining retaining(casework, subject, proposal->strikes);
  if (!proposal->strikes.empty()) {
    if (const auto copied = retaining.all(); !copied) return pass_on(copied.error());
  }
  auto erased = erase_slot(line, erase);
  if (!erased || *erased != SecondOutcome::done) return erased;
  const crypto::Erasure erasure{subject, second.version, erase.signatures,
                                !proposal->strikes.empty()};
  const auto done =
      journal_erasure(casework, erasure, proposal->strikes.empty() ? nullptr : &retaining);
  if (!done) return pass_on(done.error());
  return SecondOutcome::done;
}

// Another closing was proposed since, or it was taken back: then nothing waits for this.
Outcome<SecondOutcome> second_of_closing(Casework& casework, const crypto::SecondSignature& second,
                                         const crypto::DeviceId& from, crypto::Hour now) {
  const auto closing = closing_that_waits(casework, id_of<crypto::CaseId>(second));
  if (!closing || closing->position != second.version) return SecondOutcome::known;
  if (!may_second(casework.rosters(), from, now) ||
      !closing_signed_by(casework.rosters(), *closing, {from, second.signature}, now,
                         casework.home().pin().region)) {
    return SecondOutcome::not_believed;
  }
  const auto done = file_closing_signature(casework, *closing, from, second.signature);
  if (!done) return pass_on(done.error());
  return SecondOutcome::done;
}

// Proposed anew since, refused, or released: then nothing waits for this.
Outcome<SecondOutcome> second_of_release(Casework& casework, const crypto::SecondSignature& second,
                                         const crypto::DeviceId& from, crypto::Hour now) {
  const auto proposed = release_that_waits(casework, second.id);
  if (!proposed) return SecondOutcome::known;
  if (!may_second(casework.rosters(), from, now) ||
      !release_signed_by(casework.rosters(), proposed->proposal, {from, second.signature}, now,
                         casework.home().pin().region)) {
    return SecondOutcome::not_believed;
  }
  const auto done = file_release_signature(casework, *proposed, from, second.signature);
  if (!done) return pass_on(done.error());
  return SecondOutcome::done;
}

// What was copied already cannot be struck any more, and would come back after an erasure.
Outcome<bool> contradicts_what_was_begun(Casework& casework,
                                         const crypto::ErasureProposed& proposal,
                                         const crypto::CaseId& subject) {
  if (casework.retained().after(subject) == nullptr) return false;
  const auto found = casework.escalations().erasures().find(subject);
  if (found == casework.escalations().erasures().end()) return true;
  const auto begun = read_proposal(casework, found->second);
  if (!begun) return pass_on(begun.error());
  return begun->strikes != proposal.strikes;
}

}  // namespace

bool may_second(const RosterHistory& rosters, const crypto::DeviceId& device, crypto::Hour now) {
  const auto* found = rosters.device(device, now);
  return found != nullptr && may_second(*found);
}

Outcome<void> propose_erasure(Casework& casework, StaffLine& line, const crypto::CaseId& subject,
                              const std::string& reason, std::vector<crypto::Strike> strikes) {
  const Case* known = casework.index().find(subject);
  if (known == nullptr) return problem(EX_NOINPUT, "there is no such case: see 'cases'");
  if (!known->readable) return problem(EX_UNAVAILABLE, "this case has been erased already");
  const Home& home = casework.home();
  const auto& region = home.pin().region;
  const auto slot = crypto::slot_of(subject, region);
  const auto response = line.ask(crypto::Get{crypto::MailboxKind::slot, slot.bytes, 0});
  if (!response) return pass_on(response.error());
  if (response->status != crypto::Status::ok) {
    return unexpected_status("read a case's slot", response->status);
  }
  const std::uint64_t version = response->position;
  const auto signature =
      home.keys().signing.sign(erase_label, region, statement_of(subject, version, region));
  const crypto::ErasureProposed proposal{
      version, {home.keys().id, signature}, reason, std::move(strikes)};
  const auto done = casework.append(crypto::EventKind::erasure, subject, [&]() -> Outcome<Content> {
    const auto other = contradicts_what_was_begun(casework, proposal, subject);
    if (!other) return pass_on(other.error());
    if (*other) {
      return problem(EX_NOPERM,
                     "two people have agreed to strike something else from this case, and that was "
                     "interrupted: have it signed again first, with 'countersign'");
    }
    if (proposal.strikes.empty() && is_unread(casework, subject)) {
      return problem(EX_NOPERM, std::string(unread_sentence));
    }
    return Content{crypto::encode(proposal)};
  });
  if (!done) return pass_on(done.error());
  return {};
}

Outcome<std::size_t> ask_approvers(const Casework& casework, StaffLine& line,
                                   const crypto::ToCountersign& request, crypto::Hour now) {
  const auto content = crypto::encode(request);
  if (!content) return problem(EX_DATAERR, "what is to be signed", content.error());
  std::size_t asked = 0;
  for (const crypto::Device& device : approvers_of(casework.rosters(), crypto::day_of(now))) {
    const auto put = put_into_box(casework.home(), line, device, crypto::ObjectKind::to_countersign,
                                  content->view());
    if (!put) return pass_on(put.error());
    ++asked;
  }
  return asked;
}

Outcome<std::size_t> ask_to_countersign_erasure(Casework& casework, StaffLine& line,
                                                const crypto::CaseId& subject, crypto::Hour now) {
  const auto found = casework.escalations().erasures().find(subject);
  if (found == casework.escalations().erasures().end()) return 0;
  auto proposal = read_proposal(casework, found->second);
  if (!proposal) return pass_on(proposal.error());
  return ask_approvers(casework, line, crypto::ErasureToSign{subject, std::move(*proposal)}, now);
}

Outcome<SecondOutcome> take_second(Casework& casework, StaffLine& line,
                                   const crypto::SecondSignature& second,
                                   const crypto::DeviceId& from, crypto::Hour now) {
  switch (second.what) {
    case crypto::Countersigned::escalation:
      return second_escalation(casework, second, from, now);
    case crypto::Countersigned::erasure:
      return second_erasure(casework, line, second, from, now);
    case crypto::Countersigned::closing:
      return second_of_closing(casework, second, from, now);
    case crypto::Countersigned::release:
      break;
  }
  return second_of_release(casework, second, from, now);
}

crypto::SecondSignature answered_by_second(const crypto::ToCountersign& request) {
  using crypto::Countersigned;
  if (const auto* escalation = std::get_if<crypto::Escalation>(&request)) {
    return {Countersigned::escalation, escalation->id.bytes, 0, {}};
  }
  if (const auto* closing = std::get_if<crypto::ClosingToSign>(&request)) {
    return {Countersigned::closing, closing->subject.bytes, closing->position, {}};
  }
  if (const auto* proposal = std::get_if<crypto::ReleaseProposal>(&request)) {
    return {Countersigned::release, short_id_of(*proposal), 0, {}};
  }
  const auto& erasure = std::get<crypto::ErasureToSign>(request);
  return {Countersigned::erasure, erasure.subject.bytes, erasure.proposal.version, {}};
}

Outcome<crypto::SecondSignature> sign_second(const Home& home,
                                             const crypto::ToCountersign& request) {
  const auto& region = home.pin().region;
  const auto& key = home.keys().signing;
  crypto::SecondSignature second = answered_by_second(request);
  if (const auto* escalation = std::get_if<crypto::Escalation>(&request)) {
    const auto body = crypto::body_of(*escalation);
    if (!body) return problem(EX_DATAERR, "an escalation", body.error());
    second.signature =
        crypto::countersign_escalation(body->view(), home.keys().id, key, region).signature;
  } else if (const auto* closing = std::get_if<crypto::ClosingToSign>(&request)) {
    second.signature = sign_closing(home, *closing);
  } else if (const auto* proposal = std::get_if<crypto::ReleaseProposal>(&request)) {
    const auto signature = sign_release(home, *proposal);
    if (!signature) return pass_on(signature.error());
    second.signature = *signature;
  } else {
    const auto& erasure = std::get<crypto::ErasureToSign>(request);
    second.signature =
        key.sign(erase_label, region, statement_of(erasure.subject, second.version, region));
  }
  return second;
}

Outcome<std::vector<crypto::ToCountersign>> waiting_for_second(Casework& casework) {
  std::vector<crypto::ToCountersign> waiting;
  for (const auto& [id, entry] : casework.escalations().all()) {
    if (!entry.waits_for_second()) continue;
    auto escalation = read_escalation(casework, entry);
    if (!escalation) return pass_on(escalation.error());
    waiting.emplace_back(std::move(*escalation));
  }
  for (const auto& [subject, entry] : casework.escalations().erasures()) {
    auto proposal = read_proposal(casework, entry);
    if (!proposal) return pass_on(proposal.error());
    waiting.emplace_back(crypto::ErasureToSign{subject, std::move(*proposal)});
  }
  for (const auto& [id, entry] : casework.index().cases()) {
    if (const auto closing = closing_that_waits(casework, id)) waiting.emplace_back(*closing);
  }
  for (ProposedRelease& proposed : releases_that_wait(casework)) {
    waiting.emplace_back(std::move(proposed.proposal));
  }
  return waiting;
}

crypto::DeviceId proposer_of(const crypto::ToCountersign& request) {
  if (const auto* escalation = std::get_if<crypto::Escalation>(&request)) {
    return escalation->sender.device;
  }
  if (const auto* closing = std::get_if<crypto::ClosingToSign>(&request)) return closing->first;
  if (const auto* proposal = std::get_if<crypto::ReleaseProposal>(&request)) {
    return proposal->device;
  }
  return std::get<crypto::ErasureToSign>(request).proposal.first.device;
}

bool signed_when_it_could(const RosterHistory& rosters, crypto::Hour journaled,
                          const crypto::Countersignature& by, std::string_view label,
                          const crypto::RegionId& region, crypto::Bytes statement) {
  constexpr crypto::Hour day = 24;
  // From a day later, for a clock that is behind the steward's, back to 30 days before. Each hour
  // has its own roster.
  for (crypto::Hour ago = 0; ago <= 31 * day; ago += day) {
    const crypto::Hour hour = journaled + day - std::min(ago, journaled + day);
    const auto* device = rosters.device(by.device, hour);
    if (device != nullptr && may_second(*device) &&
        crypto::verify(device->signing, label, region, statement, by.signature)) {
      return true;
    }
  }
  return false;
}

bool signed_by_two(const crypto::Erasure& erasure, const RosterHistory& rosters,
                   crypto::Hour journaled, const crypto::RegionId& region) {
  const auto statement = statement_of(erasure.subject, erasure.version, region);
  const auto signed_by = [&](const crypto::Countersignature& each) {
    return signed_when_it_could(rosters, journaled, each, erase_label, region, statement);
  };
  const auto& [first, second] = erasure.signatures;
  return first.device != second.device && signed_by(first) && signed_by(second);
}

}  // namespace meldpunt::client
