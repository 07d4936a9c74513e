// In which of the ready-made codings a browser takes the page: the smallest that its
// Accept-Encoding (RFC 9110, 12.5.3) allows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace meldpunt::gateway {

enum class Coding : std::uint8_t { identity, gzip, brotli };

inline constexpr std::array<std::string_view, 3> coding_names{"identity", "gzip", "br"};

// Identity, which everyone takes, where nothing else fits.
Coding accepted_coding(std::string_view accept_encoding);

}  // namespace meldpunt::gateway
