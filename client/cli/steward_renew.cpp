#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/key_ends.h"
#include "client/lib/renewal.h"
#include "client/lib/steward.h"
#include "client/lib/vault_renewal.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::array steward_renew_own_options{
    config::Option{"root-key", config::Type::path, "",
                   "The file root.key: makes a new operations key, for 26 weeks."},
    config::Option{"root-passphrase-file", config::Type::path, "",
                   "Read the root key's passphrase from this file; otherwise it is asked for."},
    config::Option{"confirm", config::Type::text, "",
                   "The five words of a device's new keys, or all, for a script; else you are "
                   "asked."},
    config::Option{"now", config::Type::flag, "",
                   "Do not wait until it is due: other secrets for every day, and another vault."},
    config::Option{"out", config::Type::path, "",
                   "Put nothing: write the bundles as a founding file, for the operator."},
    config::Option{"daemon-public", config::Type::path, "",
                   "The daemon's new daemon.public; needs --out."},
    config::Option{"next-pin", config::Type::path, "",
                   "Write the pin that follows to this file; needs --root-key."},
    config::Option{"reporters", config::Type::text, "",
                   "In the next pin: where reporters connect."},
    config::Option{"staff", config::Type::text, "", "In the next pin: where staff connects."},
    config::Option{"next-root-out", config::Type::path, "",
                   "In the next pin: a new next root key, written to this file."},
    config::Option{
        "replace-root", config::Type::flag, "",
        "The key in --root-key is the next root: it takes the root's place, and what the "
        "old one certified ends today; needs --next-pin, --next-root-out and --out."},
};
constexpr std::size_t longest_public = std::size_t{64} * 1024;

// What the options name, read and opened.
struct Material {
  std::optional<RootKey> root;
  std::optional<DaemonPublic> daemon;
  bool replaces_root = false;
  bool now = false;

  [[nodiscard]] RenewalWishes wishes() const {
    return {root ? &*root : nullptr, daemon ? &*daemon : nullptr, {}, now};
  }
};

Outcome<void> options_fit(Call& call) {
  if (call.options.has("daemon-public") && !call.options.has("out")) {
    return problem(EX_USAGE, "A daemon that runs cannot take other keys: add --out FILE.");
  }
  if (call.options.has("next-pin") && !call.options.has("root-key")) {
    return problem(EX_USAGE, "The root signs a pin: add --root-key FILE.");
  }
  for (const char* with : {"root-key", "next-pin", "next-root-out", "out"}) {
    if (call.options.flag("replace-root") && !call.options.has(with)) {
      return problem(EX_USAGE, "--replace-root needs --" + std::string(with) + " FILE.");
    }
  }
  for (const char* of_pin : {"reporters", "staff", "next-root-out"}) {
    if (call.options.has(of_pin) && !call.options.has("next-pin")) {
      return problem(EX_USAGE, "--" + std::string(of_pin) + " is for --next-pin FILE.");
    }
  }
  return {};
}

Outcome<Material> read_material(Call& call, const crypto::Pin& pin) {
  Material material;
  material.replaces_root = call.options.flag("replace-root");
  material.now = call.options.flag("now");
  if (call.options.has("root-key")) {
    auto root =
        read_root_key(call, pin, material.replaces_root ? WhichRoot::next : WhichRoot::present);
    if (!root) return pass_on(root.error());
    material.root = std::move(*root);
  }
  if (call.options.has("daemon-public")) {
    const auto file = read_file(call.options.path("daemon-public"), longest_public);
    if (!file) return pass_on(file.error());
    Founding founding;
    if (const auto read = read_daemon_public(*file, founding); !read) return pass_on(read.error());
    material.daemon = DaemonPublic{founding.daemon, founding.server};
  }
  return material;
}

// The key first: a pin that names a next root whose key is lost would be worse than none.
Outcome<void> write_next_root(Call& call, const RootKey& key) {
  const auto passphrase =
      new_passphrase(call, call.options.text("root-passphrase-file"), "the next root key");
  if (!passphrase) return pass_on(passphrase.error());
  const auto locked = crypto::lock_with_passphrase(key.seed(), passphrase->view());
  if (!locked) return problem(EX_OSERR, "the next root key", locked.error());
  return write_durably(call.options.path("next-root-out"), *locked);
}

Outcome<void> issue_pin(Call& call, Home& home, const Material& material) {
  if (!call.options.has("next-pin")) return {};
  PinChanges changes;
  if (call.options.has("reporters")) changes.reporters = call.options.text("reporters");
  if (call.options.has("staff")) changes.staff = call.options.text("staff");
  if (material.daemon) changes.daemon = &*material.daemon;
  std::optional<RootKey> next_root;
  if (call.options.has("next-root-out")) {
    next_root = RootKey::generate();
    if (const auto done = write_next_root(call, *next_root); !done) return pass_on(done.error());
    changes.next_root = &*next_root;
  }
  const auto pin = succeed_pin(home, *material.root, changes, day_of(call.clock.now()));
  if (!pin) return pass_on(pin.error());
  const Path path = call.options.path("next-pin");
  if (const auto done = write_durably(path, *pin); !done) return pass_on(done.error());
  call.terminal.say("Pin number " + std::to_string(home.pin().number) + " is in " + path.string() +
                    ": give it to the operator and to everybody; staff takes it in with 'device "
                    "renew --next-pin FILE'.");
  call.terminal.print({{"event", "pin"}, {"number", home.pin().number}, {"file", path.string()}});
  return {};
}

