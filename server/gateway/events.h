// What the gateway may say in its log: this list and nothing else. No event has a place for an
// address, a number of a connection, or bytes.
#pragma once

#include <cstdint>

namespace meldpunt::gateway {

enum class Event : std::uint8_t {
  started,
  daemon_away,
  daemon_back,
  descriptors_short,  // accepting pauses
  stopping,
  stopped,
};

// One line on standard error.
void tell(Event event);

}  // namespace meldpunt::gateway
