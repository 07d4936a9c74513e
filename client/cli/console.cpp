#include "client/cli/console_link.h"
#include "client/cli/papers.h"
#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/cli/stopping.h"

namespace meldpunt::client {

namespace {

constexpr std::chrono::milliseconds look_again{100};

constexpr std::array console_own_options{
    config::Option{"duty", config::Type::flag, "",
                   "Be on duty too: take in what comes, and post one address a tick."},
    config::Option{"public-endpoint", config::Type::text, "",
                   "On duty, check the reporters' door here instead of at the pin's endpoint."},
};

console::ConsoleSettings settings_of(Call& call, const crypto::Pin& pin) {
  console::ConsoleSettings settings;
  settings.idle = console_idle(call);
  settings.desk.work.duty = call.options.flag("duty");
  settings.desk.work.zaak = zaak_settings(call.options);
  const std::string endpoint = call.options.has("public-endpoint")
                                   ? call.options.text("public-endpoint")
                                   : pin.endpoints.reporters;
  settings.desk.work.door = [&network = call.network, endpoint, server = pin.server,
                             proxy = call.options.text("proxy")] {
    return network.line({endpoint, server, proxy});
  };
  return settings;
}

}  // namespace

config::Table console_options() {
  static constexpr auto all =
      config::join(staff_options, console_page_options, console_own_options, zaak_options);
  return all;
}

Outcome<void> open_console(Call& call) {
  stop_on_signals();
  auto document = console_document(call);
  if (!document) return pass_on(document.error());
  auto staff = open_staff(call);
  if (!staff) return pass_on(staff.error());
  const auto settings = settings_of(call, (*staff)->home.pin());
  console::Console console(std::move(*staff), call.clock, std::move(*document), settings);
  if (const auto started = console.start(); !started) return pass_on(started.error());
  ConsoleLink link(call, console);
  while (!stop_asked()) link.attend(look_again);
  console.stop();
  return {};
}

}  // namespace meldpunt::client
