#include "crypto/paper_code.h"

#include <sodium.h>

#include <algorithm>

#include "crypto/kdf.h"
#include "crypto/label.h"

namespace meldpunt::crypto {

namespace {

constexpr std::uint32_t check_values = 1U << 14U;
// v < 2^142, so that one more than 18 bytes never comes of honest words; 7776^11 < 2^143.
using Number = Transient<18>;

// value = value * factor + add; what is carried out of the top is returned.
std::uint32_t multiply_add(std::span<std::uint8_t, 18> value, std::uint32_t factor,
                           std::uint32_t add) {
  std::uint32_t carry = add;
  for (std::size_t i = value.size(); i-- > 0;) {
    const std::uint32_t digit = value[i] * factor + carry;
    value[i] = static_cast<std::uint8_t>(digit);
    carry = digit >> 8U;
  }
  return carry;
}

// value = value / divisor; returns the rest.
std::uint32_t divide(std::span<std::uint8_t, 18> value, std::uint32_t divisor) {
  std::uint32_t rest = 0;
  for (std::uint8_t& byte : value) {
    const std::uint32_t part = rest << 8U | byte;
    byte = static_cast<std::uint8_t>(part / divisor);
    rest = part % divisor;
  }
  return rest;
}

std::uint32_t check_of(Bytes random) {
  const Hash found = hash("paper check", {random});
  return (std::uint32_t{found.bytes[30]} << 8U | found.bytes[31]) % check_values;
}

}  // namespace

PaperCode PaperCode::generate() {
  PaperCode code;
  fill_random(code.bytes_.fill());
  return code;
}

PaperCode PaperCode::from_random(std::span<const std::uint8_t, paper_code_size> random) {
  PaperCode code;
  copy_bytes(random, code.bytes_.fill());
  return code;
}

Result<PaperCode> PaperCode::parse(std::string_view typed, std::span<const WordList* const> lists) {
  const auto numbers = numbers_of_words(typed, lists);
  if (!numbers) return fail(numbers.error());
  if (numbers->size() < paper_code_words) return fail(Error::incomplete);
  if (numbers->size() > paper_code_words) return fail(Error::bad_checksum);
  Number value;
  for (const std::size_t number : *numbers) {
    multiply_add(value.fill(), word_list_size, static_cast<std::uint32_t>(number));
  }
  const std::uint32_t check = divide(value.fill(), check_values);
  const auto random = value.view().last<paper_code_size>();
  if (value.view()[0] != 0 || value.view()[1] != 0 || check != check_of(random)) {
    return fail(Error::bad_checksum);
  }
  return from_random(random);
}

SecretBuffer PaperCode::words(const WordList& list) const {
  Number value;
  copy_bytes(bytes_.view(), value.fill().last<paper_code_size>());
  multiply_add(value.fill(), check_values, check_of(bytes_.view()));
  std::array<std::string_view, paper_code_words> chosen;
  std::size_t size = paper_code_words - 1;
  for (std::size_t i = paper_code_words; i-- > 0;) {
    chosen.at(i) = list.word(divide(value.fill(), word_list_size));
    size += chosen.at(i).size();
  }
  SecretBuffer words(size);
  std::size_t at = 0;
  for (const std::string_view word : chosen) {
    if (at > 0) words.fill()[at++] = ' ';
    copy_bytes(as_bytes(word), words.fill().subspan(at));
    at += word.size();
  }
  return words;
}

Result<RecoveryKey> recovery_key(const PaperCode& code, const RegionId& region,
                                 PassphraseCost cost) {
  const Hash salt = hash("paper code", {region.view()});
  Transient<32> stretched;
  const Bytes random = code.random();
  if (crypto_pwhash(stretched.fill().data(), stretched.fill().size(), as_text(random).data(),
                    random.size(), salt.view().data(), cost.passes,
                    std::size_t{cost.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(Error::no_memory);
  }
  Transient<prk_size> prk;
  hkdf_extract(prk.fill(), region.view(), {stretched.view()});
  Transient<kem_secret_key_size> secret;
  hkdf_expand(secret.fill(), prk.view(), {as_bytes(protocol_label), as_bytes("recovery key")});
  return RecoveryKey::from_secret(secret.view());
}

}  // namespace meldpunt::crypto
