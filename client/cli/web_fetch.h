// One document from the web, for `meldpunt doctor`: asked for as a browser would, but uncompressed,
// in one connection that is bounded in time and size. Redirections are told, not followed: where an
// address leads is something to know.
//
// Boost.Beast and OpenSSL rather than libcurl, which would load two dozen libraries into every
// command of a reporter.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "client/lib/problem.h"

namespace meldpunt::client {

struct WebAddress {
  bool tls = true;
  std::string host;  // an IPv6 address without its brackets
  std::uint16_t port = 443;
  std::string target = "/";  // path and query

  [[nodiscard]] bool is_onion() const;
  [[nodiscard]] bool is_loopback() const;
  // Another path at the same place.
  [[nodiscard]] WebAddress at(std::string path) const;
};

// "https://region.example/path" or "http://..."; EX_USAGE for anything else.
Outcome<WebAddress> parse_web_address(std::string_view url);

struct WebAnswer {
  unsigned status = 0;
  std::multimap<std::string, std::string> headers;  // names in small letters
  std::string body;

  // The first of this name; empty when there is none.
  [[nodiscard]] std::string header(const std::string& name) const;
};

struct WebLimits {
  std::size_t longest = std::size_t{8} << 20U;  // a page is a tenth of it
  std::chrono::seconds patience{60};            // for all of it, once the name has been looked up
};

// socks_proxy: "127.0.0.1:9050" or empty; it also looks the name up.
// EX_UNAVAILABLE when nobody can be reached or answers in time, EX_PROTOCOL for TLS that does not
// hold or an answer that is no HTTP, EX_DATAERR for one that is too long.
Outcome<WebAnswer> fetch_web(const WebAddress& address, const std::string& socks_proxy,
                             const WebLimits& limits);

}  // namespace meldpunt::client
