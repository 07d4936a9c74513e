// Every release that the journal holds, what it cost whom, and what the receiver said of it.
//
// The journal is the ledger: a release is there whole or it never was, its period is then drawn for
// ever, and its cases have paid. A receipt for a release that the journal does not hold tells that
// the journal was set back: that period is lost, and is never drawn again.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "client/trends/period.h"
#include "client/trends/privacy_cost.h"
#include "crypto/release.h"

namespace meldpunt::client {

struct JournaledRelease {
  crypto::Hash hash;
  crypto::ReleaseHead head;
  crypto::Buffer bytes;  // as it travels
  crypto::Hour hour = 0;
  trends::Billionths rho = 0;
  std::size_t counted = 0;

  [[nodiscard]] trends::Period period() const { return {head.first, head.last}; }
};

struct Acknowledged {
  crypto::ReleaseReceipt receipt;
  std::string receiver;  // its name
};

class ReleaseLedger {
 public:
  // One event of the journal; false when it is none that can be read.
  bool take(crypto::Bytes content, const crypto::RegionId& region);
  // A receipt whose signature was checked. The same again changes nothing.
  void take(Acknowledged receipt);

  // In the order of the journal.
  [[nodiscard]] const std::vector<JournaledRelease>& all() const { return releases_; }
  [[nodiscard]] const JournaledRelease* of(crypto::Series series,
                                           const trends::Period& period) const;
  // Another release, or one that was lost, that counted cases of these days.
  [[nodiscard]] const JournaledRelease* overlapping(crypto::Series series,
                                                    const trends::Period& period) const;
  [[nodiscard]] const crypto::ReleaseReceipt* lost(crypto::Series series,
                                                   const trends::Period& period) const;
  [[nodiscard]] std::vector<crypto::ReleaseReceipt> all_lost() const;
  // After every number that the journal or the receiver knows.
  [[nodiscard]] std::uint32_t next_sequence() const;

  [[nodiscard]] bool counted(crypto::Series series, const crypto::CaseId& subject) const;
  // What the case has paid in all its life.
  [[nodiscard]] trends::Billionths spent(const crypto::CaseId& subject) const;

  // What the receiver said of the release, oldest first.
  [[nodiscard]] std::vector<Acknowledged> receipts_of(const crypto::Hash& release) const;
  [[nodiscard]] bool arrived(const crypto::Hash& release) const;

 private:
  void read(const crypto::ReleaseManifest& last, const crypto::RegionId& region);
  void add(const crypto::ReleaseRecord& record, const crypto::RegionId& region);

  std::map<crypto::Hash, std::vector<crypto::Part>> parts_;  // whose manifest has not come
  std::vector<JournaledRelease> releases_;
  std::map<crypto::CaseId, trends::Billionths> spent_;
  std::set<std::pair<crypto::Series, crypto::CaseId>> counted_;
  std::vector<Acknowledged> receipts_;
};

}  // namespace meldpunt::client
