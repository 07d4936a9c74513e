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

  // Nothing where the option is empty or "none".
  std::optional<Place> place(std::string_view name) {
    if (text(name).empty() || text(name) == "none") return std::nullopt;
    auto found = place_of(text(name));
    if (!found) blame(name, "must be tcp://ADDRESS:PORT or unix:///PATH");
    return found;
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

std::string path_from(Lookup& lookup) {
  std::string path = lookup.text("path");
  const auto plain = [](char letter) {
    return letter > ' ' && letter < 0x7f && letter != '?' && letter != '#' && letter != '%';
  };
  if (!path.starts_with('/') || !std::ranges::all_of(path, plain)) {
    lookup.blame("path", "must begin with / and hold no space, ?, # or %");
  }
  return path;
}

std::optional<WebSettings> web_from(Lookup& lookup) {
  WebSettings web;
  web.listen = lookup.place("http-listen");
  web.listen_proxied = lookup.place("http-listen-proxied");
  web.page = lookup.text("page");
  web.path = path_from(lookup);
  web.pin = lookup.text("pin");
  web.daemon = lookup.text("daemon");
  web.limits.head = lookup.milliseconds("http-head-ms");
  web.limits.body = lookup.milliseconds("http-body-ms");
  web.limits.send = lookup.milliseconds("http-send-ms");
  web.limits.answer = lookup.milliseconds("daemon-answer-ms");
  web.limits.connections = static_cast<std::size_t>(lookup.number("web-connections", 1, 100'000));
  web.limits.daemon_connections =
      static_cast<std::size_t>(lookup.number("daemon-connections", 1, 256));
  if (!web.listen && !web.listen_proxied) {
    if (!web.page.empty()) lookup.blame("page", "needs http-listen: nobody could fetch it");
    return std::nullopt;
  }
  if (web.pin.empty()) {
    lookup.blame("pin", "must name the region's pin file when http-listen is set");
  }
  return web;
}

// ZeroMQ writes what we call unix:// as ipc://.
std::string zmq_name(const Place& place, const std::string& text) {
  const auto* path = std::get_if<UnixPlace>(&place);
  return path == nullptr ? text : "ipc://" + path->path;
}

void place_daemon(Settings& settings, Lookup& lookup) {
  const auto daemon = lookup.place("daemon");
  if (!daemon) return lookup.blame("daemon", "must be ipc:///PATH");
  if (const auto* path = std::get_if<UnixPlace>(&*daemon)) {
    settings.daemon_path = path->path;
  } else if (settings.listen || settings.listen_proxied) {
    lookup.blame("daemon", "must be ipc:///PATH, or listen must be none");
  }
  if (settings.web) settings.web->daemon = zmq_name(*daemon, lookup.text("daemon"));
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
  settings.listen_proxied = lookup.place("listen-proxied");
  settings.web = web_from(lookup);
  if (!settings.listen && !settings.listen_proxied && !settings.web) {
    lookup.blame("listen", "must be set where http-listen is not");
  }
  place_daemon(settings, lookup);
  settings.metrics_port = static_cast<std::uint16_t>(lookup.number("metrics-port", 0, 65535));
  settings.limits = limits_from(lookup);
  if (!lookup.wrong().empty()) return tl::unexpected(lookup.wrong());
  return settings;
}

}  // namespace meldpunt::gateway
