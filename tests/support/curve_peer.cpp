#include "tests/support/curve_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sodium.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace meldpunt::tests {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Bytes = std::vector<std::uint8_t>;

constexpr auto step_patience = 15s;
constexpr std::size_t greeting_size = 64;
constexpr std::size_t signature_size = 10;

void append(Bytes& to, std::span<const std::uint8_t> bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}
void append(Bytes& to, std::string_view text) { to.insert(to.end(), text.begin(), text.end()); }

Bytes framed(std::span<const std::uint8_t> body, std::uint8_t flags) {
  Bytes frame;
  const std::uint64_t size = body.size();
  if (size > 255) {
    frame.push_back(flags | 2);
    for (int shift = 56; shift >= 0; shift -= 8) {
      frame.push_back(static_cast<std::uint8_t>(size >> shift));
    }
  } else {
    frame = {flags, static_cast<std::uint8_t>(size)};
  }
  append(frame, body);
  return frame;
}

void property(Bytes& to, std::string_view name, std::string_view value) {
  to.push_back(static_cast<std::uint8_t>(name.size()));
  append(to, name);
  for (int shift = 24; shift >= 0; shift -= 8) {
    to.push_back(static_cast<std::uint8_t>(value.size() >> shift));
  }
  append(to, value);
}

Bytes boxed(std::span<const std::uint8_t> plain, const std::array<std::uint8_t, 24>& nonce,
            const CurveKey& to, const CurveKey& from) {
  Bytes box(plain.size() + crypto_box_MACBYTES);
  if (crypto_box_easy(box.data(), plain.data(), plain.size(), nonce.data(), to.data(),
                      from.data()) != 0) {
    box.clear();
  }
  return box;
}

std::array<std::uint8_t, 24> long_nonce(const char* prefix, std::span<const std::uint8_t> rest) {
  std::array<std::uint8_t, 24> nonce{};
  std::memcpy(nonce.data(), prefix, 8);
  std::copy_n(rest.begin(), 16, nonce.begin() + 8);
  return nonce;
}

bool wait_for(int socket, short event, Clock::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
  pollfd waiting{.fd = socket, .events = event, .revents = 0};
  return left > 0 && poll(&waiting, 1, static_cast<int>(left)) == 1;
}

}  // namespace

std::vector<std::uint8_t> greeting() {
  Bytes bytes{0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1};
  append(bytes, "CURVE");
  bytes.resize(greeting_size);
  return bytes;
}

const std::vector<std::uint8_t>& full_message() {
  static const Bytes message(crypto::frame_size, 0x5a);
  return message;
}

std::vector<std::uint8_t> ping() {
  Bytes command;
  append(command, "\4PING");
  command.insert(command.end(), {0, 100});
  return command;
}

CurvePeer::CurvePeer(const Target& target) : target_(target) {
  crypto_box_keypair(public_.data(), secret_.data());
  crypto_box_keypair(session_public_.data(), session_secret_.data());
}

CurvePeer::~CurvePeer() { close(); }

void CurvePeer::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void CurvePeer::shrink_receive_buffer() { small_buffer_ = true; }

