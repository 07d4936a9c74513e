// The first bytes of a connection, before the daemon hears of it: the PROXY header where one is
// expected, then the ten bytes with which every ZMTP 3 peer begins.
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

  explicit Arrival(bool proxied) : awaits_header_(proxied) {}

  // How many bytes may be handed in next; more are an error of the caller.
  std::size_t room() const;
  Outcome take(std::span<const std::uint8_t> bytes);

  // What the PROXY header said, once it has been read.
  const std::optional<Source>& source() const { return source_; }

  // The bytes after the PROXY header, which belong to the daemon.
  std::vector<std::uint8_t> release() { return std::move(bytes_); }

 private:
  Outcome greet() const;

  bool awaits_header_;
  std::optional<Source> source_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace meldpunt::gateway
