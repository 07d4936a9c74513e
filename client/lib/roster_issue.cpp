#include "client/lib/roster_issue.h"

#include <algorithm>

#include "client/lib/case_bundles.h"

namespace meldpunt::client {

namespace {

Outcome<crypto::Buffer> sign(const Home& home, const crypto::Roster& roster) {
  const auto certificate = certificate_of(home);
  if (!certificate) return pass_on(certificate.error());
  if (crypto::day_of(roster.issued) > certificate->until) {
    return problem(EX_CONFIG,
                   "this steward's operations key has ended: fetch the root key, and run 'steward "
                   "renew --root-key FILE' first");
  }
  const auto& stewardship = *home.keyring().stewardship;
  crypto::Buffer bytes = crypto::sign_roster(roster, home.pin().region, stewardship.certificate,
                                             stewardship.operations);
  const auto valid = crypto::verify_roster(bytes, home.pin());
  if (!valid) return problem(EX_DATAERR, "the new roster", valid.error());
  return bytes;
}

}  // namespace

Outcome<void> publish_roster(StaffLine& line, std::uint32_t number, crypto::Bytes signed_roster) {
  const auto records = roster_records(number, signed_roster);
  if (!records) return pass_on(records.error());
  for (const FoundingRecord& record : *records) {
    const auto response = line.ask(
        crypto::Put{crypto::MailboxKind::roster, {}, record.position, 0, {}, record.bytes});
    if (!response) return pass_on(response.error());
    if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
      return unexpected_status("publish a roster", response->status);
    }
  }
  return {};
}

crypto::Day lifetime(crypto::DeviceRole role) {
  switch (role) {
    case crypto::DeviceRole::coordinator:
    case crypto::DeviceRole::approver:
      return crypto::coordinator_days;
    case crypto::DeviceRole::partner:
    case crypto::DeviceRole::receiver:
    case crypto::DeviceRole::forwarder:
      break;
  }
  return crypto::partner_days;
}

Outcome<void> issue_roster(Home& home, Casework& casework, StaffLine& line,
                           const std::function<bool(crypto::Roster&)>& change,
                           std::chrono::seconds now) {
  const RosterHistory& rosters = casework.rosters();
  if (rosters.empty()) return problem(EX_PROTOCOL, "the server has no roster: tell the operator");
  crypto::Roster roster = rosters.newest();
  if (!change(roster)) return {};
  roster.previous = rosters.newest_hash();
  ++roster.number;
  roster.issued = std::max(hour_of(now), roster.issued);
  const auto bytes = sign(home, roster);
  if (!bytes) return pass_on(bytes.error());
  const crypto::Hash hash = crypto::hash_of_roster(*bytes);
  const auto kept =
      write_durably(home.path() / "issued-roster", encode_roster_event(roster.number, hash).view());
  if (!kept) return pass_on(kept.error());
  if (const auto done = publish_roster(line, roster.number, *bytes); !done) {
    return pass_on(done.error());
  }
  if (const auto synced = casework.sync(); !synced) return pass_on(synced.error());
  if (rosters.newest_hash() != hash) {
    return problem(EX_TEMPFAIL, "another steward was first: run the command again");
  }
  return {};
}

}  // namespace meldpunt::client
