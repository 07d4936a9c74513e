#include "tests/support/hostile.h"

#include <algorithm>
#include <array>
#include <list>
#include <string_view>

namespace meldpunt::tests {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t signature_size = 10;  // of a greeting

void append(Bytes& to, std::string_view text) { to.insert(to.end(), text.begin(), text.end()); }

// Connects and attacks again and again; `wave` returns false once it is cut.
template <typename Wave>
Attack again_and_again(const Target& target, Duration length, Wave wave) {
  Attack attack;
  const auto until = Clock::now() + length;
  while (Clock::now() < until) {
    CurvePeer peer(target);
    if (!peer.handshake()) continue;
    ++attack.connections;
    while (Clock::now() < until) {
      if (!wave(peer)) {
        ++attack.cut;
        break;
      }
      ++attack.frames;
    }
  }
  return attack;
}

// On a busy machine a few of hundreds are accepted, and so cut, a SYN's second try later.
constexpr auto stragglers = 4s;

// Attackers that all stay: opens `connections`, lets `begin` start each, waits, and counts who was
// cut by `grace` later.
template <typename Begin, typename Meanwhile>
Attack all_at_once(const Target& target, int connections, Duration length, Duration grace,
                   Begin begin, Meanwhile meanwhile) {
  Attack attack;
  std::list<CurvePeer> peers;
  const auto until = Clock::now() + length;
  for (int count = 0; count < connections; ++count) {
    CurvePeer& peer = peers.emplace_back(target);
    if (begin(peer)) ++attack.connections;
  }
  while (Clock::now() < until) {
    for (CurvePeer& peer : peers) attack.frames += meanwhile(peer) ? 1U : 0U;
    std::this_thread::sleep_for(200ms);
  }
  std::vector<CurvePeer*> open;
  for (CurvePeer& peer : peers) {
    if (!peer.is_cut(1ms)) open.push_back(&peer);
  }
  attack.cut = connections - static_cast<int>(open.size());
  for (CurvePeer* peer : open) {
    const auto left = std::chrono::duration_cast<Duration>(until + grace - Clock::now());
    attack.late += peer->is_cut(std::max<Duration>(left, 1ms)) ? 1 : 0;
  }
  attack.cut += attack.late;
  return attack;
}

}  // namespace

Attack endless_multipart(const Target& target, Duration length) {
  return again_and_again(target, length, [](CurvePeer& peer) {
    return peer.send_message(full_message(), inner_more);
  });
}

Attack multipart_with_pings(const Target& target, Duration length) {
  return again_and_again(target, length, [count = 0](CurvePeer& peer) mutable {
    if (++count % 4 == 0) return peer.send_message(ping(), inner_command);
    return peer.send_message(full_message(), inner_more);
  });
}

Attack many_parts(const Target& target, int parts, std::size_t part_size) {
  Attack attack;
  CurvePeer peer(target);
  if (!peer.handshake()) return attack;
  attack.connections = 1;
  const Bytes part(part_size, 0x5a);
  for (int count = 0; count < parts; ++count) {
    if (!peer.send_message(part, count + 1 < parts ? inner_more : std::uint8_t{0})) break;
    ++attack.frames;
  }
  attack.cut = peer.is_cut(5s) ? 1 : 0;
  return attack;
}

Attack huge_frame(const Target& target) {
  Attack attack;
  CurvePeer peer(target);
  if (!peer.handshake()) return attack;
  attack.connections = 1;
  const std::array<std::uint8_t, 9> header{2, 0x40, 0, 0, 0, 0, 0, 0, 0};
  bool open = peer.send(header);
  for (int count = 0; open && count < 64; ++count) open = peer.send(full_message());
  attack.cut = !open || peer.is_cut(5s) ? 1 : 0;
  return attack;
}

Attack silent_peers(const Target& target, int connections, bool greeted, Duration length) {
  return all_at_once(
      target, connections, length, stragglers,
      [greeted](CurvePeer& peer) {
        const Bytes signature = greeting();
        return peer.connect() && (!greeted || peer.send(std::span(signature).first(10)));
      },
      [](CurvePeer&) { return false; });
}

