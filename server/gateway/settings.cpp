#include "server/gateway/settings.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "config/gateway_options.h"

namespace meldpunt::gateway {
namespace {

// Looks values up and keeps the first thing that was wrong.
class Lookup {
 public:
  Lookup(const OptionValues& given, bool staff) : given_(given), staff_(staff) {}

  std::string text(std::string_view name) const {
    if (const auto found = given_.find(name); found != given_.end()) return found->second;
    const auto* option =
        std::ranges::find(config::gateway_settings, name, &config::GatewayOption::name);
    return std::string(staff_ ? option->staff : option->reporters);
  }

  std::int64_t number(std::string_view name, std::int64_t low, std::int64_t high) {
    const std::string value = text(name);
    std::int64_t result = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result);
    const bool whole = error == std::errc() && end == value.data() + value.size();
    if (!whole || result < low || result > high) {
      blame(name, "must be a number from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return result;
  }

  Duration milliseconds(std::string_view name) {
    constexpr std::int64_t one_day = 86'400'000;
    return std::chrono::milliseconds(number(name, 1, one_day));
  }

  Place place(std::string_view name) {
    const auto found = place_of(text(name));
    if (!found) blame(name, "must be tcp://ADDRESS:PORT or unix:///PATH");
    return found.value_or(Place{});
  }

  void blame(std::string_view name, const std::string& what) {
    if (wrong_.empty()) wrong_ = std::string(name) + ' ' + what + ", not \"" + text(name) + '"';
  }

  const std::string& wrong() const { return wrong_; }

 private:
  const OptionValues& given_;
  bool staff_;
  std::string wrong_;
};

Limits limits_from(Lookup& lookup) {
  Limits limits;
  limits.unanswered = static_cast<int>(lookup.number("unanswered", 1, 16));
  limits.small_frames = static_cast<int>(lookup.number("small-frames", 1, 1024));
  limits.burst = static_cast<int>(lookup.number("burst", 1, 1'000'000));
  limits.frame_interval = lookup.milliseconds("frame-interval-ms");
  limits.handshake = lookup.milliseconds("handshake-ms");
  limits.idle = lookup.milliseconds("idle-ms");
  limits.drain = lookup.milliseconds("drain-ms");
  limits.socket_buffer = static_cast<std::size_t>(lookup.number("socket-buffer", 4096, 1 << 20));
  limits.connections = static_cast<std::size_t>(lookup.number("connections", 1, 500'000));
  limits.dial_burst = static_cast<int>(lookup.number("dial-burst", 1, 100'000));
  limits.dial_interval = lookup.milliseconds("dial-interval-ms");
  limits.turn = lookup.milliseconds("turn-ms");
  limits.memory = lookup.milliseconds("memory-ms");
  return limits;
}

}  // namespace

tl::expected<Settings, std::string> settings_from(const OptionValues& given) {
  const auto instance = given.find("instance");
  const std::string name = instance == given.end() ? "reporters" : instance->second;
  if (name != "reporters" && name != "staff") {
    return tl::unexpected("instance must be reporters or staff, not \"" + name + '"');
  }
  Lookup lookup(given, name == "staff");
  Settings settings;
  settings.listen = lookup.place("listen");
  if (!lookup.text("listen-proxied").empty()) {
    settings.listen_proxied = lookup.place("listen-proxied");
  }
  const Place daemon = lookup.place("daemon");
  if (const auto* path = std::get_if<UnixPlace>(&daemon)) {
    settings.daemon_path = path->path;
  } else {
    lookup.blame("daemon", "must be ipc:///PATH");
  }
  settings.metrics_port = static_cast<std::uint16_t>(lookup.number("metrics-port", 0, 65535));
  settings.limits = limits_from(lookup);
  if (!lookup.wrong().empty()) return tl::unexpected(lookup.wrong());
  return settings;
}

}  // namespace meldpunt::gateway
