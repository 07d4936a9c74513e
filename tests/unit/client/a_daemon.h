// A daemon in the same process for tests of the reporter's side: an intake and addresses, and
// whatever trouble a test asks for. Time is virtual: it moves only when somebody sleeps, or while
// an answer is on its way.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <initializer_list>
#include <map>
#include <optional>
#include <random>
#include <vector>

#include "client/lib/clock.h"
#include "client/lib/reporter_puzzle.h"
#include "client/lib/session.h"
#include "client/lib/transport/local_line.h"
#include "crypto/puzzle.h"
#include "crypto/reply.h"
#include "tests/unit/client/a_region.h"

namespace meldpunt::client::testing {

class VirtualClock : public Clock {
 public:
  [[nodiscard]] std::chrono::seconds now() const override {
    return wall + std::chrono::floor<std::chrono::seconds>(steady_.time_since_epoch());
  }
  [[nodiscard]] Steady steady() const override { return steady_; }
  void sleep_until(Steady time) override { steady_ = std::max(steady_, time); }
  void pass(std::chrono::milliseconds time) { steady_ += time; }

  std::chrono::seconds wall{test_time};

 private:
  Steady steady_{};
};

enum class Trouble {
  unopenable,  // random bytes, and the request key has changed
  busy,
  stale,
  refused,
  lost,  // no answer at all
};

// One application message as somebody on the line sees it.
struct Seen {
  std::chrono::milliseconds time;
  bool outwards;
  std::size_t size;
  friend bool operator==(const Seen&, const Seen&) = default;
};

class Daemon {
 public:
  Daemon(const Region& region, VirtualClock& clock) : region_(region), clock_(clock) {
    digest_.time = test_time;
    digest_.tick = 7;
    digest_.generation = 1;
    digest_.challenge = crypto::random_id<crypto::Challenge>();
    change_request_key();
  }

  void post(const crypto::ThreadSecrets& thread, const crypto::Reply& reply) {
    const auto sealed = crypto::seal_reply(reply, thread, region_.pin.region).value();
    lay(crypto::address_of(thread, region_.pin.region, reply.index),
        crypto::Buffer(sealed.begin(), sealed.end()), crypto::guard_of(reply.burn));
  }
  void lay(const crypto::Address& address, crypto::Buffer bytes, const crypto::Hash& guard = {}) {
    addresses_[address.bytes] = {std::move(bytes), guard};
    notice_.reset();
  }
  // Asked of puts from the next notice on.
  void ask_effort(std::uint8_t effort) {
    digest_.effort = effort;
    ++digest_.tick;
    digest_.challenge = crypto::random_id<crypto::Challenge>();
    notice_.reset();
  }

  [[nodiscard]] std::size_t living() const { return addresses_.size(); }

  // What happens to the next puts one after the other.
  std::deque<Trouble> troubles;
  std::uint16_t busy_wait = 10;
  std::chrono::milliseconds latency{250};
  std::chrono::milliseconds late_for_stored{0};  // the mistake that must be seen on the line

  std::vector<crypto::SealedReport> intake;
  std::vector<crypto::PutReport> puts;  // as they came
  std::vector<crypto::MailboxName> asked;
  std::vector<crypto::Hash> envelopes;  // of every put that was opened
  std::vector<Seen> seen;
  std::size_t random_gets = 0;
  std::size_t notices = 0;
  std::vector<crypto::Hash> frame_hashes;

  Delivery operator()(std::span<std::uint8_t, crypto::frame_size> answer,
                      crypto::FrameView request) {
    seen.push_back({now(), true, request.size()});
    frame_hashes.push_back(crypto::Hash{});
    crypto_generichash(frame_hashes.back().fill().data(), crypto::Hash::size, request.data(),
                       request.size(), nullptr, 0);
    clock_.pass(latency);
    const Delivery delivery = respond(answer, request);
    if (delivery == Delivery::answered) seen.push_back({now(), false, answer.size()});
    return delivery;
  }

 private:
  struct Laid {
    crypto::Buffer bytes;
    crypto::Hash guard;
  };