bool confirmed(Call& call, const WaitingSuccessor& waiting, const crypto::RegionId& region) {
  const std::string words = five_words(hash_of_successor(waiting.keys, region), english_words());
  call.terminal.print({{"event", "new_keys_wait"},
                       {"device", hexadecimal(waiting.device.id.view())},
                       {"name", waiting.device.name},
                       {"five_words", words}});
  if (call.options.has("confirm")) {
    const std::string given = call.options.text("confirm");
    return given == "all" || given == words;
  }
  const auto answer = call.terminal.ask("The device '" + waiting.device.name +
                                        "' has made new keys. Does its screen show exactly\n  " +
                                        words + "\nType yes or no: ");
  return answer == "yes";
}

std::vector<WaitingSuccessor> ask_about(Call& call, const Casework& casework) {
  std::vector<ReceivedSuccessor> received;
  for (const auto& object : casework.received().of(crypto::ObjectKind::device_successor)) {
    received.push_back({object.giver, object.content});
  }
  const auto& region = casework.home().pin().region;
  auto waiting = waiting_successors(received, casework.rosters().newest(), region);
  std::erase_if(waiting,
                [&](const WaitingSuccessor& next) { return !confirmed(call, next, region); });
  return waiting;
}

void say_what_was_done(Call& call, const Renewed& renewed) {
  call.terminal.say(std::to_string(renewed.bundles) +
                    " new bundles; the last day that has one is " + date_of(renewed.last_day) +
                    ". " + std::to_string(renewed.confirmed) +
                    " devices have new keys. The operations key is good until " +
                    date_of(renewed.certificate_until) + ".");
  if (renewed.cut_short) {
    call.terminal.complain(
        "The operations key ends before the 35 days do: fetch the root key, and run 'steward renew "
        "--root-key FILE'.");
  }
  call.terminal.print({{"event", "renewed"},
                       {"bundles", renewed.bundles},
                       {"last_day", date_of(renewed.last_day)},
                       {"devices_confirmed", renewed.confirmed},
                       {"keys_given", renewed.grants},
                       {"operations_key_until", date_of(renewed.certificate_until)},
                       {"cut_short", renewed.cut_short}});
}

Outcome<void> write_for_operator(Call& call, StaffDevice& staff, Material& material) {
  // Of a bundle that the old root certified, nothing is believed once it is replaced.
  if (material.replaces_root && !material.daemon) {
    const auto daemon = daemon_of_newest_bundle(staff.home);
    if (!daemon) return pass_on(daemon.error());
    material.daemon = *daemon;
  }
  // A pin that names the daemon's new connection key comes first: the bundles repeat it.
  if (const auto issued = issue_pin(call, staff.home, material); !issued) {
    return pass_on(issued.error());
  }
  Renewed renewed;
  const auto file =
      renew_for_operator(staff.home, *staff.casework, material.wishes(), call.clock.now(), renewed);
  if (!file) return pass_on(file.error());
  const Path out = call.options.path("out");
  if (const auto done = write_durably(out, *file); !done) return pass_on(done.error());
  call.terminal.say("Give " + out.string() +
                    " to the operator, who starts the daemon with --founding " + out.string() +
                    ". Then run 'steward renew' again: colleagues get their share.");
  call.terminal.print({{"event", "renewal_written"},
                       {"file", out.string()},
                       {"bundles", renewed.bundles},
                       {"operations_key_until", date_of(renewed.certificate_until)}});
  return {};
}

}  // namespace

config::Table steward_renew_options() {
  static constexpr auto all = config::join(staff_options, steward_renew_own_options);
  return all;
}

Outcome<void> steward_renew(Call& call) {
  if (const auto fit = options_fit(call); !fit) return pass_on(fit.error());
  const bool for_operator = call.options.has("out");
  const auto opened = for_operator ? open_staff(call) : sync_staff(call);
  if (!opened) return pass_on(opened.error());
  StaffDevice& staff = **opened;
  auto material = read_material(call, staff.home.pin());
  if (!material) return pass_on(material.error());
  if (for_operator) return write_for_operator(call, staff, *material);
  RenewalWishes wishes = material->wishes();
  wishes.successors = ask_about(call, *staff.casework);
  const auto renewed = renew(staff.home, *staff.casework, staff.line, wishes, call.clock.now());
  tell(call.terminal, staff);
  if (!renewed) return pass_on(renewed.error());
  say_what_was_done(call, *renewed);
  const auto vault = renew_vault(staff.home, *staff.casework, staff.line, call.clock.now(),
                                 material->now ? VaultReason::at_once : VaultReason::when_due);
  if (!vault) return pass_on(vault.error());
  if (vault->changed) call.terminal.say("The vault has changed.");
  if (const auto kept = staff.remember(); !kept) return pass_on(kept.error());
  return issue_pin(call, staff.home, *material);
}

}  // namespace meldpunt::client
