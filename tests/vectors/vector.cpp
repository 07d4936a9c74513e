#include "tests/vectors/vector.h"

#include <algorithm>
#include <array>

namespace meldpunt::crypto::vectors {

namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool append_hex(Buffer& out, std::string_view hex) {
  if (hex.empty() || hex.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = digit_of(hex[i]);
    const int low = digit_of(hex[i + 1]);
    if (high < 0 || low < 0) return false;
    out.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return true;
}

// "12*00"
bool append_run(Buffer& out, std::string_view piece, std::size_t star) {
  std::size_t count = 0;
  for (const char c : piece.substr(0, star)) {
    if (c < '0' || c > '9' || count > 100000) return false;
    count = count * 10 + static_cast<std::size_t>(c - '0');
  }
  Buffer byte;
  if (star == 0 || !append_hex(byte, piece.substr(star + 1)) || byte.size() != 1) return false;
  out.insert(out.end(), count, byte[0]);
  return true;
}

bool append_pieces(Buffer& out, std::string_view value) {
  while (true) {
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    if (value.empty()) return true;
    if (value[0] == '"') {
      const std::size_t end = value.find('"', 1);
      if (end == std::string_view::npos) return false;
      const Bytes text = as_bytes(value.substr(1, end - 1));
      out.insert(out.end(), text.begin(), text.end());
      value.remove_prefix(end + 1);
      continue;
    }
    const std::string_view piece = value.substr(0, value.find(' '));
    const std::size_t star = piece.find('*');
    const bool good =
        star == std::string_view::npos ? append_hex(out, piece) : append_run(out, piece, star);
    if (!good) return false;
    value.remove_prefix(piece.size());
  }
}

}  // namespace

Result<void> Vector::take_line(std::string_view line, std::string& key) {
  if (line.empty() || line[0] == '#') return {};
  std::string_view value = line;
  if (line[0] != ' ') {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return fail(Error::malformed);
    key = line.substr(0, colon);
    value = line.substr(colon + 1);
    if (!value.empty() && value[0] == ' ') value.remove_prefix(1);
    if (key == "kind") kind_ = value;
    if (key == "expect") expect_ = value;
    if (key == "error") error_ = value;
    if (key == "kind" || key == "expect" || key == "error") return {};
    if (!values_.emplace(key, Buffer()).second) return fail(Error::malformed);
  }
  const auto place = values_.find(key);
  if (place == values_.end() || !append_pieces(place->second, value)) {
    return fail(Error::malformed);
  }
  return {};
}

Result<Vector> Vector::parse(std::string_view text) {
  Vector vector;
  std::string key;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (const auto taken = vector.take_line(line, key); !taken) return fail(taken.error());
  }
  const bool known = vector.expect_ == "opened" ||
                     ((vector.expect_ == "cannot_open" || vector.expect_ == "malformed") &&
                      !vector.error_.empty());
  if (!known || vector.kind_.empty()) return fail(Error::malformed);
  return vector;
}

Bytes Vector::bytes(std::string_view key) const {
  const auto found = values_.find(key);
  if (found == values_.end()) {
    complete_ = false;
    return {};
  }
  return found->second;
}

std::uint64_t Vector::number(std::string_view key) const {
  const Bytes value = bytes(key);
  if (value.empty() || value.size() > 8) complete_ = false;
  std::uint64_t number = 0;
  for (const std::uint8_t byte : value) number = number << 8 | byte;
  return number;
}

void Vector::fill(std::string_view key, MutableBytes out) const {
  const Bytes value = bytes(key);
  if (value.size() == out.size()) {
    copy_bytes(value, out);
  } else {
    complete_ = false;
  }
}

std::string_view word_of(Error error) {
  constexpr std::array<std::string_view, 13> words{
      "malformed",  "cannot_open", "bad_signature",    "wrong_region", "not_yet_valid",
      "expired",    "too_long",    "wrong_passphrase", "bad_checksum", "unknown_word",
      "incomplete", "too_many",    "no_memory"};
  return words[static_cast<std::size_t>(error)];
}

std::string_view class_of(Error error) {
  switch (error) {
    case Error::cannot_open:
    case Error::bad_signature:
    case Error::wrong_region:
    case Error::not_yet_valid:
    case Error::expired:
    case Error::wrong_passphrase:
      return "cannot_open";
    case Error::malformed:
    case Error::too_long:
    case Error::bad_checksum:
    case Error::unknown_word:
    case Error::incomplete:
    case Error::too_many:
    case Error::no_memory:
      return "malformed";
  }
  return "malformed";
}

Comparison& Comparison::same(std::string_view key, Bytes actual) {
  return holds(key, equal_bytes(vector_.bytes(key), actual));
}

Comparison& Comparison::number(std::string_view key, std::uint64_t actual) {
  return holds(key, vector_.number(key) == actual);
}

Comparison& Comparison::holds(std::string_view what, bool true_or_not) {
  if (!true_or_not && first_difference_.empty()) first_difference_ = what;
  return *this;
}

}  // namespace meldpunt::crypto::vectors
