// The PROXY header, versions 1 and 2: the line that Tor (HiddenServiceExportCircuitID haproxy) or a
// load balancer writes before a connection's own bytes, to say from where it comes.
//
//   1  "PROXY " TCP4|TCP6|UNKNOWN ... "\r\n", at most 107 bytes
//   2  signature 12 | version, command 1 | family 1 | length 2 | addresses | extensions
//
// Total: any bytes give one of three outcomes, and never more than proxy_header_max bytes are asked
// for. Read it only where the option says that the sender writes it: a stranger could name any
// source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "server/gateway/source.h"

namespace meldpunt::gateway {

inline constexpr std::size_t proxy_header_max = 536;

struct ProxyHeader {
  enum class Outcome : std::uint8_t { incomplete, malformed, complete };

  Outcome outcome = Outcome::incomplete;
  std::size_t size = 0;  // of the header, when complete
  Source source{};
};

ProxyHeader read_proxy_header(std::span<const std::uint8_t> bytes);

}  // namespace meldpunt::gateway
