#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/cli/stopping.h"
#include "client/lib/forwarder.h"

namespace meldpunt::client {

namespace {

constexpr std::array forward_own_options{
    config::Option{"to", config::Type::text, "",
                   "Where the receiver's gateway listens: tcp://ADDRESS:PORT."},
    config::Option{"receiver", config::Type::text, "",
                   "The receiver's name in the roster, where more than one is enrolled."},
    config::Option{"once", config::Type::flag, "", "Carry what waits, and end."},
    config::Option{"look-every", config::Type::milliseconds, "10000",
                   "Time between two looks into the box."},
};

// No casework: this device has no vault key, and its home holds keys and rosters only.
struct Desk {
  Desk(Call& call, Home opened, RosterHistory known)
      : home(std::move(opened)),
        rosters(std::move(known)),
        connection(call.network.line({call.options.has("endpoint") ? call.options.text("endpoint")
                                                                   : home.pin().endpoints.staff,
                                      home.pin().server, call.options.text("proxy")},
                                     &home.keys().curve)),
        notices(home.pin(), call.clock, {}),
        line(*connection, notices, call.clock) {}

  Home home;
  RosterHistory rosters;
  std::unique_ptr<Line> connection;
  NoticeSource notices;
  StaffLine line;
};

Outcome<std::unique_ptr<Desk>> open_desk(Call& call) {
  const auto path = home_path(call);
  if (!path) return pass_on(path.error());
  const auto passphrase =
      call.terminal.secret(call.options.text("passphrase-file"), "Passphrase of this device: ");
  if (!passphrase) return pass_on(passphrase.error());
  auto home = Home::open(*path, passphrase->view());
  if (!home) return pass_on(home.error());
  auto rosters = RosterHistory::open(*home);
  if (!rosters) return pass_on(rosters.error());
  return std::make_unique<Desk>(call, std::move(*home), std::move(*rosters));
}

Outcome<crypto::CurveKey> receiver_key(const crypto::Roster& roster, const std::string& name) {
  const auto found = std::ranges::find_if(roster.devices, [&](const crypto::Device& device) {
    return device.role == crypto::DeviceRole::receiver && (name.empty() || device.name == name);
  });
  if (found == roster.devices.end()) {
    return problem(EX_CONFIG, "no receiver of trends is enrolled: ask the region's steward");
  }
  return found->curve;
}

Outcome<ForwardCounts> round(Call& call, Desk& desk) {
  if (const auto known = desk.rosters.refresh(desk.line); !known) return pass_on(known.error());
  if (desk.rosters.empty()) return problem(EX_TEMPFAIL, "the server has no roster yet");
  const auto key = receiver_key(desk.rosters.newest(), call.options.text("receiver"));
  if (!key) return pass_on(key.error());
  // A connection for a round: the box is empty nearly always, and then nobody is called.
  const auto receiver =
      call.network.line({call.options.text("to"), *key, {}}, &desk.home.keys().curve);
  Forwarder forwarder(desk.home, desk.rosters, desk.line, *receiver,
                      call.options.seconds("timeout"));
  return forwarder.run();
}

void tell(Terminal& terminal, const ForwardCounts& counts) {
  if (counts.taken + counts.receipts + counts.dropped == 0) return;
  terminal.say(std::to_string(counts.receipts) + " receipts brought back, " +
               std::to_string(counts.taken) + " parts taken, " + std::to_string(counts.dropped) +
               " dropped");
  terminal.print({{"event", "forwarded"},
                  {"receipts", counts.receipts},
                  {"parts", counts.taken},
                  {"dropped", counts.dropped}});
}

// One round, told. False: nothing moved, for a reason that passes.
Outcome<bool> look(Call& call, Desk& desk) {
  const auto counts = round(call, desk);
  if (counts) {
    tell(call.terminal, *counts);
    return true;
  }
  if (counts.error().exit_code != EX_TEMPFAIL || call.options.flag("once")) {
    return pass_on(counts.error());
  }
  call.terminal.complain(counts.error().sentence);
  call.terminal.print({{"event", "waits"}, {"sentence", printable(counts.error().sentence)}});
  return false;
}

}  // namespace

config::Table forward_options() {
  static constexpr auto all = config::join(staff_options, forward_own_options);
  return all;
}

Outcome<void> forward(Call& call) {
  stop_on_signals();
  if (!call.options.has("to")) {
    return problem(EX_USAGE, "Where is the receiver? Name its gateway with --to tcp://HOST:PORT.");
  }
  const auto desk = open_desk(call);
  if (!desk) return pass_on(desk.error());
  BackOff back_off;
  while (!stop_asked()) {
    const auto moved = look(call, **desk);
    if (!moved) return pass_on(moved.error());
    if (call.options.flag("once")) return {};
    if (*moved) back_off.reset();
    sleep_unless_stopped(call.clock,
                         *moved ? call.options.milliseconds("look-every") : back_off.next());
  }
  return {};
}

}  // namespace meldpunt::client
