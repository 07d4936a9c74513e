#include "server/gateway/proxy_header.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace meldpunt::gateway {
namespace {

using Outcome = ProxyHeader::Outcome;

ProxyHeader read(const std::string& text) {
  return read_proxy_header({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string version_2(char command, char family, const std::string& rest) {
  std::string text("\r\n\r\n\0\r\nQUIT\n", 12);
  text += {command, family, static_cast<char>(rest.size() >> 8), static_cast<char>(rest.size())};
  return text + rest;
}

TEST(ProxyHeaders, OfTorNameTheCircuit) {
  const std::string first = "PROXY TCP6 fc00:dead:beef:4dad::0:29 ::1 65535 42\r\n";
  const std::string second = "PROXY TCP6 fc00:dead:beef:4dad::0:2a ::1 65535 42\r\n";

  const ProxyHeader one = read(first + "\xff");
  const ProxyHeader other = read(second);

  EXPECT_EQ(one.outcome, Outcome::complete);
  EXPECT_EQ(one.size, first.size());
  EXPECT_EQ(other.outcome, Outcome::complete);
  EXPECT_NE(one.source, other.source);
}

TEST(ProxyHeaders, OfVersion1NameTheSource) {
  EXPECT_EQ(read("PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n").source,
            source_of_ipv4({192, 0, 2, 7}));
  EXPECT_EQ(read("PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n").source,
            read("PROXY TCP6 2001:db8::ffff 2001:db8::2 1 2\r\n").source);
  EXPECT_EQ(read("PROXY UNKNOWN\r\n").source, nowhere);
  EXPECT_EQ(read("PROXY UNKNOWN\r\n").outcome, Outcome::complete);
}

TEST(ProxyHeaders, OfVersion2NameTheSource) {
  const std::string ipv4("\xc0\x00\x02\x07\xc0\x00\x02\x01\x13\x88\x01\xbb", 12);
  const std::string header = version_2(0x21, 0x11, ipv4);

  EXPECT_EQ(read(header + "more").source, source_of_ipv4({192, 0, 2, 7}));
  EXPECT_EQ(read(header + "more").size, header.size());
  EXPECT_EQ(read(version_2(0x21, 0x21, std::string(36, '\x20'))).outcome, Outcome::complete);
  EXPECT_EQ(read(version_2(0x20, 0x00, "")).source, nowhere);
  EXPECT_EQ(read(version_2(0x21, 0x11, ipv4 + std::string(100, 'x'))).outcome, Outcome::complete);
}

TEST(ProxyHeaders, ThatAreNoneAreMalformed) {
  const std::string rows[] = {
      std::string("\xff\0\0\0\0\0\0\0\1\x7f", 10),   "GET / HTTP/1.1\r\n",
      "PROXY TCP4 999.0.2.7 192.0.2.1 5000 443\r\n", "PROXY TCP4\r\n",
      "PROXY TCP6 192.0.2.7 192.0.2.1 5000 443\r\n", "PROXY SCTP 192.0.2.7 192.0.2.1 5000 443\r\n",
      "PROXY TCP4 " + std::string(200, '1'),         version_2(0x11, 0x11, std::string(12, 'x')),
      version_2(0x22, 0x11, std::string(12, 'x')),   version_2(0x21, 0x11, std::string(11, 'x')),
      version_2(0x21, 0x21, std::string(35, 'x')),   version_2(0x21, 0x11, std::string(521, 'x')),
  };
  for (const auto& row : rows) {
    EXPECT_EQ(read(row).outcome, Outcome::malformed) << row;
  }
}

TEST(ProxyHeaders, CutAnywhereAreIncomplete) {
  for (const std::string& whole :
       {std::string("PROXY TCP6 fc00:dead:beef:4dad::0:29 ::1 65535 42\r\n"),
        version_2(0x21, 0x21, std::string(40, 'x'))}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      EXPECT_EQ(read(whole.substr(0, size)).outcome, Outcome::incomplete) << size;
    }
    EXPECT_EQ(read(whole).outcome, Outcome::complete);
  }
}

TEST(ProxyHeaders, TakeAnyBytesWhatever) {
  std::mt19937 random(2);
  const std::string starts[] = {"", "PROXY ", "PROXY TCP4 ", "PROXY TCP6 ",
                                std::string("\r\n\r\n\0\r\nQUIT\n", 12)};
  for (int round = 0; round < 20000; ++round) {
    std::string text = starts[random() % 5];
    for (std::size_t left = random() % 600; left > 0; --left) {
      text.push_back(static_cast<char>(random()));
    }

    const ProxyHeader header = read(text);

    EXPECT_LE(header.size, text.size());
    if (text.size() >= proxy_header_max) {
      EXPECT_NE(header.outcome, Outcome::incomplete);
    }
  }
}

}  // namespace
}  // namespace meldpunt::gateway
