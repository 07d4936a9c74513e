#include "crypto/result.h"

namespace meldpunt::crypto {

std::string_view describe(Error error) {
  switch (error) {
    case Error::malformed:
      return "these bytes are damaged or of another version; fetch them again";
    case Error::cannot_open:
      return "cannot be opened with this key";
    case Error::bad_signature:
      return "the signature is not by a key of this region; do not use it, tell the steward";
    case Error::wrong_region:
      return "made for another region; check which pin is in use";
    case Error::not_yet_valid:
      return "not valid yet; check this device's clock";
    case Error::expired:
      return "no longer valid; check this device's clock, then ask the steward to renew it";
    case Error::too_long:
      return "too long for its fixed size; shorten it or send it in parts";
    case Error::wrong_passphrase:
      return "wrong passphrase, or a damaged key file";
    case Error::bad_checksum:
      return "this is not a complete code; check each word";
    case Error::unknown_word:
      return "a word is in no list; check its spelling";
    case Error::incomplete:
      return "something is missing; a code has seven words or 28 digits";
    case Error::too_many:
      return "more entries than the format can carry";
    case Error::no_memory:
      return "not enough free memory on this device; close other programs and try again";
  }
  return "unknown error";
}

}  // namespace meldpunt::crypto
