// Sending chosen fields of a case to a partner, and taking the consent back.
//
// An escalation is made and signed first, shown, and then journaled exactly as it was shown: with
// consent, or in haste, as sent; an override as proposed, until a second person has signed
// (countersigning.h). What the journal says was sent is then carried to the boxes of the partner's
// devices, by whoever comes next: killed in between, a partner may get the same bytes again, and
// takes them in once.
#pragma once

#include <functional>

#include "client/lib/casework.h"

namespace meldpunt::client {

struct EscalationDraft {
  std::string recipient;  // an organisation's code: "KADERA"
  std::string purpose;
  std::vector<crypto::SharedField> fields;
  std::optional<crypto::Override> without_consent;  // its review_by is filled in here
  bool in_haste = false;
  crypto::Hour answer_within = 72;
  crypto::Hour valid_for = 30 * 24;
};

inline constexpr crypto::Hour review_hours = 72;

// The value of a field as the reporter gave it: the codes that the reports of the thread name for
// that question, the newest report's. Empty when none does.
Outcome<std::string> value_in_case(Casework& casework, const crypto::CaseId& subject,
                                   const std::string& field);

// Made and signed; nothing is journaled or sent. EX_NOPERM without a consent for exactly this and
// without an override; EX_DATAERR when it is too long; EX_NOINPUT when no device of that partner is
// enrolled.
Outcome<crypto::Escalation> prepare_escalation(Casework& casework, const crypto::CaseId& subject,
                                               const EscalationDraft& draft, crypto::Hour now);
// Journals what was shown. EX_NOPERM when the consent no longer stands.
Outcome<void> commit_escalation(Casework& casework, const crypto::CaseId& subject,
                                const crypto::Escalation& escalation);
// Appends an escalation as proposed or sent: one event, or its parts and their manifest last. Asks
// before each whether it is still wanted. Killed in between nothing was proposed or sent; the same
// again goes on where it stopped.
Outcome<void> journal_escalation(Casework& casework, const crypto::CaseId& subject,
                                 const crypto::Escalation& escalation, crypto::Stage stage,
                                 const std::function<Outcome<bool>()>& wanted);

// Journals that a sent escalation is withdrawn, and stops what was not carried yet.
Outcome<void> withdraw_escalation(Casework& casework, const crypto::EscalationId& id,
                                  const std::string& text, crypto::Hour now);

// Whether an escalation that waits may still go: the consent stands, and it is valid.
[[nodiscard]] bool may_go(const Casework& casework, const EscalationEntry& entry, crypto::Hour now);

// Puts into the boxes what the journal says and no box has got: escalations, withdrawals, and what
// approvers are asked to countersign. Returns how many objects were put.
Outcome<std::size_t> carry(Casework& casework, StaffLine& line, crypto::Hour now);

// Everything of one escalation, opened from the journal.
Outcome<crypto::Escalation> read_escalation(Casework& casework, const EscalationEntry& entry);

}  // namespace meldpunt::client
