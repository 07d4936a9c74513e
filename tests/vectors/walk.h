// What a worked example leaves on paper: chapters, sentences and named values, in their order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/bytes.h"

namespace meldpunt::crypto {

class Walk {
 public:
  void chapter(std::string_view title);
  void say(std::string_view sentence);
  // A value of at most 64 bytes stands in full in the page; of a longer one the first and last 32,
  // and the whole in the file of values.
  void value(std::string_view name, Bytes bytes);
  // Without the zeros at the end, which are counted.
  void padded(std::string_view name, Bytes bytes);
  void number(std::string_view name, std::uint64_t value);
  void text(std::string_view name, std::string_view value);

  // docs/protocol-example.md and tests/vectors/worked_example.values
  [[nodiscard]] std::string page() const;
  [[nodiscard]] std::string values() const { return values_; }

 private:
  void line(std::string_view text);
  void close();

  std::string page_;
  std::string values_;
  bool in_block_ = false;
};

[[nodiscard]] std::string hex(Bytes bytes);

}  // namespace meldpunt::crypto
