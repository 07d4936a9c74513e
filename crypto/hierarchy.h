// Who may speak for a region: pin, operations certificate, bundle, roster (docs/protocol.md,
// "Keys").
//
//   pin          the only thing a new client is given; names the region and its root keys
//   certificate  root -> operations key of a steward, at most 26 weeks
//   bundle       operations key -> one day's team key and the daemon's keys
//   roster       operations key -> every device with its keys and validity; staff only
//
// Every object is: body | Ed25519 signature over hash(label, region, body). What a verify function
// returns has been checked; there is no other way to read one. Days and hours count from 1970, UTC.
#pragma once

#include <string>
#include <vector>

#include "crypto/keys.h"

namespace meldpunt::crypto {

using Day = std::uint32_t;
using Hour = std::uint32_t;

inline constexpr Day operations_days = 26 * 7;
inline constexpr Day coordinator_days = 8 * 7;
inline constexpr Day partner_days = 26 * 7;
inline constexpr Day bundle_days_ahead = 35;
inline constexpr std::size_t name_max = 64;
inline constexpr std::size_t endpoint_max = 255;
inline constexpr std::size_t roster_max_devices = 512;
inline constexpr std::size_t earlier_roots_max = 16;

constexpr Day day_of(Hour hour) { return hour / 24; }

struct Endpoints {
  std::string reporters;  // ZeroMQ endpoint, for example "tcp://127.0.0.1:7400"
  std::string staff;
  friend bool operator==(const Endpoints&, const Endpoints&) = default;
};

// A root key that was replaced: what it certified ends with it, and stays true of the days before.
struct EarlierRoot {
  VerifyKey<role::Root> key;
  Day until = 0;  // last day
  friend bool operator==(const EarlierRoot&, const EarlierRoot&) = default;
};

struct Pin {
  std::uint32_t number = 1;  // the founding pin is 1
  bool demonstration = false;
  std::string name;  // of the region
  VerifyKey<role::Root> first_root;
  Hash founding_random;  // with name and first root it makes the region id
  VerifyKey<role::Root> root;
  VerifyKey<role::Root> next_root;
  std::vector<EarlierRoot> earlier_roots;  // oldest first, their days ascending
  Endpoints endpoints;
  CurveKey server;

  // BLAKE2b-256 over the founding name, first root key and 32 random bytes; never changes.
  RegionId region;
};

// Fills in pin.region, which must be founded once and then kept.
[[nodiscard]] RegionId found_region(const Pin& founding);

[[nodiscard]] Buffer sign_pin(const Pin& pin, const SigningKey<role::Root>& root);
// A pin that the person at the keyboard trusts: a founding pin must be signed by its own root.
// A later one is an anchor by itself; follow_pin() checks it against the one before.
Result<Pin> trust_pin(Bytes bytes);
// The successor of `before`: same region, the next number, signed by one of its root keys. Its root
// is that of `before`, or its next root, and then the replaced one is the last of the earlier
// roots: malformed when not.
Result<Pin> follow_pin(Bytes bytes, const Pin& before);

struct OperationsCertificate {
  VerifyKey<role::Operations> key;
  DeviceId steward;
  std::uint32_t serial = 0;
  Day from = 0;
  Day until = 0;  // last day; at most operations_days after from
};

inline constexpr std::size_t certificate_size =
    verify_key_size + DeviceId::size + 4 + 4 + 4 + signature_size;

[[nodiscard]] Buffer sign_certificate(const OperationsCertificate& certificate,
                                      const RegionId& region, const SigningKey<role::Root>& root);
// One by an earlier root ends no later than that root did; expired when it began after it.
Result<OperationsCertificate> verify_certificate(Bytes bytes, const Pin& pin);

struct Bundle {
  Day day = 0;
  std::uint32_t generation = 0;  // a bundle issued again for its day has a higher one
  EpochId epoch;
  SealingKey<role::Epoch> team;
  VerifyKey<role::Daemon> daemon;
  Endpoints endpoints;
  CurveKey server;
};

// The first four bytes of the key's hash: whoever has the key has the name.
[[nodiscard]] EpochId epoch_of(const SealingKey<role::Epoch>& team);

[[nodiscard]] Buffer sign_bundle(const Bundle& bundle, const RegionId& region, Bytes certificate,
                                 const SigningKey<role::Operations>& operations);
// expired or not_yet_valid when the certificate does not cover the bundle's day.
Result<Bundle> verify_bundle(Bytes bytes, const Pin& pin);

// Values are signed: never reused or renumbered.
enum class DeviceRole : std::uint8_t {
  coordinator = 1,
  approver = 2,
  partner = 3,
  receiver = 4,
  forwarder = 5,  // the small process that carries releases to the receiver
};
inline constexpr std::uint8_t device_roles = 5;

struct Device {
  DeviceId id;
  DeviceRole role = DeviceRole::coordinator;
  bool steward = false;
  std::string name;
  VerifyKey<role::Device> signing;
  SealingKey<role::Device> sealing;
  CurveKey curve;
  Day from = 0;
  Day until = 0;  // last day

  [[nodiscard]] bool valid_on(Day day) const { return from <= day && day <= until; }
};

struct Roster {
  std::uint32_t number = 1;
  Hour issued = 0;
  Hash previous;  // hash of the roster before; zero for the first
  std::vector<Device> devices;

  [[nodiscard]] const Device* find(const DeviceId& id) const;
  [[nodiscard]] const Device* find(const CurveKey& curve) const;
};

[[nodiscard]] Hash hash_of_roster(Bytes signed_roster);
[[nodiscard]] Buffer sign_roster(const Roster& roster, const RegionId& region, Bytes certificate,
                                 const SigningKey<role::Operations>& operations);
// The certificate must cover the day of issue: validity is judged at signing time.
Result<Roster> verify_roster(Bytes bytes, const Pin& pin);

// What a device that wants to be enrolled hands to the steward, in person.
struct Enrolment {
  Device device;  // role, steward and validity are the steward's to set
};
[[nodiscard]] Buffer sign_enrolment(const Device& device, const RegionId& region,
                                    const SigningKey<role::Device>& key);
Result<Enrolment> verify_enrolment(Bytes bytes, const RegionId& region);

}  // namespace meldpunt::crypto
