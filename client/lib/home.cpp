#include "client/lib/home.h"

#include <unistd.h>

#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"
#include "crypto/xaead.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t device_key_size = crypto::aead_key_size + crypto::DeviceId::size +
                                        crypto::signing_seed_size + crypto::kem_secret_key_size +
                                        crypto::curve_key_size;
constexpr std::size_t longest_file = std::size_t{1} << 20;

crypto::SecretBytes<device_key_size> write_device_keys(const DeviceKeys& keys) {
  crypto::SecretBytes<device_key_size> bytes;
  crypto::Writer(bytes.fill())
      .bytes(keys.master.view())
      .bytes(keys.id.view())
      .bytes(keys.signing.seed())
      .bytes(keys.opening.secret())
      .bytes(keys.curve.secret());
  return bytes;
}

DeviceKeys read_device_keys(std::span<const std::uint8_t, device_key_size> bytes) {
  crypto::Reader reader(bytes);
  crypto::SymmetricKey master;
  reader.copy(master.fill());
  const auto id = reader.id<crypto::DeviceId>();
  crypto::Transient<crypto::signing_seed_size> seed;
  crypto::Transient<crypto::kem_secret_key_size> opening;
  crypto::Transient<crypto::curve_key_size> curve;
  reader.copy(seed.fill());
  reader.copy(opening.fill());
  reader.copy(curve.fill());
  return {std::move(master), id, crypto::SigningKey<crypto::role::Device>::from_seed(seed.view()),
          crypto::OpeningKey<crypto::role::Device>::from_secret(opening.view()),
          crypto::CurveSecret::from_secret(curve.view())};
}

crypto::Buffer keyring_context(const crypto::Pin& pin) {
  return crypto::bind("keyring", {pin.region.view()});
}

Outcome<crypto::Pin> read_pin(crypto::Bytes bytes) {
  auto pin = crypto::trust_pin(bytes);
  if (!pin) return problem(EX_DATAERR, "the pin", pin.error());
  return *pin;
}

Outcome<DeviceKeys> unlock(const Path& path, crypto::Bytes passphrase) {
  const auto file = read_file(path / "device.key", longest_file);
  if (!file && file.error().exit_code == EX_NOINPUT) {
    return problem(EX_NOINPUT,
                   "there is no device in " + path.string() + ": make one with 'device init'");
  }
  if (!file) return pass_on(file.error());
  const auto secret = crypto::unlock_with_passphrase(*file, passphrase);
  if (!secret) return problem(EX_NOPERM, "device.key", secret.error());
  if (secret->size() != device_key_size) {
    return problem(EX_DATAERR, "device.key is not of this version of the program");
  }
  return read_device_keys(secret->view().first<device_key_size>());
}

}  // namespace

DeviceKeys DeviceKeys::generate() {
  return {crypto::SymmetricKey::random(), crypto::random_id<crypto::DeviceId>(),
          crypto::SigningKey<crypto::role::Device>::generate(),
          crypto::OpeningKey<crypto::role::Device>::generate(), crypto::CurveSecret::generate()};
}

crypto::Device DeviceKeys::device(const std::string& name) const {
  crypto::Device device;
  device.id = id;
  device.name = name;
  device.signing = signing.public_key();
  device.sealing = opening.public_key();
  device.curve = curve.public_key();
  return device;
}

Outcome<Home> Home::make(const Path& path, crypto::Bytes pin_bytes, const std::string& name,
                         crypto::Bytes passphrase, crypto::PassphraseCost cost) {
  const auto pin = read_pin(pin_bytes);
  if (!pin) return pass_on(pin.error());
  if (name.empty() || name.size() > crypto::name_max) {
    return problem(EX_USAGE, "a device's name has 1 to 64 bytes");
  }
  if (const auto made = make_private_directory(path); !made) return pass_on(made.error());
  if (access((path / "device.key").c_str(), F_OK) == 0) {
    return problem(EX_CANTCREAT, path.string() + " holds a device already: name another directory");
  }
  Home home(path, *pin, DeviceKeys::generate());
  const crypto::Buffer enrolment =
      crypto::sign_enrolment(home.keys_.device(name), pin->region, home.keys_.signing);
  const auto locked =
      crypto::lock_with_passphrase(write_device_keys(home.keys_).view(), passphrase, cost);
  if (!locked) return problem(EX_OSERR, "device.key", locked.error());
  // device.key comes last: a home that has one has everything.
  if (const auto done = write_durably(path / "pin", pin_bytes); !done) return pass_on(done.error());
  if (const auto done = home.write_keyring(); !done) return pass_on(done.error());
  if (const auto done = write_durably(path / "enrolment", enrolment); !done) {
    return pass_on(done.error());
  }
  if (const auto done = write_durably(path / "device.key", *locked); !done) {
    return pass_on(done.error());
  }
  return home;
}

Outcome<Home> Home::open(const Path& path, crypto::Bytes passphrase) {
  auto keys = unlock(path, passphrase);
  if (!keys) return pass_on(keys.error());
  const auto bytes = read_file(path / "pin", longest_file);
  if (!bytes) return pass_on(bytes.error());
  const auto pin = read_pin(*bytes);
  if (!pin) return pass_on(pin.error());
  Home home(path, *pin, std::move(*keys));
  if (const auto read = home.read_keyring(); !read) return pass_on(read.error());
  return home;
}

Outcome<void> Home::change_keyring(const std::function<bool(Keyring&)>& change) {
  const auto lock = lock_file(path_ / "lock");
  if (!lock) return pass_on(lock.error());
  if (const auto read = read_keyring(); !read) return pass_on(read.error());
  if (!change(keyring_)) return {};
  return write_keyring();
}

Outcome<void> Home::read_keyring() {
  const auto sealed = read_file(path_ / "keyring", longest_file);
  if (!sealed) return pass_on(sealed.error());
  if (sealed->size() < crypto::xaead_overhead) return problem(EX_DATAERR, "keyring is damaged");
  crypto::SecretBuffer bytes(sealed->size() - crypto::xaead_overhead);
  const auto opened =
      crypto::xaead_open(bytes.fill(), *sealed, keyring_context(pin_), keys_.master);
  if (!opened) {
    return problem(EX_DATAERR, "keyring is damaged or another device's: enrol this device anew");
  }
  auto keyring = decode_keyring(bytes.view());
  if (!keyring) return problem(EX_DATAERR, "keyring", keyring.error());
  keyring_ = std::move(*keyring);
  return {};
}

Outcome<void> Home::write_keyring() const {
  const crypto::SecretBuffer bytes = encode(keyring_);
  crypto::Buffer sealed(bytes.size() + crypto::xaead_overhead);
  crypto::xaead_seal(sealed, bytes.view(), keyring_context(pin_), keys_.master);
  return write_durably(path_ / "keyring", sealed);
}

}  // namespace meldpunt::client
