// A coordinator's deeds for the trends: coding a case, and releasing a period's figures.
//
// A release takes two people: one proposes the period and its terms (release_terms.h), a second
// coordinator or an approver signs exactly that, and then it is drawn.
//
// What each case counts as is written into its file before the draw (frozen_codes.h). A period is
// drawn once. The draw stays in memory until the journal has all of it: parts first,
// the manifest with their key last, by compare-and-swap. Killed before the manifest is there, the
// draw is thrown away, and nobody can read its parts; afterwards the journal has it, and only what
// is read back from the journal is shown and sent. Who loses the race for the manifest shows the
// winner's figures.
//
// The casework must be in sync before each deed. One thread at a time.
#pragma once

#include "client/lib/release_rules.h"
#include "client/trends/publication.h"

namespace meldpunt::client {

// What can be said before anything is drawn.
struct ReleasePreview {
  trends::Plan plan;
  trends::Charge charge;              // to each case of the period
  trends::Billionths life = 0;        // ε at δ that a case may pay in all its life
  trends::Billionths paid_after = 0;  // ε at δ of the case that then has paid most
  std::size_t cases = 0;              // that would be counted
  std::size_t left_out = 0;           // that refused statistics
  std::size_t not_coded = 0;  // of those counted, by nobody: their report's answers are used
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

  // Writes nothing. EX_TEMPFAIL before the period is over or a finer one in it is released,
  // EX_DATAERR when it was released or its year began with other terms, EX_UNAVAILABLE when it was
  // released and lost, EX_NOPERM when a case cannot pay, EX_USAGE for a schedule or a budget that
  // cannot be.
  Outcome<ReleasePreview> preview(const ReleaseWish& wish) const;

  // The first person's half, and asks the approvers. How many devices were asked. Proposed in the
  // same terms before: that one stands, and they are asked again unless it is signed.
  Outcome<std::size_t> propose(const ReleaseWish& wish);
  // Whether a second person, who could, has signed it: a device other than the proposer's.
  [[nodiscard]] bool is_signed(const ProposedRelease& proposed) const;

  // Draws a period in the terms of its proposal, unless the journal has it: then what is there.
  // EX_NOPERM when nobody has signed, EX_DATAERR when those terms are no longer what would be
  // proposed; and what preview() refuses.
  Outcome<JournaledRelease> release(crypto::Series series, const trends::Period& period,
                                    trends::Uniform& uniform);
  // Into the box of the region's forwarder, sealed to the receiver. EX_CONFIG when either is not
  // enrolled. May be repeated: the receiver knows the release by its hash.
  Outcome<SentRelease> send(const JournaledRelease& release, const std::string& receiver = {});

 private:
  struct Planned {
    trends::Plan plan;
    CountedCases cases;
  };
  // What two people have agreed on, as it would be drawn now.
  struct Agreed {
    crypto::Hash proposal;
    ReleaseWish wish;
    Planned planned;
  };

  Outcome<Planned> plan(const ReleaseWish& wish) const;
  Outcome<Agreed> agreed(crypto::Series series, const trends::Period& period) const;
  // The same, and what it counts is written down.
  Outcome<Agreed> settled(crypto::Series series, const trends::Period& period);
  Outcome<bool> append(const Agreed& on, std::uint32_t sequence, crypto::SecretBuffer content);
  Outcome<bool> journal(const Agreed& on, std::uint32_t sequence,
                        const crypto::ReleaseRecord& record);
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
