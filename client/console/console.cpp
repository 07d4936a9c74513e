#include "client/console/console.h"

namespace meldpunt::console {

Console::Console(std::unique_ptr<client::StaffDevice> device, client::Clock& clock,
                 Document document, ConsoleSettings settings)
    : document_(std::move(document)),
      door_(clock, settings.idle),
      server_(settings.limits),
      unlocker_([path = device->home.path()](crypto::Bytes passphrase) {
        return client::Home::check_passphrase(path, passphrase);
      }),
      desk_(std::move(device), clock, std::move(settings.desk),
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
