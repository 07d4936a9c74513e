#include "crypto/hierarchy.h"

#include <algorithm>

#include "crypto/label.h"
#include "crypto/text.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

constexpr std::size_t object_max = 4096;

std::string read_string(Reader& reader, std::size_t longest) {
  const Bytes field = reader.field();
  if (field.size() > longest || !is_text(field)) reader.reject();
  return reader.failed() ? std::string() : std::string(as_text(field));
}

bool read_flag(Reader& reader) {
  const std::uint8_t flag = reader.u8();
  if (flag > 1) reader.reject();
  return flag == 1;
}

Endpoints read_endpoints(Reader& reader) {
  Endpoints endpoints;
  endpoints.reporters = read_string(reader, endpoint_max);
  endpoints.staff = read_string(reader, endpoint_max);
  return endpoints;
}

void write_endpoints(Writer& writer, const Endpoints& endpoints) {
  writer.field(as_bytes(endpoints.reporters)).field(as_bytes(endpoints.staff));
}

template <class Key>
Key read_key(Reader& reader) {
  Key key;
  reader.copy(key.fill());
  return key;
}

void write_earlier_roots(Writer& writer, const std::vector<EarlierRoot>& roots) {
  writer.u8(static_cast<std::uint8_t>(roots.size()));
  for (const EarlierRoot& root : roots) writer.bytes(root.key.view()).u32(root.until);
}

std::vector<EarlierRoot> read_earlier_roots(Reader& reader) {
  const std::size_t count = reader.u8();
  if (count > earlier_roots_max) reader.reject();
  std::vector<EarlierRoot> roots;
  for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
    EarlierRoot root{read_key<VerifyKey<role::Root>>(reader), reader.u32()};
    if (!roots.empty() && root.until < roots.back().until) reader.reject();
    roots.push_back(root);
  }
  return roots;
}

// The successor's root and earlier roots are what `before` allows.
bool succeeds_roots(const Pin& pin, const Pin& before) {
  if (pin.root == before.root) return pin.earlier_roots == before.earlier_roots;
  auto earlier = pin.earlier_roots;
  if (pin.root != before.next_root || earlier.empty() || earlier.back().key != before.root) {
    return false;
  }
  earlier.pop_back();
  return earlier == before.earlier_roots;
}

// Splits body | signature.
struct SignedBytes {
  Bytes body;
  Signature signature;
};

Result<SignedBytes> split(Bytes bytes) {
  if (bytes.size() < signature_size) return fail(Error::malformed);
  SignedBytes parts{bytes.first(bytes.size() - signature_size), {}};
  copy_bytes(bytes.last(signature_size), parts.signature.fill());
  return parts;
}

Buffer join(Bytes body, const Signature& signature) {
  Buffer out(body.begin(), body.end());
  out.insert(out.end(), signature.bytes.begin(), signature.bytes.end());
  return out;
}

Result<Pin> parse_pin(Bytes body) {
  Reader reader(body);
  Pin pin;
  pin.number = reader.u32();
  pin.demonstration = read_flag(reader);
  pin.region = reader.id<RegionId>();
  pin.name = read_string(reader, name_max);
  pin.first_root = read_key<VerifyKey<role::Root>>(reader);
  pin.founding_random = reader.id<Hash>();
  pin.root = read_key<VerifyKey<role::Root>>(reader);
  pin.next_root = read_key<VerifyKey<role::Root>>(reader);
  pin.earlier_roots = read_earlier_roots(reader);
  pin.endpoints = read_endpoints(reader);
  pin.server = read_key<CurveKey>(reader);
  if (!reader.finished() || pin.number == 0) return fail(Error::malformed);
  if (pin.region != found_region(pin)) return fail(Error::wrong_region);
  return pin;
}

// The certificate that travels inside a bundle or roster, and what it signs.
struct Certified {
  Bytes body;  // everything before the signature
  OperationsCertificate certificate;
};

// body = fields | certificate; checks root -> certificate -> body.
Result<Certified> verify_certified(Bytes bytes, const Pin& pin, std::string_view label) {
  const auto parts = split(bytes);
  if (!parts || parts->body.size() < certificate_size) return fail(Error::malformed);
  const auto certificate = verify_certificate(parts->body.last(certificate_size), pin);
  if (!certificate) return fail(certificate.error());
  if (!verify(certificate->key, label, pin.region, parts->body, parts->signature)) {
    return fail(Error::bad_signature);
  }
  return Certified{parts->body.first(parts->body.size() - certificate_size), *certificate};
}

Result<void> covers(const OperationsCertificate& certificate, Day day) {
  if (day < certificate.from) return fail(Error::not_yet_valid);
  if (day > certificate.until) return fail(Error::expired);
  return {};
}

