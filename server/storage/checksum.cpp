#include "server/storage/checksum.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace meldpunt::server {
namespace {

constexpr std::uint64_t multiplier = 0x9e3779b97f4a7c15;  // odd, so that a step can be undone
constexpr std::size_t half_block_size = 4 * sizeof(std::uint64_t);
constexpr std::size_t block_size = 2 * half_block_size;

std::uint64_t word_at(const std::uint8_t* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

// Each step is a bijection of the lane for a given word, and of the word for a given lane: two
// inputs that differ in one word can never end alike.
std::uint64_t step(std::uint64_t lane, std::uint64_t word) {
  return std::rotl((lane ^ word) * multiplier, 29);
}

std::uint64_t finish(std::uint64_t value) {
  value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
  value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
  return value ^ (value >> 33);
}

// Four of the eight chains that do not wait for each other. Named one by one: an array of them went
// through memory at every step and was three times slower.
class Lanes {
 public:
  explicit Lanes(std::uint64_t seed)
      : a_(seed), b_(seed + multiplier), c_(~seed), d_(seed ^ multiplier) {}

  void take(const std::uint8_t* block) {
    a_ = step(a_, word_at(block));
    b_ = step(b_, word_at(block + 8));
    c_ = step(c_, word_at(block + 16));
    d_ = step(d_, word_at(block + 24));
  }
  std::uint64_t sum(std::uint64_t start) const {
    return finish(finish(finish(finish(finish(start) ^ a_) ^ b_) ^ c_) ^ d_);
  }

 private:
  std::uint64_t a_, b_, c_, d_;
};

template <bool swap>
void add_log_words(std::span<const std::uint8_t> bytes, std::uint32_t& first,
                   std::uint32_t& second) {
  std::uint32_t one = first;
  std::uint32_t two = second;
  for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
    std::array<std::uint32_t, 2> words{};
    std::memcpy(words.data(), bytes.data() + at, sizeof words);
    // In this order the sums wait for each other half as long; unasked, g++ puts them back.
    one += swap ? __builtin_bswap32(words[0]) : words[0];
    asm("" : "+r"(one));
    one += two;
    two += swap ? __builtin_bswap32(words[1]) : words[1];
    asm("" : "+r"(two));
    two += one;
  }
  first = one;
  second = two;
}

}  // namespace

std::uint64_t checksum(std::span<const std::uint8_t> bytes, std::uint64_t seed) {
  Lanes first(seed);
  Lanes second(finish(seed + multiplier));
  const auto take = [&](const std::uint8_t* block) {
    first.take(block);
    second.take(block + half_block_size);
  };
  std::size_t at = 0;
  for (; at + block_size <= bytes.size(); at += block_size) take(bytes.data() + at);
  if (at < bytes.size()) {
    std::array<std::uint8_t, block_size> last{};
    std::ranges::copy(bytes.subspan(at), last.begin());
    take(last.data());
  }
  return second.sum(first.sum(seed ^ bytes.size()));
}

std::uint64_t page_checksum(Page page, std::uint32_t number) {
  return checksum(page.first<page_size - page_checksum_size>(), number);
}

bool page_is_intact(Page page, std::uint32_t number) {
  return word_at(page.last<page_checksum_size>().data()) == page_checksum(page, number);
}

void seal_page(std::span<std::uint8_t, page_size> page, std::uint32_t number) {
  std::uint64_t sum = page_checksum(page, number);
  if constexpr (std::endian::native == std::endian::big) sum = __builtin_bswap64(sum);
  std::memcpy(page.last<page_checksum_size>().data(), &sum, sizeof sum);
}

std::uint64_t row_digest(ItemId id, std::int64_t position, const Item& item) {
  const std::array<std::uint64_t, 6> columns = {static_cast<std::uint64_t>(id),
                                                static_cast<std::uint64_t>(item.kind),
                                                static_cast<std::uint64_t>(position),
                                                item.hour,
                                                item.expires,
                                                item.effort};
  std::array<std::uint8_t, 8 * columns.size() + sizeof(MailboxName) + sizeof(Guard)> head{};
  auto* to = head.data();
  for (const auto column : columns) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
      *to++ = static_cast<std::uint8_t>(column >> shift);
    }
  }
  to = std::ranges::copy(item.name, to).out;
  std::ranges::copy(item.guard, to);
  return checksum(item.bytes, checksum(head, 0));
}

void LogChecksum::add(std::span<const std::uint8_t> bytes, bool big_endian) {
  const bool swap = big_endian != (std::endian::native == std::endian::big);
  swap ? add_log_words<true>(bytes, first, second) : add_log_words<false>(bytes, first, second);
}

}  // namespace meldpunt::server
