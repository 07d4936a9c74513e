#include "server/gateway/meter.h"

#include <algorithm>

#include "server/gateway/zmtp.h"

namespace meldpunt::gateway {
namespace {

// libzmq sends a PING per interval, answered or not; more than a few unanswered ones mean nothing.
constexpr std::uint8_t daemon_pings_max = 4;

bool is_command(const FrameHeader& header) { return (header.flags & ~flag_long) == flag_command; }

// The way libzmq writes it: the long form only where the short one does not do.
bool is_canonical(const FrameHeader& header) {
  const bool is_long = (header.flags & flag_long) != 0;
  return is_long == (header.size > 255);
}

}  // namespace

Meter::Meter(const Limits& limits, Time now)
    : limits_(limits),
      bucket_(limits.burst, limits.frame_interval),
      started_(now),
      last_full_frame_(now) {}

Verdict Meter::from_client(std::span<const std::uint8_t> bytes, Time now) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (client_greeting_ < greeting_size) {
      if (!greeting_allows(client_greeting_, bytes[at])) return {at, {}, Ending::greeting};
      ++client_greeting_;
      ++at;
    } else if (client_frames_.in_body()) {
      at += skip_client_body(bytes.size() - at, now);
    } else {
      const Judgement judgement = client_header(bytes[at], now);
      if (judgement.cut) return {at, {}, judgement.cut};
      if (judgement.wait) return {at, bucket_.ready_at(), {}};
      ++at;
    }
  }
  return {at, {}, {}};
}

std::size_t Meter::skip_client_body(std::size_t available, Time now) {
  const std::size_t skipped = client_frames_.skip(available);
  if (!client_frames_.in_body() && full_from_client_) last_full_frame_ = now;
  return skipped;
}

Meter::Judgement Meter::client_header(std::uint8_t byte, Time now) {
  const FrameLengths before = client_frames_;
  const auto header = client_frames_.take(byte);
  if (!header) return {};
  const Judgement judgement = judge_client(*header, now);
  // The byte is judged again when the bucket has filled.
  if (judgement.wait) client_frames_ = before;
  return judgement;
}

Meter::Judgement Meter::judge_client(const FrameHeader& header, Time now) {
  full_from_client_ = false;
  if (!is_canonical(header)) return {Ending::frame};
  switch (client_phase_) {
    case Phase::first:
      if (!is_command(header) || header.size != hello_size) return {Ending::frame};
      client_phase_ = Phase::second;
      return {};
    case Phase::second:
      if (!is_command(header) || header.size < initiate_min || header.size > initiate_max) {
        return {Ending::frame};
      }
      client_phase_ = Phase::traffic;
      return {};
    case Phase::traffic:
      return judge_client_traffic(header, now);
  }
  return {Ending::fault};
}

Meter::Judgement Meter::judge_client_traffic(const FrameHeader& header, Time now) {
  // Inside CURVE the MORE and COMMAND flags are encrypted; outside they are never set. Before READY
  // a client knows no key to write with.
  if (!settled() || (header.flags & ~flag_long) != 0) return {Ending::frame};
  if (header.size != full_frame_size) return judge_small(header);
  if (unanswered_ >= limits_.unanswered) return {Ending::unanswered};
  if (!bucket_.take(now)) return {.cut = {}, .wait = true};
  ++unanswered_;
  ++frames_;
  full_from_client_ = true;
  return {};
}

Meter::Judgement Meter::judge_small(const FrameHeader& header) {
  if (header.size < pong_size || header.size > small_max) return {Ending::frame};
  if (header.size < ping_size) {
    if (daemon_pings_ == 0) return {Ending::frame};
    --daemon_pings_;
  }
  if (small_frames_ >= limits_.small_frames) return {Ending::small_frames};
  ++small_frames_;
  return {};
}

Verdict Meter::from_daemon(std::span<const std::uint8_t> bytes, Time now) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (daemon_greeting_ < greeting_size) {
      ++daemon_greeting_;
      ++at;
    } else if (daemon_frames_.in_body()) {
      at += daemon_frames_.skip(bytes.size() - at);
      if (!daemon_frames_.in_body()) daemon_frame_ended(now);
    } else {
      const auto header = daemon_frames_.take(bytes[at]);
      const Judgement judgement = header ? judge_daemon(*header) : Judgement{};
      if (judgement.cut) return {at, {}, judgement.cut};
      ++at;
    }
  }
  return {at, {}, {}};
}

Meter::Judgement Meter::judge_daemon(const FrameHeader& header) {
  full_from_daemon_ = false;
  if (!settled()) {
    const bool fits = daemon_phase_ == Phase::first ? header.size == welcome_size
                                                    : header.size > 0 && header.size <= ready_max;
    return fits && is_command(header) ? Judgement{} : Judgement{Ending::daemon_frame};
  }
  if (header.size == full_frame_size) {
    full_from_daemon_ = true;
    return {};
  }
  if (header.size < pong_size || header.size > small_max || header.size == over_read_size) {
    return {Ending::daemon_frame};
  }
  // The PONG to a PING with two bytes of context has this size too. Whoever sends that PING wins
  // the right to one frame of 38 bytes, whose answer of 54 does not pass.
  if (header.size == ping_size && daemon_pings_ < daemon_pings_max) ++daemon_pings_;
  return {};
}

void Meter::daemon_frame_ended(Time now) {
  if (!settled()) {
    daemon_phase_ = daemon_phase_ == Phase::first ? Phase::second : Phase::traffic;
    if (settled()) last_full_frame_ = now;
    return;
  }
  if (!full_from_daemon_) return;
  ++answers_;
  last_full_frame_ = now;
  unanswered_ = std::max(unanswered_ - 1, 0);
  small_frames_ = 0;
}

std::optional<Ending> Meter::overdue(Time now) const {
  if (!settled()) {
    return now - started_ > limits_.handshake ? std::optional(Ending::handshake_slow)
                                              : std::nullopt;
  }
  return now - last_full_frame_ > limits_.idle ? std::optional(Ending::idle) : std::nullopt;
}

}  // namespace meldpunt::gateway
