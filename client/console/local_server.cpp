#include "client/console/local_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_static_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <exception>
#include <list>
#include <thread>
#include <utility>  // before Boost 1.74's Asio, which forgets it

#include "client/console/guard.h"
#include "client/console/visitor.h"

namespace meldpunt::console {

using boost::asio::ip::tcp;
using boost::system::error_code;

struct LocalServer::Room {
  explicit Room(ServerLimits its_limits)
      : acceptor(loop, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0), false),
        shared{its_limits, acceptor.local_endpoint().port(), {}} {}

  void accept() {
    acceptor.async_accept([this](const error_code& error, tcp::socket socket) {
      if (!acceptor.is_open()) return;
      if (!error) welcome(std::move(socket));
      accept();
    });
  }

  void welcome(tcp::socket socket) {
    std::erase_if(visitors, [](const auto& visitor) { return visitor.expired(); });
    if (visitors.size() >= shared.limits.connections && !make_room()) return;
    const auto visitor = std::make_shared<Visitor>(std::move(socket), shared);
    visitors.push_back(visitor);
    visitor->start();
  }

  bool make_room() {
    std::shared_ptr<Visitor> quietest;
    for (const auto& each : visitors) {
      const auto visitor = each.lock();
      if (!visitor || !visitor->quiet_since()) continue;
      if (!quietest || visitor->quiet_since() < quietest->quiet_since()) quietest = visitor;
    }
    if (!quietest) return false;
    quietest->end();
    std::erase_if(visitors, [&](const auto& each) { return each.lock() == quietest; });
    return true;
  }

  void end() {
    error_code ignored;
    acceptor.close(ignored);
    for (const auto& each : visitors) {
      if (const auto visitor = each.lock()) visitor->end();
    }
    loop.stop();
  }

  boost::asio::io_context loop{1};
  tcp::acceptor acceptor;
  VisitorRoom shared;
  std::list<std::weak_ptr<Visitor>> visitors;
  std::thread thread;
};

LocalServer::LocalServer(ServerLimits limits) : room_(std::make_unique<Room>(limits)) {}

LocalServer::~LocalServer() { stop(); }

std::uint16_t LocalServer::port() const { return room_->shared.port; }

void LocalServer::start(Service service) {
  room_->shared.service = std::move(service);
  room_->accept();
  room_->thread = std::thread([room = room_.get()] {
    while (!room->loop.stopped()) {
      try {
        room->loop.run();
      } catch (const std::exception&) {  // of one connection, which it has ended: the others go on
        continue;
      }
    }
  });
}

void LocalServer::stop() {
  if (!room_->thread.joinable()) return;
  boost::asio::post(room_->loop, [room = room_.get()] { room->end(); });
  room_->thread.join();
}

void LocalServer::later(std::chrono::milliseconds time, std::function<void()> deed) {
  const auto timer = std::make_shared<boost::asio::steady_timer>(room_->loop, time);
  timer->async_wait([timer, deed = std::move(deed)](const error_code& error) {
    if (!error) deed();
  });
}

}  // namespace meldpunt::console
