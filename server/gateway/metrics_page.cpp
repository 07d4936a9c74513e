#include "server/gateway/metrics_page.h"

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <utility>  // before Boost 1.74's Asio, which forgets it

namespace meldpunt::gateway {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr int visits_max = 4;
constexpr std::chrono::seconds visit_length{2};

}  // namespace

struct MetricsPage::Visit {
  Visit(tcp::socket accepted, std::shared_ptr<int> visits)
      : socket(std::move(accepted)), timer(socket.get_executor()), count(std::move(visits)) {
    ++*count;
  }
  ~Visit() { --*count; }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  tcp::socket socket;
  boost::asio::steady_timer timer;
  std::shared_ptr<int> count;
  std::array<char, 2048> request{};
  std::string response;
};

MetricsPage::MetricsPage(boost::asio::io_context& loop, std::uint16_t port,
                         std::function<std::string()> text)
    : acceptor_(loop, tcp::endpoint(boost::asio::ip::address_v4::loopback(), port)),
      text_(std::move(text)) {}

void MetricsPage::start() {
  acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
    if (error == boost::asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (!error && *visits_ < visits_max) serve(std::make_shared<Visit>(std::move(socket), visits_));
    start();
  });
}

void MetricsPage::stop() {
  error_code ignored;
  acceptor_.close(ignored);
}

void MetricsPage::serve(const std::shared_ptr<Visit>& visit) {
  visit->timer.expires_after(visit_length);
  visit->timer.async_wait([weak = std::weak_ptr(visit)](const error_code& error) {
    const auto late = weak.lock();
    error_code ignored;
    if (!error && late) late->socket.close(ignored);
  });
  visit->socket.async_read_some(
      boost::asio::buffer(visit->request), [this, visit](const error_code& error, std::size_t) {
        if (error) return;
        const std::string text = text_();
        visit->response =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n"
            "Connection: close\r\nContent-Length: " +
            std::to_string(text.size()) + "\r\n\r\n" + text;
        boost::asio::async_write(visit->socket, boost::asio::buffer(visit->response),
                                 [visit](const error_code&, std::size_t) {
                                   error_code ignored;
                                   visit->socket.shutdown(tcp::socket::shutdown_both, ignored);
                                   visit->timer.cancel();
                                 });
      });
}

}  // namespace meldpunt::gateway
