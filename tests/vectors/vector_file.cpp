#include "tests/vectors/vector_file.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "tests/vectors/vector.h"

namespace meldpunt::crypto::vectors {

namespace {

constexpr std::size_t line_bytes = 48;
constexpr std::size_t run_least = 16;
constexpr std::string_view digits = "0123456789abcdef";

std::string hex(Bytes bytes) {
  std::string out;
  for (const std::uint8_t byte : bytes) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::size_t run_length(Bytes bytes) {
  const auto end =
      std::find_if(bytes.begin(), bytes.end(), [&](std::uint8_t b) { return b != bytes.front(); });
  return static_cast<std::size_t>(end - bytes.begin());
}

// Hex in lines of 48 bytes; a run of 16 or more equal bytes as N*hh.
std::string pieces_of(Bytes bytes) {
  std::string out;
  const auto add = [&](const std::string& piece) {
    if (!out.empty()) out += "\n  ";
    out += piece;
  };
  while (!bytes.empty()) {
    if (const std::size_t run = run_length(bytes); run >= run_least) {
      add(std::to_string(run) + '*' + hex(bytes.first(1)));
      bytes = bytes.subspan(run);
      continue;
    }
    std::size_t size = 1;
    while (size < std::min(line_bytes, bytes.size()) &&
           run_length(bytes.subspan(size)) < run_least) {
      ++size;
    }
    add(hex(bytes.first(size)));
    bytes = bytes.subspan(size);
  }
  return out;
}

}  // namespace

void VectorFile::set(std::string_view key, std::string value) {
  const auto place = std::find_if(lines_.begin(), lines_.end(),
                                  [&](const auto& line) { return line.first == key; });
  if (place == lines_.end()) {
    lines_.emplace_back(key, std::move(value));
  } else {
    place->second = std::move(value);
  }
}

VectorFile& VectorFile::bytes(std::string_view key, Bytes value) {
  set(key, pieces_of(value));
  return *this;
}

VectorFile& VectorFile::text(std::string_view key, std::string_view value) {
  set(key, '"' + std::string(value) + '"');
  return *this;
}

VectorFile& VectorFile::number(std::string_view key, std::uint64_t value, std::size_t size) {
  Buffer big_endian(size);
  for (std::size_t i = size; i-- > 0; value >>= 8) {
    big_endian[i] = static_cast<std::uint8_t>(value);
  }
  set(key, hex(big_endian));
  return *this;
}

VectorFile VectorFile::without(std::initializer_list<std::string_view> keys) const {
  VectorFile other = *this;
  std::erase_if(other.lines_, [&](const auto& line) {
    return std::find(keys.begin(), keys.end(), line.first) != keys.end();
  });
  return other;
}

VectorFile VectorFile::with(std::string_view key, Bytes value) const {
  VectorFile other = *this;
  other.bytes(key, value);
  return other;
}

void VectorFile::save(std::string_view name, std::string_view about,
                      std::optional<Error> error) const {
  const auto folder = root_ / kind_;
  std::filesystem::create_directories(folder);
  std::ofstream file(folder / (std::string(name) + ".txt"), std::ios::binary);
  file << "# " << about << "\nkind: " << kind_ << '\n';
  file << "expect: " << (error ? class_of(*error) : "opened") << '\n';
  if (error) file << "error: " << word_of(*error) << '\n';
  for (const auto& [key, value] : lines_) {
    file << key << ':' << (value.empty() ? "" : " ") << value << '\n';
  }
  file.close();
  if (!file) {
    std::cerr << "cannot write " << folder / name << '\n';
    std::exit(73);
  }
}

}  // namespace meldpunt::crypto::vectors
