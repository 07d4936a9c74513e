// What the journal says and no box has got.
#include "client/lib/escalating.h"
#include "client/lib/own_box.h"
#include "client/lib/pieces.h"

namespace meldpunt::client {

namespace {

using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;

// As one object, or as a manifest and parts.
Outcome<std::vector<Piece>> pieces_of_escalation(const crypto::Escalation& escalation) {
  const auto whole = crypto::encode(escalation);
  if (!whole) return problem(EX_DATAERR, "an escalation", whole.error());
  return pieces_of(crypto::ObjectKind::escalation, crypto::PartsKind::escalation, whole->view(),
                   crypto::escalation_in_one);
}

// What is too long for one request goes as it goes to a partner: an approver is sent nothing else
// in parts.
Outcome<std::vector<Piece>> request_to_sign(const crypto::Escalation& escalation) {
  const auto request = crypto::encode(crypto::ToCountersign(escalation));
  if (!request) return pieces_of_escalation(escalation);
  return pieces_of(crypto::ObjectKind::to_countersign, crypto::PartsKind::escalation,
                   request->view());
}

// Everything for each device; then the journal says that it lies there.
class Carrier {
 public:
  Carrier(Casework& casework, StaffLine& line, crypto::Hour now)
      : casework_(casework), line_(line), now_(now) {}

  Outcome<void> look_at(const EscalationEntry& entry) {
    using crypto::Carried;
    if (entry.waits_for_second() && !entry.has_carried(Carried::proposal)) {
      const auto asked = ask_approvers(entry);
      if (!asked) return pass_on(asked.error());
    }
    if (entry.sent != 0 && !entry.has_carried(Carried::escalation) &&
        may_go(casework_, entry, now_)) {
      return carry_escalation(entry);
    }
    // It may lie in a box although no event says so: whoever put it was killed.
    if (entry.withdrawn != 0 && entry.sent != 0 && !entry.has_carried(Carried::withdrawal)) {
      return carry_withdrawal(entry);
    }
    return {};
  }
  [[nodiscard]] std::size_t put() const { return put_; }

 private:
  Outcome<void> ask_approvers(const EscalationEntry& entry) {
    const auto escalation = read_escalation(casework_, entry);
    if (!escalation) return pass_on(escalation.error());
    return carry_to(approvers_of(casework_.rosters(), crypto::day_of(now_)),
                    request_to_sign(*escalation), entry, crypto::Carried::proposal);
  }
  Outcome<void> carry_escalation(const EscalationEntry& entry) {
    const auto escalation = read_escalation(casework_, entry);
    if (!escalation) return pass_on(escalation.error());
    return carry_to(partner(entry), pieces_of_escalation(*escalation), entry,
                    crypto::Carried::escalation);
  }
  Outcome<void> carry_withdrawal(const EscalationEntry& entry) {
    const auto content = casework_.content_of(entry.withdrawn, entry.subject);
    if (!content) return pass_on(content.error());
    const auto step = crypto::decode_escalation_step(content->view());
    if (!step) return problem(EX_DATAERR, "a withdrawal", step.error());
    return carry_to(partner(entry),
                    pieces_of(crypto::ObjectKind::withdrawal, crypto::PartsKind::escalation,
                              std::get<crypto::Withdrawn>(*step).withdrawal.view()),
                    entry, crypto::Carried::withdrawal);
  }
  Outcome<void> carry_to(const std::vector<crypto::Device>& devices,
                         const Outcome<std::vector<Piece>>& pieces, const EscalationEntry& entry,
                         crypto::Carried what) {
    if (!pieces) return pass_on(pieces.error());
    if (devices.empty()) return {};  // a task says so
    for (const crypto::Device& device : devices) {
      if (auto done = put_all(device, *pieces); !done) return done;
    }
    return note(entry, what);
  }
  Outcome<void> put_all(const crypto::Device& device, const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
      const auto done =
          put_into_box(casework_.home(), line_, device, piece.kind, piece.content.view());
      if (!done) return pass_on(done.error());
      ++put_;
    }
    return {};
  }
  Outcome<void> note(const EscalationEntry& entry, crypto::Carried what) {
    const auto id = entry.id;
    const auto noted =
        casework_.append(crypto::EventKind::escalation, entry.subject, [&]() -> Outcome<Content> {
          const auto* known = casework_.escalations().find(id);
          if (known == nullptr || known->has_carried(what)) return Content{};
          return Content{crypto::encode(crypto::EscalationStep(crypto::CarriedStep{id, what}))};
        });
    if (!noted) return pass_on(noted.error());
    return {};
  }
  [[nodiscard]] std::vector<crypto::Device> partner(const EscalationEntry& entry) const {
    return devices_of(casework_.rosters(), entry.recipient, crypto::day_of(now_));
  }

  Casework& casework_;
  StaffLine& line_;
  crypto::Hour now_;
  std::size_t put_ = 0;
};

}  // namespace

bool may_go(const Casework& casework, const EscalationEntry& entry, crypto::Hour now) {
  if (entry.withdrawn != 0 || now > entry.valid_until) return false;
  if (!entry.consent) return true;
  const auto* allows =
      casework.consents().that_allows(entry.subject, entry.purpose, entry.recipient, entry.fields);
  return allows != nullptr && allows->question.id == *entry.consent;
}

Outcome<std::size_t> carry(Casework& casework, StaffLine& line, crypto::Hour now) {
  Carrier carrier(casework, line, now);
  // Copies: what is carried changes the entries.
  std::vector<EscalationEntry> waiting;
  for (const auto& [id, entry] : casework.escalations().all()) waiting.push_back(entry);
  for (const EscalationEntry& entry : waiting) {
    if (const auto done = carrier.look_at(entry); !done) return pass_on(done.error());
  }
  return carrier.put();
}

}  // namespace meldpunt::client
