#include "server/gateway/coding.h"

#include <gtest/gtest.h>

namespace meldpunt::gateway {
namespace {

TEST(AcceptedCoding, IsTheSmallestThatTheBrowserNames) {
  const struct {
    const char* header;
    Coding coding;
  } rows[] = {
      {"", Coding::identity},
      {"gzip", Coding::gzip},
      {"GZIP", Coding::gzip},
      {"gzip, deflate, br", Coding::brotli},
      {"br;q=0.1, gzip;q=1", Coding::brotli},
      {"br;q=0, gzip", Coding::gzip},
      {"br; q=0.000 ,gzip", Coding::gzip},
      {"*", Coding::brotli},
      {"*;q=0", Coding::identity},
      {"br;q=0, *", Coding::gzip},
      {"gzip;q=0, *;q=0", Coding::identity},
      {"brotli, bro, x-gzip", Coding::identity},
      {",,;;,", Coding::identity},
      {"deflate,\tbr\t", Coding::brotli},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(accepted_coding(row.header), row.coding) << row.header;
  }
}

}  // namespace
}  // namespace meldpunt::gateway
