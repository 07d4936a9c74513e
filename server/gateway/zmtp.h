// What the gateway knows of ZMTP 3 with CURVE: the greeting and the outer lengths, which travel in
// clear.
//
//   greeting   signature 10 | version 2 | mechanism 20 | as-server 1 | filler 31
//   frame      flags 1 | size 1 or 8 | body
//
// From the client come HELLO (200), INITIATE (257 to 512) and then, inside CURVE, frames of 16,417
// and small commands: PING is 40 bytes, and up to 16 longer with a context; PONG is 38.
//
// libzmq 4.3.4 answers a PING that lacks its two bytes of time-out with sixteen bytes read past the
// end of the message: 54 bytes. From outside such a PING looks like a PONG. So a client's 38 or 39
// bytes pass only while the daemon waits for a PONG; whatever comes of it, the answer of 54 never
// passes; and 56, the one honest PING that would be answered with 54, is not in use.
#pragma once

#include <cstddef>
#include <cstdint>

#include "crypto/wire/sizes.h"

namespace meldpunt::gateway {

inline constexpr std::size_t signature_size = 10;
inline constexpr std::size_t greeting_size = 64;

inline constexpr std::uint8_t flag_more = 1;
inline constexpr std::uint8_t flag_long = 2;
inline constexpr std::uint8_t flag_command = 4;

inline constexpr std::uint64_t hello_size = 200;
inline constexpr std::uint64_t initiate_min = 257;
inline constexpr std::uint64_t initiate_max = 512;
inline constexpr std::uint64_t welcome_size = 168;
inline constexpr std::uint64_t ready_max = 512;
inline constexpr std::uint64_t full_frame_size = crypto::zmq_message_size;

inline constexpr std::uint64_t pong_size = 38;
inline constexpr std::uint64_t ping_size = 40;
inline constexpr std::uint64_t over_read_size = 54;
inline constexpr std::uint64_t small_max = 55;

// Whether a client's greeting may hold this byte at this place: version 3, mechanism CURVE, a
// client.
bool greeting_allows(std::size_t place, std::uint8_t byte);

}  // namespace meldpunt::gateway
