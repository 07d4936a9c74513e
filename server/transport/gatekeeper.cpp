#include "server/transport/gatekeeper.h"

#include <sodium.h>

#include <array>
#include <vector>

#include "server/transport/socket.h"

namespace meldpunt::server {

namespace {

std::string_view text_of(const zmq::message_t& part) {
  return {static_cast<const char*>(part.data()), part.size()};
}

std::vector<zmq::message_t> receive_all(zmq::socket_t& socket) {
  std::vector<zmq::message_t> parts;
  do {
    parts.emplace_back();
    static_cast<void>(socket.recv(parts.back()));
  } while (parts.back().more());
  return parts;
}

}  // namespace

std::string user_id_of(const crypto::DeviceId& device) {
  std::array<char, 2 * crypto::DeviceId::size + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), device.bytes.data(), device.bytes.size());
  return {hex.data(), hex.size() - 1};
}

std::optional<crypto::DeviceId> device_of(std::string_view user_id) {
  crypto::DeviceId device;
  std::size_t size = 0;
  if (user_id.size() != 2 * crypto::DeviceId::size ||
      sodium_hex2bin(device.bytes.data(), device.bytes.size(), user_id.data(), user_id.size(),
                     nullptr, &size, nullptr) != 0 ||
      size != crypto::DeviceId::size) {
    return std::nullopt;
  }
  return device;
}

Gatekeeper::Gatekeeper(zmq::context_t& context, const Authority& authority, const Clock& clock)
    : socket_(context, zmq::socket_type::rep), authority_(authority), clock_(clock) {
  socket_.set(zmq::sockopt::linger, 0);
  socket_.bind("inproc://zeromq.zap.01");
  thread_ = std::thread([this] { run(); });
}

Gatekeeper::~Gatekeeper() { thread_.join(); }

void Gatekeeper::run() {
  try {
    while (true) answer();
  } catch (const zmq::error_t&) {
    socket_.close();  // the context was shut down
  }
}

// version | request id | domain | address | identity | mechanism | CURVE key
void Gatekeeper::answer() {
  const auto parts = receive_all(socket_);
  std::string user_id;
  bool welcome = false;
  if (parts.size() == 7 && text_of(parts[5]) == "CURVE" &&
      parts[6].size() == crypto::curve_key_size) {
    if (text_of(parts[2]) == domain_of(Door::reporters)) {
      welcome = true;
    } else if (text_of(parts[2]) == domain_of(Door::staff)) {
      crypto::CurveKey key;
      crypto::copy_bytes(crypto::as_bytes(text_of(parts[6])), key.fill());
      const auto roster = authority_.roster();
      const crypto::Device* device = roster->find(key);
      welcome = device != nullptr && device->valid_on(clock_.day());
      if (welcome) user_id = user_id_of(device->id);
    }
  }
  const std::string id(parts.size() > 1 ? text_of(parts[1]) : std::string_view());
  const std::array<std::string, 6> reply{
      "1.0", id, welcome ? "200" : "400", welcome ? "OK" : "not enrolled", user_id, ""};
  for (std::size_t i = 0; i < reply.size(); ++i) {
    const auto flags = i + 1 < reply.size() ? zmq::send_flags::sndmore : zmq::send_flags::none;
    socket_.send(zmq::buffer(reply[i]), flags);
  }
}

}  // namespace meldpunt::server
