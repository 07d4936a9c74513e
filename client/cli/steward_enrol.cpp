#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/steward.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::array steward_enrol_own_options{
    config::Option{"enrolment", config::Type::path, "",
                   "The file that the new device made, brought here in person."},
    config::Option{
        "role", config::Type::text, "coordinator",
        "What the device is for: coordinator, approver, partner, receiver or forwarder."},
    config::Option{"steward", config::Type::flag, "",
                   "It may publish rosters and bundles too; needs --root-key."},
    config::Option{"root-key", config::Type::path, "",
                   "The file root.key, to certify a second steward's operations key."},
    config::Option{"root-passphrase-file", config::Type::path, "",
                   "Read the root key's passphrase from this file; otherwise it is asked for."},
    config::Option{"five-words", config::Type::text, "",
                   "The words on the new device's screen, for a script; otherwise you are asked."},
};

constexpr std::array<std::string_view, crypto::device_roles> role_names{
    "coordinator", "approver", "partner", "receiver", "forwarder"};

Outcome<crypto::DeviceRole> role_of(Call& call) {
  const auto* const found = std::ranges::find(role_names, call.options.text("role"));
  if (found == role_names.end()) {
    return problem(EX_USAGE, "--role is coordinator, approver, partner, receiver or forwarder.");
  }
  return static_cast<crypto::DeviceRole>(found - role_names.begin() + 1);
}

Outcome<void> compare(Call& call, const std::string& words, const std::string& name) {
  if (call.options.has("five-words")) {
    if (call.options.text("five-words") == words) return {};
    return problem(EX_DATAERR, "The five words are others (" + words +
                                   "): this is not the device you think. Nothing was done.");
  }
  const auto answer =
      call.terminal.ask("The device calls itself '" + name + "'. Does its screen show exactly\n  " +
                        words + "\nType yes or no: ");
  if (answer == "yes") return {};
  return problem(EX_DATAERR, "The words were not confirmed. Nothing was done.");
}

// The root key, where --steward asks for it.
Outcome<std::optional<RootKey>> root_for_second_steward(Call& call, const crypto::Pin& pin,
                                                        crypto::DeviceRole role) {
  if (!call.options.flag("steward")) return std::nullopt;
  if (role != crypto::DeviceRole::coordinator) {
    return problem(EX_USAGE, "A steward is a coordinator: leave --role away.");
  }
  if (!call.options.has("root-key")) {
    return problem(EX_USAGE,
                   "A second steward's operations key is certified by the root: name the file "
                   "with --root-key FILE.");
  }
  auto root = read_root_key(call, pin);
  if (!root) return pass_on(root.error());
  return std::move(*root);
}

}  // namespace

config::Table steward_enrol_options() {
  static constexpr auto all = config::join(staff_options, steward_enrol_own_options);
  return all;
}

Outcome<void> steward_enrol(Call& call) {
  const auto role = role_of(call);
  if (!role) return pass_on(role.error());
  if (!call.options.has("enrolment")) {
    return problem(EX_USAGE, "Which device? Name the file it made with --enrolment FILE.");
  }
  const auto file = read_file(call.options.path("enrolment"), 4096);
  if (!file) return pass_on(file.error());
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Home& home = (*staff)->home;
  const auto enrolment = read_enrolment(*file, home.pin());
  if (!enrolment) return pass_on(enrolment.error());
  const std::string words =
      five_words(hash_of_enrolment(*file, home.pin().region), english_words());
  if (const auto same = compare(call, words, enrolment->device.name); !same)
    return pass_on(same.error());
  const auto root = root_for_second_steward(call, home.pin(), *role);
  if (!root) return pass_on(root.error());
  const auto enrolled = enrol(home, *(*staff)->casework, (*staff)->line, *enrolment, *role,
                              *root ? &**root : nullptr, call.clock.now());
  if (!enrolled) return pass_on(enrolled.error());
  const std::string until = format_time(std::chrono::hours(enrolled->until * 24)).substr(0, 10);
  call.terminal.say("The device '" + enrolment->device.name + "' is enrolled until " + until +
                    ". Every console announces it.");
  call.terminal.print({{"event", "enrolled"},
                       {"device", hexadecimal(enrolment->device.id.view())},
                       {"roster", enrolled->roster},
                       {"keys_given", enrolled->grants},
                       {"until", until},
                       {"five_words", words}});
  return {};
}

}  // namespace meldpunt::client
