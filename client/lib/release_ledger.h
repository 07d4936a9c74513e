// Every release that the journal holds, who wanted it, what it cost whom, and what the receiver
// said of it.
//
// The journal is the ledger: a release is there whole or it never was, its period is then drawn for
// ever, and its cases have paid: once in each series and cadence. A receipt for a release that the
// journal does not hold tells that the journal was set back: that period is lost, and is never
// drawn again.
//
// A proposal stands until another is made for its period, it is refused, or it is drawn. Whether
// who signed it could do so, the ledger does not know: second_release.h asks.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/trends/period.h"
#include "client/trends/plan.h"
#include "crypto/event.h"
#include "crypto/release.h"

namespace meldpunt::client {

struct JournaledRelease {
  crypto::Hash hash;
  crypto::ReleaseHead head;
  crypto::Buffer bytes;  // as it travels
  crypto::Hour hour = 0;
  trends::Charge charge;    // to each case that was counted
  std::size_t counted = 0;  // that have paid: of a merged case every thread
  std::string terms{};      // of the proposal by which it was drawn; empty: the journal has none

  [[nodiscard]] trends::Period period() const { return {head.first, head.last}; }
};

// What waits for a second person, or was signed by one and is to be drawn.
struct ProposedRelease {
  crypto::Hash id;
  crypto::ReleaseProposal proposal;
  // As the journal has them, with its hours; those that came after a refusal are not among them.
  std::vector<std::pair<crypto::ReleaseSecond, crypto::Hour>> seconds{};
  std::optional<crypto::ReleaseRefusal> refused{};

  [[nodiscard]] trends::Period period() const { return {proposal.first, proposal.last}; }
};

struct Acknowledged {
  crypto::ReleaseReceipt receipt;
  std::string receiver;  // its name
};

class ReleaseLedger {
 public:
  // One event of the journal; false when it is none that can be read.
  bool take(crypto::Bytes content, const crypto::EventHead& head, const crypto::RegionId& region);
  // A receipt whose signature was checked. The same again changes nothing.
  void take(Acknowledged receipt);

  // In the order of the journal.
  [[nodiscard]] const std::vector<JournaledRelease>& all() const { return releases_; }
  [[nodiscard]] const JournaledRelease* of(crypto::Series series,
                                           const trends::Period& period) const;
  // Another release of the same cadence that counted cases of these days.
  [[nodiscard]] const JournaledRelease* overlapping(crypto::Series series,
                                                    const trends::Period& period) const;
  [[nodiscard]] const crypto::ReleaseReceipt* lost(crypto::Series series,
                                                   const trends::Period& period) const;
  [[nodiscard]] std::vector<crypto::ReleaseReceipt> all_lost() const;
  // After every number that the journal or the receiver knows.
  [[nodiscard]] std::uint32_t next_sequence() const;

  // Under the ids that they had then: by_now() of case_files.h says how each is called by now.
  [[nodiscard]] std::set<crypto::CaseId> counted(crypto::Series series,
                                                 trends::Cadence cadence) const;
  // What each case has paid in all its life.
  [[nodiscard]] const std::map<crypto::CaseId, trends::Charge>& paid() const { return paid_; }

  // The newest proposal, of a period that was not released yet.
  [[nodiscard]] const ProposedRelease* proposed(crypto::Series series,
                                                const trends::Period& period) const;
  [[nodiscard]] const ProposedRelease* proposed(const crypto::Hash& id) const;
  // All that were neither refused nor released nor made anew.
  [[nodiscard]] std::vector<const ProposedRelease*> all_proposed() const;

  // What the receiver said of the release, oldest first.
  [[nodiscard]] std::vector<Acknowledged> receipts_of(const crypto::Hash& release) const;
  [[nodiscard]] bool arrived(const crypto::Hash& release) const;

 private:
  void read(const crypto::ReleaseManifest& last, const crypto::RegionId& region);
  void add(const crypto::ReleaseRecord& record, const crypto::RegionId& region);
  void propose(crypto::ReleaseProposal proposal);
  [[nodiscard]] ProposedRelease* standing(const crypto::Hash& proposal);
  [[nodiscard]] const ProposedRelease* newest(crypto::Series series,
                                              const trends::Period& period) const;

  std::map<crypto::Hash, std::vector<crypto::Part>> parts_;  // whose manifest has not come
  std::vector<JournaledRelease> releases_;
  std::vector<ProposedRelease> proposals_;  // in the order of the journal
  std::map<crypto::CaseId, trends::Charge> paid_;
  std::map<std::pair<crypto::Series, trends::Cadence>, std::set<crypto::CaseId>> counted_;
  std::vector<Acknowledged> receipts_;
};

}  // namespace meldpunt::client
