#include "client/lib/second_release.h"

#include <algorithm>

#include "client/lib/countersigning.h"
#include "client/lib/release_terms.h"

namespace meldpunt::client {

namespace {

using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;

// Of a proposal that was read, or is about to be written: it can be.
crypto::Buffer statement_of(const crypto::ReleaseProposal& proposal) {
  const auto statement = crypto::proposal_statement(proposal);
  return statement ? *statement : crypto::Buffer();
}

template <class Event>
Outcome<void> file(Casework& casework, const crypto::Hash& id, const Event& event) {
  const auto done = casework.append(crypto::EventKind::release, {}, [&]() -> Outcome<Content> {
    const auto waiting = releases_that_wait(casework);
    if (std::ranges::find(waiting, id, &ProposedRelease::id) == waiting.end()) {
      return Content{};
    }
    return Content{crypto::encode(event)};
  });
  if (!done) return pass_on(done.error());
  return {};
}

}  // namespace

crypto::Block<16> short_id_of(const crypto::ReleaseProposal& proposal) {
  crypto::Block<16> id{};
  crypto::copy_bytes(crypto::hash_of_proposal(statement_of(proposal)).view().first(id.size()), id);
  return id;
}

Outcome<crypto::Signature> sign_release(const Home& home, const crypto::ReleaseProposal& proposal) {
  if (const auto plan = plan_of(proposal); !plan) return pass_on(plan.error());
  return home.keys().signing.sign(crypto::release_label, home.pin().region, statement_of(proposal));
}

bool release_signed_by(const RosterHistory& rosters, const crypto::ReleaseProposal& proposal,
                       const crypto::Countersignature& by, crypto::Hour journaled,
                       const crypto::RegionId& region) {
  return by.device != proposal.device &&
         signed_when_it_could(rosters, journaled, by, crypto::release_label, region,
                              statement_of(proposal));
}

const crypto::ReleaseSecond* second_of(const Casework& casework, const ProposedRelease& proposed) {
  const auto& region = casework.home().pin().region;
  for (const auto& [second, journaled] : proposed.seconds) {
    if (release_signed_by(casework.rosters(), proposed.proposal, {second.device, second.signature},
                          journaled, region)) {
      return &second;
    }
  }
  return nullptr;
}

std::vector<ProposedRelease> releases_that_wait(const Casework& casework) {
  std::vector<ProposedRelease> waiting;
  for (const ProposedRelease* each : casework.releases().all_proposed()) {
    if (second_of(casework, *each) == nullptr) waiting.push_back(*each);
  }
  return waiting;
}

std::optional<ProposedRelease> release_that_waits(const Casework& casework,
                                                  const crypto::Block<16>& id) {
  for (ProposedRelease& each : releases_that_wait(casework)) {
    if (short_id_of(each.proposal) == id) return std::move(each);
  }
  return std::nullopt;
}

Outcome<void> file_release_signature(Casework& casework, const ProposedRelease& proposed,
                                     const crypto::DeviceId& by,
                                     const crypto::Signature& signature) {
  return file(casework, proposed.id, crypto::ReleaseSecond{proposed.id, by, signature});
}

Outcome<void> file_release_refusal(Casework& casework, const ProposedRelease& proposed,
                                   const crypto::DeviceId& by, const std::string& reason) {
  return file(casework, proposed.id, crypto::ReleaseRefusal{proposed.id, by, reason});
}

}  // namespace meldpunt::client
