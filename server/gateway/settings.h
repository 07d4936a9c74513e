// What the options (config/gateway_options.h) come to: checked values, with the defaults of the
// instance.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "server/gateway/limits.h"
#include "server/gateway/socket.h"

namespace meldpunt::gateway {

struct WebSettings {
  std::optional<Place> listen;
  std::optional<Place> listen_proxied;
  std::string page;  // directory; empty: none
  std::string path;
  std::string pin;
  std::string daemon;  // ZeroMQ's name of it
  WebLimits limits;
};

struct Settings {
  std::optional<Place> listen;
  std::optional<Place> listen_proxied;
  std::string daemon_path;  // empty: it is reached over TCP, by the web alone
  std::uint16_t metrics_port = 0;
  Limits limits;
  std::optional<WebSettings> web;
};

using OptionValues = std::map<std::string, std::string, std::less<>>;

// Fills what is not given with the instance's defaults. The error is a sentence for the operator.
tl::expected<Settings, std::string> settings_from(const OptionValues& given);

}  // namespace meldpunt::gateway
