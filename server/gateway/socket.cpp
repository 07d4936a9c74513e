#include "server/gateway/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

namespace meldpunt::gateway {
namespace {

constexpr int backlog = 4096;

template <typename Address>
const sockaddr* as_sockaddr(const Address& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

std::optional<sockaddr_un> unix_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) return std::nullopt;
  std::copy(path.begin(), path.end(), address.sun_path);
  return address;
}

void set(int socket, int level, int option, int value) {
  setsockopt(socket, level, option, &value, sizeof value);
}

// The kernel doubles both; without them a peer that does not read takes 2 MiB of kernel memory.
void bound_buffers(int socket, std::size_t size) {
  set(socket, SOL_SOCKET, SO_SNDBUF, static_cast<int>(size));
  set(socket, SOL_SOCKET, SO_RCVBUF, static_cast<int>(size));
}

[[noreturn]] void refuse(int socket, const std::string& place) {
  const int reason = errno;
  if (socket >= 0) close(socket);
  throw std::system_error(reason, std::generic_category(), "cannot listen at " + place);
}

int open_socket(int family, const std::string& place) {
  const int socket = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) refuse(socket, place);
  return socket;
}

template <typename Address>
int listen_on(int socket, const Address& address, const std::string& place) {
  if (bind(socket, as_sockaddr(address), sizeof address) != 0 || listen(socket, backlog) != 0) {
    refuse(socket, place);
  }
  return socket;
}

int listen_tcp(const TcpPlace& place, std::size_t socket_buffer) {
  const bool ipv6 = place.host.find(':') != std::string::npos;
  const int socket = open_socket(ipv6 ? AF_INET6 : AF_INET, place.host);
  set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  set(socket, IPPROTO_TCP, TCP_NODELAY, 1);  // accepted sockets inherit this and the buffers
  bound_buffers(socket, socket_buffer);
  if (ipv6) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(place.port);
    inet_pton(AF_INET6, place.host.c_str(), &address.sin6_addr);
    return listen_on(socket, address, place.host);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(place.port);
  inet_pton(AF_INET, place.host.c_str(), &address.sin_addr);
  return listen_on(socket, address, place.host);
}

int listen_unix(const UnixPlace& place, std::size_t socket_buffer) {
  const auto address = unix_address(place.path);
  if (!address) {
    errno = ENAMETOOLONG;
    refuse(-1, place.path);
  }
  const Dialled other = dial(place.path, socket_buffer);
  if (other.state == Dialled::State::absent) {
    struct stat old {};
    if (lstat(place.path.c_str(), &old) == 0 && S_ISSOCK(old.st_mode)) unlink(place.path.c_str());
  } else if (other.socket >= 0) {
    close(other.socket);
  }
  const int socket = open_socket(AF_UNIX, place.path);
  bound_buffers(socket, socket_buffer);
  listen_on(socket, *address, place.path);
  // Tor runs as another user: who may connect is decided by the directory and the group.
  chmod(place.path.c_str(), S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP);
  return socket;
}

std::optional<Place> tcp_place(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  TcpPlace place{.host = std::string(host)};
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), place.port);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  in6_addr ignored{};
  const int family = bracketed ? AF_INET6 : AF_INET;
  if (inet_pton(family, place.host.c_str(), &ignored) != 1) return std::nullopt;
  return place;
}

}  // namespace

std::optional<Place> place_of(std::string_view text) {
  constexpr std::string_view tcp = "tcp://";
  if (text.starts_with(tcp)) return tcp_place(text.substr(tcp.size()));
  for (const std::string_view scheme : {"unix://", "ipc://"}) {
    if (!text.starts_with(scheme)) continue;
    UnixPlace place{std::string(text.substr(scheme.size()))};
    if (!place.path.starts_with('/') || !unix_address(place.path)) return std::nullopt;
    return place;
  }
  return std::nullopt;
}

Transfer receive(int socket, std::span<std::uint8_t> into) {
  const ssize_t size = recv(socket, into.data(), into.size(), MSG_DONTWAIT);
  if (size > 0) return {Transfer::State::done, static_cast<std::size_t>(size)};
  const bool later = size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
  return {later ? Transfer::State::would_block : Transfer::State::ended, 0};
}

Transfer send(int socket, std::span<const std::uint8_t> bytes) { return send(socket, bytes, {}); }

Transfer send(int socket, std::span<const std::uint8_t> first, std::span<const std::uint8_t> then) {
  std::array<iovec, 2> pieces{{{const_cast<std::uint8_t*>(first.data()), first.size()},
                               {const_cast<std::uint8_t*>(then.data()), then.size()}}};
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = pieces.size();
  const ssize_t size = sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (size >= 0) return {Transfer::State::done, static_cast<std::size_t>(size)};
  const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ||
                     errno == ENOBUFS || errno == ENOMEM;
  return {later ? Transfer::State::would_block : Transfer::State::ended, 0};
}

bool peer_has_left(int socket) {
  std::uint8_t byte = 0;
  const ssize_t size = recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return size == 0 || (size < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

Dialled dial(const std::string& path, std::size_t socket_buffer) {
  const auto address = unix_address(path);
  if (!address) return {};
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return {.state = Dialled::State::busy, .socket = -1};
  bound_buffers(socket, socket_buffer);
  if (connect(socket, as_sockaddr(*address), sizeof *address) == 0) {
    return {.state = Dialled::State::connected, .socket = socket};
  }
  const bool busy = errno == EAGAIN || errno == EINTR || errno == EINPROGRESS;
  close(socket);
  return {.state = busy ? Dialled::State::busy : Dialled::State::absent, .socket = -1};
}

int listen_at(const Place& place, std::size_t socket_buffer) {
  if (const auto* tcp = std::get_if<TcpPlace>(&place)) return listen_tcp(*tcp, socket_buffer);
  return listen_unix(std::get<UnixPlace>(place), socket_buffer);
}

std::uint16_t port_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  if (address.ss_family == AF_INET) {
    return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
  }
  if (address.ss_family == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port);
  }
  return 0;
}

}  // namespace meldpunt::gateway
