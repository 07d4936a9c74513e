// Anything larger than a frame travels as a manifest with hashes, then parts.
//
//   manifest:  kind 1 | size 4 | count 2 | count times: hash("part", index 2, bytes) 32
//   part:      manifest hash 32 | index 2 | length 2 | bytes
//
// All parts but the last have the same size, which the one who splits chooses.
#pragma once

#include <vector>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "crypto/secret.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

inline constexpr std::size_t parts_max = 1024;

enum class PartsKind : std::uint8_t {
  text = 1,
  image = 2,
  roster = 3,
  escalation = 4,
  release = 5
};

struct Manifest {
  PartsKind kind = PartsKind::text;
  std::uint32_t size = 0;  // bytes in all
  std::vector<Hash> parts;

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

void write_manifest(Writer& writer, const Manifest& manifest);
// Rejects an unknown kind, no parts, or more than parts_max.
[[nodiscard]] Manifest read_manifest(Reader& reader);
[[nodiscard]] Hash hash_of_manifest(const Manifest& manifest);

struct Part {
  Hash manifest;
  std::uint16_t index = 0;
  Buffer bytes;

  friend bool operator==(const Part&, const Part&) = default;
};

void write_part(Writer& writer, const Part& part);
[[nodiscard]] Part read_part(Reader& reader);

// part_size: 1 to 65,535. too_many when parts_max does not suffice, incomplete for no bytes.
Result<Manifest> make_manifest(PartsKind kind, Bytes whole, std::size_t part_size);
[[nodiscard]] Part make_part(const Manifest& manifest, Bytes whole, std::size_t part_size,
                             std::uint16_t index);

// Collects parts in any order; a part that is not of the manifest is refused and changes nothing.
class Assembly {
 public:
  explicit Assembly(Manifest manifest);

  Result<void> add(const Part& part);
  [[nodiscard]] bool complete() const { return missing_ == 0; }
  [[nodiscard]] std::size_t missing() const { return missing_; }
  // incomplete while a part is missing, malformed when the sizes do not add up.
  Result<SecretBuffer> whole() const;

 private:
  Manifest manifest_;
  Hash id_;
  std::vector<SecretBuffer> parts_;
  std::vector<bool> present_;
  std::size_t missing_;
};

}  // namespace meldpunt::crypto
