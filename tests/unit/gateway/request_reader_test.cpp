#include "server/gateway/request_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace meldpunt::gateway {
namespace {

using Kind = Wish::Kind;
using Outcome = RequestReader::Outcome;

const std::string path = "/point";

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string a_post() {
  return "POST /point HTTP/1.1\r\nHost: x\r\nContent-Length: 16384\r\n\r\n" +
         std::string(crypto::frame_size, 'f');
}

// What a head wishes for, without its body.
Wish wish_of(const std::string& head) {
  RequestReader reader(path, true);
  EXPECT_EQ(reader.take(bytes_of(head)), Outcome::head) << head;
  return reader.wish();
}

// Hands everything in, at most `piece` bytes at a time; how many requests were complete.
int requests_in(const std::string& text, std::size_t piece) {
  RequestReader reader(path, true);
  int complete = 0;
  Outcome outcome = Outcome::more;
  for (std::size_t at = 0; at < text.size() || outcome != Outcome::more;) {
    if (outcome == Outcome::more) {
      const std::size_t size = std::min({piece, reader.room(), text.size() - at});
      if (size == 0) return -1;
      outcome = reader.take(bytes_of(text).subspan(at, size));
      at += size;
    } else if (outcome == Outcome::head) {
      outcome = reader.go_on();
    } else {
      ++complete;
      outcome = reader.next();
    }
  }
  return reader.idle() ? complete : -1;
}

TEST(RequestReaders, TellEveryWish) {
  const struct {
    std::string head;
    Kind kind;
  } rows[] = {
      {"GET /point HTTP/1.1\r\n\r\n", Kind::page},
      {"GET /point?a=b HTTP/1.1\r\n\r\n", Kind::page},
      {"GET /point/ HTTP/1.1\r\n\r\n", Kind::nothing},
      {"GET / HTTP/1.1\r\n\r\n", Kind::nothing},
      {"PUT /point HTTP/1.1\r\n\r\n", Kind::nothing},
      {"POST /point HTTP/1.1\r\nContent-Length: 16384\r\n\r\n", Kind::frame},
      {"POST /point HTTP/1.1\r\nContent-Length: 0\r\n\r\n", Kind::refused},
      {"POST / HTTP/1.1\r\nContent-Length: 16384\r\n\r\n", Kind::refused},
      {"POST /point HTTP/1.1\r\nContent-Length: 18446744073709551615\r\n\r\n", Kind::refused},
      {"POST /point HTTP/1.1\r\nContent-Length: -1\r\n\r\n", Kind::refused},
      {"GET /point HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n", Kind::refused},
      {"GET /point HTTP/3.1\r\n\r\n", Kind::refused},
  };
  for (const auto& row : rows) EXPECT_EQ(wish_of(row.head).kind, row.kind) << row.head;
}

TEST(RequestReaders, EndTheConnectionAfterAnOldOrUnreadableRequest) {
  EXPECT_FALSE(wish_of("GET /point HTTP/1.1\r\n\r\n").last);
  EXPECT_TRUE(wish_of("GET /point HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").last);
  EXPECT_TRUE(wish_of("GET /point HTTP/1.1\r\nConnection: close\r\n\r\n").last);
  EXPECT_TRUE(wish_of("rubbish\r\n\r\n").last);
}

TEST(RequestReaders, FindTheSameRequestsHoweverTheBytesAreCut) {
  const std::string get = "GET /point HTTP/1.1\r\n\r\n";
  const std::string text = get + a_post() + a_post() + get;
  for (const std::size_t piece : {1U, 7U, 100U, 8192U, 100'000U}) {
    EXPECT_EQ(requests_in(text, piece), 4) << piece;
  }
}

TEST(RequestReaders, KeepTheFrameByteForByte) {
  RequestReader reader(path, true);
  const std::string post = a_post();
  ASSERT_EQ(reader.take(bytes_of(post).first(1000)), Outcome::head);
  ASSERT_EQ(reader.go_on(), Outcome::more);
  ASSERT_EQ(reader.take(bytes_of(post).subspan(1000)), Outcome::complete);

  const auto frame = reader.take_frame();

  EXPECT_TRUE(std::ranges::all_of(*frame, [](std::uint8_t byte) { return byte == 'f'; }));
}

TEST(RequestReaders, HaveRoomForOneHeadAndNoMore) {
  RequestReader reader(path, true);
  const std::string endless = "GET /point HTTP/1.1\r\nX: " + std::string(head_max, 'x');
  ASSERT_EQ(reader.take(bytes_of(endless).first(head_max - 1)), Outcome::more);
  EXPECT_EQ(reader.room(), 1U);

  EXPECT_EQ(reader.take(bytes_of(endless).subspan(head_max - 1, 1)), Outcome::head);
  EXPECT_EQ(reader.wish().kind, Kind::refused);
}

}  // namespace
}  // namespace meldpunt::gateway