void write_device(Writer& writer, const Device& device) {
  writer.bytes(device.id.view())
      .u8(static_cast<std::uint8_t>(device.role))
      .u8(device.steward ? 1 : 0)
      .field(as_bytes(device.name))
      .bytes(device.signing.view())
      .bytes(device.sealing.view())
      .bytes(device.curve.view())
      .u32(device.from)
      .u32(device.until);
}

Device read_device(Reader& reader) {
  Device device;
  device.id = reader.id<DeviceId>();
  const std::uint8_t role = reader.u8();
  if (role < 1 || role > device_roles) reader.reject();
  device.role = static_cast<DeviceRole>(role);
  device.steward = read_flag(reader);
  device.name = read_string(reader, name_max);
  device.signing = read_key<VerifyKey<role::Device>>(reader);
  device.sealing = read_key<SealingKey<role::Device>>(reader);
  device.curve = read_key<CurveKey>(reader);
  device.from = reader.u32();
  device.until = reader.u32();
  if (device.until < device.from) reader.reject();
  return device;
}

constexpr std::size_t device_max_size =
    DeviceId::size + 2 + 2 + name_max + verify_key_size + kem_public_key_size + curve_key_size + 8;

Day longest_life(DeviceRole role) {
  return role == DeviceRole::coordinator || role == DeviceRole::approver ? coordinator_days
                                                                         : partner_days;
}

}  // namespace

RegionId found_region(const Pin& founding) {
  const Hash id = hash("region", {as_bytes(founding.name), founding.first_root.view(),
                                  founding.founding_random.view()});
  return RegionId{id.bytes};
}

Buffer sign_pin(const Pin& pin, const SigningKey<role::Root>& root) {
  Buffer body(object_max);
  Writer writer(body);
  writer.u32(pin.number)
      .u8(pin.demonstration ? 1 : 0)
      .bytes(pin.region.view())
      .field(as_bytes(pin.name))
      .bytes(pin.first_root.view())
      .bytes(pin.founding_random.view())
      .bytes(pin.root.view())
      .bytes(pin.next_root.view());
  write_earlier_roots(writer, pin.earlier_roots);
  write_endpoints(writer, pin.endpoints);
  writer.bytes(pin.server.view());
  return join(writer.written(), root.sign("pin", pin.region, writer.written()));
}

Result<Pin> trust_pin(Bytes bytes) {
  const auto parts = split(bytes);
  if (!parts) return fail(parts.error());
  const auto pin = parse_pin(parts->body);
  if (!pin) return fail(pin.error());
  const bool founding = pin->number == 1;
  if (founding && (pin->root != pin->first_root || !pin->earlier_roots.empty() ||
                   !verify(pin->root, "pin", pin->region, parts->body, parts->signature))) {
    return fail(Error::bad_signature);
  }
  return *pin;
}

Result<Pin> follow_pin(Bytes bytes, const Pin& before) {
  const auto parts = split(bytes);
  if (!parts) return fail(parts.error());
  const auto pin = parse_pin(parts->body);
  if (!pin) return fail(pin.error());
  if (pin->region != before.region) return fail(Error::wrong_region);
  if (pin->number <= before.number) return fail(Error::expired);
  if (pin->number != before.number + 1) return fail(Error::not_yet_valid);
  const auto signed_by = [&](const VerifyKey<role::Root>& root) {
    return verify(root, "pin", pin->region, parts->body, parts->signature);
  };
  if (!signed_by(before.root) && !signed_by(before.next_root)) return fail(Error::bad_signature);
  if (!succeeds_roots(*pin, before)) return fail(Error::malformed);
  return *pin;
}

Buffer sign_certificate(const OperationsCertificate& certificate, const RegionId& region,
                        const SigningKey<role::Root>& root) {
  Buffer body(certificate_size - signature_size);
  Writer(body)
      .bytes(certificate.key.view())
      .bytes(certificate.steward.view())
      .u32(certificate.serial)
      .u32(certificate.from)
      .u32(certificate.until);
  return join(body, root.sign("operations", region, body));
}

Result<OperationsCertificate> verify_certificate(Bytes bytes, const Pin& pin) {
  if (bytes.size() != certificate_size) return fail(Error::malformed);
  const auto parts = split(bytes);
  if (!parts) return fail(parts.error());
  Reader reader(parts->body);
  OperationsCertificate certificate;
  certificate.key = read_key<VerifyKey<role::Operations>>(reader);
  certificate.steward = reader.id<DeviceId>();
  certificate.serial = reader.u32();
  certificate.from = reader.u32();
  certificate.until = reader.u32();
  if (!reader.finished() || certificate.until < certificate.from ||
      certificate.until - certificate.from > operations_days) {
    return fail(Error::malformed);
  }
  const auto signed_by = [&](const VerifyKey<role::Root>& root) {
    return verify(root, "operations", pin.region, parts->body, parts->signature);
  };
  if (signed_by(pin.root)) return certificate;
  for (const EarlierRoot& earlier : pin.earlier_roots) {
    if (!signed_by(earlier.key)) continue;
    if (certificate.from > earlier.until) return fail(Error::expired);
    certificate.until = std::min(certificate.until, earlier.until);
    return certificate;
  }
  return fail(Error::bad_signature);
}

