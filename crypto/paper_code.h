// The recovery code that a steward keeps on paper: eleven words, from which a key pair is derived
// that opens what the server keeps for the day on which every device is lost.
//
//   r   16 random bytes
//   c   the low 14 bits of the last two bytes of hash("paper check", r)
//   v = 16384 r + c; the words are v in base 7776, most significant first
//
// Eleven words of 12.9 bits hold 142.1: exactly 128 random bits and 14 that find a mistake in all
// but one of 16,384. The server has what the key opens, so whoever takes its disk may try codes for
// ever: that is why it is longer than a reporter's. Argon2id is for the paper of which somebody saw
// a part.
//
//   S      = Argon2id13(r, salt = first 16 bytes of hash("paper code", region id), passes, memory)
//   secret = Expand(Extract(salt = region id, S), label("recovery key"), 32)
#pragma once

#include "crypto/code.h"
#include "crypto/key_file.h"
#include "crypto/keys.h"

namespace meldpunt::crypto {

inline constexpr std::size_t paper_code_size = 16;
inline constexpr std::size_t paper_code_words = 11;

using RecoveryKey = OpeningKey<role::Recovery>;

class PaperCode {
 public:
  static PaperCode generate();
  static PaperCode from_random(std::span<const std::uint8_t, paper_code_size> random);
  // Words of any of the lists, as a reporter's code is read. incomplete with too few words,
  // bad_checksum when they are no code that was ever made.
  static Result<PaperCode> parse(std::string_view typed, std::span<const WordList* const> lists);

  // The random bytes, without the check.
  [[nodiscard]] Bytes random() const { return bytes_.view(); }
  // Eleven words with single spaces, in memory that is wiped.
  [[nodiscard]] SecretBuffer words(const WordList& list) const;

 private:
  PaperCode() = default;

  SecretBytes<paper_code_size> bytes_;
};

// no_memory when the derivation cannot have its memory. Another cost is for tests alone.
Result<RecoveryKey> recovery_key(const PaperCode& code, const RegionId& region,
                                 PassphraseCost cost = {});

}  // namespace meldpunt::crypto
