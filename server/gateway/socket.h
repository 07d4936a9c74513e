// The few socket calls of the gateway, non-blocking, with their outcomes named.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace meldpunt::gateway {

struct TcpPlace {
  std::string host;  // an address, never a name: nothing here asks a resolver
  std::uint16_t port = 0;
  bool operator==(const TcpPlace&) const = default;
};
struct UnixPlace {
  std::string path;
  bool operator==(const UnixPlace&) const = default;
};
using Place = std::variant<TcpPlace, UnixPlace>;

// "tcp://127.0.0.1:7000", "tcp://[::1]:7000", "unix:///run/x.sock" or "ipc:///run/x.sock".
std::optional<Place> place_of(std::string_view text);

struct Transfer {
  enum class State : std::uint8_t { done, would_block, ended };
  State state = State::done;
  std::size_t bytes = 0;
};

Transfer receive(int socket, std::span<std::uint8_t> into);
Transfer send(int socket, std::span<const std::uint8_t> bytes);
// Both, in one piece where there is room.
Transfer send(int socket, std::span<const std::uint8_t> first, std::span<const std::uint8_t> then);

// Whether the peer has closed and left nothing to read.
bool peer_has_left(int socket);

struct Dialled {
  enum class State : std::uint8_t { connected, busy, absent };
  State state = State::absent;
  int socket = -1;
};

// Busy: the listener's backlog is full. Absent: nobody listens there.
Dialled dial(const std::string& path, std::size_t socket_buffer);

// A listening socket; throws std::system_error with the place in its text. A unix socket left by a
// process that is gone is replaced.
int listen_at(const Place& place, std::size_t socket_buffer);

// The port that a TCP socket got.
std::uint16_t port_of(int socket);

}  // namespace meldpunt::gateway
