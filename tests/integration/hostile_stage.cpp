#include "tests/integration/hostile_stage.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace meldpunt::tests {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

std::string text_key(const CurveKey& key) {
  std::array<char, 41> text{};
  zmq_z85_encode(text.data(), key.data(), key.size());
  return text.data();
}

}  // namespace

Stage::Stage(const std::vector<std::string>& options) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;  // a thousand clients take two thousand descriptors
  setrlimit(RLIMIT_NOFILE, &files);
  CurveKey seed{};
  CurveKey secret{};
  randombytes_buf(seed.data(), seed.size());
  crypto_box_seed_keypair(server_key_.data(), secret.data(), seed.data());
  std::array<char, 65> digits{};
  sodium_bin2hex(digits.data(), digits.size(), seed.data(), seed.size());
  seed_ = digits.data();
  port_ = a_free_port();
  metrics_port_ = a_free_port();
  start_daemon();
  Command command{MELDPUNT_GATEWAY_PROGRAM, "--listen=tcp://127.0.0.1:" + std::to_string(port_),
                  "--daemon=" + direct().endpoint,
                  "--metrics-port=" + std::to_string(metrics_port_)};
  command.insert(command.end(), options.begin(), options.end());
  gateway_ = std::make_unique<Child>(command);
  await("the gateway", [this] { return listens(port_) && listens(metrics_port_); });
}

void Stage::start_daemon() {
  std::filesystem::remove(folder_ / "daemon.sock");
  daemon_ = std::make_unique<Child>(Command{HOSTILE_DAEMON_PROGRAM, direct().endpoint, seed_});
  await("the stand-in", [this] { return std::filesystem::exists(folder_ / "daemon.sock"); });
}

Target Stage::target(const std::string& from) const {
  return {"tcp://127.0.0.1:" + std::to_string(port_), server_key_, from};
}

Target Stage::direct() const {
  return {"ipc://" + (folder_ / "daemon.sock").string(), server_key_};
}

std::string Stage::metrics() const {
  const int page = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(metrics_port_);
  std::string text;
  constexpr std::string_view request = "GET /metrics HTTP/1.1\r\n\r\n";
  if (connect(page, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      send(page, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    std::array<char, 4096> piece{};
    ssize_t size = 0;
    while ((size = recv(page, piece.data(), piece.size(), 0)) > 0) {
      text.append(piece.data(), static_cast<std::size_t>(size));
    }
  }
  close(page);
  return text;
}

std::int64_t Stage::metric(const std::string& name) const {
  const std::string text = metrics();
  const std::string start = "\nmeldpunt_gateway_" + name + ' ';
  const std::size_t place = text.find(start);
  return place == std::string::npos ? -1 : std::stoll(text.substr(place + start.size()));
}

HonestClient::HonestClient(zmq::context_t& context, const Target& target)
    : socket_(context, zmq::socket_type::dealer) {
  CurveKey public_key{};
  CurveKey secret_key{};
  crypto_box_keypair(public_key.data(), secret_key.data());
  socket_.set(zmq::sockopt::curve_serverkey, text_key(target.server_key));
  socket_.set(zmq::sockopt::curve_publickey, text_key(public_key));
  socket_.set(zmq::sockopt::curve_secretkey, text_key(secret_key));
  socket_.set(zmq::sockopt::immediate, true);
  socket_.set(zmq::sockopt::linger, 0);
  socket_.set(zmq::sockopt::heartbeat_ivl, 5000);
  socket_.set(zmq::sockopt::heartbeat_timeout, 10000);
  socket_.set(zmq::sockopt::sndtimeo, 30000);
  std::string endpoint = target.endpoint;
  // libzmq writes the address to come from before the one to go to.
  if (!target.from.empty()) endpoint.insert(std::strlen("tcp://"), target.from + ":0;");
  socket_.connect(endpoint);
}

bool HonestClient::send() {
  zmq::message_t message(crypto::frame_size);
  std::memset(message.data(), 0x5a, message.size());
  ++count_;
  std::memcpy(message.data(), &count_, sizeof count_);
  return socket_.send(message, zmq::send_flags::none).has_value();
}

bool HonestClient::receive(std::chrono::milliseconds patience) {
  socket_.set(zmq::sockopt::rcvtimeo, static_cast<int>(patience.count()));
  zmq::message_t message;
  return socket_.recv(message) && message.size() == crypto::frame_size &&
         std::memcmp(message.data(), &count_, sizeof count_) == 0;
}

std::size_t tcp_memory_kib() {
  std::ifstream file("/proc/net/sockstat");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("TCP:")) continue;
    return std::stoul(line.substr(line.rfind(' '))) * static_cast<std::size_t>(getpagesize()) /
           1024;
  }
  return 0;
}

}  // namespace meldpunt::tests