bool CurvePeer::connect() {
  constexpr std::string_view tcp = "tcp://127.0.0.1:";
  constexpr std::string_view ipc = "ipc://";
  close();
  const bool is_tcp = target_.endpoint.starts_with(tcp);
  socket_ = socket(is_tcp ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return false;
  const timeval patience{.tv_sec = 15, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (small_buffer_) {
    const int size = 2048;
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  }
  if (!is_tcp) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = target_.endpoint.substr(ipc.size());
    std::copy_n(path.begin(), std::min(path.size(), sizeof address.sun_path - 1), address.sun_path);
    return ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  if (!target_.from.empty()) {
    inet_pton(AF_INET, target_.from.c_str(), &address.sin_addr);
    if (bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return false;
  }
  const int yes = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port =
      htons(static_cast<std::uint16_t>(std::stoi(target_.endpoint.substr(tcp.size()))));
  return ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

bool CurvePeer::greet() {
  std::array<std::uint8_t, greeting_size> theirs{};
  return send(greeting()) && read_exactly(theirs, Clock::now() + step_patience) &&
         theirs[signature_size] == 3;
}

std::array<std::uint8_t, 24> CurvePeer::next_nonce(const char* prefix) {
  std::array<std::uint8_t, 24> nonce{};
  std::memcpy(nonce.data(), prefix, 16);
  ++nonce_;
  for (std::size_t place = 0; place < 8; ++place) {
    nonce[16 + place] = static_cast<std::uint8_t>(nonce_ >> (56 - 8 * place));
  }
  return nonce;
}

Bytes CurvePeer::hello() {
  const auto nonce = next_nonce("CurveZMQHELLO---");
  const std::array<std::uint8_t, 64> zeros{};
  Bytes body;
  append(body, std::string_view("\5HELLO\1\0", 8));
  body.resize(body.size() + 72);
  append(body, session_public_);
  append(body, std::span(nonce).last(8));
  append(body, boxed(zeros, nonce, target_.server_key, session_secret_));
  return framed(body, 4);
}

// What a WELCOME says, answered; empty when it cannot be opened.
Bytes CurvePeer::initiate(std::span<const std::uint8_t> welcome) {
  if (welcome.size() != 168) return {};
  std::array<std::uint8_t, 128> opened{};
  const auto sealed = welcome.subspan(24);
  if (crypto_box_open_easy(opened.data(), sealed.data(), sealed.size(),
                           long_nonce("WELCOME-", welcome.subspan(8, 16)).data(),
                           target_.server_key.data(), session_secret_.data()) != 0) {
    return {};
  }
  CurveKey server_session{};
  std::copy_n(opened.begin(), server_session.size(), server_session.begin());
  if (crypto_box_beforenm(shared_.data(), server_session.data(), session_secret_.data()) != 0) {
    return {};
  }
  std::array<std::uint8_t, 16> vouch_nonce{};
  randombytes_buf(vouch_nonce.data(), vouch_nonce.size());
  Bytes vouched;
  append(vouched, session_public_);
  append(vouched, target_.server_key);
  Bytes plain;
  append(plain, public_);
  append(plain, vouch_nonce);
  append(plain, boxed(vouched, long_nonce("VOUCH---", vouch_nonce), server_session, secret_));
  property(plain, "Socket-Type", "DEALER");
  property(plain, "Identity", "");
  const auto nonce = next_nonce("CurveZMQINITIATE");
  Bytes body;
  append(body, std::string_view("\10INITIATE"));
  append(body, std::span(opened).last(96));
  append(body, std::span(nonce).last(8));
  append(body, boxed(plain, nonce, server_session, session_secret_));
  return framed(body, 4);
}

bool CurvePeer::shake_hands() {
  const auto until = Clock::now() + step_patience;
  if (!send(hello())) return false;
  const auto welcome = read_frame(until);
  if (!welcome) return false;
  const Bytes answer = initiate(*welcome);
  if (answer.empty() || !send(answer)) return false;
  const auto ready = read_frame(until);
  return ready && ready->size() > 6 && std::memcmp(ready->data(), "\5READY", 6) == 0;
}

Bytes CurvePeer::sealed(std::span<const std::uint8_t> message, std::uint8_t inner_flags) {
  const auto nonce = next_nonce("CurveZMQMESSAGEC");
  Bytes plain{inner_flags};
  append(plain, message);
  Bytes box(plain.size() + crypto_box_MACBYTES);
  crypto_box_easy_afternm(box.data(), plain.data(), plain.size(), nonce.data(), shared_.data());
  Bytes body;
  append(body, std::string_view("\7MESSAGE"));
  append(body, std::span(nonce).last(8));
  append(body, box);
  return framed(body, 0);
}

bool CurvePeer::send(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(size));
  }
  return true;
}

bool CurvePeer::send_message(std::span<const std::uint8_t> message, std::uint8_t inner_flags) {
  return send(sealed(message, inner_flags));
}

bool CurvePeer::read_exactly(std::span<std::uint8_t> into, Clock::time_point until) {
  while (!into.empty()) {
    if (!wait_for(socket_, POLLIN, until)) return false;
    const ssize_t size = recv(socket_, into.data(), into.size(), 0);
    if (size <= 0) return false;
    into = into.subspan(static_cast<std::size_t>(size));
  }
  return true;
}

std::optional<Bytes> CurvePeer::read_frame(Clock::time_point until) {
  std::array<std::uint8_t, 9> header{};
  if (!read_exactly(std::span(header).first(2), until)) return std::nullopt;
  std::uint64_t size = header[1];
  if ((header[0] & 2) != 0) {
    if (!read_exactly(std::span(header).last(7), until)) return std::nullopt;
    size = 0;
    for (std::size_t place = 1; place < 9; ++place) size = size << 8 | header[place];
  }
  if (size > 65536) return std::nullopt;
  Bytes body(size);
  if (!read_exactly(body, until)) return std::nullopt;
  return body;
}

std::optional<Bytes> CurvePeer::receive_outer(Duration patience) {
  return read_frame(Clock::now() + patience);
}

std::optional<Bytes> CurvePeer::receive(Duration patience) {
  const auto until = Clock::now() + patience;
  while (const auto body = read_frame(until)) {
    if (body->size() < 33) return std::nullopt;
    std::array<std::uint8_t, 24> nonce{};
    std::memcpy(nonce.data(), "CurveZMQMESSAGES", 16);
    std::copy_n(body->begin() + 8, 8, nonce.begin() + 16);
    Bytes plain(body->size() - 32);
    if (crypto_box_open_easy_afternm(plain.data(), body->data() + 16, body->size() - 16,
                                     nonce.data(), shared_.data()) != 0) {
      return std::nullopt;
    }
    if ((plain[0] & inner_command) == 0) return Bytes(plain.begin() + 1, plain.end());
    Bytes pong;
    append(pong, "\4PONG");
    if (plain.size() > 5 && plain[2] == 'I' && !send_message(pong, inner_command)) break;
  }
  return std::nullopt;
}

bool CurvePeer::exchange(Duration patience) {
  return send_message(full_message()) && receive(patience) == full_message();
}

bool CurvePeer::is_cut(Duration within) {
  const auto until = Clock::now() + within;
  std::array<std::uint8_t, 4096> dropped{};
  while (wait_for(socket_, POLLIN, until)) {
    if (recv(socket_, dropped.data(), dropped.size(), 0) <= 0) return true;
  }
  return false;
}

}  // namespace meldpunt::tests
