// HTTP/1.1 on 127.0.0.1, at a port that the system chooses, for one browser of this machine.
//
// One thread of its own. What the guard refuses is answered before its body is read. Everything
// else goes to the service, whose answer may come from any thread; while it is awaited nothing more
// is read from that connection. Nothing is logged.
//
//   limit                       when it is reached
//   head, body                  431, 413; the connection ends
//   time for a head or a body   the connection ends
//   connections                 the one that has been quiet longest between two requests gives way;
//                               when none is, the newcomer
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "client/console/http.h"

namespace meldpunt::console {

struct ServerLimits {
  std::size_t head = std::size_t{8} << 10U;
  std::size_t body = std::size_t{256} << 10U;
  std::size_t connections = 64;
  std::chrono::milliseconds head_time{10'000};  // also of a connection that is kept open
  std::chrono::milliseconds body_time{20'000};
  std::chrono::milliseconds write_time{30'000};
};

// Called on the server's thread, with what the guard let through.
using Service = std::function<void(Request request, Answer answer)>;

class LocalServer {
 public:
  // Listens at once, answers from start() on. Throws boost::system::system_error when the machine
  // has no port left.
  explicit LocalServer(ServerLimits limits = {});
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;
  // Answers that come after stop() go nowhere; whoever may still give one must go first.
  ~LocalServer();

  [[nodiscard]] std::uint16_t port() const;
  void start(Service service);
  // Ends every connection and the thread.
  void stop();

  // Runs this on the server's thread, not before that time has passed.
  void later(std::chrono::milliseconds time, std::function<void()> deed);

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace meldpunt::console
