#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::array device_init_own_options{
    config::Option{"name", config::Type::text, "",
                   "What colleagues see this device as; it is shown to staff only."},
};
constexpr std::size_t longest = 4096;

}  // namespace

config::Table device_init_options() {
  static constexpr auto all =
      config::join(config::common_options, config::device_options, device_init_own_options);
  return all;
}

Outcome<void> device_init(Call& call) {
  const auto path = home_path(call);
  if (!path) return pass_on(path.error());
  if (!call.options.has("pin")) {
    return problem(EX_USAGE, "Which region? Name its pin with --pin FILE.");
  }
  if (!call.options.has("name")) return problem(EX_USAGE, "Give the device a name with --name.");
  const auto pin = read_file(call.options.path("pin"), longest);
  if (!pin) return pass_on(pin.error());
  const auto passphrase = new_passphrase(call, call.options.text("passphrase-file"), "this device");
  if (!passphrase) return pass_on(passphrase.error());
  const auto home = Home::make(*path, *pin, call.options.text("name"), passphrase->view());
  if (!home) return pass_on(home.error());
  const Path file = *path / "enrolment";
  const auto enrolment = read_file(file, longest);
  if (!enrolment) return pass_on(enrolment.error());
  const std::string words =
      five_words(hash_of_enrolment(*enrolment, home->pin().region), english_words());
  call.terminal.say("This device's keys are made. Bring " + file.string() +
                    " to the steward, and compare these five words on both screens:\n  " + words);
  call.terminal.print({{"event", "device_made"},
                       {"device", hexadecimal(home->keys().id.view())},
                       {"enrolment", file.string()},
                       {"five_words", words}});
  return {};
}

}  // namespace meldpunt::client