  [[nodiscard]] std::chrono::milliseconds now() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        clock_.steady().time_since_epoch());
  }

  Delivery respond(std::span<std::uint8_t, crypto::frame_size> answer, crypto::FrameView request) {
    if (crypto::key_id_of(request).is_zero()) {
      ++notices;
      if (!notice_ || epoch_ != crypto::epoch_of(region_.team.public_key())) make_notice();
      crypto::copy_bytes(*notice_, answer);
      return Delivery::answered;
    }
    crypto::Block<crypto::request_plaintext_size> plaintext{};
    auto key = crypto::open_request(plaintext, request, *request_key_, region_.pin.region);
    if (!key) {
      crypto::fill_random(answer);
      return Delivery::answered;
    }
    const auto asked_for = crypto::decode_request(plaintext).value();
    const bool put = std::holds_alternative<crypto::PutReport>(asked_for);
    if (put && !troubles.empty()) {
      const Trouble trouble = troubles.front();
      troubles.pop_front();
      if (trouble == Trouble::lost) return Delivery::no_answer;
      if (trouble == Trouble::unopenable) {
        change_request_key();
        crypto::fill_random(answer);
        return Delivery::answered;
      }
      note_put(std::get<crypto::PutReport>(asked_for));
      return seal(answer, *key, troubled(trouble));
    }
    return seal(answer, *key,
                std::visit([this](const auto& r) { return answer_to(r); }, asked_for));
  }

  static Delivery seal(std::span<std::uint8_t, crypto::frame_size> answer,
                       const crypto::ResponseKey& key, const crypto::Response& response) {
    crypto::Block<crypto::response_plaintext_size> plaintext{};
    EXPECT_TRUE(crypto::encode_response(plaintext, response));
    key.seal(answer, plaintext);
    return Delivery::answered;
  }

  [[nodiscard]] crypto::Response troubled(Trouble trouble) const {
    crypto::Response response;
    response.status = trouble == Trouble::busy    ? crypto::Status::busy
                      : trouble == Trouble::stale ? crypto::Status::stale
                                                  : crypto::Status::refused;
    if (trouble == Trouble::busy) response.wait = busy_wait;
    return response;
  }

  void note_put(const crypto::PutReport& put) {
    puts.push_back(put);
    envelopes.push_back(crypto::hash_of_envelope(put.sealed));
  }

  crypto::Response answer_to(const crypto::PutReport& put) {
    note_put(put);
    crypto::Response response;
    if (crypto::epoch_of(put.sealed) != crypto::epoch_of(region_.team.public_key()) ||
        put.effort < digest_.effort ||
        !crypto::solves(put.answer, put.effort, digest_.challenge, region_.pin.region,
                        envelopes.back())) {
      response.status = crypto::Status::stale;
      return response;
    }
    intake.push_back(put.sealed);
    clock_.pass(late_for_stored);
    response.status = crypto::Status::ok;
    return response;
  }
  crypto::Response answer_to(const crypto::Get& get) {
    crypto::Response response;
    asked.push_back(get.name);
    const auto found = addresses_.find(get.name);
    if (found == addresses_.end()) {
      ++random_gets;
      return response;
    }
    response.status = crypto::Status::ok;
    response.payload = found->second.bytes;
    return response;
  }
  crypto::Response answer_to(const crypto::Burn& burn) {
    const auto found = addresses_.find(burn.name);
    if (found != addresses_.end() && crypto::guard_of(burn.token) == found->second.guard) {
      addresses_.erase(found);
    }
    crypto::Response response;
    response.status = crypto::Status::ok;
    return response;
  }
  template <class Other>
  crypto::Response answer_to(const Other& /*request*/) {
    crypto::Response response;
    response.status = crypto::Status::refused;
    return response;
  }

  void change_request_key() {
    request_key_.emplace(crypto::OpeningKey<crypto::role::Request>::generate());
    digest_.request_key = request_key_->public_key();
    digest_.request_key_id = crypto::random_id<crypto::KeyId>();
    notice_.reset();
  }
  void make_notice() {
    digest_.salt = crypto::random_id<crypto::Salt>();
    std::vector<crypto::Address> living;
    for (const auto& [name, laid] : addresses_) living.push_back(crypto::Address{name});
    digest_.tags = crypto::make_tags(digest_.salt, living).value();
    notice_ = region_.notice(digest_);
    epoch_ = crypto::epoch_of(region_.team.public_key());
  }

  const Region& region_;
  VirtualClock& clock_;
  crypto::Digest digest_;
  std::optional<crypto::Frame> notice_;  // what everyone gets, until something changes
  crypto::EpochId epoch_;
  std::optional<crypto::OpeningKey<crypto::role::Request>> request_key_;
  std::map<crypto::MailboxName, Laid> addresses_;
};

[[nodiscard]] inline crypto::ThreadKeys a_thread() {
  crypto::ThreadKeys thread{{}, crypto::OpeningKey<crypto::role::Reply>::generate()};
  thread.shared.id = crypto::random_id<crypto::ThreadId>();
  thread.shared.address_key = crypto::SecretBytes<32>::random();
  thread.shared.up_key = crypto::SecretBytes<32>::random();
  thread.shared.down_key = crypto::SecretBytes<32>::random();
  thread.shared.reply_key = thread.reply.public_key();
  return thread;
}

[[nodiscard]] inline crypto::Reply a_reply(std::uint16_t index) {
  crypto::Reply reply;
  reply.index = index;
  reply.burn = crypto::random_id<crypto::BurnToken>();
  reply.expires = static_cast<crypto::Hour>(test_time / 3600 + 30 * 24);
  reply.text = "answer " + std::to_string(index);
  return reply;
}

// A session over a Daemon, with jitter of a given seed.
struct Stage {
  explicit Stage(const Region& in, std::uint32_t seed = 1) : region(in), draws(seed) {}

  SessionEnd run(std::initializer_list<Errand*> errands) {
    LocalLine line([this](auto answer, auto request) { return daemon(answer, request); });
    Session session(
        line, source, clock, rhythm,
        [this](std::uint32_t limit) { return static_cast<std::uint32_t>(draws() % limit); }, view);
    return session.run(std::vector<Errand*>(errands));
  }

  const Region& region;
  std::mt19937 draws;
  VirtualClock clock;
  Daemon daemon{region, clock};
  NoticeSource source{region.pin, clock};
  Rhythm rhythm;
  SessionView view;
  PuzzleWorker puzzle;
};

}  // namespace meldpunt::client::testing
