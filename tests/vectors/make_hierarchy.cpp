#include "crypto/hierarchy.h"
#include "tests/support/fixed_region.h"
#include "tests/vectors/vector_file.h"

namespace meldpunt::crypto::vectors {

namespace {

using namespace test;
using std::filesystem::path;

Buffer one_more(Buffer bytes) {
  bytes.push_back(0);
  return bytes;
}

// Puts a byte before the signature and signs again: a length that is wrong, though signed.
template <class Role>
Buffer longer_and_signed(Buffer bytes, std::string_view label, const RegionId& region,
                         const SigningKey<Role>& key) {
  bytes.resize(bytes.size() - signature_size);
  bytes.push_back(0);
  const auto signature = key.sign(label, region, bytes);
  bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
  return bytes;
}

void describe_pin(VectorFile& file, const Pin& pin) {
  file.number("number", pin.number, 4)
      .bytes("region", pin.region.view())
      .text("name", pin.name)
      .bytes("root", pin.root.view())
      .bytes("next root", pin.next_root.view())
      .text("reporters", pin.endpoints.reporters)
      .text("staff", pin.endpoints.staff)
      .bytes("server", pin.server.view());
}

void make_refused_pins(const path& root, const FixedRegion& region) {
  VectorFile bad(root, "pin");
  const Buffer good = region.signed_pin();
  bad.bytes("pin", flipped(good, good.size() - 1))
      .refused("wrong_signature", "the last bit of the signature is turned", Error::bad_signature);
  bad.bytes("pin", sign_pin(region.pin, region.next_root))
      .refused("wrong_root", "a founding pin signed by the next root", Error::bad_signature);
  Pin pin = region.pin;
  pin.name = "Twente";
  bad.bytes("pin", sign_pin(pin, region.root))
      .refused("wrong_region", "the region id is not that of this name", Error::wrong_region);
  bad.bytes("pin", flipped(good, 4, 2))
      .refused("wrong_flag", "the demonstration flag is 3", Error::malformed);
  bad.bytes("pin", one_more(good)).refused("trailing_byte", "one byte too many", Error::malformed);
  bad.bytes("pin", longer_and_signed(good, "pin", region.id, region.root))
      .refused("signed_trailing_byte", "one byte too many in the body, and signed",
               Error::malformed);
  bad.bytes("pin", Bytes(good).first(60)).refused("cut_short", "60 bytes", Error::malformed);
  pin = region.pin;
  pin.name = std::string(name_max + 1, 'a');
  pin.region = found_region(pin);
  bad.bytes("pin", sign_pin(pin, region.root))
      .refused("long_name", "a name of 65 bytes", Error::malformed);
}

void make_pin(const path& root) {
  const FixedRegion region;
  VectorFile file(root, "pin");
  file.bytes("pin", region.signed_pin());
  describe_pin(file, region.pin);
  file.opened("founding", "the pin that founds a region");
  make_refused_pins(root, region);

  Pin next = region.pin;
  next.number = 2;
  next.root = region.next_root.public_key();
  next.next_root = signing_key<role::Root>(0x09).public_key();
  next.earlier_roots = {{region.root.public_key(), today}};
  next.endpoints.reporters = "tcp://127.0.0.1:7500";
  VectorFile follows(root, "pin");
  follows.bytes("pin", region.signed_pin()).bytes("next pin", sign_pin(next, region.next_root));
  describe_pin(follows, next);
  follows.opened("next", "its successor, signed by the next root of the one before");

  VectorFile bad(root, "pin");
  bad.bytes("pin", region.signed_pin());
  bad.with("next pin", region.signed_pin())
      .refused("rolled_back", "the successor has the same number", Error::expired);
  bad.with("next pin", sign_pin(next, signing_key<role::Root>(0x09)))
      .refused("next_by_stranger", "the successor is signed by a key that it names itself",
               Error::bad_signature);
  Pin forgets = next;
  forgets.earlier_roots.clear();
  bad.with("next pin", sign_pin(forgets, region.next_root))
      .refused("next_forgets_root", "the replaced root is not among the earlier ones",
               Error::malformed);
  Pin stranger = next;
  stranger.root = signing_key<role::Root>(0x0a).public_key();
  bad.with("next pin", sign_pin(stranger, region.next_root))
      .refused("next_takes_another_root", "the root is neither the old one nor the next",
               Error::malformed);
  next.number = 3;
  bad.with("next pin", sign_pin(next, region.next_root))
      .refused("skipped", "the successor skips a number", Error::not_yet_valid);
  const FixedRegion elsewhere("Twente");
  next = elsewhere.pin;
  next.number = 2;
  bad.with("next pin", sign_pin(next, region.root))
      .refused("next_of_another_region", "the successor is of another region", Error::wrong_region);
}

void make_refused_bundles(const path& root) {
  FixedRegion region;
  VectorFile bad(root, "bundle");
  bad.bytes("pin", region.signed_pin());
  const Buffer good = region.signed_bundle();
  bad.with("bundle", flipped(good, 0))
      .refused("flipped_day", "a bit of the day is turned", Error::bad_signature);
  bad.with("bundle", one_more(good))
      .refused("trailing_byte", "one byte too many", Error::malformed);
  bad.with("bundle", Bytes(good).first(100)).refused("cut_short", "100 bytes", Error::malformed);
  bad.with("bundle", sign_bundle(region.bundle, region.id, region.signed_certificate(),
                                 signing_key<role::Operations>(0x77)))
      .refused("wrong_operations_key", "signed by a key that is not certified",
               Error::bad_signature);
  bad.with("bundle", sign_bundle(region.bundle, region.id,
                                 sign_certificate(region.certificate, region.id, region.next_root),
                                 region.operations))
      .refused("wrong_root", "the certificate is signed by the next root", Error::bad_signature);
  VectorFile(root, "bundle")
      .bytes("pin", FixedRegion("Twente").signed_pin())
      .bytes("bundle", good)
      .refused("wrong_region", "checked against the pin of another region", Error::bad_signature);

  region.bundle.day = region.certificate.until + 1;
  bad.with("bundle", region.signed_bundle())
      .refused("expired_certificate", "a day after the certificate's last", Error::expired);
  region.bundle.day = region.certificate.from - 1;
  bad.with("bundle", region.signed_bundle())
      .refused("early", "a day before the certificate's first", Error::not_yet_valid);
  region.bundle.day = today;
  region.bundle.epoch.bytes[0] ^= 1;
  bad.with("bundle", region.signed_bundle())
      .refused("wrong_epoch", "the epoch id is not the team key's", Error::malformed);
  region.bundle.epoch = epoch_of(region.bundle.team);
  region.certificate.until = region.certificate.from + operations_days + 1;
  bad.with("bundle", region.signed_bundle())
      .refused("long_certificate", "a certificate of 26 weeks and a day", Error::malformed);
}

void make_bundle(const path& root) {
  const FixedRegion region;
  VectorFile file(root, "bundle");
  file.bytes("pin", region.signed_pin())
      .bytes("bundle", region.signed_bundle())
      .number("day", today, 4)
      .number("generation", 1, 4)
      .bytes("epoch", region.bundle.epoch.view())
      .bytes("team", region.bundle.team.view())
      .bytes("daemon", region.bundle.daemon.view())
      .text("reporters", region.bundle.endpoints.reporters);
  file.opened("opened", "one day's keys");
  Pin later = region.pin;
  later.number = 2;
  later.root = region.next_root.public_key();
  later.next_root = signing_key<role::Root>(0x09).public_key();
  later.earlier_roots = {{region.root.public_key(), today}};
  file.with("pin", sign_pin(later, region.next_root))
      .opened("of_an_earlier_root", "its root has been replaced that day");
  later.earlier_roots[0].until = today - 1;
  file.without({"day", "generation", "epoch", "team", "daemon", "reporters"})
      .with("pin", sign_pin(later, region.next_root))
      .refused("after_an_earlier_root", "its root was replaced the day before", Error::expired);
  make_refused_bundles(root);
}

void make_roster(const path& root) {
  const FixedRegion region;
  VectorFile file(root, "roster");
  const Buffer good = region.signed_roster();
  file.bytes("pin", region.signed_pin())
      .bytes("roster", good)
      .number("number", 1, 4)
      .number("issued", this_hour, 4)
      .number("devices", 3, 2)
      .bytes("hash", hash_of_roster(good).view())
      .bytes("first device", region.steward.entry.id.view())
      .text("first name", "steward");
  file.opened("opened", "two coordinators and a partner");

  VectorFile bad(root, "roster");
  bad.bytes("pin", region.signed_pin());
  bad.with("roster", flipped(good, 40))
      .refused("flipped_device", "a bit of a device is turned", Error::bad_signature);
  bad.with("roster", one_more(good))
      .refused("trailing_byte", "one byte too many", Error::malformed);
  const auto refused = [&](const char* name, const char* about, auto change, Error error) {
    FixedRegion changed;
    changed.roster.devices = {changed.steward.entry, changed.partner.entry};
    change(changed.roster);
    bad.with("roster", changed.signed_roster()).refused(name, about, error);
  };
  refused(
      "double_id", "two devices with one id", [](Roster& r) { r.devices[1].id = r.devices[0].id; },
      Error::malformed);
  refused(
      "double_curve_key", "two devices with one connection key",
      [](Roster& r) { r.devices[1].curve = r.devices[0].curve; }, Error::malformed);
  refused(
      "coordinator_too_long", "a coordinator's device for 57 days",
      [](Roster& r) { r.devices[0].until = r.devices[0].from + 57; }, Error::malformed);
  refused(
      "partner_too_long", "a partner's device for 183 days",
      [](Roster& r) { r.devices[1].until = r.devices[1].from + 183; }, Error::malformed);
  refused(
      "ends_before_it_begins", "a device whose last day is before its first",
      [](Roster& r) { r.devices[1].until = r.devices[1].from - 1; }, Error::malformed);
  refused(
      "unknown_role", "a device of role 6", [](Roster& r) { r.devices[1].role = DeviceRole{6}; },
      Error::malformed);
  refused(
      "number_zero", "roster number 0", [](Roster& r) { r.number = 0; }, Error::malformed);
  refused(
      "issued_late", "issued after the certificate's last day",
      [](Roster& r) { r.issued = (today + 15) * 24; }, Error::expired);
}

void make_enrolment(const path& root) {
  const FixedRegion region;
  const FixedDevice device(0x31, DeviceRole::coordinator, "desk");
  const Buffer good = sign_enrolment(device.entry, region.id, device.signing);
  VectorFile file(root, "enrolment");
  file.bytes("region", region.id.view())
      .bytes("enrolment", good)
      .bytes("device", device.entry.id.view())
      .text("name", "desk")
      .bytes("signing", device.entry.signing.view())
      .bytes("sealing", device.entry.sealing.view())
      .bytes("curve", device.entry.curve.view());
  file.opened("opened", "a device that wants to be enrolled");
  const VectorFile bad = file.without({"device", "name", "signing", "sealing", "curve"});
  bad.with("enrolment", flipped(good, 0))
      .refused("flipped_id", "a bit of the id is turned", Error::bad_signature);
  bad.with("region", id_of<RegionId>(1).view())
      .refused("wrong_region", "for another region", Error::bad_signature);
  bad.with("enrolment", longer_and_signed(good, "enrolment", region.id, device.signing))
      .refused("trailing_byte", "one byte too many in the body, and signed", Error::malformed);
  bad.with("enrolment", sign_enrolment(device.entry, region.id, region.steward.signing))
      .refused("wrong_key", "signed by another key than its own", Error::bad_signature);
}

}  // namespace

void make_hierarchy_vectors(const path& root) {
  make_pin(root);
  make_bundle(root);
  make_roster(root);
  make_enrolment(root);
}

}  // namespace meldpunt::crypto::vectors
