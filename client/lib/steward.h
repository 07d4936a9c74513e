// A steward's deeds at the beginning: founding a region, and enrolling a device. What she does
// later stands in renewal.h.
//
// Founding makes, in the directory `out`:
//
//   root.key, next-root.key   each: signing seed 32 under the root passphrase; to be kept offline
//   pin                       what every new client is given
//   founding                  what the operator gives the daemon: the first bundles and roster
//                             (founding_file.h)
//
// and, in the home, the steward's own coordinator device with the operations key, an epoch secret
// for each day, and the first vault.
#pragma once

#include "client/lib/steward_keys.h"

namespace meldpunt::client {

struct Founding {
  std::string region;       // its name
  std::string device_name;  // of the steward's own device
  crypto::Endpoints endpoints;
  crypto::VerifyKey<crypto::role::Daemon> daemon;
  crypto::CurveKey server;
  bool demonstration = false;
};

struct Passphrases {
  crypto::Bytes device;
  crypto::Bytes root;
  crypto::PassphraseCost cost;
};

// What `meldpuntd --make-keys` wrote as daemon.public: signing key 32 | connection key 32.
Outcome<void> read_daemon_public(crypto::Bytes file, Founding& founding);

Outcome<Home> found_region(const Founding& founding, const Path& home, const Path& out,
                           const Passphrases& passphrases, std::chrono::seconds now);

// What the steward has before the eyes when the five words are compared.
Outcome<crypto::Enrolment> read_enrolment(crypto::Bytes file, const crypto::Pin& pin);

struct Enrolled {
  std::uint32_t roster = 0;
  std::size_t grants = 0;  // secrets put into the device's box
  crypto::Day until = 0;
};

// Publishes a roster with the device, gives a coordinator's device the secrets, and journals it.
// May be repeated: a device that the roster has already only gets its secrets again. With the root
// key the device becomes a second steward's: it gets an operations key of its own, which that key
// certifies. The casework must be in sync; it is afterwards.
Outcome<Enrolled> enrol(Home& home, Casework& casework, StaffLine& line,
                        const crypto::Enrolment& enrolment, crypto::DeviceRole role,
                        const RootKey* second_steward, std::chrono::seconds now);

// Every secret that a coordinator's device needs; how many grants that were.
Outcome<std::size_t> give_all(const Casework& casework, StaffLine& line, const crypto::Device& to);

}  // namespace meldpunt::client
