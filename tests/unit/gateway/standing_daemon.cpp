#include "tests/unit/gateway/standing_daemon.h"

#include <cstring>
#include <utility>

#include "crypto/wire/notice.h"

namespace meldpunt::gateway::test {

crypto::Frame a_notice(std::uint32_t tick, std::uint64_t unix_seconds, std::uint16_t tick_seconds) {
  const crypto::test::FixedRegion region;
  crypto::Digest digest;
  digest.time = unix_seconds;
  digest.tick = tick;
  digest.tick_seconds = tick_seconds;
  digest.request_key_id = crypto::test::id_of<crypto::KeyId>(7);
  digest.request_key = crypto::test::opening_key<crypto::role::Request>(8).public_key();
  digest.tags = crypto::make_tags(digest.salt, {}).value();
  return crypto::sign_notice(region.signed_bundle(), digest, region.id, region.daemon).value();
}

StandingDaemon::StandingDaemon(std::string endpoint, Answer answer)
    : endpoint_(std::move(endpoint)), answer_(std::move(answer)) {
  start();
}

void StandingDaemon::start() {
  stopping_ = false;
  bound_ = false;
  thread_ = std::thread([this] { run(); });
  while (!bound_) std::this_thread::yield();
}

void StandingDaemon::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void StandingDaemon::run() {
  zmq::context_t context(1);
  zmq::socket_t router(context, zmq::socket_type::router);
  const auto key = crypto::CurveSecret::from_secret(crypto::test::filled<32>(0x44));
  router.set(zmq::sockopt::curve_server, true);
  zmq_setsockopt(router.handle(), ZMQ_CURVE_SECRETKEY, key.secret().data(), key.secret().size());
  router.set(zmq::sockopt::linger, 0);
  router.set(zmq::sockopt::rcvtimeo, 5);
  router.bind(endpoint_);
  bound_ = true;
  while (!stopping_) serve(router);
}

void StandingDaemon::serve(zmq::socket_t& router) {
  zmq::message_t route;
  zmq::message_t message;
  if (!router.recv(route) || !router.recv(message)) return;
  crypto::Frame question{};
  if (message.more() || message.size() != question.size()) return;
  std::memcpy(question.data(), message.data(), question.size());
  ++(crypto::key_id_of(question) == crypto::KeyId{} ? notices_ : frames_);
  const auto answer = answer_(question);
  if (!answer) return;
  router.send(route, zmq::send_flags::sndmore);
  router.send(zmq::buffer(*answer), zmq::send_flags::none);
}

}  // namespace meldpunt::gateway::test
