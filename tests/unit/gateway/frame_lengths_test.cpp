#include "server/gateway/frame_lengths.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "server/gateway/zmtp.h"

namespace meldpunt::gateway {
namespace {

using Bytes = std::vector<std::uint8_t>;

struct Seen {
  std::uint8_t flags;
  std::uint64_t size;
  bool operator==(const Seen&) const = default;
};

Bytes frame_of(std::uint8_t flags, std::uint64_t size) {
  Bytes bytes{flags};
  if ((flags & flag_long) != 0) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes.push_back(static_cast<std::uint8_t>(size >> shift));
    }
  } else {
    bytes.push_back(static_cast<std::uint8_t>(size));
  }
  bytes.resize(bytes.size() + size, 0xff);
  return bytes;
}

void read(FrameLengths& frames, std::span<const std::uint8_t> bytes, std::vector<Seen>& seen) {
  while (!bytes.empty()) {
    if (frames.in_body()) {
      const std::size_t skipped = frames.skip(bytes.size());
      ASSERT_GT(skipped, 0U);
      ASSERT_LE(skipped, bytes.size());
      bytes = bytes.subspan(skipped);
      continue;
    }
    if (const auto header = frames.take(bytes[0])) seen.push_back({header->flags, header->size});
    bytes = bytes.subspan(1);
  }
}

TEST(FrameLengths, AreTheSameInAnySplit) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<Seen> expected;
    Bytes stream;
    for (int count = 0; count < 20; ++count) {
      const bool is_long = random() % 2 == 0;
      const std::uint8_t flags = static_cast<std::uint8_t>(random() & ~unsigned{flag_long}) |
                                 (is_long ? flag_long : std::uint8_t{0});
      const std::uint64_t size = random() % (is_long ? 2000 : 256);
      expected.push_back({flags, size});
      const Bytes frame = frame_of(flags, size);
      stream.insert(stream.end(), frame.begin(), frame.end());
    }
    FrameLengths frames;
    std::vector<Seen> seen;
    std::span<const std::uint8_t> rest = stream;
    while (!rest.empty()) {
      const std::size_t piece = std::min<std::size_t>(rest.size(), 1 + random() % 700);
      read(frames, rest.first(piece), seen);
      rest = rest.subspan(piece);
    }

    EXPECT_EQ(seen, expected);
    EXPECT_FALSE(frames.in_body());
  }
}

TEST(FrameLengths, TakeAnyBytesWhatever) {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    Bytes noise(random() % 300);
    for (auto& byte : noise) byte = static_cast<std::uint8_t>(random());
    FrameLengths frames;
    std::vector<Seen> seen;
    read(frames, noise, seen);
    EXPECT_LE(seen.size(), noise.size() / 2);
  }
}

TEST(FrameLengths, HoldTheLargestSize) {
  FrameLengths frames;
  frames.take(flag_long);
  for (int count = 0; count < 7; ++count) EXPECT_FALSE(frames.take(0xff));

  const auto header = frames.take(0xff);

  ASSERT_TRUE(header);
  EXPECT_EQ(header->size, UINT64_MAX);
  EXPECT_EQ(frames.skip(1000), 1000U);
  EXPECT_TRUE(frames.in_body());
}

}  // namespace
}  // namespace meldpunt::gateway
