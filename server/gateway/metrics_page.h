// Serves the counters to Prometheus on a port of 127.0.0.1: whatever is asked, the answer is the
// same text.
//
// At most four connections at a time, two seconds each: who is on the machine cannot tie the
// gateway down here.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace meldpunt::gateway {

class MetricsPage {
 public:
  // Throws boost::system::system_error when the port is taken.
  MetricsPage(boost::asio::io_context& loop, std::uint16_t port, std::function<std::string()> text);

  void start();
  void stop();
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  struct Visit;
  void serve(const std::shared_ptr<Visit>& visit);

  boost::asio::ip::tcp::acceptor acceptor_;
  std::function<std::string()> text_;
  std::shared_ptr<int> visits_ = std::make_shared<int>(0);
};

}  // namespace meldpunt::gateway
