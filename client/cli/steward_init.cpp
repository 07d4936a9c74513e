#include <nlohmann/json.hpp>

#include "client/cli/paper.h"
#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/steward.h"

namespace meldpunt::client {

namespace {

constexpr std::array steward_init_own_options{
    config::Option{"name", config::Type::text, "", "The region's name, for everybody to see."},
    config::Option{"device-name", config::Type::text, "steward",
                   "What colleagues see this device as."},
    config::Option{"daemon-public", config::Type::path, "",
                   "The file daemon.public that `meldpuntd --make-keys` wrote."},
    config::Option{"reporters", config::Type::text, "",
                   "Where reporters connect, for example tcp://127.0.0.1:7400."},
    config::Option{"staff", config::Type::text, "",
                   "Where staff connects, for example tcp://127.0.0.1:7401."},
    config::Option{"out", config::Type::path, "",
                   "The directory for root keys, pin and founding file; keep its keys offline."},
    config::Option{"root-passphrase-file", config::Type::path, "",
                   "Read the root keys' passphrase from this file; otherwise it is asked for."},
    config::Option{"demonstration", config::Type::flag, "",
                   "Mark the region's keys as a demonstration's, for everybody to see."},
};

Outcome<Founding> founding_of(Call& call) {
  for (const char* needed : {"name", "daemon-public", "reporters", "staff", "out"}) {
    if (!call.options.has(needed)) {
      return problem(EX_USAGE, "--" + std::string(needed) + " is needed to found a region.");
    }
  }
  Founding founding;
  founding.region = call.options.text("name");
  founding.device_name = call.options.text("device-name");
  founding.endpoints = {call.options.text("reporters"), call.options.text("staff")};
  founding.demonstration = call.options.flag("demonstration");
  const auto keys = read_file(call.options.path("daemon-public"), std::size_t{64} * 1024);
  if (!keys) return pass_on(keys.error());
  if (const auto read = read_daemon_public(*keys, founding); !read) return pass_on(read.error());
  return founding;
}

// The root's own; where only the device's stands in a file, a script means one for both.
Outcome<crypto::SecretBuffer> root_passphrase(Call& call, const crypto::SecretBuffer& device) {
  const std::string file = call.options.text("root-passphrase-file");
  if (file.empty() && call.options.has("passphrase-file")) {
    return crypto::SecretBuffer::of(device.view());
  }
  return new_passphrase(call, file, "the root keys");
}

}  // namespace

config::Table steward_init_options() {
  static constexpr auto all = config::join(
      std::array{row_of(config::common_options, "json"), row_of(config::common_options, "help")},
      config::device_options, steward_init_own_options, paper_options);
  return all;
}

Outcome<void> steward_init(Call& call) {
  const auto path = home_path(call);
  if (!path) return pass_on(path.error());
  const auto founding = founding_of(call);
  if (!founding) return pass_on(founding.error());
  const auto device = new_passphrase(call, call.options.text("passphrase-file"), "this device");
  if (!device) return pass_on(device.error());
  const auto root = root_passphrase(call, *device);
  if (!root) return pass_on(root.error());
  const Path out = call.options.path("out");
  const auto home =
      found_region(*founding, *path, out, {device->view(), root->view(), {}}, call.clock.now());
  if (!home) return pass_on(home.error());
  const auto root_key = unlock_root(out / "root.key", root->view());
  if (!root_key) return pass_on(root_key.error());
  if (const auto paper = make_and_show_paper(call, *home, *root_key); !paper) {
    return pass_on(paper.error());
  }
  call.terminal.say("The region " + founding->region + " is founded. Give " +
                    (out / "pin").string() + " to everybody and " + (out / "founding").string() +
                    " to the operator; keep both root keys offline, apart from each other.");
  call.terminal.print({{"event", "founded"},
                       {"region", hexadecimal(home->pin().region.view())},
                       {"device", hexadecimal(home->keys().id.view())},
                       {"pin", (out / "pin").string()},
                       {"founding", (out / "founding").string()}});
  return {};
}

}  // namespace meldpunt::client
