// Proof of work for puts into the intake: it orders a queue under a flood, it excludes nobody.
//
//   out = Argon2id13(answer 8, salt = first 16 bytes of hash("puzzle", challenge, region,
//         hash("envelope", sealed report)), t = 1, m = 1 MiB), 32 bytes
//   solved for effort e when the first e bits of out are zero
//
// Pure: who asks for how much, and when, is the server's to decide.
#pragma once

#include <optional>

#include "crypto/report.h"
#include "crypto/wire/messages.h"
#include "crypto/wire/notice.h"

namespace meldpunt::crypto {

// 2^9 tries on average, of 1 to 2 ms in the page on a desktop core: three to six seconds on a cheap
// phone.
inline constexpr std::uint8_t effort_max = 9;

// What makes two puts the same report: the daemon's memory of recent ones, and the puzzle's input.
[[nodiscard]] Hash hash_of_envelope(std::span<const std::uint8_t, sealed_report_size> sealed);

[[nodiscard]] bool solves(const PuzzleAnswer& answer, std::uint8_t effort,
                          const Challenge& challenge, const RegionId& region, const Hash& envelope);

// Tries at most `tries` answers from `from` on; nullopt when none of them solves it.
[[nodiscard]] std::optional<PuzzleAnswer> solve(std::uint8_t effort, const Challenge& challenge,
                                                const RegionId& region, const Hash& envelope,
                                                std::uint64_t from, std::uint64_t tries);

}  // namespace meldpunt::crypto
