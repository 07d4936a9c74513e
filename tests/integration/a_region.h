// A whole region out of the real programs, on loopback and in a directory of its own: daemon, both
// gateways, a steward's device, and the commands that people type.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/child.h"

namespace meldpunt::tests {

using Json = nlohmann::json;

class ARegion {
 public:
  struct Options {
    int tick_seconds = 1;
    std::filesystem::path data{};            // empty: in the region's own directory
    std::vector<std::string> daemon{};       // more options of meldpuntd
    std::vector<std::string> gateway{};      // more options of the reporters' gateway
    std::vector<std::string> environment{};  // of the daemon
    bool web = false;                        // the reporters' gateway also serves the web
    std::filesystem::path page{};            // and this page
  };

  ARegion();
  explicit ARegion(Options options);
  ~ARegion() = default;
  ARegion(const ARegion&) = delete;
  ARegion& operator=(const ARegion&) = delete;

  // Each waits until it can be reached.
  void start_daemon();
  void start_gateways();
  std::unique_ptr<Child> start_duty(const std::string& home = "steward");

  Child& daemon() { return *daemon_; }
  Child& gateway() { return *gateway_; }
  Child& staff_gateway() { return *staff_gateway_; }
  void stop_daemon() { daemon_.reset(); }
  void kill_gateway();

  // A command line of `meldpunt`, with --json; what it printed, object by object.
  struct Answer {
    int status = -1;
    std::vector<Json> objects;
    std::string output;
    // The first object of this event; null when there is none.
    [[nodiscard]] Json event(const std::string& name) const;
  };
  Answer reporter(const std::string& command, const std::vector<std::string>& more,
                  const std::string& input = {}) const;
  Answer staff(const std::string& command, const std::vector<std::string>& more = {},
               const std::string& home = "steward", const std::string& input = {}) const;

  // Sends a report with this text; the seven words.
  std::string report(const std::string& text, const Json& answers = Json::object());
  // Takes in everything and writes this tick's address.
  void duty_once(const std::string& home = "steward");
  // Every reply that lives under the code.
  std::vector<Json> check(const std::string& words);
  // Waits until the reply with this text can be read.
  bool reads(const std::string& words, const std::string& text);
  // Enrols another device, which is called as its home.
  void enrol(const std::string& home, const std::string& role = "coordinator");

  [[nodiscard]] const Folder& folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path data() const;
  [[nodiscard]] std::filesystem::path pin() const { return folder_ / "region/pin"; }
  [[nodiscard]] std::string reporters_endpoint() const;
  [[nodiscard]] std::string staff_endpoint() const;
  [[nodiscard]] std::string reporters_socket() const;
  [[nodiscard]] int web_port() const { return web_port_; }
  [[nodiscard]] int proxied_web_port() const { return proxied_web_port_; }
  [[nodiscard]] std::string web_address() const;
  [[nodiscard]] std::string log() const { return read_text(folder_ / "daemon.log"); }
  [[nodiscard]] Command daemon_command() const;

 private:
  void found();
  [[nodiscard]] std::vector<std::string> web_options() const;

  Options options_;
  Folder folder_;
  int reporters_port_;
  int staff_port_;
  int web_port_;
  int proxied_web_port_;
  std::unique_ptr<Child> daemon_;
  std::unique_ptr<Child> gateway_;
  std::unique_ptr<Child> staff_gateway_;
  int files_ = 0;
};

}  // namespace meldpunt::tests
