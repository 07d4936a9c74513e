// Byte views and identifiers. An identifier is a fixed number of bytes with a type of its own, so
// that an address can never be passed where a report id is meant.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace meldpunt::crypto {

using Bytes = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;
using Buffer = std::vector<std::uint8_t>;

template <std::size_t N>
using Block = std::array<std::uint8_t, N>;

template <class Tag, std::size_t N>
struct Id {
  static constexpr std::size_t size = N;

  Block<N> bytes{};

  [[nodiscard]] Bytes view() const { return bytes; }
  [[nodiscard]] MutableBytes fill() { return bytes; }
  [[nodiscard]] bool is_zero() const { return bytes == Block<N>{}; }
  friend bool operator==(const Id&, const Id&) = default;
  friend bool operator<(const Id& a, const Id& b) { return a.bytes < b.bytes; }
};

using RegionId = Id<struct RegionIdTag, 32>;    // BLAKE2b-256 of the founding pin
using EpochId = Id<struct EpochIdTag, 4>;       // names a team key
using KeyId = Id<struct KeyIdTag, 4>;           // names a request key; zero asks for the notice
using Address = Id<struct AddressTag, 32>;      // where one reply lies
using ThreadId = Id<struct ThreadIdTag, 16>;    // one reporter's code
using ReportId = Id<struct ReportIdTag, 16>;    // one report or message, random
using VisitId = Id<struct VisitIdTag, 16>;      // one visit of a reporter, random
using CaseId = Id<struct CaseIdTag, 16>;        // zero: the event concerns no case
using DeviceId = Id<struct DeviceIdTag, 16>;    // one enrolled device
using SlotId = Id<struct SlotIdTag, 32>;        // names a slot on the server
using Hash = Id<struct HashTag, 32>;            // BLAKE2b-256
using BurnToken = Id<struct BurnTokenTag, 32>;  // whoever shows it erases the reply
using Signature = Id<struct SignatureTag, 64>;  // Ed25519

// Copies all of `from` to the start of `to`, which must be large enough. (WebAssembly's C++ library
// has no std::ranges algorithms yet.)
inline void copy_bytes(Bytes from, MutableBytes to) {
  std::copy(from.begin(), from.end(), to.begin());
}

inline bool equal_bytes(Bytes a, Bytes b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace meldpunt::crypto
