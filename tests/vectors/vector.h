// One test vector: a text file with one case, read by whoever implements the protocol.
//
//   # what this case is about
//   kind: request                          which object the case is about
//   expect: opened | cannot_open | malformed
//   error: expired                         the one reason, when it is not opened
//   key: value                             bytes: inputs, and what must come out
//
// A value is pieces with spaces between them: hex digits, "text", or N*hh for N equal bytes. A line
// that starts with a space continues the value before it. Numbers are big-endian.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "crypto/bytes.h"
#include "crypto/result.h"

namespace meldpunt::crypto::vectors {

class Vector {
 public:
  // malformed when it is not written as above.
  static Result<Vector> parse(std::string_view text);

  [[nodiscard]] const std::string& kind() const { return kind_; }
  [[nodiscard]] const std::string& expect() const { return expect_; }
  [[nodiscard]] const std::string& error() const { return error_; }

  [[nodiscard]] bool has(std::string_view key) const { return values_.contains(key); }
  // A value that is missing, or that has not the size asked for, leaves complete() false.
  [[nodiscard]] Bytes bytes(std::string_view key) const;
  [[nodiscard]] std::string_view text(std::string_view key) const { return as_text(bytes(key)); }
  [[nodiscard]] std::uint64_t number(std::string_view key) const;
  template <std::size_t N>
  [[nodiscard]] Block<N> block(std::string_view key) const {
    Block<N> block{};
    fill(key, block);
    return block;
  }
  template <class FixedId>
  [[nodiscard]] FixedId id(std::string_view key) const {
    FixedId id;
    fill(key, id.fill());
    return id;
  }
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  void fill(std::string_view key, MutableBytes out) const;
  Result<void> take_line(std::string_view line, std::string& key);

  std::string kind_;
  std::string expect_;
  std::string error_;
  std::map<std::string, Buffer, std::less<>> values_;
  mutable bool complete_ = true;
};

// The word for an error in `error:`, and its class in `expect:`.
[[nodiscard]] std::string_view word_of(Error error);
[[nodiscard]] std::string_view class_of(Error error);

// Which value came out otherwise than the vector says; empty when all is as it says.
using Outcome = Result<std::string>;

// Compares what came out with the values of a vector that name it.
class Comparison {
 public:
  explicit Comparison(const Vector& vector) : vector_(vector) {}

  Comparison& same(std::string_view key, Bytes actual);
  Comparison& same(std::string_view key, std::string_view actual) {
    return same(key, as_bytes(actual));
  }
  Comparison& number(std::string_view key, std::uint64_t actual);
  Comparison& holds(std::string_view what, bool true_or_not);
  [[nodiscard]] Outcome outcome() const { return first_difference_; }

 private:
  const Vector& vector_;
  std::string first_difference_;
};

}  // namespace meldpunt::crypto::vectors
