// Why a connection ended: the closed list that the counters use.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace meldpunt::gateway {

enum class Ending : std::uint8_t {
  client_left,
  daemon_left,
  proxy_header,  // malformed
  greeting,      // not a CURVE client of ZMTP 3
  frame,         // a length or flag that the protocol does not have
  unanswered,    // too many full frames without an answer
  small_frames,  // too many small frames without an answer
  handshake_slow,
  idle,
  slow_reader,
  daemon_frame,  // the daemon sent a length that must not leave
  daemon_away,   // could not be reached in time
  crowded_out,   // made room for a newcomer
  refused,       // no room for this newcomer
  request,       // of the web, malformed or of another length: answered, then closed
  request_slow,  // of the web
  served,        // the web visitor asked for one answer and no more
  stopping,
  fault,  // an exception: no memory, or a broken invariant
};

inline constexpr std::array<std::string_view, 19> ending_names{
    "client_left",  "daemon_left",  "proxy_header",   "greeting", "frame",
    "unanswered",   "small_frames", "handshake_slow", "idle",     "slow_reader",
    "daemon_frame", "daemon_away",  "crowded_out",    "refused",  "request",
    "request_slow", "served",       "stopping",       "fault"};

inline constexpr std::size_t endings = ending_names.size();
static_assert(static_cast<std::size_t>(Ending::fault) + 1 == endings);

}  // namespace meldpunt::gateway
