// A browser that tells any lie a test asks for: one connection, raw bytes out, one answer back.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace meldpunt::console::test {

struct Got {
  unsigned status = 0;  // 0: the connection ended without an answer
  std::map<std::string, std::string> headers;
  std::string body;

  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body); }
};

class ABrowser {
 public:
  using Headers = std::map<std::string, std::string>;

  explicit ABrowser(std::uint16_t port) : port_(port), stream_(loop_) {
    stream_.connect(boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
  }

  // What an honest page of this console sends.
  [[nodiscard]] Headers honest() const {
    Headers headers{{"Host", place()}, {"Sec-Fetch-Site", "same-origin"}};
    if (!session.empty()) headers["Authorization"] = "Bearer " + session;
    return headers;
  }
  [[nodiscard]] std::string place() const { return "127.0.0.1:" + std::to_string(port_); }

  Got get(const std::string& target) { return send("GET", target, honest(), ""); }
  Got post(const std::string& target, const nlohmann::json& body) {
    return post_as(target, body.dump(), {});
  }
  // With some headers as a test wants them; an empty one is left out.
  Got post_as(const std::string& target, const std::string& body, const Headers& changed) {
    Headers headers = honest();
    headers["Origin"] = "http://" + place();
    headers["Content-Type"] = "application/json";
    for (const auto& [name, value] : changed) headers[name] = value;
    return send("POST", target, headers, body);
  }
  Got get_as(const std::string& target, const Headers& changed) {
    Headers headers = honest();
    for (const auto& [name, value] : changed) headers[name] = value;
    return send("GET", target, headers, "");
  }

  Got send(const std::string& method, const std::string& target, const Headers& headers,
           const std::string& body) {
    std::string bytes = method + " " + target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : headers) {
      if (!value.empty()) bytes.append(name).append(": ").append(value).append("\r\n");
    }
    if (!body.empty()) bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return raw(bytes + "\r\n" + body);
  }
  Got raw(const std::string& bytes) {
    write(bytes);
    return read();
  }
  void write(const std::string& bytes) {
    boost::system::error_code ignored;
    boost::asio::write(stream_, boost::asio::buffer(bytes), ignored);
  }
  Got read() {
    boost::beast::http::response<boost::beast::http::string_body> response;
    boost::system::error_code error;
    boost::beast::http::read(stream_, buffer_, response, error);
    Got got;
    if (error) return got;
    got.status = response.result_int();
    for (const auto& field : response) {
      const auto name = field.name_string();
      const auto value = field.value();
      got.headers[std::string(name.data(), name.size())] = std::string(value.data(), value.size());
    }
    got.body = response.body();
    return got;
  }

  std::string session;

 private:
  std::uint16_t port_;
  boost::asio::io_context loop_;
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
};

}  // namespace meldpunt::console::test
