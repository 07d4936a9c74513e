// The recovery code on paper, from its making to the day on which it is needed.
//
// At founding the steward is shown eleven words. From them a key pair is derived; its public half,
// signed by the root, lies in each coordinator's home and on the server, and the newest vault with
// the living epochs is sealed to it there (crypto/recovery.h). On the day on which every device is
// lost, the paper, the root key file and the pin make a new device that reads everything again:
//
//   1. `recover_home`, without the server: the new device, an operations certificate, and a file
//      `recovery` for the operator: the next roster, in which the new device is and the lost one is
//      not, in the form of a founding file. It needs the rosters and bundles that the operator
//      writes with `meldpuntd --write-authority`.
//   2. the operator starts the daemon with that file.
//   3. `recover_secrets`, through the server: the slot is read, and the keyring filled.
//   4. the vault is renewed and bundles are issued anew, because the lost device had the old ones.
//
// In a home: `recovery`: certificate 1284 | hash of the secrets that were sealed last 32.
#pragma once

#include "client/lib/casework.h"
#include "crypto/recovery.h"

namespace meldpunt::client {

struct Paper {
  crypto::PaperCode code;
  crypto::Buffer certificate;
};

// A new paper. `serial`: higher than any before. The cost is for tests alone.
Outcome<Paper> make_paper(const crypto::SigningKey<crypto::role::Root>& root,
                          const crypto::RegionId& region, std::uint32_t serial,
                          crypto::PassphraseCost cost = {});
// Of the newest paper that the home knows of; 0: of none.
Outcome<std::uint32_t> paper_serial(const Home& home);
// True when the root that signed the home's paper has been replaced: nothing is sealed to it again.
[[nodiscard]] bool paper_is_outdated(const Home& home);
// The home keeps the certificate; its next sync seals to it.
Outcome<void> keep_certificate(const Home& home, crypto::Bytes certificate);

// Seals this device's vaults and epochs to the paper and puts them on the server. To be called by
// whoever has made a vault or an epoch, after it was granted to the other devices and before it is
// used. Does nothing in a region that has no paper of the present root. The casework's box is
// collected on the way, so that what another device has just made is not left out.
Outcome<void> keep_recovery(const Home& home, Casework& casework, StaffLine& line);
// The same when the secrets are others than this device sealed last: each sync asks. Asks the
// server nothing when they are not.
Outcome<void> keep_recovery_if_changed(const Home& home, Casework& casework, StaffLine& line);

struct Recovery {
  crypto::Bytes pin;
  crypto::Bytes authority;  // what `meldpuntd --write-authority` wrote
  std::string device_name;
  std::vector<std::string> lost;  // names of the devices to leave out; empty: all coordinators'
};

// What the operator's file says, verified under the pin.
struct Authority {
  std::vector<crypto::Roster> rosters;
  crypto::Hash newest_hash;
  std::uint32_t serial = 0;  // the highest of an operations certificate
};
Outcome<Authority> read_authority(crypto::Bytes file, const crypto::Pin& pin);

// Step 1. Writes out/recovery. EX_DATAERR when the root key is not the pin's.
Outcome<Home> recover_home(const Recovery& recovery,
                           const crypto::SigningKey<crypto::role::Root>& root, const Path& home,
                           const Path& out, crypto::Bytes passphrase, std::chrono::seconds now,
                           crypto::PassphraseCost cost = {});

struct Recovered {
  std::size_t vaults = 0;
  std::size_t epochs = 0;
  crypto::Hour as_of = 0;  // when it was sealed
};

// Step 3. EX_NOINPUT when the server has no such slot, EX_DATAERR for another paper's words.
Outcome<Recovered> recover_secrets(Home& home, Casework& casework, StaffLine& line,
                                   const crypto::PaperCode& code, crypto::PassphraseCost cost = {});

}  // namespace meldpunt::client
