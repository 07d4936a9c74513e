// Who may be told what: every question for consent of every case, and where it stands.
//
// One fold over the journal. A question comes in a reply; an answer in a report of the thread, or
// from a coordinator who records what was said elsewhere. A report whose MAC does not continue the
// thread moves nothing. The newest answer stands. A reporter's clock may be wrong and reports are
// taken in out of order, so a refusal or withdrawal counts from when it was taken in, and what
// gives consent from when it was written, if that is earlier: in doubt the one that shares less
// stands.
#pragma once

#include <map>
#include <optional>

#include "client/lib/case_index.h"
#include "crypto/consent.h"

namespace meldpunt::client {

struct ConsentStand {
  crypto::ConsentChoice choice{};
  crypto::ConsentHow how{};
  crypto::Hour hour = 0;  // when it was given
  Position position = 0;
  crypto::VisitId visit;  // in the thread
  std::uint8_t part = 0;
};

struct ConsentEntry {
  crypto::ConsentQuestion question;
  Position asked = 0;  // the reply that asks; 0: not in the thread
  std::optional<ConsentStand> stand;
};

class ConsentLedger {
 public:
  using Entries = std::map<crypto::ConsentId, ConsentEntry>;

  void asked(Position position, const crypto::CaseId& subject,
             const crypto::ConsentQuestion& question);
  // A report that continues its thread; anything but a consent answer is passed over.
  // `hour`: when it was taken in.
  void answered(Position position, crypto::Hour hour, const crypto::CaseId& subject,
                const crypto::Report& report);
  void recorded(Position position, const crypto::CaseId& subject,
                const crypto::ConsentRecorded& event);
  void erased(const crypto::CaseId& subject) { cases_.erase(subject); }

  [[nodiscard]] const Entries& of(const crypto::CaseId& subject) const;
  [[nodiscard]] const ConsentEntry* find(const crypto::CaseId& subject,
                                         const crypto::ConsentId& id) const;
  // The consent under which exactly these may go there; null: none. A refusal or withdrawal that is
  // not older, for the same purpose and recipient and one of the same fields, stands against it.
  [[nodiscard]] const ConsentEntry* that_allows(const crypto::CaseId& subject,
                                                const std::string& purpose,
                                                const std::string& recipient,
                                                const std::vector<std::string>& fields) const;

 private:
  std::map<crypto::CaseId, Entries> cases_;
};

[[nodiscard]] std::string_view name_of(crypto::ConsentChoice choice);
[[nodiscard]] std::string_view name_of(crypto::ConsentHow how);

}  // namespace meldpunt::client
