#include "tests/support/http_line.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace meldpunt::tests {

using client::Delivery;

HttpLine::HttpLine(const std::string& address) {
  constexpr std::string_view scheme = "http://";
  const auto colon = address.find(':', scheme.size());
  const auto slash = address.find('/', scheme.size());
  if (!address.starts_with(scheme) || colon == std::string::npos || slash == std::string::npos) {
    throw std::logic_error("not http://ADDRESS:PORT/PATH: " + address);
  }
  host_ = address.substr(scheme.size(), colon - scheme.size());
  port_ = std::stoi(address.substr(colon + 1));
  path_ = address.substr(slash);
}

HttpLine::~HttpLine() { close(); }

void HttpLine::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  unread_.clear();
}

bool HttpLine::connect() {
  if (socket_ >= 0) return true;
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port_));
  inet_pton(AF_INET, host_.c_str(), &address.sin_addr);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    return true;
  }
  close();
  return false;
}

Delivery HttpLine::exchange(std::span<std::uint8_t, crypto::frame_size> answer,
                            crypto::FrameView request, std::chrono::milliseconds patience) {
  if (!connect()) return Delivery::unreachable;
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(patience).count() + 1;
  const timeval time{whole, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  const std::string post = "POST " + path_ + " HTTP/1.1\r\nHost: " + host_ +
                           "\r\nContent-Length: " + std::to_string(request.size()) + "\r\n\r\n" +
                           std::string(request.begin(), request.end());
  if (!send_all(post) || !read_head() || !read_body(answer)) {
    close();
    return Delivery::no_answer;
  }
  if (head_.starts_with("HTTP/1.1 200 ")) return Delivery::answered;
  close();
  return Delivery::not_a_frame;
}

bool HttpLine::send_all(const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const auto size = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (size <= 0) return false;
    sent += static_cast<std::size_t>(size);
  }
  return true;
}

bool HttpLine::read_head() {
  std::array<char, 4096> piece{};
  while (unread_.find("\r\n\r\n") == std::string::npos) {
    const auto size = recv(socket_, piece.data(), piece.size(), 0);
    if (size <= 0) return false;
    unread_.append(piece.data(), static_cast<std::size_t>(size));
  }
  const auto end = unread_.find("\r\n\r\n") + 4;
  head_ = unread_.substr(0, end);
  unread_.erase(0, end);
  return true;
}

bool HttpLine::read_body(std::span<std::uint8_t> into) {
  const auto had = std::min(unread_.size(), into.size());
  std::copy_n(unread_.begin(), had, into.begin());
  unread_.erase(0, had);
  for (std::size_t at = had; at < into.size();) {
    const auto size = recv(socket_, into.data() + at, into.size() - at, 0);
    if (size <= 0) return false;
    at += static_cast<std::size_t>(size);
  }
  return true;
}

}  // namespace meldpunt::tests
