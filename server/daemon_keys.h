// The daemon's two lasting secrets: the key that signs the digest, and its CURVE key. They are made
// on the server and never leave it; their public halves go to the steward, who puts them into the
// pin and the bundles.
//
//   daemon.keys:    "meldpunt/1 daemon keys" with its length 2 | signing seed 32 | CURVE secret 32
//   daemon.public:  signing key 32 | CURVE key 32
#pragma once

#include <filesystem>

#include "crypto/keys.h"

namespace meldpunt::server {

struct DaemonKeys {
  crypto::SigningKey<crypto::role::Daemon> signing;
  crypto::CurveSecret curve;
};

// Writes both files (daemon.keys with mode 0600) and returns nothing secret. Throws
// std::runtime_error with a sentence; never overwrites.
void make_daemon_keys(const std::filesystem::path& directory);

// Throws std::runtime_error with a sentence: missing, damaged, or readable by others.
DaemonKeys read_daemon_keys(const std::filesystem::path& file);

}  // namespace meldpunt::server
