// The way from a region's forwarder to the receiver of trends: one question, one answer, each
// exactly one frame, so that the same meter stands before the receiver (docs/protocol.md,
// "Releases").
//
//   question:  verb 1 | region id 32 | number of the forwarder's newest roster 4 | body, field |
//   zeros answer:    status 1 | number of the receiver's newest roster 4 | body, field | zeros
//
// There is no seal of its own: the connection is CURVE, an object is sealed to the receiver, and
// nothing is believed that does not verify under the region's pin.
#pragma once

#include "crypto/hierarchy.h"
#include "crypto/wire/frame.h"

namespace meldpunt::crypto {

using FrameSpan = std::span<std::uint8_t, frame_size>;

enum class DeliveryVerb : std::uint8_t {
  roster = 1,  // body: a manifest or a part of a roster, as it lies on the region's server
  object = 2,  // body: what lay in the forwarder's box
};

enum class DeliveryStatus : std::uint8_t {
  taken = 1,         // kept on disk; a release is not whole yet, or a roster's piece was taken
  receipt = 2,       // body: the receiver's signed receipt (release.h)
  needs_roster = 3,  // bring the newest roster first
  refused = 4,       // a region that the receiver has no pin of, or a question of another version
  busy = 5,          // it cannot be kept at this time: try again later
};

struct DeliveryQuestion {
  DeliveryVerb verb = DeliveryVerb::object;
  RegionId region;
  std::uint32_t roster = 0;
  Buffer body;

  friend bool operator==(const DeliveryQuestion&, const DeliveryQuestion&) = default;
};

struct DeliveryAnswer {
  DeliveryStatus status = DeliveryStatus::refused;
  std::uint32_t roster = 0;  // 0: none yet
  Buffer body;

  friend bool operator==(const DeliveryAnswer&, const DeliveryAnswer&) = default;
};

// too_long when the body does not fit.
Result<void> encode(FrameSpan frame, const DeliveryQuestion& question);
Result<void> encode(FrameSpan frame, const DeliveryAnswer& answer);
Result<DeliveryQuestion> decode_delivery_question(FrameView frame);
Result<DeliveryAnswer> decode_delivery_answer(FrameView frame);

}  // namespace meldpunt::crypto
