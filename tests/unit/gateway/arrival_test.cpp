#include "server/gateway/arrival.h"

#include <gtest/gtest.h>

#include <string>

namespace meldpunt::gateway {
namespace {

using Outcome = Arrival::Outcome;
using Bytes = std::vector<std::uint8_t>;

const Bytes a_signature{0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f};
const std::string a_line = "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n";

Outcome take_one_by_one(Arrival& arrival, const Bytes& bytes) {
  Outcome outcome = Outcome::more;
  for (const std::uint8_t byte : bytes) {
    EXPECT_EQ(outcome, Outcome::more);
    EXPECT_GT(arrival.room(), 0U);
    outcome = arrival.take({&byte, 1});
  }
  return outcome;
}

TEST(Arrivals, AreGreetedAtTheTenthByte) {
  Arrival arrival(false, Arrival::Expects::zmtp);

  EXPECT_EQ(take_one_by_one(arrival, a_signature), Outcome::greeted);
  EXPECT_EQ(arrival.source(), std::nullopt);
  EXPECT_EQ(arrival.release(), a_signature);
}

TEST(Arrivals, WithAnotherFirstByteAreCutAtOnce) {
  Arrival arrival(false, Arrival::Expects::zmtp);

  EXPECT_EQ(arrival.take(Bytes{'G'}), Outcome::bad_greeting);
}

TEST(Arrivals, MayNotWriteAProxyHeaderWhereNoneIsExpected) {
  Arrival arrival(false, Arrival::Expects::zmtp);

  EXPECT_EQ(arrival.take(Bytes(a_line.begin(), a_line.end())), Outcome::bad_greeting);
}

TEST(Arrivals, WithAProxyHeaderKeepOnlyWhatFollows) {
  Bytes bytes(a_line.begin(), a_line.end());
  bytes.insert(bytes.end(), a_signature.begin(), a_signature.end());
  Arrival split(true, Arrival::Expects::zmtp);
  Arrival whole(true, Arrival::Expects::zmtp);

  EXPECT_EQ(take_one_by_one(split, bytes), Outcome::greeted);
  EXPECT_EQ(whole.take(bytes), Outcome::greeted);
  EXPECT_EQ(split.source(), source_of_ipv4({192, 0, 2, 7}));
  EXPECT_EQ(split.release(), a_signature);
  EXPECT_EQ(whole.release(), a_signature);
}

TEST(Arrivals, WithoutTheProxyHeaderThatIsExpectedAreCut) {
  Arrival arrival(true, Arrival::Expects::zmtp);

  EXPECT_EQ(arrival.take(a_signature), Outcome::bad_proxy_header);
}

}  // namespace
}  // namespace meldpunt::gateway
