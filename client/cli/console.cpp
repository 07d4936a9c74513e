#include "client/console/console.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "client/cli/papers.h"
#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/cli/stopping.h"

namespace meldpunt::client {

namespace {

constexpr std::chrono::milliseconds look_again{100};
constexpr std::uint64_t longest_idle_minutes = 8 * 60;

constexpr std::array console_own_options{
    config::Option{"idle-minutes", config::Type::number, "15",
                   "Lock the console when nobody has done anything for this long."},
    config::Option{"page", config::Type::path, "",
                   "Serve this document; its .headers file lies beside it. Otherwise the one that "
                   "came with the program."},
    config::Option{"duty", config::Type::flag, "",
                   "Be on duty too: take in what comes, and post one address a tick."},
    config::Option{"public-endpoint", config::Type::text, "",
                   "On duty, check the reporters' door here instead of at the pin's endpoint."},
};

console::ConsoleSettings settings_of(Call& call, const crypto::Pin& pin) {
  console::ConsoleSettings settings;
  settings.idle = std::chrono::minutes(
      std::clamp<std::uint64_t>(call.options.number("idle-minutes"), 1, longest_idle_minutes));
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

void show_link(Call& call, console::Console& console) {
  const std::string link = console.new_link();
  call.terminal.say("Open this link in your browser. It works once:\n\n  " + link + "\n");
  call.terminal.print({{"event", "link"}, {"link", link}});
}

// Whether a person has pressed Enter. Waits for it a moment.
bool enter_pressed(const Terminal& terminal, bool& ended) {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  if (!terminal.interactive() || ended) {
    (void)::poll(nullptr, 0, static_cast<int>(look_again.count()));
    return false;
  }
  if (::poll(&input, 1, static_cast<int>(look_again.count())) <= 0) return false;
  std::array<char, 256> line{};
  ended = ::read(STDIN_FILENO, line.data(), line.size()) <= 0;
  return !ended;
}

}  // namespace

config::Table console_options() {
  static constexpr auto all = config::join(staff_options, console_own_options, zaak_options);
  return all;
}

Outcome<void> open_console(Call& call) {
  stop_on_signals();
  auto document =
      console::Document::read(call.options.has("page") ? Path(call.options.path("page"))
                                                       : console::Document::beside_this_one());
  if (!document) return pass_on(document.error());
  auto staff = open_staff(call);
  if (!staff) return pass_on(staff.error());
  const auto settings = settings_of(call, (*staff)->home.pin());
  console::Console console(std::move(*staff), call.clock, std::move(*document), settings);
  if (const auto started = console.start(); !started) return pass_on(started.error());
  call.terminal.say("The console runs until you press Ctrl+C here.");
  show_link(call, console);
  bool input_ended = false;
  while (!stop_asked()) {
    const bool wanted = enter_pressed(call.terminal, input_ended);
    if (wanted || !console.link_waits()) show_link(call, console);
  }
  console.stop();
  return {};
}

}  // namespace meldpunt::client
