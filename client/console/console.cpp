#include "client/console/console.h"

#include "client/console/receiver_work.h"

namespace meldpunt::console {

namespace {

Desk::Begin staff_begins(client::StaffDevice& device, client::Clock& clock,
                         const DeskSettings& settings) {
  return [&device, &clock, while_away = settings.while_away, work = settings.work] {
    device.line.be_patient(while_away);
    return StaffWork::of(device, clock, work);
  };
}

Desk::Begin receiver_begins(const client::Home& home, client::Clock& clock) {
  return [&home, &clock]() -> client::Outcome<std::unique_ptr<Work>> {
    return std::make_unique<ReceiverWork>(home, clock);
  };
}

}  // namespace

Console::Console(std::unique_ptr<client::StaffDevice> device, client::Clock& clock,
                 Document document, ConsoleSettings settings)
    : Console(std::move(device), device->home.path(), staff_begins(*device, clock, settings.desk),
              clock, std::move(document), settings) {}

Console::Console(const client::Home& receiver, client::Clock& clock, Document document,
                 ConsoleSettings settings)
    : Console(nullptr, receiver.path(), receiver_begins(receiver, clock), clock,
              std::move(document), settings) {}

// The device is moved here and no earlier: what comes beside it was made from it.
Console::Console(std::unique_ptr<client::StaffDevice>&& device, const client::Path& home,
                 Desk::Begin begin, client::Clock& clock, Document document,
                 const ConsoleSettings& settings)
    : device_(std::move(device)),
      document_(std::move(document)),
      door_(clock, settings.idle),
      server_(settings.limits),
      unlocker_([home](crypto::Bytes passphrase) {
        return client::Home::check_passphrase(home, passphrase);
      }),
      desk_(std::move(begin), settings.desk,
            [this] { server_.later(std::chrono::milliseconds(0), [this] { api_.wake(); }); }),
      api_(desk_, door_, unlocker_, server_, document_) {}

Console::~Console() { stop(); }

client::Outcome<void> Console::start() {
  if (const auto started = desk_.start(); !started) return client::pass_on(started.error());
  server_.start(
      [this](Request request, const Answer& answer) { api_.serve(std::move(request), answer); });
  return {};
}

// Nobody asks any more before nobody answers.
void Console::stop() {
  server_.stop();
  unlocker_.finish();
  desk_.stop();
}

std::string Console::new_link() {
  return "http://127.0.0.1:" + std::to_string(server_.port()) + "/#" + door_.new_token();
}

}  // namespace meldpunt::console
