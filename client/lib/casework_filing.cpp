// What duty and the stewards add to the journal: reports taken in, junk, and the keys that were
// issued.
#include <algorithm>
#include <filesystem>

#include "client/lib/case_bundles.h"
#include "client/lib/casework.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t longest_bundle_list = std::size_t{16} * 1024;
// A server that calls every slot erased must not keep a device asking for ever.
constexpr int erasures_of_a_thread_max = 64;

}  // namespace

// That case, or what came of its thread after each erasure.
Outcome<crypto::CaseId> Casework::living_case(crypto::CaseId subject) {
  for (int erasures = 0; erasures <= erasures_of_a_thread_max; ++erasures) {
    const auto key = keys_.key_or_new(subject, index_.find(subject) != nullptr);
    if (key) return subject;
    if (!keys_.is_erased(subject)) return pass_on(key.error());
    subject = crypto::case_after(subject, *home_.keyring().vault(1), region());
  }
  return problem(EX_UNAVAILABLE, "the server says that every case of this thread was erased");
}

// Slot, then journal. The index is the journal's up to the position that is written, and the
// server takes one event per position: so a report id is filed once, whoever else takes it in.
Outcome<Casework::Filed> Casework::take_in(crypto::OpenedReport opened,
                                           const crypto::Report& report) {
  const auto* first_vault = home_.keyring().vault(1);
  if (first_vault == nullptr) {
    return problem(EX_CONFIG,
                   "this device does not have the vault key yet: have the steward enrol it");
  }
  Filed filed;
  if (index_.knows(report.id)) return filed;

  const auto first_case = crypto::case_of(report.thread.id, *first_vault, region());
  crypto::TakenIn taken{std::move(opened), true};
  const auto appended = journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    if (index_.knows(report.id)) return std::nullopt;
    const auto subject = living_case(first_case);
    if (!subject) return pass_on(subject.error());
    filed.subject = *subject;
    const Case* known = index_.find(filed.subject);
    if (known == nullptr) {
      taken.continues = crypto::continues_thread(taken.report, report.thread.up_key);
    } else {
      const auto first = first_report(*known);
      if (!first) return pass_on(first.error());
      taken.continues = crypto::continues_thread(taken.report, first->thread.up_key);
    }
    return draft(crypto::EventKind::taken_in, filed.subject, crypto::encode(taken));
  });
  if (!appended) return pass_on(appended.error());
  filed.fresh = *appended;
  filed.continues = taken.continues;
  return filed;
}

Outcome<bool> Casework::file_junk(const crypto::Junk& junk) {
  return journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    if (index_.knows_junk(junk.envelope)) return std::nullopt;
    auto content = crypto::encode(junk);
    if (!content) return problem(EX_SOFTWARE, "junk", content.error());
    return Draft{crypto::EventKind::junk, {}, std::move(*content), std::nullopt};
  });
}

// A steward's home keeps the list of the bundles it issued until it is in the journal.
Outcome<void> Casework::announce_bundles() {
  const Path path = home_.path() / "bundles";
  const auto bytes = read_file(path, longest_bundle_list);
  if (!bytes && bytes.error().exit_code == EX_NOINPUT) return {};
  if (!bytes) return pass_on(bytes.error());
  const auto bundles = decode_bundles(*bytes);
  if (!bundles) return problem(EX_DATAERR, path.string(), bundles.error());
  const auto known = [&](const IssuedBundle& bundle) {
    const IssuedBundle* there = index_.bundle_of(bundle.day);
    return there != nullptr && there->hash == bundle.hash;
  };
  const auto appended = journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    if (std::ranges::all_of(*bundles, known)) return std::nullopt;
    auto content = encode(*bundles);
    if (!content) return problem(EX_DATAERR, path.string(), content.error());
    return Draft{crypto::EventKind::bundle, {}, std::move(*content), std::nullopt};
  });
  if (!appended) return pass_on(appended.error());
  std::error_code ignored;  // what is left there is found known the next time
  std::filesystem::remove(path, ignored);
  return {};
}

}  // namespace meldpunt::client
