// The console: the server on loopback, the door, the desk behind it, and the API
// between them; for a device of a region's staff, or for a receiver of trends. docs/console.md has
// the threat model.
#pragma once

#include "client/console/api.h"

namespace meldpunt::console {

struct ConsoleSettings {
  std::chrono::seconds idle{std::chrono::minutes(15)};
  ServerLimits limits{};
  DeskSettings desk{};
};

class Console {
 public:
  // The clock must outlive it. The passphrase is checked against the device's home.
  Console(std::unique_ptr<client::StaffDevice> device, client::Clock& clock, Document document,
          ConsoleSettings settings);
  // Of a receiver, whose home must outlive it too.
  Console(const client::Home& receiver, client::Clock& clock, Document document,
          ConsoleSettings settings);
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;
  ~Console();

  // Reads the journal of the disk, then listens. Any thread may call what follows.
  client::Outcome<void> start();
  void stop();

  // http://127.0.0.1:PORT/#TOKEN; the link before leads nowhere.
  [[nodiscard]] std::string new_link();
  // Nobody has used the newest link yet.
  [[nodiscard]] bool link_waits() const { return door_.token_waits(); }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] Desk& desk() { return desk_; }

 private:
  // `home`: whose passphrase unlocks.
  Console(std::unique_ptr<client::StaffDevice>&& device, const client::Path& home,
          Desk::Begin begin, client::Clock& clock, Document document,
          const ConsoleSettings& settings);

  const std::unique_ptr<client::StaffDevice> device_;  // null for a receiver
  const Document document_;
  Door door_;
  LocalServer server_;
  Unlocker unlocker_;
  Desk desk_;
  Api api_;
};

}  // namespace meldpunt::console
