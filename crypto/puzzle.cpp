#include "crypto/puzzle.h"

#include <sodium.h>

#include <bit>

#include "crypto/label.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

constexpr std::size_t memory = std::size_t{1} << 20;

Hash seed_of(const Challenge& challenge, const RegionId& region, const Hash& envelope) {
  return hash("puzzle", {challenge.view(), region.view(), envelope.view()});
}

std::size_t leading_zero_bits(const PuzzleAnswer& answer, const Hash& seed) {
  Block<32> out{};
  const int failed = crypto_pwhash_argon2id(
      out.data(), out.size(), reinterpret_cast<const char*>(answer.bytes.data()),
      answer.bytes.size(), seed.bytes.data(), 1, memory, crypto_pwhash_argon2id_ALG_ARGON2ID13);
  if (failed != 0) return 0;
  std::size_t bits = 0;
  for (const std::uint8_t byte : out) {
    const auto zeros = static_cast<std::size_t>(std::countl_zero(byte));
    bits += zeros;
    if (zeros < 8) break;
  }
  return bits;
}

}  // namespace

Hash hash_of_envelope(std::span<const std::uint8_t, sealed_report_size> sealed) {
  return hash("envelope", {sealed});
}

bool solves(const PuzzleAnswer& answer, std::uint8_t effort, const Challenge& challenge,
            const RegionId& region, const Hash& envelope) {
  if (effort == 0) return true;
  if (effort > effort_max) return false;
  return leading_zero_bits(answer, seed_of(challenge, region, envelope)) >= effort;
}

std::optional<PuzzleAnswer> solve(std::uint8_t effort, const Challenge& challenge,
                                  const RegionId& region, const Hash& envelope, std::uint64_t from,
                                  std::uint64_t tries) {
  const Hash seed = seed_of(challenge, region, envelope);
  for (std::uint64_t i = 0; i < tries; ++i) {
    PuzzleAnswer answer;
    Writer(answer.fill()).u64(from + i);
    if (effort == 0 || leading_zero_bits(answer, seed) >= effort) return answer;
  }
  return std::nullopt;
}

}  // namespace meldpunt::crypto
