// A line over the web, as the page in a browser has it: one frame in a POST, one frame back.
// Blocks, and keeps its connection as long as the server does.
#pragma once

#include <string>

#include "client/lib/transport.h"

namespace meldpunt::tests {

class HttpLine : public client::Line {
 public:
  // "http://127.0.0.1:7780/path"; the host is an IPv4 address.
  explicit HttpLine(const std::string& address);
  ~HttpLine() override;
  HttpLine(const HttpLine&) = delete;
  HttpLine& operator=(const HttpLine&) = delete;

  client::Delivery exchange(std::span<std::uint8_t, crypto::frame_size> answer,
                            crypto::FrameView request, std::chrono::milliseconds patience) override;

  // The head of the last answer.
  [[nodiscard]] const std::string& head() const { return head_; }

 private:
  bool connect();
  void close();
  bool send_all(const std::string& bytes);
  bool read_head();
  bool read_body(std::span<std::uint8_t> into);

  std::string host_;
  int port_ = 0;
  std::string path_;
  int socket_ = -1;
  std::string head_;
  std::string unread_;
};

}  // namespace meldpunt::tests
