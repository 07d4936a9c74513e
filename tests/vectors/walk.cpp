#include "tests/vectors/walk.h"

#include <algorithm>

namespace meldpunt::crypto {

namespace {

constexpr std::size_t shown_whole = 64;
constexpr std::size_t shown_end = 32;

}  // namespace

std::string hex(Bytes bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

void Walk::close() {
  if (in_block_) page_ += "```\n";
  in_block_ = false;
}

void Walk::chapter(std::string_view title) {
  close();
  page_ += "\n## " + std::string(title) + '\n';
  values_ += "\n# " + std::string(title) + '\n';
}

void Walk::say(std::string_view sentence) {
  close();
  page_ += '\n' + std::string(sentence) + '\n';
}

void Walk::line(std::string_view text) {
  if (!in_block_) page_ += "\n```text\n";
  in_block_ = true;
  page_ += std::string(text) + '\n';
}

void Walk::value(std::string_view name, Bytes bytes) {
  const std::string head = std::string(name) + " = ";
  values_ += head + hex(bytes) + '\n';
  if (bytes.size() <= shown_whole) {
    line(head + hex(bytes));
  } else {
    line(head + hex(bytes.first(shown_end)) + " ... " + hex(bytes.last(shown_end)) + "  (" +
         std::to_string(bytes.size()) + " bytes)");
  }
}

void Walk::padded(std::string_view name, Bytes bytes) {
  std::size_t size = bytes.size();
  while (size > 0 && bytes[size - 1] == 0) --size;
  const std::size_t zeros = bytes.size() - size;
  value(std::string(name) + " (then " + std::to_string(zeros) + " zeros)", bytes.first(size));
}

void Walk::number(std::string_view name, std::uint64_t value) {
  const std::string both = std::string(name) + " = " + std::to_string(value);
  values_ += both + '\n';
  line(both);
}

void Walk::text(std::string_view name, std::string_view value) {
  const std::string both = std::string(name) + " = \"" + std::string(value) + '"';
  values_ += both + '\n';
  line(both);
}

std::string Walk::page() const {
  return page_.substr(std::min<std::size_t>(1, page_.size())) + (in_block_ ? "```\n" : "");
}

}  // namespace meldpunt::crypto
