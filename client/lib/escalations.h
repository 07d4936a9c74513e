// Every escalation and where it stands, as the journal tells it: codes and hours, never the values
// of the fields. They stay sealed in the journal; of what lies there in parts, where each part is.
//
// An escalation is proposed (an override waits for its second person), sent, carried to the
// partner's boxes, answered, withdrawn. Each step is an event; what is missing is done by whoever
// comes next (escalating.h).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "client/lib/case_index.h"
#include "crypto/handover_events.h"

namespace meldpunt::client {

struct AnswerEntry {
  crypto::AnswerId id;
  crypto::Said said{};
  crypto::Hour hour = 0;
  Position position = 0;
};

struct EscalationEntry {
  crypto::EscalationId id;
  crypto::CaseId subject;
  std::string recipient;
  std::string purpose;
  std::vector<std::string> fields;
  std::optional<crypto::ConsentId> consent;  // absent: an override
  std::optional<crypto::Hour> review_by;     // an override in haste
  crypto::Hour hour = 0;
  crypto::Hour valid_until = 0;
  crypto::Hour answer_by = 0;
  crypto::DeviceId sender;
  std::optional<crypto::DeviceId> second;
  Position proposed = 0;
  Position sent = 0;
  Position withdrawn = 0;
  std::set<crypto::Carried> carried;
  std::vector<AnswerEntry> answers;

  [[nodiscard]] bool has_carried(crypto::Carried what) const { return carried.contains(what); }
  // The event that holds all of it.
  [[nodiscard]] Position written() const { return sent != 0 ? sent : proposed; }
  [[nodiscard]] bool waits_for_second() const {
    return withdrawn == 0 && !second && (sent == 0 || review_by);
  }
  // What a person of the partner's has said last: accepted, refused or done. Null: nothing yet;
  // that it came, and that it was printed, is no answer.
  [[nodiscard]] const AnswerEntry* last_answer() const;
  [[nodiscard]] bool answered() const { return last_answer() != nullptr; }
  // Nobody has answered while it was valid: it must be sent again.
  [[nodiscard]] bool lapsed(crypto::Hour now) const {
    return sent != 0 && withdrawn == 0 && !answered() && now > valid_until;
  }
};

// One word for a list: proposed, to be sent, sent, received, accepted, refused, done, withdrawn,
// lapsed.
[[nodiscard]] std::string_view state_of(const EscalationEntry& entry, crypto::Hour now);
// Whether a person decided, by saying so.
[[nodiscard]] constexpr bool decides(crypto::Said said) {
  return said != crypto::Said::received && said != crypto::Said::printed;
}
[[nodiscard]] std::string_view name_of(crypto::Said said);

struct ErasureEntry {
  crypto::CaseId subject;
  Position proposed = 0;
  std::uint64_t version = 0;
  crypto::DeviceId first;
  bool strikes = false;  // something of it, and the rest goes on
};

class Escalations {
 public:
  // An escalation that came in parts is told when it is whole, as Proposed or Sent.
  void step(Position position, const crypto::CaseId& subject, const crypto::EscalationStep& step);
  void answered(Position position, const crypto::CaseId& subject,
                const crypto::EscalationAnswer& answer);
  // The newest proposal of a case counts.
  void erasure_proposed(Position position, const crypto::CaseId& subject,
                        const crypto::ErasureProposed& proposal);
  void erasure_done(const crypto::CaseId& subject);
  void erased(const crypto::CaseId& subject);
  // An answer that is known, and is told again of the case that goes on.
  void tell_again(const crypto::AnswerId& answer) { seen_.erase(answer); }

  [[nodiscard]] const std::map<crypto::EscalationId, EscalationEntry>& all() const {
    return entries_;
  }
  [[nodiscard]] const EscalationEntry* find(const crypto::EscalationId& id) const;
  // The parts of the case that name this manifest, by their index.
  using Parts = std::map<std::uint16_t, Position>;
  [[nodiscard]] const Parts& parts_of(const crypto::CaseId& subject,
                                      const crypto::Hash& manifest) const;
  [[nodiscard]] bool knows(const crypto::AnswerId& answer) const { return seen_.contains(answer); }
  [[nodiscard]] const std::map<crypto::CaseId, ErasureEntry>& erasures() const { return erasures_; }
  [[nodiscard]] bool is_erased(const crypto::CaseId& subject) const {
    return done_.contains(subject);
  }

 private:
  void took(Position position, const crypto::CaseId& subject, const crypto::Proposed& proposed);
  void took(Position position, const crypto::CaseId& subject, const crypto::Sent& sent);
  void took(Position position, const crypto::CaseId& subject, const crypto::CarriedStep& carried);
  void took(Position position, const crypto::CaseId& subject, const crypto::Withdrawn& withdrawn);
  void took(Position position, const crypto::CaseId& subject, const crypto::Reviewed& reviewed);
  void took(Position position, const crypto::CaseId& subject, const crypto::Part& part);
  void took(Position /*position*/, const crypto::CaseId& /*subject*/,
            const crypto::InParts& /*manifest*/) {}
  EscalationEntry* known(const crypto::EscalationId& id, const crypto::CaseId& subject);
  EscalationEntry& entry_of(const crypto::CaseId& subject, const crypto::Escalation& escalation);

  std::map<crypto::EscalationId, EscalationEntry> entries_;
  std::map<std::pair<crypto::CaseId, crypto::Hash>, Parts> parts_;
  std::set<crypto::AnswerId> seen_;
  std::map<crypto::CaseId, ErasureEntry> erasures_;
  std::set<crypto::CaseId> done_;
};

}  // namespace meldpunt::client
