// A region whose every key comes from a fixed seed: pin, certificate, bundle and roster that pass,
// for tests to change one thing at a time. The same values stand in the vectors.
#pragma once

#include <algorithm>
#include <string_view>

#include "crypto/hierarchy.h"

namespace meldpunt::crypto::test {

inline constexpr Day today = 20000;
inline constexpr Hour this_hour = today * 24 + 9;

template <std::size_t N>
Block<N> filled(std::uint8_t byte) {
  Block<N> block{};
  block.fill(byte);
  return block;
}

template <class FixedId>
FixedId id_of(std::uint8_t byte) {
  FixedId id;
  std::fill(id.fill().begin(), id.fill().end(), byte);
  return id;
}

template <class Role>
SigningKey<Role> signing_key(std::uint8_t seed) {
  return SigningKey<Role>::from_seed(filled<32>(seed));
}

template <class Role>
OpeningKey<Role> opening_key(std::uint8_t seed) {
  return OpeningKey<Role>::from_secret(filled<32>(seed));
}

// One device with its three key pairs.
struct FixedDevice {
  explicit FixedDevice(std::uint8_t seed, DeviceRole role, std::string_view name)
      : signing(signing_key<role::Device>(seed)),
        opening(opening_key<role::Device>(seed)),
        curve(CurveSecret::from_secret(filled<32>(seed))) {
    entry.id = id_of<DeviceId>(seed);
    entry.role = role;
    entry.name = name;
    entry.signing = signing.public_key();
    entry.sealing = opening.public_key();
    entry.curve = curve.public_key();
    entry.from = today - 7;
    entry.until = today + 28;
  }

  SigningKey<role::Device> signing;
  OpeningKey<role::Device> opening;
  CurveSecret curve;
  Device entry;
};

struct FixedRegion {
  explicit FixedRegion(std::string_view name = "IJsselland") {
    pin.demonstration = true;
    pin.name = name;
    pin.first_root = root.public_key();
    pin.founding_random = id_of<Hash>(0x33);
    pin.root = root.public_key();
    pin.next_root = next_root.public_key();
    pin.endpoints = {"tcp://127.0.0.1:7400", "tcp://127.0.0.1:7401"};
    pin.server = CurveSecret::from_secret(filled<32>(0x44)).public_key();
    pin.region = found_region(pin);
    id = pin.region;

    certificate = {operations.public_key(), steward.entry.id, 1, today - 14, today + 14};
    bundle = {today,
              1,
              epoch_of(team.public_key()),
              team.public_key(),
              daemon.public_key(),
              pin.endpoints,
              pin.server};
    steward.entry.steward = true;
    roster.issued = this_hour;
    roster.devices = {steward.entry, deputy.entry, partner.entry};
  }

  [[nodiscard]] Buffer signed_pin() const { return sign_pin(pin, root); }
  [[nodiscard]] Buffer signed_certificate() const {
    return sign_certificate(certificate, id, root);
  }
  [[nodiscard]] Buffer signed_bundle() const {
    return sign_bundle(bundle, id, signed_certificate(), operations);
  }
  [[nodiscard]] Buffer signed_roster() const {
    return sign_roster(roster, id, signed_certificate(), operations);
  }

  SigningKey<role::Root> root = signing_key<role::Root>(0x01);
  SigningKey<role::Root> next_root = signing_key<role::Root>(0x02);
  SigningKey<role::Operations> operations = signing_key<role::Operations>(0x03);
  SigningKey<role::Daemon> daemon = signing_key<role::Daemon>(0x04);
  OpeningKey<role::Epoch> team = opening_key<role::Epoch>(0x05);
  OpeningKey<role::Request> request = opening_key<role::Request>(0x06);
  FixedDevice steward{0x11, DeviceRole::coordinator, "steward"};
  FixedDevice deputy{0x12, DeviceRole::coordinator, "deputy"};
  FixedDevice partner{0x13, DeviceRole::partner, "shelter"};

  Pin pin;
  RegionId id;
  OperationsCertificate certificate;
  Bundle bundle;
  Roster roster;
};

// Whose bytes they are is the caller's to say; every bit of `at` is turned.
inline Buffer flipped(Bytes bytes, std::size_t at, std::uint8_t bits = 1) {
  Buffer damaged(bytes.begin(), bytes.end());
  damaged.at(at) ^= bits;
  return damaged;
}

}  // namespace meldpunt::crypto::test
