// What a code stands for in one region: the keys of one thread.
//
//   salt = first 16 bytes of hash("code", region)
//   S    = Argon2id13(canonical code, salt, t = 3, m = 64 MiB), 32 bytes
//   prk  = HKDF-Extract(salt = region id, S)
//   each = HKDF-Expand(prk, "meldpunt/1 " + name, n):
//          "thread id" 16 | "address key" 32 | "up key" 32 | "down key" 32 | "reply key" 32
//
// The reply key's secret never leaves the reporter's device; all else travels inside the sealed
// report, so that the coordinator can answer.
#pragma once

#include "crypto/code.h"
#include "crypto/keys.h"

namespace meldpunt::crypto {

inline constexpr std::size_t reply_indices = 256;  // a thread has at most this many replies

// What the reporter shares with the coordinators.
struct ThreadSecrets {
  ThreadId id;
  SecretBytes<32> address_key;
  SecretBytes<32> up_key;    // proves to the coordinator that a message continues the thread
  SecretBytes<32> down_key;  // proves to the reporter that a reply does
  SealingKey<role::Reply> reply_key;

  [[nodiscard]] ThreadSecrets clone() const;
};

struct ThreadKeys {
  ThreadSecrets shared;
  OpeningKey<role::Reply> reply;
};

// Takes about 0.1 s and 64 MiB; no_memory where they cannot be had.
Result<ThreadKeys> derive_thread(const Code& code, const RegionId& region);

// Where reply `index` of the thread lies: hash("address", address key, region, index as 2 bytes).
[[nodiscard]] Address address_of(const ThreadSecrets& thread, const RegionId& region,
                                 std::uint16_t index);

}  // namespace meldpunt::crypto
