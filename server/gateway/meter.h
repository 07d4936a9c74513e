// The meter of one connection: reads the outer frame lengths of both directions and says how many
// bytes may pass, when to wait, and when to cut. No socket, no clock: bytes and time are handed in.
//
// The protocol is lock-step with equal frames, so the rules are few: only lengths that the protocol
// has, in the order it has them; at most `unanswered` full frames and `small_frames` small ones
// without an answer; a token bucket for full frames; a handshake in time; a full frame now and
// then.
//
// Traps, each of them met:
// - Credit counts frame lengths, never bytes: a PING among MORE frames beats "bytes since the last
// answer",
//   and the answers to short PINGs beat "bytes in less bytes out".
// - A header's last byte is held back until the header is judged, so the daemon never learns a
// length that
//   we refuse, and a frame that waits for its token does not make the daemon reserve room for it.
// - A client's frame of 38 bytes is a PONG or the PING that libzmq over-reads (zmtp.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "server/gateway/ending.h"
#include "server/gateway/frame_lengths.h"
#include "server/gateway/limits.h"
#include "server/gateway/token_bucket.h"

namespace meldpunt::gateway {

struct Verdict {
  std::size_t passed = 0;          // of the bytes handed in; hand the rest in again later
  std::optional<Time> wait_until;  // the rest may not pass before
  std::optional<Ending> cut;
};

class Meter {
 public:
  // `limits` must outlive the meter.
  Meter(const Limits& limits, Time now);

  Verdict from_client(std::span<const std::uint8_t> bytes, Time now);
  Verdict from_daemon(std::span<const std::uint8_t> bytes, Time now);

  // The reason to cut a connection that has taken too long, if there is one.
  std::optional<Ending> overdue(Time now) const;

  bool settled() const { return daemon_phase_ == Phase::traffic; }
  int unanswered() const { return unanswered_; }
  std::uint64_t frames() const { return frames_; }
  std::uint64_t answers() const { return answers_; }

 private:
  // Client: HELLO, INITIATE, traffic. Daemon: WELCOME, READY, traffic.
  enum class Phase : std::uint8_t { first, second, traffic };
  struct Judgement {
    std::optional<Ending> cut;
    bool wait = false;
  };

  std::size_t skip_client_body(std::size_t available, Time now);
  Judgement client_header(std::uint8_t byte, Time now);
  Judgement judge_client(const FrameHeader& header, Time now);
  Judgement judge_client_traffic(const FrameHeader& header, Time now);
  Judgement judge_small(const FrameHeader& header);
  Judgement judge_daemon(const FrameHeader& header);
  void daemon_frame_ended(Time now);

  const Limits& limits_;
  TokenBucket bucket_;
  Time started_;
  Time last_full_frame_;
  FrameLengths client_frames_;
  FrameLengths daemon_frames_;
  std::uint64_t frames_ = 0;
  std::uint64_t answers_ = 0;
  int unanswered_ = 0;
  int small_frames_ = 0;
  std::uint8_t client_greeting_ = 0;
  std::uint8_t daemon_greeting_ = 0;
  std::uint8_t daemon_pings_ = 0;
  Phase client_phase_ = Phase::first;
  Phase daemon_phase_ = Phase::first;
  bool full_from_client_ = false;
  bool full_from_daemon_ = false;
};

}  // namespace meldpunt::gateway
