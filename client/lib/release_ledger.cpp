#include "client/lib/release_ledger.h"

#include <algorithm>

namespace meldpunt::client {

namespace {

bool is_kept(const crypto::ReleaseReceipt& receipt) {
  return receipt.outcome == crypto::ReceiptOutcome::kept ||
         receipt.outcome == crypto::ReceiptOutcome::kept_with_gap;
}

// Days that are no calendar period have no cadence: they are like those of every one.
bool of_one_cadence(const trends::Period& one, const trends::Period& other) {
  const auto first = trends::cadence_of(one);
  const auto second = trends::cadence_of(other);
  return !first || !second || *first == *second;
}

bool collide(const trends::Period& one, const trends::Period& other) {
  return of_one_cadence(one, other) && one.overlaps(other);
}

}  // namespace

bool ReleaseLedger::take(crypto::Bytes content, const crypto::EventHead& head,
                         const crypto::RegionId& region) {
  auto event = crypto::decode_release_event(content);
  if (!event) return false;
  if (auto* part = std::get_if<crypto::Part>(&*event)) {
    parts_[part->manifest].push_back(std::move(*part));
  } else if (const auto* last = std::get_if<crypto::ReleaseManifest>(&*event)) {
    read(*last, region);
  } else if (auto* proposal = std::get_if<crypto::ReleaseProposal>(&*event)) {
    // The first signature is the event's own: nobody proposes in another's name.
    if (proposal->device == head.device) propose(std::move(*proposal));
  } else if (const auto* second = std::get_if<crypto::ReleaseSecond>(&*event)) {
    auto* to = standing(second->proposal);
    if (to != nullptr) to->seconds.emplace_back(*second, head.hour);
  } else if (auto* refusal = std::get_if<crypto::ReleaseRefusal>(&*event)) {
    auto* of = standing(refusal->proposal);
    if (of != nullptr) of->refused = std::move(*refusal);
  }
  return true;
}

// The same once more, in the same hour: it begins anew.
void ReleaseLedger::propose(crypto::ReleaseProposal proposal) {
  const auto statement = crypto::proposal_statement(proposal);
  if (!statement) return;
  const crypto::Hash id = crypto::hash_of_proposal(*statement);
  std::erase_if(proposals_, [&](const ProposedRelease& known) { return known.id == id; });
  proposals_.push_back({id, std::move(proposal)});
}

ProposedRelease* ReleaseLedger::standing(const crypto::Hash& proposal) {
  const auto found = std::ranges::find(proposals_, proposal, &ProposedRelease::id);
  return found == proposals_.end() || found->refused ? nullptr : &*found;
}

const ProposedRelease* ReleaseLedger::newest(crypto::Series series,
                                             const trends::Period& period) const {
  const auto found = std::find_if(proposals_.rbegin(), proposals_.rend(), [&](const auto& known) {
    return known.proposal.series == series && known.period() == period;
  });
  return found == proposals_.rend() ? nullptr : &*found;
}

// What does not come together is no release, as if its writer had been killed in between.
void ReleaseLedger::read(const crypto::ReleaseManifest& last, const crypto::RegionId& region) {
  const auto waiting = parts_.extract(crypto::hash_of_manifest(last.manifest));
  if (waiting.empty()) return;
  crypto::Assembly assembly(last.manifest);
  for (const crypto::Part& part : waiting.mapped()) {
    if (!assembly.add(part)) return;
  }
  const auto whole = assembly.whole();
  if (!whole) return;
  if (const auto record = crypto::open_record(whole->view(), last.key, region)) {
    add(*record, region);
  }
}

// The first of a period stands: one that comes after it was appended by a device that had not read
// the journal, which compare-and-swap prevents, and it is as if it had not been written.
void ReleaseLedger::add(const crypto::ReleaseRecord& record, const crypto::RegionId& region) {
  const auto release = crypto::decode_release(record.release);
  if (!release) return;
  const crypto::ReleaseHead& head = release->head;
  if (overlapping(head.series, {head.first, head.last}) != nullptr) return;
  const trends::Charge charge{record.rho, record.pure};
  const trends::Period period{head.first, head.last};
  const auto own = trends::cadence_of(period);
  for (const auto cadence :
       {trends::Cadence::month, trends::Cadence::quarter, trends::Cadence::year}) {
    if (own && *own != cadence) continue;
    counted_[{head.series, cadence}].insert(record.counted.begin(), record.counted.end());
  }
  for (const crypto::CaseId& subject : record.counted) paid_[subject] += charge;
  const ProposedRelease* by = newest(head.series, period);
  releases_.push_back({crypto::hash_of_release(record.release, region), head, record.release,
                       record.hour, charge, record.counted.size(),
                       by == nullptr ? std::string() : by->proposal.terms});
}

void ReleaseLedger::take(Acknowledged receipt) {
  const bool known = std::ranges::any_of(receipts_, [&](const Acknowledged& other) {
    return other.receipt == receipt.receipt && other.receiver == receipt.receiver;
  });
  if (!known) receipts_.push_back(std::move(receipt));
}

const JournaledRelease* ReleaseLedger::of(crypto::Series series,
                                          const trends::Period& period) const {
  const auto found = std::ranges::find_if(releases_, [&](const JournaledRelease& release) {
    return release.head.series == series && release.period() == period;
  });
  return found == releases_.end() ? nullptr : &*found;
}

const JournaledRelease* ReleaseLedger::overlapping(crypto::Series series,
                                                   const trends::Period& period) const {
  const auto found = std::ranges::find_if(releases_, [&](const JournaledRelease& release) {
    return release.head.series == series && collide(release.period(), period);
  });
  return found == releases_.end() ? nullptr : &*found;
}

const crypto::ReleaseReceipt* ReleaseLedger::lost(crypto::Series series,
                                                  const trends::Period& period) const {
  const auto found = std::ranges::find_if(receipts_, [&](const Acknowledged& said) {
    const auto& head = said.receipt.head;
    return is_kept(said.receipt) && head.series == series &&
           collide({head.first, head.last}, period) &&
           std::ranges::find(releases_, said.receipt.release, &JournaledRelease::hash) ==
               releases_.end();
  });
  return found == receipts_.end() ? nullptr : &found->receipt;
}

std::vector<crypto::ReleaseReceipt> ReleaseLedger::all_lost() const {
  std::vector<crypto::ReleaseReceipt> found;
  for (const Acknowledged& said : receipts_) {
    const auto& head = said.receipt.head;
    if (lost(head.series, {head.first, head.last}) == &said.receipt) found.push_back(said.receipt);
  }
  return found;
}

std::uint32_t ReleaseLedger::next_sequence() const {
  std::uint32_t highest = 0;
  for (const auto& release : releases_) highest = std::max(highest, release.head.sequence);
  for (const auto& said : receipts_) highest = std::max(highest, said.receipt.head.sequence);
  return highest + 1;
}

std::set<crypto::CaseId> ReleaseLedger::counted(crypto::Series series,
                                                trends::Cadence cadence) const {
  const auto found = counted_.find({series, cadence});
  return found == counted_.end() ? std::set<crypto::CaseId>() : found->second;
}

const ProposedRelease* ReleaseLedger::proposed(crypto::Series series,
                                               const trends::Period& period) const {
  return overlapping(series, period) != nullptr ? nullptr : newest(series, period);
}

const ProposedRelease* ReleaseLedger::proposed(const crypto::Hash& id) const {
  const auto found = std::ranges::find(proposals_, id, &ProposedRelease::id);
  return found == proposals_.end() ? nullptr : &*found;
}

std::vector<const ProposedRelease*> ReleaseLedger::all_proposed() const {
  std::vector<const ProposedRelease*> found;
  for (const ProposedRelease& each : proposals_) {
    if (!each.refused && proposed(each.proposal.series, each.period()) == &each) {
      found.push_back(&each);
    }
  }
  return found;
}

std::vector<Acknowledged> ReleaseLedger::receipts_of(const crypto::Hash& release) const {
  std::vector<Acknowledged> found;
  std::ranges::copy_if(receipts_, std::back_inserter(found),
                       [&](const Acknowledged& said) { return said.receipt.release == release; });
  return found;
}

bool ReleaseLedger::arrived(const crypto::Hash& release) const {
  return std::ranges::any_of(receipts_of(release),
                             [](const Acknowledged& said) { return is_kept(said.receipt); });
}

}  // namespace meldpunt::client
