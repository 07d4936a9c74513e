// Stands in for the daemon behind the gateway: a ROUTER with CURVE and the daemon's socket options,
// which sends every frame back. Its own program, so that its memory can be measured and its death
// is seen.
//
//   hostile-daemon ENDPOINT SEED     SEED: 64 hex digits; its public key is the seed's
#include <sodium.h>
#include <sys/resource.h>

#include <array>
#include <cstdio>
#include <string>
#include <zmq.hpp>

#include "crypto/wire/sizes.h"

namespace {

std::string text_key(const std::array<std::uint8_t, 32>& key) {
  std::array<char, 41> text{};
  zmq_z85_encode(text.data(), key.data(), key.size());
  return text.data();
}

void configure(zmq::socket_t& router, const std::string& secret) {
  router.set(zmq::sockopt::curve_server, true);
  router.set(zmq::sockopt::curve_secretkey, secret);
  router.set(zmq::sockopt::maxmsgsize,
             static_cast<std::int64_t>(meldpunt::crypto::zmq_message_size));
  router.set(zmq::sockopt::rcvhwm, 4);
  router.set(zmq::sockopt::sndhwm, 4);
  router.set(zmq::sockopt::backlog, 4096);
  router.set(zmq::sockopt::handshake_ivl, 15000);
  router.set(zmq::sockopt::heartbeat_ivl, 5000);
  router.set(zmq::sockopt::heartbeat_timeout, 15000);
  router.set(zmq::sockopt::router_mandatory, true);
  router.set(zmq::sockopt::linger, 0);
}

void echo(zmq::socket_t& router) {
  zmq::message_t id;
  zmq::message_t frame;
  if (!router.recv(id) || !id.more()) return;
  if (!router.recv(frame)) return;
  const bool single = !frame.more();
  while (frame.more()) {
    if (!router.recv(frame)) return;
  }
  if (!single || frame.size() != meldpunt::crypto::frame_size) return;
  try {
    if (router.send(id, zmq::send_flags::sndmore | zmq::send_flags::dontwait)) {
      static_cast<void>(router.send(frame, zmq::send_flags::dontwait));
    }
  } catch (const zmq::error_t&) {
    // Whoever asked is gone.
  }
}

}  // namespace

int main(int count, char** words) {
  std::array<std::uint8_t, 32> seed{};
  std::array<std::uint8_t, 32> public_key{};
  std::array<std::uint8_t, 32> secret_key{};
  if (count != 3 || sodium_init() < 0 ||
      sodium_hex2bin(seed.data(), seed.size(), words[2], 64, nullptr, nullptr, nullptr) != 0) {
    std::fputs("usage: hostile-daemon ENDPOINT SEED\n", stderr);
    return 64;
  }
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  crypto_box_seed_keypair(public_key.data(), secret_key.data(), seed.data());
  zmq::context_t context(1);
  zmq::socket_t router(context, zmq::socket_type::router);
  configure(router, text_key(secret_key));
  router.bind(words[1]);
  while (true) echo(router);
}
