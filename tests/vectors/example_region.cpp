// The region: its keys, one day, and a second device.
#include "crypto/label.h"
#include "crypto/puzzle.h"
#include "crypto/wire/frame.h"
#include "tests/vectors/example.h"

namespace meldpunt::crypto::example {

void Example::found() {
  pin_.demonstration = true;
  pin_.name = "Example";
  pin_.first_root = pin_.root = root_.public_key();
  pin_.next_root = next_root_.public_key();
  pin_.founding_random = chosen_id<Hash>("founding random");
  pin_.endpoints = {"tcp://127.0.0.1:7700", "tcp://127.0.0.1:7701"};
  pin_.server = curve_.public_key();
  pin_.region = found_region(pin_);
  const Buffer bytes = sign_pin(pin_, root_);
  need(trust_pin(bytes), "pin");

  walk_.chapter("1. A region is founded");
  walk_.value("root seed", root_.seed());
  walk_.value("root key", root_.public_key().view());
  walk_.value("next root seed", next_root_.seed());
  walk_.value("next root key", next_root_.public_key().view());
  walk_.text("region name", pin_.name);
  walk_.value("founding random", pin_.founding_random.view());
  walk_.value(
      "bind(\"region\", name, root key, founding random)",
      bind("region", {as_bytes(pin_.name), pin_.first_root.view(), pin_.founding_random.view()}));
  walk_.value("region id", pin_.region.view());
  walk_.value("daemon connection secret", curve_.secret());
  walk_.value("daemon connection key", curve_.public_key().view());
  walk_.value(
      "hash(\"pin\", region id, body)",
      hash("pin", {pin_.region.view(), Bytes(bytes).first(bytes.size() - signature_size)}).view());
  walk_.value("pin", bytes);
}

void Example::give_the_day() {
  certificate_ = sign_certificate(
      {operations_.public_key(), device_, 1, today, today + operations_days}, pin_.region, root_);
  const Bundle bundle{today,
                      1,
                      epoch_of(epoch_.public_key()),
                      epoch_.public_key(),
                      daemon_.public_key(),
                      pin_.endpoints,
                      pin_.server};
  const Buffer signed_bundle = sign_bundle(bundle, pin_.region, certificate_, operations_);

  walk_.chapter("2. The day's bundle and the tick's notice");
  walk_.value("operations seed", operations_.seed());
  walk_.value("operations key", operations_.public_key().view());
  walk_.value("steward's device id", device_.view());
  walk_.value("operations certificate", certificate_);
  walk_.number("day", today);
  walk_.value("epoch secret", epoch_.secret());
  walk_.value("team key", epoch_.public_key().view());
  walk_.value("epoch id", bundle.epoch.view());
  walk_.value("daemon seed", daemon_.seed());
  walk_.value("daemon key", daemon_.public_key().view());
  walk_.value("signed bundle", signed_bundle);

  digest_.time = std::uint64_t{now} * 3600 + 120;
  digest_.tick = 1;
  digest_.generation = 1;
  digest_.request_key_id = chosen_id<KeyId>("request key id");
  digest_.request_key = request_key_.public_key();
  digest_.challenge = chosen_id<Challenge>("challenge");
  digest_.effort = 4;
  digest_.salt = chosen_id<Salt>("salt");
  digest_.tags = need(make_tags(digest_.salt, {}), "tags");
  const Frame notice = need(sign_notice(signed_bundle, digest_, pin_.region, daemon_), "notice");
  need(verify_notice(notice, pin_), "notice");

  walk_.number("time", digest_.time);
  walk_.value("request key id", digest_.request_key_id.view());
  walk_.value("request secret", request_key_.secret());
  walk_.value("request key", request_key_.public_key().view());
  walk_.value("challenge", digest_.challenge.view());
  walk_.number("effort", digest_.effort);
  walk_.value("salt", digest_.salt.view());
  walk_.value("notice", notice);
}

void Example::enrol_another() {
  const auto sealing = opening<role::Device>("second device sealing key");
  const auto signing_key = signing<role::Device>("second device signing key");
  Device second;
  second.id = chosen_id<DeviceId>("second device id");
  second.name = "Second laptop";
  second.signing = signing_key.public_key();
  second.sealing = sealing.public_key();
  second.curve = CurveSecret::from_secret(chosen<32>("second device connection key")).public_key();
  second.from = today;
  second.until = today + coordinator_days;
  Device first = second;
  first.id = device_;
  first.steward = true;
  first.name = "First laptop";
  first.signing = device_key_.public_key();
  first.sealing = opening<role::Device>("device sealing key").public_key();
  first.curve = CurveSecret::from_secret(chosen<32>("device connection key")).public_key();
  const Roster roster{1, now, {}, {first, second}};
  const Buffer signed_roster = sign_roster(roster, pin_.region, certificate_, operations_);
  need(verify_roster(signed_roster, pin_), "roster");
  const Buffer grant = need(seal_grant(vault_, second, device_, device_key_, pin_.region), "grant");
  need(open_grant(grant, sealing, second.id, roster, today, pin_.region), "grant");

  walk_.chapter("11. A second device gets the vault");
  walk_.value("second device id", second.id.view());
  walk_.value("second device signing seed", signing_key.seed());
  walk_.value("second device sealing secret", sealing.secret());
  walk_.value("enrolment", sign_enrolment(second, pin_.region, signing_key));
  walk_.value("roster 1", signed_roster);
  walk_.value("roster 1, hash", hash_of_roster(signed_roster).view());
  walk_.value("grant, bind(\"grant\", region id, device id)",
              bind("grant", {pin_.region.view(), second.id.view()}));
  walk_.value("grant, boxed", grant);
}

}  // namespace meldpunt::crypto::example