EpochId epoch_of(const SealingKey<role::Epoch>& team) {
  const Hash id = hash("epoch", {team.view()});
  EpochId epoch;
  std::copy_n(id.bytes.begin(), EpochId::size, epoch.bytes.begin());
  return epoch;
}

Buffer sign_bundle(const Bundle& bundle, const RegionId& region, Bytes certificate,
                   const SigningKey<role::Operations>& operations) {
  Buffer body(object_max);
  Writer writer(body);
  writer.u32(bundle.day)
      .u32(bundle.generation)
      .bytes(bundle.epoch.view())
      .bytes(bundle.team.view())
      .bytes(bundle.daemon.view());
  write_endpoints(writer, bundle.endpoints);
  writer.bytes(bundle.server.view()).bytes(certificate);
  return join(writer.written(), operations.sign("bundle", region, writer.written()));
}

Result<Bundle> verify_bundle(Bytes bytes, const Pin& pin) {
  const auto certified = verify_certified(bytes, pin, "bundle");
  if (!certified) return fail(certified.error());
  Reader reader(certified->body);
  Bundle bundle;
  bundle.day = reader.u32();
  bundle.generation = reader.u32();
  bundle.epoch = reader.id<EpochId>();
  bundle.team = read_key<SealingKey<role::Epoch>>(reader);
  bundle.daemon = read_key<VerifyKey<role::Daemon>>(reader);
  bundle.endpoints = read_endpoints(reader);
  bundle.server = read_key<CurveKey>(reader);
  if (!reader.finished() || bundle.epoch != epoch_of(bundle.team)) return fail(Error::malformed);
  if (const auto valid = covers(certified->certificate, bundle.day); !valid) {
    return fail(valid.error());
  }
  return bundle;
}

const Device* Roster::find(const DeviceId& id) const {
  const auto found = std::find_if(devices.begin(), devices.end(),
                                  [&](const Device& device) { return device.id == id; });
  return found == devices.end() ? nullptr : &*found;
}

const Device* Roster::find(const CurveKey& curve) const {
  const auto found = std::find_if(devices.begin(), devices.end(),
                                  [&](const Device& device) { return device.curve == curve; });
  return found == devices.end() ? nullptr : &*found;
}

Hash hash_of_roster(Bytes signed_roster) { return hash("roster hash", {signed_roster}); }

Buffer sign_roster(const Roster& roster, const RegionId& region, Bytes certificate,
                   const SigningKey<role::Operations>& operations) {
  Buffer body(64 + roster.devices.size() * device_max_size + certificate.size());
  Writer writer(body);
  writer.u32(roster.number)
      .u32(roster.issued)
      .bytes(roster.previous.view())
      .u16(static_cast<std::uint16_t>(roster.devices.size()));
  for (const Device& device : roster.devices) write_device(writer, device);
  writer.bytes(certificate);
  return join(writer.written(), operations.sign("roster", region, writer.written()));
}

Result<Roster> verify_roster(Bytes bytes, const Pin& pin) {
  const auto certified = verify_certified(bytes, pin, "roster");
  if (!certified) return fail(certified.error());
  Reader reader(certified->body);
  Roster roster;
  roster.number = reader.u32();
  roster.issued = reader.u32();
  roster.previous = reader.id<Hash>();
  const std::size_t count = reader.u16();
  if (count > roster_max_devices) return fail(Error::too_many);
  for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
    Device device = read_device(reader);
    // Two entries with one id or one connection key would make "who is this" ambiguous.
    if (roster.find(device.id) != nullptr || roster.find(device.curve) != nullptr ||
        device.until - device.from > longest_life(device.role)) {
      reader.reject();
    }
    roster.devices.push_back(std::move(device));
  }
  if (!reader.finished() || roster.number == 0) return fail(Error::malformed);
  if (const auto valid = covers(certified->certificate, day_of(roster.issued)); !valid) {
    return fail(valid.error());
  }
  return roster;
}

Buffer sign_enrolment(const Device& device, const RegionId& region,
                      const SigningKey<role::Device>& key) {
  Buffer body(device_max_size);
  Writer writer(body);
  write_device(writer, device);
  return join(writer.written(), key.sign("enrolment", region, writer.written()));
}

Result<Enrolment> verify_enrolment(Bytes bytes, const RegionId& region) {
  const auto parts = split(bytes);
  if (!parts) return fail(parts.error());
  Reader reader(parts->body);
  Enrolment enrolment{read_device(reader)};
  if (!reader.finished()) return fail(Error::malformed);
  if (!verify(enrolment.device.signing, "enrolment", region, parts->body, parts->signature)) {
    return fail(Error::bad_signature);
  }
  return enrolment;
}

}  // namespace meldpunt::crypto
