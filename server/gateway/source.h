// Where a connection comes from, as far as fairness needs it: an IPv4 address, an IPv6 network of
// 64 bits (one household can use all of its addresses), or one Tor circuit.
//
// It is compared and forgotten; it is never printed, counted or kept longer than fairness needs.
#pragma once

#include <sys/socket.h>

#include <array>
#include <compare>
#include <cstdint>

namespace meldpunt::gateway {

struct Source {
  std::array<std::uint8_t, 16> bytes{};

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the compared zero for a pointer
  auto operator<=>(const Source&) const = default;
};

// What has no address of its own: unix sockets, and connections whose PROXY header says nothing.
inline constexpr Source nowhere{};

Source source_of_ipv4(const std::array<std::uint8_t, 4>& address);

// Keeps all bits of the addresses that Tor makes of circuit numbers (fc00:dead:beef:4dad::/64).
Source source_of_ipv6(const std::array<std::uint8_t, 16>& address);

Source source_of(const sockaddr_storage& peer);

}  // namespace meldpunt::gateway
