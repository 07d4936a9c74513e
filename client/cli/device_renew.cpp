#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/device_renewal.h"
#include "client/lib/key_ends.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::array device_renew_own_options{
    config::Option{"next-pin", config::Type::path, "",
                   "Only take in this pin, which follows the device's present one."},
};

Outcome<void> follow(Call& call, Home& home) {
  const auto pin = read_file(call.options.path("next-pin"), longest_pin);
  if (!pin) return pass_on(pin.error());
  if (const auto followed = home.follow_pin(*pin); !followed) return pass_on(followed.error());
  call.terminal.say("This device has pin number " + std::to_string(home.pin().number) + " now.");
  call.terminal.print({{"event", "pin_followed"}, {"number", home.pin().number}});
  return {};
}

}  // namespace

config::Table device_renew_options() {
  static constexpr auto all = config::join(staff_options, device_renew_own_options);
  return all;
}

Outcome<void> device_renew(Call& call) {
  const auto staff = open_staff(call);
  if (!staff) return pass_on(staff.error());
  Home& home = (*staff)->home;
  if (call.options.has("next-pin")) return follow(call, home);
  const auto renewal = renew_device(home, (*staff)->line, call.clock.now());
  if (!renewal) return pass_on(renewal.error());
  const std::string until = date_of(renewal->until);
  if (renewal->in_force) {
    call.terminal.say("This device's new keys are in force until " + until +
                      "; the old ones are destroyed.");
    call.terminal.print({{"event", "device_renewed"}, {"until", until}});
    return {};
  }
  const std::string words = five_words(renewal->keys, english_words());
  call.terminal.say(
      "New keys are made, and the staff knows. Ask a steward to run 'steward renew' "
      "before " +
      until + ", and to compare these five words:\n  " + words +
      "\nUntil then this device works with its present keys.");
  call.terminal.print({{"event", "renewal_asked"}, {"until", until}, {"five_words", words}});
  return {};
}

}  // namespace meldpunt::client
