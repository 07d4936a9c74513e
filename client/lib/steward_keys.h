// What a steward makes ahead: operations keys, and for each day a bundle with an epoch secret of
// its own.
//
// What is made is on the disk before anything of it leaves the device, so that a renewal that is
// killed can be finished:
//
//   keyring        the epoch secrets
//   renewal        the signed bundles, as a founding file (founding_file.h), until they are put
//   bundles        the hashes of bundles that were put, until they are journaled (case_bundles.h)
//   newest-bundle  the one with the highest day: what the next ones are made after
#pragma once

#include "client/lib/casework.h"
#include "client/lib/founding_file.h"

namespace meldpunt::client {

using RootKey = crypto::SigningKey<crypto::role::Root>;

// What the bundles of all days have in common.
struct BundleFrame {
  crypto::VerifyKey<crypto::role::Daemon> daemon;
  crypto::Endpoints endpoints;
  crypto::CurveKey server;
};

// Which of the pin's two root keys is meant.
enum class WhichRoot : std::uint8_t { present, next };
// EX_NOPERM when the passphrase does not open it, EX_DATAERR when it is another one.
Outcome<RootKey> open_root_key(crypto::Bytes file, crypto::Bytes passphrase, const crypto::Pin& pin,
                               WhichRoot which = WhichRoot::present);

// A new operations key for that device, certified for 26 weeks from `from` on.
[[nodiscard]] crypto::Appointment appoint(const crypto::DeviceId& steward, std::uint32_t serial,
                                          crypto::Day from, const crypto::RegionId& region,
                                          const RootKey& root);
// EX_NOPERM on a device that is no steward's; EX_CONFIG with what to do when it is over.
Outcome<crypto::OperationsCertificate> certificate_of(const Home& home);

// Higher than this steward's own: certificates are told apart by it.
[[nodiscard]] std::uint32_t next_serial(const Home& home);

[[nodiscard]] crypto::Epochs fresh_epochs(crypto::Day first, crypto::Day last);
[[nodiscard]] FoundingRecord sign_bundle_of(crypto::Day day, std::uint32_t generation,
                                            const crypto::SealingKey<crypto::role::Epoch>& team,
                                            const BundleFrame& frame,
                                            const Stewardship& stewardship, const crypto::Pin& pin);

// From now on sync() journals the bundles among these, until it has.
Outcome<void> keep_bundle_list(const Home& home, const std::vector<FoundingRecord>& records);

// The secrets to one device, through its box, sealed to the newest key that it has published.
// Returns how many grants that were.
Outcome<std::size_t> give_epochs(const Casework& casework, StaffLine& line,
                                 const crypto::Device& to, const crypto::Epochs& epochs);
Outcome<void> give(const Casework& casework, StaffLine& line, const crypto::Device& to,
                   const crypto::VaultSecret& vault);
Outcome<void> give(const Casework& casework, StaffLine& line, const crypto::Device& to,
                   const crypto::Appointment& appointment);
// Those that a new device needs: of every epoch that is not closed.
[[nodiscard]] crypto::Epochs held_epochs(const Keyring& keyring);

}  // namespace meldpunt::client
