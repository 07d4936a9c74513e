// Who may come in: the one-time token of the link, the session that it is changed for, and the
// lock.
//
// Token and session are 32 random bytes each, written in base64url. The token stands in the
// fragment of the link, which browsers send to nobody, and dies with its first use. The session
// stands in the page's memory only: who loads the page anew needs a new link.
//
// Locked is locked for all sessions. The door locks when nobody has done anything for a while, by
// the steady clock or by the wall's, so that a laptop that slept is locked when it wakes; and at
// once when asked. Wrong passphrases make the next try wait.
//
// Any thread.
#pragma once

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "client/lib/clock.h"
#include "crypto/bytes.h"

namespace meldpunt::console {

class Door {
 public:
  using Secret = crypto::Block<32>;

  // A tab of the browser each; the oldest gives way.
  static constexpr std::size_t sessions_most = 4;

  // The clock must outlive it.
  Door(const client::Clock& clock, std::chrono::seconds idle);
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;
  ~Door();

  // The token of a new link; the one before is dead.
  [[nodiscard]] std::string new_token();
  // Nobody has used the newest token yet.
  [[nodiscard]] bool token_waits() const;
  // A session for the token, which is dead then. A wrong one changes nothing.
  [[nodiscard]] std::optional<std::string> open(std::string_view token);
  // Whether it is a session's secret.
  [[nodiscard]] bool knows(std::string_view session) const;

  // A person did something.
  void stir();
  [[nodiscard]] bool locked();
  // Until it locks by itself; zero when it is locked.
  [[nodiscard]] std::chrono::seconds until_lock();
  // How long it stays open for who does nothing.
  [[nodiscard]] std::chrono::seconds idle() const { return idle_; }
  void lock();

  // How long the next passphrase has to wait; zero: it may be tried.
  [[nodiscard]] std::chrono::seconds wait_for_try() const;
  // What came of one. The right one unlocks.
  void tried(bool right);

 private:
  struct Moment {
    client::Clock::Steady steady;
    std::chrono::seconds wall;
  };
  [[nodiscard]] Moment now() const { return {clock_.steady(), clock_.now()}; }
  [[nodiscard]] std::chrono::seconds idle_left() const;

  const client::Clock& clock_;
  const std::chrono::seconds idle_;
  mutable std::mutex mutex_;  // guards everything below
  std::optional<Secret> token_;
  std::deque<Secret> sessions_;
  Moment stirred_;
  bool locked_ = false;
  unsigned wrong_ = 0;
  client::Clock::Steady next_try_{};
};

}  // namespace meldpunt::console
