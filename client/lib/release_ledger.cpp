#include "client/lib/release_ledger.h"

#include <algorithm>

namespace meldpunt::client {

namespace {

bool is_kept(const crypto::ReleaseReceipt& receipt) {
  return receipt.outcome == crypto::ReceiptOutcome::kept ||
         receipt.outcome == crypto::ReceiptOutcome::kept_with_gap;
}

}  // namespace

bool ReleaseLedger::take(crypto::Bytes content, const crypto::RegionId& region) {
  auto event = crypto::decode_release_event(content);
  if (!event) return false;
  if (auto* part = std::get_if<crypto::Part>(&*event)) {
    parts_[part->manifest].push_back(std::move(*part));
    return true;
  }
  read(std::get<crypto::ReleaseManifest>(*event), region);
  return true;
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
  const trends::Billionths rho =
      trends::rho_of(record.tables, {record.epsilon_numerator, record.epsilon_denominator});
  for (const crypto::CaseId& subject : record.counted) {
    spent_[subject] += rho;
    counted_.emplace(head.series, subject);
  }
  releases_.push_back({crypto::hash_of_release(record.release, region), head, record.release,
                       record.hour, rho, record.counted.size()});
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
    return release.head.series == series && release.period().overlaps(period);
  });
  return found == releases_.end() ? nullptr : &*found;
}

const crypto::ReleaseReceipt* ReleaseLedger::lost(crypto::Series series,
                                                  const trends::Period& period) const {
  const auto found = std::ranges::find_if(receipts_, [&](const Acknowledged& said) {
    const auto& head = said.receipt.head;
    return is_kept(said.receipt) && head.series == series &&
           trends::Period{head.first, head.last}.overlaps(period) &&
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

bool ReleaseLedger::counted(crypto::Series series, const crypto::CaseId& subject) const {
  return counted_.contains({series, subject});
}

trends::Billionths ReleaseLedger::spent(const crypto::CaseId& subject) const {
  const auto found = spent_.find(subject);
  return found == spent_.end() ? 0 : found->second;
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
