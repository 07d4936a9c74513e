// A value, or the one reason why there is none. Expected failures travel as values; exceptions are
// for what should never happen, and none leaves crypto/.
#pragma once

#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>

namespace meldpunt::crypto {

enum class Error : std::uint8_t {
  malformed,         // these bytes are not what they should be
  cannot_open,       // wrong key or altered bytes: never told apart
  bad_signature,     // signed by nobody we trust
  wrong_region,      // made for another region
  not_yet_valid,     // its time has not come, or the clock is behind
  expired,           // its time has passed, or the clock is ahead
  too_long,          // does not fit its fixed size
  wrong_passphrase,  // or a damaged key file
  bad_checksum,      // a code with a word or digit wrong
  unknown_word,      // a word that is in no list
  incomplete,        // too few words, digits or parts
  too_many,          // more than the format can carry
  no_memory,         // this device cannot spare what the derivation needs
};

// One sentence for the person at the keyboard, saying what to do.
[[nodiscard]] std::string_view describe(Error error);

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(error); }

}  // namespace meldpunt::crypto
