// The notice: the one frame that is the same for everyone until the next tick.
//
//   bundle length 2 | signed bundle | zeros to 3,769
//   time 8 | tick 4 | tick seconds 2 | generation 4 | key id 4 | request key 1216 | challenge 32 |
//   effort 1 | salt 16 | 2,816 tags of 4, rising | signature 64
//
// The daemon signs everything before the signature, so a bundle cannot be swapped under a digest.
// A tag is the first four bytes of hash("tag", salt, address): who holds an address finds its tag,
// who holds the digest finds no address.
#pragma once

#include <vector>

#include "crypto/hierarchy.h"
#include "crypto/wire/frame.h"

namespace meldpunt::crypto {

using Salt = Id<struct SaltTag, 16>;
using Challenge = Id<struct ChallengeTag, 32>;
using Tags = std::array<std::uint32_t, digest_tags>;

struct Digest {
  std::uint64_t time = 0;  // seconds since 1970, UTC, by the daemon's clock
  std::uint32_t tick = 0;  // rises by one
  std::uint16_t tick_seconds = 600;
  std::uint32_t generation = 0;  // raised by every restore of the daemon
  KeyId request_key_id;
  SealingKey<role::Request> request_key;
  Challenge challenge;
  std::uint8_t effort = 0;  // asked of a put into the intake now; 0 in peace
  Salt salt;
  Tags tags{};

  [[nodiscard]] bool may_hold(const Address& address) const;
};

[[nodiscard]] std::uint32_t tag_of(const Salt& salt, const Address& address);

// Rising and distinct, filled up with random ones. too_many when the addresses do not fit.
Result<Tags> make_tags(const Salt& salt, std::span<const Address> living);

// too_long when the bundle does not fit its place.
Result<Frame> sign_notice(Bytes bundle, const Digest& digest, const RegionId& region,
                          const SigningKey<role::Daemon>& daemon);

struct Notice {
  Bundle bundle;
  Digest digest;
};

// Checks pin -> certificate -> bundle -> digest, and that the bundle is the day's. Whether the
// daemon's time is right is the caller's question: the client shows it beside its own.
Result<Notice> verify_notice(FrameView frame, const Pin& pin);

}  // namespace meldpunt::crypto
