// The first bytes of a connection, before the daemon hears of it: the PROXY header where one is
// expected, then, of a ZMTP 3 peer, the ten bytes with which every one begins. Of a web visitor
// nothing more is expected here.
//
// Pure: bytes are handed in. Holds at most one PROXY header or one greeting.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "server/gateway/source.h"

namespace meldpunt::gateway {

class Arrival {
 public:
  enum class Outcome : std::uint8_t { more, bad_proxy_header, bad_greeting, greeted };

  enum class Expects : std::uint8_t { zmtp, http };

  Arrival(bool proxied, Expects expects) : awaits_header_(proxied), expects_(expects) {}

  // How many bytes may be handed in next; more are an error of the caller.
  std::size_t room() const;
  Outcome take(std::span<const std::uint8_t> bytes);

  // What the PROXY header said, once it has been read.
  const std::optional<Source>& source() const { return source_; }

  // The bytes after the PROXY header.
  std::vector<std::uint8_t> release() { return std::move(bytes_); }

 private:
  Outcome greet() const;

  bool awaits_header_;
  Expects expects_;
  std::optional<Source> source_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace meldpunt::gateway
