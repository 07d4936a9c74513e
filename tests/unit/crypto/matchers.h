// What crypto's tests ask of results and bytes, in words.
#pragma once

#include <gmock/gmock.h>

#include <ostream>

#include "crypto/bytes.h"
#include "crypto/result.h"

namespace meldpunt::crypto {

inline void PrintTo(Error error, std::ostream* out) { *out << describe(error); }

namespace test {

MATCHER_P(FailsWith, error, "fails with \"" + std::string(describe(error)) + "\"") {
  if (arg) {
    *result_listener << "which succeeds";
    return false;
  }
  *result_listener << "which fails with \"" << describe(arg.error()) << '"';
  return arg.error() == error;
}

MATCHER(Succeeds, "succeeds") {
  if (!arg) *result_listener << "which fails with \"" << describe(arg.error()) << '"';
  return arg.has_value();
}

inline Buffer buffer_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

// Hexadecimal digits, for known answers.
inline Buffer from_hex(std::string_view hex) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  Buffer out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out.push_back(static_cast<std::uint8_t>(digit(hex[i]) * 16 + digit(hex[i + 1])));
  }
  return out;
}

}  // namespace test
}  // namespace meldpunt::crypto
