#include "server/gateway/source.h"

#include <netinet/in.h>

#include <algorithm>
#include <cstring>

namespace meldpunt::gateway {
namespace {

constexpr std::array<std::uint8_t, 8> tor_circuits{0xfc, 0x00, 0xde, 0xad, 0xbe, 0xef, 0x4d, 0xad};
constexpr std::array<std::uint8_t, 12> mapped_ipv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

template <std::size_t N>
bool begins_with(const std::array<std::uint8_t, 16>& address,
                 const std::array<std::uint8_t, N>& start) {
  return std::equal(start.begin(), start.end(), address.begin());
}

}  // namespace

Source source_of_ipv4(const std::array<std::uint8_t, 4>& address) {
  Source source;
  std::copy(mapped_ipv4.begin(), mapped_ipv4.end(), source.bytes.begin());
  std::copy(address.begin(), address.end(), source.bytes.begin() + mapped_ipv4.size());
  return source;
}

Source source_of_ipv6(const std::array<std::uint8_t, 16>& address) {
  Source source{address};
  if (!begins_with(address, tor_circuits) && !begins_with(address, mapped_ipv4)) {
    std::fill(source.bytes.begin() + 8, source.bytes.end(), std::uint8_t{0});
  }
  return source;
}

Source source_of(const sockaddr_storage& peer) {
  if (peer.ss_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &peer, sizeof ipv4);
    std::array<std::uint8_t, 4> address{};
    std::memcpy(address.data(), &ipv4.sin_addr, address.size());
    return source_of_ipv4(address);
  }
  if (peer.ss_family == AF_INET6) {
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, &peer, sizeof ipv6);
    std::array<std::uint8_t, 16> address{};
    std::memcpy(address.data(), &ipv6.sin6_addr, address.size());
    return source_of_ipv6(address);
  }
  return nowhere;
}

}  // namespace meldpunt::gateway
