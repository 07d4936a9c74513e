#include <nlohmann/json.hpp>

#include "client/cli/console_link.h"
#include "client/cli/received.h"
#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/cli/stopping.h"
#include "client/lib/case_words.h"
#include "client/lib/receiver.h"
#include "client/lib/transport/zmq_door.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::array receive_own_options{
    config::Option{"listen", config::Type::text, "",
                   "The socket that the gateway stands before; otherwise run/receive.sock in the "
                   "home."},
    config::Option{"remark", config::Type::text, "",
                   "A remark for the regions, in every receipt: at most 1,000 bytes of text."},
    config::Option{"console", config::Type::flag, "",
                   "Show the figures too, in a browser of this machine."},
};
constexpr std::array region_own_options{
    config::Option{"name", config::Type::text, "",
                   "What the region's staff see this receiver as; needed the first time."},
};

Outcome<Home> open_home(Call& call) {
  const auto path = home_path(call);
  if (!path) return pass_on(path.error());
  const auto passphrase =
      call.terminal.secret(call.options.text("passphrase-file"), "Passphrase of this receiver: ");
  if (!passphrase) return pass_on(passphrase.error());
  return Home::open(*path, passphrase->view());
}

Outcome<std::string> endpoint_of(Call& call, const Home& home) {
  if (call.options.has("listen")) return call.options.text("listen");
  const Path directory = home.path() / "run";
  if (const auto made = make_private_directory(directory); !made) return pass_on(made.error());
  return "ipc://" + (directory / "receive.sock").string();
}

// Without --console: none.
Outcome<std::unique_ptr<console::Console>> console_of(Call& call, const Home& home) {
  if (!call.options.flag("console")) return nullptr;
  auto document = console_document(call);
  if (!document) return pass_on(document.error());
  console::ConsoleSettings settings;
  settings.idle = console_idle(call);
  auto console =
      std::make_unique<console::Console>(home, call.clock, std::move(*document), settings);
  if (const auto started = console->start(); !started) return pass_on(started.error());
  return console;
}

void tell(Terminal& terminal, Receiver& receiver) {
  for (const ReceivedNews& news : receiver.take_news()) {
    terminal.say(line_of(news.region, news.entry));
    terminal.print(json_of(news.region, news.entry));
  }
}

}  // namespace

config::Table receive_options() {
  static constexpr auto all = config::join(config::common_options, config::device_options,
                                           receive_own_options, console_page_options);
  return all;
}

config::Table receiver_region_options() {
  static constexpr auto all =
      config::join(config::common_options, config::device_options, region_own_options);
  return all;
}

Outcome<void> receive(Call& call) {
  stop_on_signals();
  const auto home = open_home(call);
  if (!home) return pass_on(home.error());
  const auto lock = lock_file(home->path() / "receive.lock");
  if (!lock) return pass_on(lock.error());
  auto receiver = Receiver::open(*home, call.clock, call.options.text("remark"));
  if (!receiver) return pass_on(receiver.error());
  if (call.options.text("remark").size() > crypto::receipt_remark_max) {
    return problem(EX_USAGE, "--remark has at most 1,000 bytes.");
  }
  const auto endpoint = endpoint_of(call, *home);
  if (!endpoint) return pass_on(endpoint.error());
  Door door(call.network, *endpoint, home->keys().curve);
  auto console = console_of(call, *home);
  if (!console) return pass_on(console.error());
  call.terminal.say("Receiving at " + *endpoint + ".");
  call.terminal.print({{"event", "receiving"}, {"endpoint", *endpoint}});
  std::optional<ConsoleLink> link;
  if (*console) link.emplace(call, **console);
  door.serve(
      [&](auto answer, auto question) {
        (*receiver)->answer(answer, question);
        tell(call.terminal, **receiver);
      },
      [&link] {
        if (link) link->attend(std::chrono::milliseconds(0));
        return stop_asked();
      });
  if (*console) (*console)->stop();
  return {};
}

// The device's keys are one and the same for every region; each region enrols them for itself.
Outcome<void> receiver_region(Call& call) {
  if (!call.options.has("pin")) {
    return problem(EX_USAGE, "Which region? Name its pin with --pin FILE.");
  }
  const auto home = open_home(call);
  if (!home) return pass_on(home.error());
  const auto bytes = read_file(call.options.path("pin"), longest_pin);
  if (!bytes) return pass_on(bytes.error());
  const auto pin = Receiver::add_region(*home, *bytes);
  if (!pin) return pass_on(pin.error());
  const Path file = region_directory(home->path(), pin->region) / "enrolment";
  nlohmann::json added{{"event", "region_added"}, {"region", pin->name}};
  if (call.options.has("name")) {
    const crypto::Buffer enrolment = crypto::sign_enrolment(
        home->keys().device(call.options.text("name")), pin->region, home->keys().signing);
    if (const auto done = write_durably(file, enrolment); !done) return pass_on(done.error());
    const std::string words =
        five_words(hash_of_enrolment(enrolment, pin->region), english_words());
    call.terminal.say("Bring " + file.string() + " to the steward of " + pin->name +
                      ", and compare these five words on both screens:\n  " + words);
    added["enrolment"] = file.string();
    added["five_words"] = words;
  }
  call.terminal.say("Releases of " + pin->name + " are taken from now on.");
  call.terminal.print(added);
  return {};
}

}  // namespace meldpunt::client
