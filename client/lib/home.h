// A device's directory: its keys, what it was given, and its copies of what the server keeps.
//
//   device.key   under the passphrase (crypto/key_file.h): master key 32 | device id 16
//   keyring      nonce 24 | keyring (keyring.h) with tag, under the master key; what it replaces is
//                overwritten
//   pin          the region's pin
//   enrolment    what the steward needs to enrol this device
//   journal      the events as they came, each with its length 4 before it
//   opened       what was read of the journal, shortened, under the master key (opened_copy.h)
//   slots        case ids and their wrapped keys, as they came
//   rosters      every roster of the region, as they came
//   state        what this device has last seen and done
//   outbox       what was written and is not in the journal yet, sealed (outbox.h)
//   personal-notes  what its owner noted for herself, sealed (personal_notes.h)
//   renewal, issued-roster, bundles, newest-bundle   a steward's: what is not finished yet, and the
//                                                    newest bundle of all (steward_keys.h)
//
// Nothing is ever half-written (file.h), and one file never depends on a second that is not there.
#pragma once

#include <functional>
#include <string>

#include "client/lib/file.h"
#include "client/lib/keyring.h"
#include "crypto/key_file.h"

namespace meldpunt::client {

struct DeviceKeys {
  crypto::SymmetricKey master;
  crypto::DeviceId id;
  crypto::SigningKey<crypto::role::Device> signing;
  crypto::OpeningKey<crypto::role::Device> opening;  // the newest that others may seal to
  crypto::CurveSecret curve;

  [[nodiscard]] static DeviceKeys generate();
  // The device as a roster would list it; role and validity are the steward's to set.
  [[nodiscard]] crypto::Device device(const std::string& name) const;
};

inline constexpr std::size_t longest_pin = 4096;  // in bytes

class Home {
 public:
  // A new device of the region. EX_CANTCREAT when the directory holds one already.
  static Outcome<Home> make(const Path& path, crypto::Bytes pin, const std::string& name,
                            crypto::Bytes passphrase, crypto::PassphraseCost cost = {});
  // EX_NOPERM for a wrong passphrase, EX_NOINPUT when no device is there.
  static Outcome<Home> open(const Path& path, crypto::Bytes passphrase);
  // Only that it is the right one; the same failures, and the same cost on purpose.
  static Outcome<void> check_passphrase(const Path& path, crypto::Bytes passphrase);

  [[nodiscard]] const Path& path() const { return path_; }
  [[nodiscard]] const crypto::Pin& pin() const { return pin_; }
  [[nodiscard]] const DeviceKeys& keys() const { return keys_; }
  [[nodiscard]] const Keyring& keyring() const { return keyring_; }

  // Reads the keyring anew under a lock, changes it, and returns when it is on the disk. The
  // change tells whether there is anything to write.
  Outcome<void> change_keyring(const std::function<bool(Keyring&)>& change);

  // Keeps the pin that follows the present one. EX_DATAERR when this one does not.
  Outcome<void> follow_pin(crypto::Bytes signed_pin);

  // ---- a device's new keys, while no roster lists them yet

  // Made if there are none; on the disk when it returns.
  Outcome<void> make_successor();
  // For this process only: they may be what the server knows by now. False when there are none.
  bool try_successor();
  // The present ones again.
  void take_own_keys();
  // When the roster lists the new keys, they take the place of the present ones, which go.
  Outcome<void> settle_successor(const crypto::Roster& roster, crypto::Day today);

 private:
  Home(Path path, crypto::Pin pin, DeviceKeys keys)
      : path_(std::move(path)), pin_(std::move(pin)), keys_(std::move(keys)) {}

  Outcome<void> read_keyring();
  Outcome<void> write_keyring() const;

  Path path_;
  crypto::Pin pin_;
  DeviceKeys keys_;
  Keyring keyring_;
};

}  // namespace meldpunt::client
