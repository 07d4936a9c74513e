// The head of an HTTP/1.1 request (RFC 9112), and of it only what the gateway needs to know. The
// one place where Boost.Beast is used: it reads, and nothing else of it is needed.
//
// Total: any bytes give one of three outcomes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "server/gateway/coding.h"

namespace meldpunt::gateway {

// Bytes of the longest head that is read.
inline constexpr std::size_t head_max = 8192;

struct RequestHead {
  enum class Outcome : std::uint8_t { incomplete, malformed, complete };
  enum class Method : std::uint8_t { get, head, post, other };

  Outcome outcome = Outcome::incomplete;
  std::size_t size = 0;  // of the head, when complete

  Method method = Method::other;
  std::string path;                     // as written, without a query
  std::optional<std::uint64_t> length;  // of the body, where it is named
  bool chunked = false;                 // or in any other way without a length beforehand
  bool keep_alive = false;
  Coding coding = Coding::identity;
};

RequestHead read_head(std::span<const std::uint8_t> bytes);

}  // namespace meldpunt::gateway