Attack slow_handshakes(const Target& target, int connections, Duration length) {
  return all_at_once(
      target, connections, length, stragglers,
      [](CurvePeer& peer) {
        const Bytes start = greeting();
        return peer.connect() && peer.send(std::span(start).first(12));
      },
      [letters = std::size_t{0}, connections](CurvePeer& peer) mutable {
        const Bytes whole = greeting();
        const std::size_t place = 12 + letters++ / static_cast<std::size_t>(connections);
        return place < whole.size() && peer.send(std::span(whole).subspan(place, 1));
      });
}

Attack handshake_flood(const Target& target, int threads, Duration length) {
  std::atomic<int> made = 0;
  std::vector<std::thread> attackers;
  for (int count = 0; count < threads; ++count) {
    attackers.emplace_back([&] {
      const auto until = Clock::now() + length;
      while (Clock::now() < until) {
        CurvePeer peer(target);
        if (peer.handshake()) ++made;
      }
    });
  }
  for (std::thread& attacker : attackers) attacker.join();
  return {.connections = made, .cut = 0, .frames = 0};
}

Attack replayed_frame(const Target& target) {
  Attack attack;
  CurvePeer peer(target);
  if (!peer.handshake()) return attack;
  attack.connections = 1;
  const Bytes frame = peer.sealed(full_message(), 0);
  if (!peer.send(frame) || !peer.receive(10s)) return attack;
  ++attack.frames;
  attack.cut = !peer.send(frame) || peer.is_cut(5s) ? 1 : 0;
  return attack;
}

Attack flipped_bits(const Target& target, int bits) {
  Attack attack;
  for (int count = 0; count < bits; ++count) {
    CurvePeer peer(target);
    if (!peer.handshake()) continue;
    ++attack.connections;
    Bytes frame = peer.sealed(full_message(), 0);
    const std::size_t bit =
        frame.size() * 8 / static_cast<std::size_t>(bits) * static_cast<std::size_t>(count);
    frame[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    if (!peer.send(frame) || peer.is_cut(2s)) ++attack.cut;
  }
  return attack;
}

Attack ping_flood(const Target& target, Duration length) {
  return again_and_again(target, length,
                         [](CurvePeer& peer) { return peer.send_message(ping(), inner_command); });
}

Attack short_pings(const Target& target, int connections) {
  Attack attack;
  const Bytes without_time_out = [] {
    Bytes command;
    append(command, "\4PING");
    return command;
  }();
  for (int count = 0; count < connections; ++count) {
    CurvePeer peer(target);
    if (!peer.handshake()) continue;
    ++attack.connections;
    const bool sent = peer.send_message(without_time_out, inner_command);
    if (!sent || !peer.receive_outer(1s)) ++attack.cut;
  }
  return attack;
}

Attack never_reading(const Target& target, int connections, Duration length) {
  return all_at_once(
      target, connections, length, 0ms,
      [](CurvePeer& peer) {
        peer.shrink_receive_buffer();
        return peer.handshake();
      },
      [](CurvePeer& peer) { return peer.send_message(full_message()); });
}

Flood::Flood(const Target& target, int connections, int frames) {
  for (int count = 0; count < connections; ++count) {
    threads_.emplace_back([this, target, frames] { attack(target, frames); });
  }
}

Flood::~Flood() { stop(); }

void Flood::stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Flood::attack(Target target, int frames) {
  while (!stopping_) {
    CurvePeer peer(target);
    if (!peer.connect() || !peer.greet() || !peer.shake_hands()) {
      std::this_thread::sleep_for(50ms);
      continue;
    }
    ++handshakes_;
    for (int count = 0; !stopping_ && (frames == 0 || count < frames); ++count) {
      if (!peer.exchange(5s)) break;
      ++exchanges_;
    }
  }
}

}  // namespace meldpunt::tests
