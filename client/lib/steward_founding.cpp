// Founding a region: every key that there is at the beginning.
#include <algorithm>

#include "client/lib/case_bundles.h"
#include "client/lib/steward.h"
#include "crypto/parts.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t roster_part_size = 15'000;
// kind 1 | position 8 | length 4
constexpr std::size_t record_overhead = 1 + 8 + 4;

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

void add_record(crypto::Buffer& file, crypto::MailboxKind kind, std::uint64_t position,
                crypto::Bytes bytes) {
  const std::size_t at = file.size();
  file.resize(at + record_overhead + bytes.size());
  crypto::Writer(crypto::MutableBytes(file).subspan(at))
      .u8(static_cast<std::uint8_t>(kind))
      .u64(position)
      .u32(static_cast<std::uint32_t>(bytes.size()))
      .bytes(bytes);
}

Outcome<void> write_root_key(const Path& path, const RootKey& key, const Passphrases& passphrases) {
  const auto locked = crypto::lock_with_passphrase(key.seed(), passphrases.root, passphrases.cost);
  if (!locked) return problem(EX_OSERR, path.string(), locked.error());
  return write_durably(path, *locked);
}

Outcome<void> add_roster(crypto::Buffer& file, crypto::Bytes signed_roster) {
  const auto manifest =
      crypto::make_manifest(crypto::PartsKind::roster, signed_roster, roster_part_size);
  if (!manifest) return problem(EX_SOFTWARE, "the roster", manifest.error());
  crypto::Buffer bytes(crypto::put_bytes_max);
  crypto::Writer first(bytes);
  crypto::write_manifest(first, *manifest);
  add_record(file, crypto::MailboxKind::roster, roster_position(1, 0), first.written());
  for (std::size_t i = 0; i < manifest->parts.size(); ++i) {
    crypto::Writer writer(bytes);
    crypto::write_part(writer, crypto::make_part(*manifest, signed_roster, roster_part_size,
                                                 static_cast<std::uint16_t>(i)));
    add_record(file, crypto::MailboxKind::roster,
               roster_position(1, static_cast<std::uint16_t>(i + 1)), writer.written());
  }
  return {};
}

// The days that the first bundles, the certificate and the device cover: from yesterday, so that a
// clock that is a little behind finds a key too.
struct Days {
  crypto::Day first;
  crypto::Day last;
};

std::vector<IssuedBundle> add_bundles(crypto::Buffer& file, const Founding& founding,
                                      const crypto::Pin& pin, const Stewardship& stewardship,
                                      const crypto::SealingKey<crypto::role::Epoch>& team,
                                      const Days& days) {
  std::vector<IssuedBundle> issued;
  for (crypto::Day day = days.first; day <= days.last; ++day) {
    const crypto::Bundle bundle{day,       stewardship.generation, crypto::epoch_of(team),
                                team,      founding.daemon,        pin.endpoints,
                                pin.server};
    const crypto::Buffer bytes =
        crypto::sign_bundle(bundle, pin.region, stewardship.certificate, stewardship.operations);
    add_record(file, crypto::MailboxKind::notice, day, bytes);
    issued.push_back({day, bundle.generation, hash_of_bundle(bytes)});
  }
  return issued;
}

Stewardship make_stewardship(const Home& home, const Roots& roots, crypto::Day from) {
  auto operations = crypto::SigningKey<crypto::role::Operations>::generate();
  const crypto::OperationsCertificate certificate{operations.public_key(), home.keys().id, 1, from,
                                                  from + crypto::operations_days};
  auto bytes = crypto::sign_certificate(certificate, home.pin().region, roots.root);
  return {std::move(operations), 1, std::move(bytes)};
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
  const crypto::Day today = crypto::day_of(hour_of(now));
  const Days days{today - 1, today + crypto::bundle_days_ahead - 1};
  auto stewardship = make_stewardship(home, roots, days.first);
  auto epoch = crypto::EpochSecret::generate();
  crypto::Buffer file;
  const auto issued =
      add_bundles(file, founding, home.pin(), stewardship, epoch.public_key(), days);
  const auto roster = first_roster(home, founding, stewardship, days.first, hour_of(now));
  if (const auto added = add_roster(file, roster); !added) return pass_on(added.error());
  const auto kept = home.change_keyring([&](Keyring& keyring) {
    keyring.add(std::move(epoch));
    keyring.add(crypto::VaultSecret::generate(1));
    keyring.stewardship = std::move(stewardship);
    return true;
  });
  if (!kept) return pass_on(kept.error());
  const auto list = encode(issued);
  if (!list) return problem(EX_SOFTWARE, "the list of bundles", list.error());
  if (const auto done = write_durably(home.path() / "bundles", list->view()); !done)
    return pass_on(done.error());
  return write_durably(out / "founding", file);
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
