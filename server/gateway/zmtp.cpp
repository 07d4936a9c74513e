#include "server/gateway/zmtp.h"

#include <array>
#include <string_view>

namespace meldpunt::gateway {
namespace {

constexpr std::size_t version_place = signature_size;
constexpr std::size_t mechanism_place = version_place + 2;
constexpr std::size_t mechanism_size = 20;
constexpr std::size_t as_server_place = mechanism_place + mechanism_size;

}  // namespace

bool greeting_allows(std::size_t place, std::uint8_t byte) {
  constexpr std::string_view mechanism = "CURVE";
  if (place == 0) return byte == 0xff;
  if (place == signature_size - 1) return byte == 0x7f;
  if (place == version_place) return byte == 3;
  if (place >= mechanism_place && place < as_server_place) {
    const std::size_t letter = place - mechanism_place;
    return byte == (letter < mechanism.size() ? static_cast<std::uint8_t>(mechanism[letter]) : 0);
  }
  if (place == as_server_place) return byte == 0;
  return true;
}

}  // namespace meldpunt::gateway
