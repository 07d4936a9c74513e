#include "client/image/orientation.h"

#include <cstddef>
#include <optional>

namespace meldpunt::image {

namespace {

constexpr std::size_t entry_size = 12;
constexpr std::uint16_t orientation_tag = 0x0112;
constexpr std::uint16_t short_type = 3;

// Numbers in the byte order that the structure begins with; nothing beyond its end.
class Tiff {
 public:
  explicit Tiff(Bytes bytes) : bytes_(bytes) {}

  [[nodiscard]] bool begin() {
    if (bytes_.size() < 8 || bytes_[0] != bytes_[1]) return false;
    little_ = bytes_[0] == 'I';
    return (little_ || bytes_[0] == 'M') && number(2, 2) == 42;
  }
  [[nodiscard]] std::optional<std::uint32_t> number(std::size_t at, std::size_t width) const {
    if (at > bytes_.size() || width > bytes_.size() - at) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      value = (value << 8U) | bytes_[at + (little_ ? width - 1 - i : i)];
    }
    return value;
  }

 private:
  Bytes bytes_;
  bool little_ = false;
};

// What the entry at this place says about orientation, if that is what it is about.
std::optional<std::uint32_t> orientation_at(const Tiff& tiff, std::size_t entry) {
  if (tiff.number(entry, 2) != orientation_tag || tiff.number(entry + 2, 2) != short_type) {
    return std::nullopt;
  }
  return tiff.number(entry + 8, 2);
}

}  // namespace

Orientation orientation_of(Bytes bytes) {
  Tiff tiff(bytes);
  if (!tiff.begin()) return Orientation::as_stored;
  const std::size_t directory = tiff.number(4, 4).value_or(0);
  const std::size_t count = tiff.number(directory, 2).value_or(0);
  for (std::size_t i = 0; i < count; ++i) {
    const auto said = orientation_at(tiff, directory + 2 + i * entry_size);
    if (said && *said >= 1 && *said <= 8) return static_cast<Orientation>(*said);
  }
  return Orientation::as_stored;
}

}  // namespace meldpunt::image
