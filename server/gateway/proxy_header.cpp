#include "server/gateway/proxy_header.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace meldpunt::gateway {
namespace {

using Outcome = ProxyHeader::Outcome;

constexpr std::string_view line_start = "PROXY ";
constexpr std::size_t line_max = 107;
constexpr std::string_view binary_start{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::size_t binary_fixed = 16;

constexpr ProxyHeader incomplete{};
constexpr ProxyHeader malformed{.outcome = Outcome::malformed};

ProxyHeader complete(std::size_t size, const Source& source) {
  return {.outcome = Outcome::complete, .size = size, .source = source};
}

template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> address_in(int family, std::string_view text) {
  std::array<std::uint8_t, N> address{};
  const std::string terminated(text);
  if (inet_pton(family, terminated.c_str(), address.data()) != 1) return std::nullopt;
  return address;
}

// After "PROXY ": family, then the source address; what follows is not needed.
ProxyHeader read_line(std::string_view line, std::size_t size) {
  const std::string_view family = line.substr(0, line.find(' '));
  if (family == "UNKNOWN") return complete(size, nowhere);
  if (family.size() == line.size()) return malformed;
  const std::string_view rest = line.substr(family.size() + 1);
  const std::string_view text = rest.substr(0, rest.find(' '));
  if (family == "TCP4") {
    const auto address = address_in<4>(AF_INET, text);
    return address ? complete(size, source_of_ipv4(*address)) : malformed;
  }
  if (family == "TCP6") {
    const auto address = address_in<16>(AF_INET6, text);
    return address ? complete(size, source_of_ipv6(*address)) : malformed;
  }
  return malformed;
}

ProxyHeader read_version_1(std::string_view text) {
  const std::size_t end = text.substr(0, line_max).find("\r\n");
  if (end == std::string_view::npos) return text.size() < line_max ? incomplete : malformed;
  if (end < line_start.size()) return malformed;
  return read_line(text.substr(line_start.size(), end - line_start.size()), end + 2);
}

ProxyHeader read_version_2(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < binary_fixed) return incomplete;
  const std::uint8_t version = bytes[12] >> 4;
  const std::uint8_t command = bytes[12] & 0x0f;
  const std::size_t length = static_cast<std::size_t>(bytes[14]) << 8 | bytes[15];
  const std::size_t size = binary_fixed + length;
  if (version != 2 || command > 1 || size > proxy_header_max) return malformed;
  if (bytes.size() < size) return incomplete;
  const auto addresses = bytes.subspan(binary_fixed, length);
  const std::uint8_t family = bytes[13] >> 4;
  if (command == 0 || (family != 1 && family != 2)) return complete(size, nowhere);
  if (family == 1) {
    std::array<std::uint8_t, 4> address{};
    if (addresses.size() < 12) return malformed;
    std::copy_n(addresses.begin(), address.size(), address.begin());
    return complete(size, source_of_ipv4(address));
  }
  std::array<std::uint8_t, 16> address{};
  if (addresses.size() < 36) return malformed;
  std::copy_n(addresses.begin(), address.size(), address.begin());
  return complete(size, source_of_ipv6(address));
}

bool agrees(std::string_view text, std::string_view start) {
  const std::size_t shared = std::min(text.size(), start.size());
  return text.substr(0, shared) == start.substr(0, shared);
}

}  // namespace

ProxyHeader read_proxy_header(std::span<const std::uint8_t> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (agrees(text, line_start)) {
    return text.size() < line_start.size() ? incomplete : read_version_1(text);
  }
  if (agrees(text, binary_start)) {
    return text.size() < binary_start.size() ? incomplete : read_version_2(bytes);
  }
  return malformed;
}

}  // namespace meldpunt::gateway
