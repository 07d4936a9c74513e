// Founding a region: every key that there is at the beginning.
#include <algorithm>

#include "client/lib/case_bundles.h"
#include "client/lib/founding_file.h"
#include "client/lib/steward.h"
#include "client/lib/steward_keys.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

using RootKey = crypto::SigningKey<crypto::role::Root>;

struct Roots {
  RootKey root = RootKey::generate();
  RootKey next = RootKey::generate();
};

crypto::Pin make_pin(const Founding& founding, const Roots& roots) {
  crypto::Pin pin;
  pin.demonstration = founding.demonstration;
  pin.name = founding.region;
  pin.first_root = roots.root.public_key();
  pin.founding_random = crypto::random_id<crypto::Hash>();
  pin.root = roots.root.public_key();
  pin.next_root = roots.next.public_key();
  pin.endpoints = founding.endpoints;
  pin.server = founding.server;
  pin.region = crypto::found_region(pin);
  return pin;
}

Outcome<void> write_root_key(const Path& path, const RootKey& key, const Passphrases& passphrases) {
  const auto locked = crypto::lock_with_passphrase(key.seed(), passphrases.root, passphrases.cost);
  if (!locked) return problem(EX_OSERR, path.string(), locked.error());
  return write_durably(path, *locked);
}

// The days that the first bundles, the certificate and the device cover: from yesterday, so that a
// clock that is a little behind finds a key too.
struct Days {
  crypto::Day first;
  crypto::Day last;
};

Stewardship make_stewardship(const Home& home, const Roots& roots, crypto::Day from) {
  auto appointment = appoint(home.keys().id, 1, from, home.pin().region, roots.root);
  return {std::move(appointment.operations), std::move(appointment.certificate)};
}

crypto::Buffer first_roster(const Home& home, const Founding& founding,
                            const Stewardship& stewardship, crypto::Day from, crypto::Hour now) {
  crypto::Device device = home.keys().device(founding.device_name);
  device.role = crypto::DeviceRole::coordinator;
  device.steward = true;
  device.from = from;
  device.until = from + crypto::coordinator_days;
  return crypto::sign_roster({1, now, {}, {device}}, home.pin().region, stewardship.certificate,
                             stewardship.operations);
}

// What the steward's device needs of the region; the founding file and the bundles' list.
Outcome<void> issue_first_keys(Home& home, const Founding& founding, const Roots& roots,
                               const Path& out, std::chrono::seconds now) {
  const crypto::Day today = day_of(now);
  const Days days{today - 1, today + crypto::bundle_days_ahead - 1};
  auto stewardship = make_stewardship(home, roots, days.first);
  const auto roster = first_roster(home, founding, stewardship, days.first, hour_of(now));
  auto records = roster_records(1, roster);
  if (!records) return pass_on(records.error());
  auto epochs = fresh_epochs(days.first, days.last);
  const BundleFrame frame{founding.daemon, home.pin().endpoints, home.pin().server};
  for (const auto& [day, secret] : epochs) {
    records->push_back(sign_bundle_of(day, 1, secret.public_key(), frame, stewardship, home.pin()));
  }
  const auto kept = home.change_keyring([&](Keyring& keyring) {
    keyring.add(crypto::Grant(std::move(epochs)));
    keyring.add(crypto::VaultSecret::generate(1));
    keyring.stewardship = std::move(stewardship);
    return true;
  });
  if (!kept) return pass_on(kept.error());
  if (const auto done = keep_bundle_list(home, *records); !done) return pass_on(done.error());
  return write_durably(out / "founding", encode(*records));
}

}  // namespace

Outcome<void> read_daemon_public(crypto::Bytes file, Founding& founding) {
  crypto::Reader reader(file);
  reader.copy(founding.daemon.fill());
  reader.copy(founding.server.fill());
  if (!reader.finished()) {
    return problem(EX_DATAERR,
                   "this is no daemon.public: bring the one that 'meldpuntd --make-keys' wrote");
  }
  return {};
}

Outcome<Home> found_region(const Founding& founding, const Path& home_path, const Path& out,
                           const Passphrases& passphrases, std::chrono::seconds now) {
  if (founding.region.empty() || founding.region.size() > crypto::name_max) {
    return problem(EX_USAGE, "a region's name has 1 to 64 bytes");
  }
  if (const auto made = make_private_directory(out); !made) return pass_on(made.error());
  if (std::filesystem::exists(out / "root.key")) {
    return problem(EX_CANTCREAT, out.string() + " holds a region already: name another directory");
  }
  const Roots roots;
  const crypto::Buffer pin = crypto::sign_pin(make_pin(founding, roots), roots.root);
  auto home =
      Home::make(home_path, pin, founding.device_name, passphrases.device, passphrases.cost);
  if (!home) return pass_on(home.error());
  if (const auto done = issue_first_keys(*home, founding, roots, out, now); !done) {
    return pass_on(done.error());
  }
  if (const auto done = write_root_key(out / "next-root.key", roots.next, passphrases); !done) {
    return pass_on(done.error());
  }
  if (const auto done = write_root_key(out / "root.key", roots.root, passphrases); !done) {
    return pass_on(done.error());
  }
  // The pin comes last: a directory that has one has everything.
  if (const auto done = write_durably(out / "pin", pin); !done) return pass_on(done.error());
  return home;
}

}  // namespace meldpunt::client
