// A region with its keys, for tests: pin, today's bundle, and notices signed by its daemon.
#pragma once

#include "crypto/hierarchy.h"
#include "crypto/wire/notice.h"

namespace meldpunt::client::testing {

inline constexpr std::uint64_t test_time = 1'790'000'000;  // a moment in 2026
inline constexpr crypto::Day test_day = static_cast<crypto::Day>(test_time / 86400);

struct Region {
  crypto::SigningKey<crypto::role::Root> root = crypto::SigningKey<crypto::role::Root>::generate();
  crypto::SigningKey<crypto::role::Operations> operations =
      crypto::SigningKey<crypto::role::Operations>::generate();
  crypto::SigningKey<crypto::role::Daemon> daemon =
      crypto::SigningKey<crypto::role::Daemon>::generate();
  crypto::OpeningKey<crypto::role::Epoch> team =
      crypto::OpeningKey<crypto::role::Epoch>::generate();
  crypto::CurveSecret curve = crypto::CurveSecret::generate();
  crypto::Pin pin = make_pin();
  std::uint32_t bundle_generation = 1;

  [[nodiscard]] crypto::Buffer bundle(crypto::Day day) const {
    crypto::OperationsCertificate certificate;
    certificate.key = operations.public_key();
    certificate.serial = 1;
    certificate.from = day > 30 ? day - 30 : 0;
    certificate.until = day + 30;
    crypto::Bundle bundle;
    bundle.day = day;
    bundle.generation = bundle_generation;
    bundle.team = team.public_key();
    bundle.epoch = crypto::epoch_of(bundle.team);
    bundle.daemon = daemon.public_key();
    bundle.endpoints = pin.endpoints;
    bundle.server = pin.server;
    return crypto::sign_bundle(bundle, pin.region,
                               crypto::sign_certificate(certificate, pin.region, root), operations);
  }

  [[nodiscard]] crypto::Frame notice(const crypto::Digest& digest) const {
    const auto day = static_cast<crypto::Day>(digest.time / 86400);
    return crypto::sign_notice(bundle(day), digest, pin.region, daemon).value();
  }

 private:
  [[nodiscard]] crypto::Pin make_pin() const {
    crypto::Pin made;
    made.demonstration = true;
    made.name = "Testland";
    made.first_root = made.root = root.public_key();
    made.next_root = crypto::SigningKey<crypto::role::Root>::generate().public_key();
    made.founding_random = crypto::random_id<crypto::Hash>();
    made.endpoints = {"tcp://127.0.0.1:7400", "tcp://127.0.0.1:7401"};
    made.server = curve.public_key();
    made.region = crypto::found_region(made);
    return made;
  }
};

}  // namespace meldpunt::client::testing
