// A coordinator's deeds for the trends: coding a case, and releasing a period's figures.
//
// A period is drawn once. The draw stays in memory until the journal has all of it: parts first,
// the manifest with their key last, by compare-and-swap. Killed before the manifest is there, the
// draw is thrown away, and nobody can read its parts; afterwards the journal has it, and only what
// is read back from the journal is shown and sent. Who loses the race for the manifest shows the
// winner's figures.
//
// The casework must be in sync before each deed. One thread at a time.
#pragma once

#include "client/lib/casework.h"
#include "client/lib/release_ledger.h"
#include "client/trends/mechanism.h"

namespace meldpunt::client {

struct ReleaseWish {
  trends::Period period;
  trends::Budget budget;
};

// What can be said before anything is drawn.
struct ReleasePreview {
  trends::Plan plan;
  trends::Billionths remaining = 0;  // of a life, for each case that is counted: at least this
  std::size_t cases = 0;             // that would be counted
  std::size_t left_out = 0;          // that refused statistics
  std::size_t not_coded = 0;         // of those counted, by nobody: their report's answers are used
};

struct SentRelease {
  std::string receiver;
  std::size_t objects = 0;  // put into the forwarder's box
};

class Releases {
 public:
  // All must outlive it.
  Releases(Home& home, Casework& casework, StaffLine& line, const Clock& clock)
      : home_(home), casework_(casework), line_(line), clock_(clock) {}

  // EX_DATAERR for a dimension or code that the lists do not have. True when the case's figures are
  // out already: the coding is kept, and changes none of them.
  Outcome<bool> code(const crypto::CaseId& subject, const CodingChange& change);

  // What the journal and the receiver say, receipts verified.
  [[nodiscard]] ReleaseLedger ledger() const;

  // EX_TEMPFAIL before the period is over, EX_DATAERR when one of its days was released in another
  // period, EX_UNAVAILABLE when it was released and lost, EX_NOPERM when a case cannot pay.
  Outcome<ReleasePreview> preview(const ReleaseWish& wish,
                                  const trends::Mechanism& mechanism) const;
  // Draws it, unless the journal has it: then what is there.
  Outcome<JournaledRelease> release(const ReleaseWish& wish, const trends::Mechanism& mechanism,
                                    trends::Uniform& uniform);
  // Into the box of the region's forwarder, sealed to the receiver. EX_CONFIG when either is not
  // enrolled. May be repeated: the receiver knows the release by its hash.
  Outcome<SentRelease> send(const JournaledRelease& release, const std::string& receiver = {});

 private:
  struct Chosen {
    std::vector<crypto::CaseId> ids;  // rising
    std::vector<trends::CodedCase> coded;
    std::size_t left_out = 0;
    std::size_t not_coded = 0;
    trends::Billionths most_spent = 0;
  };

  [[nodiscard]] Chosen choose(const trends::Period& period) const;
  Outcome<trends::Plan> plan(const ReleaseWish& wish, const trends::Mechanism& mechanism,
                             const Chosen& chosen) const;
  Outcome<bool> append(crypto::SecretBuffer content, const trends::Period& period,
                       std::uint32_t sequence);
  Outcome<bool> journal(const crypto::ReleaseRecord& record, const trends::Period& period,
                        std::uint32_t sequence);
  Outcome<void> put(const crypto::Device& forwarder, const crypto::Device& receiver,
                    crypto::ObjectKind kind, crypto::Bytes content);
  Outcome<std::size_t> put_all(const crypto::Device& forwarder, const crypto::Device& receiver,
                               crypto::Bytes release);
  [[nodiscard]] const crypto::RegionId& region() const { return home_.pin().region; }

  Home& home_;
  Casework& casework_;
  StaffLine& line_;
  const Clock& clock_;
};

}  // namespace meldpunt::client
