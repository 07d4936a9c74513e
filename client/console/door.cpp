#include "client/console/door.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "crypto/secret.h"

namespace meldpunt::console {

namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t written_size = sodium_base64_ENCODED_LEN(Door::Secret().size(), variant);
constexpr unsigned free_tries = 3;
constexpr unsigned longest_wait_power = 6;  // 64 seconds

std::string written(const Door::Secret& secret) {
  std::array<char, written_size> text{};
  sodium_bin2base64(text.data(), text.size(), secret.data(), secret.size(), variant);
  std::string copy(text.data());
  sodium_memzero(text.data(), text.size());
  return copy;
}

std::optional<Door::Secret> read(std::string_view text) {
  Door::Secret secret{};
  std::size_t size = 0;
  const bool fine = sodium_base642bin(secret.data(), secret.size(), text.data(), text.size(),
                                      nullptr, &size, nullptr, variant) == 0;
  if (!fine || size != secret.size()) return std::nullopt;
  return secret;
}

Door::Secret random_secret() {
  Door::Secret secret{};
  crypto::fill_random(secret);
  return secret;
}

}  // namespace

Door::Door(const client::Clock& clock, std::chrono::seconds idle)
    : clock_(clock), idle_(idle), stirred_(now()) {}

Door::~Door() {
  if (token_) sodium_memzero(token_->data(), token_->size());
  for (Secret& session : sessions_) sodium_memzero(session.data(), session.size());
}

std::string Door::new_token() {
  const std::lock_guard guard(mutex_);
  token_ = random_secret();
  return written(*token_);
}

bool Door::token_waits() const {
  const std::lock_guard guard(mutex_);
  return token_.has_value();
}

std::optional<std::string> Door::open(std::string_view token) {
  const auto given = read(token);
  const std::lock_guard guard(mutex_);
  if (!given || !token_ || !crypto::same_secret(*given, *token_)) return std::nullopt;
  sodium_memzero(token_->data(), token_->size());
  token_.reset();
  if (sessions_.size() == sessions_most) sessions_.pop_front();
  sessions_.push_back(random_secret());
  return written(sessions_.back());
}

bool Door::knows(std::string_view session) const {
  const auto given = read(session);
  if (!given) return false;
  const std::lock_guard guard(mutex_);
  // Looks at every one: which one it was takes no other time.
  bool known = false;
  for (const Secret& each : sessions_) known = crypto::same_secret(*given, each) || known;
  return known;
}

std::chrono::seconds Door::idle_left() const {
  const Moment moment = now();
  const auto by_steady = std::chrono::floor<std::chrono::seconds>(moment.steady - stirred_.steady);
  const auto passed = std::max({by_steady, moment.wall - stirred_.wall, std::chrono::seconds(0)});
  return std::max(idle_ - passed, std::chrono::seconds(0));
}

void Door::stir() {
  const std::lock_guard guard(mutex_);
  if (idle_left().count() > 0) stirred_ = now();
}

bool Door::locked() {
  const std::lock_guard guard(mutex_);
  // Stays so, also when somebody sets a clock back.
  locked_ = locked_ || idle_left().count() == 0;
  return locked_;
}

std::chrono::seconds Door::until_lock() {
  if (locked()) return std::chrono::seconds(0);
  const std::lock_guard guard(mutex_);
  return idle_left();
}

void Door::lock() {
  const std::lock_guard guard(mutex_);
  locked_ = true;
}

std::chrono::seconds Door::wait_for_try() const {
  const std::lock_guard guard(mutex_);
  const auto left = next_try_ - clock_.steady();
  return std::max(std::chrono::ceil<std::chrono::seconds>(left), std::chrono::seconds(0));
}

void Door::tried(bool right) {
  const std::lock_guard guard(mutex_);
  if (right) {
    wrong_ = 0;
    next_try_ = {};
    locked_ = false;
    stirred_ = now();
    return;
  }
  ++wrong_;
  if (wrong_ < free_tries) return;
  const unsigned power = std::min(wrong_ - free_tries + 1, longest_wait_power);
  next_try_ = clock_.steady() + std::chrono::seconds(1U << power);
}

}  // namespace meldpunt::console
