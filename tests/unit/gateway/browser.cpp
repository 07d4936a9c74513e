#include "tests/unit/gateway/browser.h"

#include <unistd.h>

#include <array>
#include <utility>

#include "server/gateway/socket.h"

namespace meldpunt::gateway::test {

std::string WebResponse::header(std::string_view name) const {
  const std::string start = "\r\n" + std::string(name) + ": ";
  const auto at = head.find(start);
  if (at == std::string::npos) return {};
  const auto from = at + start.size();
  return head.substr(from, head.find("\r\n", from) - from);
}

Browser::Browser(const std::string& path) : socket_(dial(path, 32768).socket) {}

Browser::Browser(Browser&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      closed_(other.closed_),
      bytes_(std::move(other.bytes_)) {}

Browser::~Browser() {
  if (socket_ >= 0) close(socket_);
}

void Browser::send(std::string_view bytes) {
  gateway::send(socket_, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

void Browser::look() {
  std::array<std::uint8_t, 65536> room{};
  while (!closed_) {
    const Transfer read = receive(socket_, room);
    if (read.state == Transfer::State::would_block) return;
    closed_ = read.state == Transfer::State::ended;
    bytes_.append(reinterpret_cast<const char*>(room.data()), read.bytes);
  }
}

std::optional<WebResponse> Browser::response(bool without_body) {
  look();
  const auto end = bytes_.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  WebResponse response{bytes_.substr(0, end + 4), {}};
  const std::size_t size = without_body ? 0 : std::stoul("0" + response.header("Content-Length"));
  if (bytes_.size() < response.head.size() + size) return std::nullopt;
  response.body = bytes_.substr(response.head.size(), size);
  bytes_.erase(0, response.head.size() + size);
  return response;
}

std::string post_of(std::span<const std::uint8_t> body, const std::string& path) {
  return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(reinterpret_cast<const char*>(body.data()), body.size());
}

}  // namespace meldpunt::gateway::test
