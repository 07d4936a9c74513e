// What one daemon needs to run, read and checked: the values of the options, the pin, the keys.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "crypto/hierarchy.h"
#include "server/daemon_keys.h"

namespace meldpunt::server {

struct Settings {
  crypto::Pin pin;
  DaemonKeys keys;
  crypto::Buffer founding;  // empty: none
  std::filesystem::path data;
  std::string reporters_endpoint;
  std::string staff_endpoint;
  std::uint16_t metrics_port = 0;
  std::uint16_t tick_seconds = 600;
  std::chrono::milliseconds hold{250};
  std::size_t workers = 1;
  std::uint64_t quota = 50'000;
  std::size_t queue = 1024;
  std::chrono::hours check_interval{24};  // zero: never
};

}  // namespace meldpunt::server
