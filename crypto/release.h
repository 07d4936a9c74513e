// A release: one published set of trend figures, from the journal to the receiver's signed
// acknowledgement (docs/protocol.md, "Releases").
//
//   release:  sequence 4 | series 1 | first day 4 | last day 4 | document, to the end
//   record:   release length 4 | release | hour 4 | tables 1 | epsilon of a table: numerator 4,
//             denominator 4 | count 4 | count times: case id 16, strictly rising
//   in the journal, events of kind `release`:
//     part:      1 | part (parts.h)
//     manifest:  2 | record key 32 | manifest (parts.h, kind release)
//     whole:     XSeal(record key, bind("release record", region id), record)
//   receipt:  release hash 32 | sequence 4 | series 1 | first day 4 | last day 4 | outcome 1 |
//             hour 4 | remark, field of at most 1,000, text | receiver's signature 64
//
// The release is what travels: the document is JSON-stat. The record also says whose cases were
// counted and what that cost; it never leaves the coordinators. The manifest comes last and brings
// the key: parts whose manifest never came are a draw that was thrown away, and nobody can read it.
#pragma once

#include <variant>

#include "crypto/hierarchy.h"
#include "crypto/parts.h"

namespace meldpunt::crypto {

// Values are sealed and kept: never reused or renumbered.
enum class Series : std::uint8_t { none = 0, inflow = 1 };

inline constexpr std::size_t release_document_max = std::size_t{256} * 1024;
inline constexpr std::size_t release_cases_max = 100'000;
inline constexpr std::size_t receipt_remark_max = 1000;

// What is the same in a release, its record and its receipt.
struct ReleaseHead {
  std::uint32_t sequence = 0;  // from 1, without gaps, across all series of a region
  Series series = Series::none;
  Day first = 0;
  Day last = 0;  // inclusive

  friend bool operator==(const ReleaseHead&, const ReleaseHead&) = default;
};

struct TrendRelease {
  ReleaseHead head;
  Buffer document;

  friend bool operator==(const TrendRelease&, const TrendRelease&) = default;
};

// malformed for a sequence or a period that cannot be, or a document that is empty or no text.
Result<Buffer> encode(const TrendRelease& release);
Result<TrendRelease> decode_release(Bytes bytes);
[[nodiscard]] Hash hash_of_release(Bytes release, const RegionId& region);

struct ReleaseRecord {
  Buffer release;  // as it travels
  Hour hour = 0;   // of the draw
  std::uint8_t tables = 0;
  std::uint32_t epsilon_numerator = 0;  // of one table
  std::uint32_t epsilon_denominator = 1;
  std::vector<CaseId> counted;  // rising

  friend bool operator==(const ReleaseRecord&, const ReleaseRecord&) = default;
};

Result<Buffer> encode(const ReleaseRecord& record);
Result<ReleaseRecord> decode_release_record(Bytes bytes);

// The content of one journal event.
struct ReleaseManifest {
  SecretBytes<32> key;
  Manifest manifest;
};
using ReleaseEvent = std::variant<Part, ReleaseManifest>;

Result<SecretBuffer> encode_release_part(const Part& part);
Result<SecretBuffer> encode(const ReleaseManifest& manifest);
Result<ReleaseEvent> decode_release_event(Bytes content);

// The record as journal events: parts first, the manifest last.
struct SplitRecord {
  std::vector<SecretBuffer> parts;
  SecretBuffer manifest;
};
Result<SplitRecord> split_record(const ReleaseRecord& record, const RegionId& region);
// cannot_open when key and bytes do not belong together.
Result<ReleaseRecord> open_record(Bytes whole, const SecretBytes<32>& key, const RegionId& region);

// Values are signed and kept: never reused or renumbered.
enum class ReceiptOutcome : std::uint8_t {
  kept = 1,
  kept_with_gap = 2,  // kept, but the release before it never came
  conflict = 3,       // other figures of this period, or under this number, are kept already
  unreadable = 4      // not opened, not signed by a coordinator, or no release; hash: the object's
};

struct ReleaseReceipt {
  Hash release;
  ReleaseHead head;  // all zero for `unreadable`
  ReceiptOutcome outcome = ReceiptOutcome::kept;
  Hour hour = 0;
  std::string remark;

  friend bool operator==(const ReleaseReceipt&, const ReleaseReceipt&) = default;
};

// too_long for the remark, malformed when it is no text.
Result<Buffer> sign_receipt(const ReleaseReceipt& receipt, const RegionId& region,
                            const SigningKey<role::Device>& receiver);
// What a receipt says, by whomever it is signed: for who signed it.
Result<ReleaseReceipt> read_receipt(Bytes bytes);
Result<ReleaseReceipt> verify_receipt(Bytes bytes, const RegionId& region,
                                      const VerifyKey<role::Device>& receiver);

}  // namespace meldpunt::crypto
