#include "client/lib/home.h"

#include <unistd.h>

#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"
#include "crypto/xaead.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t device_key_size = crypto::aead_key_size + crypto::DeviceId::size;
constexpr std::size_t longest_file = std::size_t{1} << 20;

// What the passphrase opens: the key to everything else.
struct MasterKey {
  crypto::SymmetricKey master;
  crypto::DeviceId id;
};

crypto::SecretBytes<device_key_size> write_master(const DeviceKeys& keys) {
  crypto::SecretBytes<device_key_size> bytes;
  crypto::Writer(bytes.fill()).bytes(keys.master.view()).bytes(keys.id.view());
  return bytes;
}

MasterKey read_master(crypto::Bytes bytes) {
  crypto::Reader reader(bytes);
  MasterKey key;
  reader.copy(key.master.fill());
  key.id = reader.id<crypto::DeviceId>();
  return key;
}

DeviceKeySet set_of(const DeviceKeys& keys) {
  return DeviceKeySet{crypto::SigningKey<crypto::role::Device>::from_seed(
                          keys.signing.seed().first<crypto::signing_seed_size>()),
                      crypto::OpeningKey<crypto::role::Device>::from_secret(keys.opening.secret()),
                      crypto::CurveSecret::from_secret(keys.curve.secret())};
}

crypto::Buffer keyring_context(const crypto::Pin& pin) {
  return crypto::bind("keyring", {pin.region.view()});
}

Outcome<crypto::Pin> read_pin(crypto::Bytes bytes) {
  auto pin = crypto::trust_pin(bytes);
  if (!pin) return problem(EX_DATAERR, "the pin", pin.error());
  return *pin;
}

Outcome<MasterKey> unlock(const Path& path, crypto::Bytes passphrase) {
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
  return read_master(secret->view());
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
  DeviceKeySet own = set_of(home.keys_);
  home.keyring_.own = OwnKeys{std::move(own.signing), std::move(own.curve)};
  home.keyring_.openings.push_back({std::move(own.opening)});
  const crypto::Buffer enrolment =
      crypto::sign_enrolment(home.keys_.device(name), pin->region, home.keys_.signing);
  const auto locked =
      crypto::lock_with_passphrase(write_master(home.keys_).view(), passphrase, cost);
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
  auto master = unlock(path, passphrase);
  if (!master) return pass_on(master.error());
  const auto bytes = read_file(path / "pin", longest_file);
  if (!bytes) return pass_on(bytes.error());
  const auto pin = read_pin(*bytes);
  if (!pin) return pass_on(pin.error());
  DeviceKeySet unread = DeviceKeySet::generate();  // until the keyring has been read
  Home home(path, *pin,
            {std::move(master->master), master->id, std::move(unread.signing),
             std::move(unread.opening), std::move(unread.curve)});
  // Another process may be overwriting the keyring that it has just replaced.
  const auto lock = lock_file(path / "lock");
  if (!lock) return pass_on(lock.error());
  if (const auto read = home.read_keyring(); !read) return pass_on(read.error());
  return home;
}

Outcome<void> Home::check_passphrase(const Path& path, crypto::Bytes passphrase) {
  const auto master = unlock(path, passphrase);
  if (!master) return pass_on(master.error());
  return {};
}

Outcome<void> Home::change_keyring(const std::function<bool(Keyring&)>& change) {
  const auto lock = lock_file(path_ / "lock");
  if (!lock) return pass_on(lock.error());
  if (const auto read = read_keyring(); !read) return pass_on(read.error());
  if (!change(keyring_)) return {};
  take_own_keys();
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
  take_own_keys();
  return {};
}

// Another process of this home may have changed them.
void Home::take_own_keys() {
  if (!keyring_.own || keyring_.openings.empty()) return;
  const auto& own = *keyring_.own;
  const auto& opening = keyring_.openings.back().key;
  if (own.signing.public_key() != keys_.signing.public_key()) {
    keys_.signing = crypto::SigningKey<crypto::role::Device>::from_seed(
        own.signing.seed().first<crypto::signing_seed_size>());
    keys_.curve = crypto::CurveSecret::from_secret(own.curve.secret());
  }
  if (opening.public_key() != keys_.opening.public_key()) {
    keys_.opening = crypto::OpeningKey<crypto::role::Device>::from_secret(opening.secret());
  }
}

Outcome<void> Home::write_keyring() const {
  const crypto::SecretBuffer bytes = encode(keyring_);
  crypto::Buffer sealed(bytes.size() + crypto::xaead_overhead);
  crypto::xaead_seal(sealed, bytes.view(), keyring_context(pin_), keys_.master);
  return replace_secret_file(path_ / "keyring", sealed);
}

Outcome<void> Home::follow_pin(crypto::Bytes signed_pin) {
  const auto pin = crypto::follow_pin(signed_pin, pin_);
  if (!pin && pin.error() == crypto::Error::expired) {
    return problem(EX_DATAERR, "this device has pin number " + std::to_string(pin_.number) +
                                   " already, and that file is not newer: ask your steward for "
                                   "the newest pin");
  }
  if (!pin && pin.error() == crypto::Error::not_yet_valid) {
    return problem(EX_DATAERR, "a pin between this device's number " + std::to_string(pin_.number) +
                                   " and that one is missing: take them in order");
  }
  if (!pin) return problem(EX_DATAERR, "the pin", pin.error());
  if (const auto done = write_durably(path_ / "pin", signed_pin); !done) {
    return pass_on(done.error());
  }
  pin_ = *pin;
  return {};
}

Outcome<void> Home::make_successor() {
  return change_keyring([](Keyring& keyring) {
    if (keyring.successor) return false;
    keyring.successor = DeviceKeySet::generate();
    return true;
  });
}

bool Home::try_successor() {
  if (!keyring_.successor) return false;
  DeviceKeySet next = keyring_.successor->clone();
  keys_.signing = std::move(next.signing);
  keys_.curve = std::move(next.curve);
  return true;
}

Outcome<void> Home::settle_successor(const crypto::Roster& roster, crypto::Day today) {
  const crypto::Device* self = roster.find(keys_.id);
  if (self == nullptr || !keyring_.successor ||
      self->signing != keyring_.successor->signing.public_key()) {
    return {};
  }
  return change_keyring([&](Keyring& keyring) {
    if (!keyring.successor) return false;
    for (HeldOpening& opening : keyring.openings) {
      if (opening.replaced == HeldOpening::none) opening.replaced = today;
    }
    keyring.own =
        OwnKeys{std::move(keyring.successor->signing), std::move(keyring.successor->curve)};
    keyring.openings.push_back({std::move(keyring.successor->opening)});
    keyring.successor.reset();
    return true;
  });
}

}  // namespace meldpunt::client
