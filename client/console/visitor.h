// One connection of the local server, from accept to close: requests one after the other.
//
//   head      read whole, then judged by the guard
//   body      read whole
//   service   has the request; nothing is read
//   writing   the answer
//   leaving   everything is said; what still comes is thrown away, so that the answer arrives
//
// Runs on the one thread of its loop. Between two requests it holds no byte of the one before:
// passphrases come this way.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_static_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <optional>

#include "client/console/local_server.h"

namespace meldpunt::console {

// What all visitors share; must outlive them.
struct VisitorRoom {
  ServerLimits limits;
  std::uint16_t port = 0;
  Service service;
};

class Visitor : public std::enable_shared_from_this<Visitor> {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Visitor(boost::asio::ip::tcp::socket socket, const VisitorRoom& room)
      : room_(room), stream_(std::move(socket)) {}

  void start() { read_head(); }
  void end();
  // Since when it has waited for the beginning of a request; nothing while there is one.
  [[nodiscard]] std::optional<Time> quiet_since() const { return quiet_since_; }

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using Error = boost::beast::error_code;

  void read_head();
  void head_read(const Error& error);
  void read_body();
  void body_read(const Error& error);
  void serve();
  void failed(const Error& error);
  void wipe();
  void answer(Response response);
  void written(const Error& error);
  void leave();
  void throw_away();

  const VisitorRoom& room_;
  boost::beast::tcp_stream stream_;
  boost::beast::flat_static_buffer<std::size_t{16} << 10U> buffer_;
  std::optional<Parser> parser_;
  boost::beast::http::response<boost::beast::http::string_body> response_;
  std::optional<Head> head_;
  std::optional<Time> quiet_since_;
  bool last_ = false;  // the connection ends after this answer
  std::size_t thrown_away_ = 0;
};

}  // namespace meldpunt::console
