// A web visitor made of raw bytes, so that it can break every rule.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace meldpunt::gateway::test {

struct WebResponse {
  std::string head;  // with the empty line
  std::string body;

  int status() const { return head.size() < 12 ? 0 : std::stoi(head.substr(9, 3)); }
  // Empty when there is no such header.
  std::string header(std::string_view name) const;
};

class Browser {
 public:
  // Connects to the unix socket at this path.
  explicit Browser(const std::string& path);
  ~Browser();
  Browser(Browser&& other) noexcept;
  Browser& operator=(Browser&&) = delete;

  void send(std::string_view bytes);
  // Reads what has come; never waits.
  void look();
  // The next whole answer, if it is there. `without_body`: of a HEAD request.
  std::optional<WebResponse> response(bool without_body = false);
  bool closed() const { return closed_; }
  std::size_t unread() const { return bytes_.size(); }

 private:
  int socket_;
  bool closed_ = false;
  std::string bytes_;
};

std::string post_of(std::span<const std::uint8_t> body, const std::string& path = "/");

}  // namespace meldpunt::gateway::test
