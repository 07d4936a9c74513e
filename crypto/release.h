// A release: one published set of trend figures, from the journal to the receiver's signed
// acknowledgement (docs/protocol.md, "Releases").
//
//   release:  sequence 4 | series 1 | first day 4 | last day 4 | document, to the end
//   record:   release length 4 | release | hour 4 | rho 8 | pure epsilon 8 | count 4 | count times:
//             case id 16, strictly rising. Both in billionths, at least one of them zero
//   in the journal, events of kind `release`:
//     part:      1 | part (parts.h)
//     manifest:  2 | record key 32 | manifest (parts.h, kind release)
//     proposal:  3 | series 1 | first day 4 | last day 4 | device 16 | hour 4 | terms, field, text
//     second:    4 | hash of the proposal 32 | device 16 | signature 64
//     refusal:   5 | hash of the proposal 32 | device 16 | reason, field, text, not empty
//     whole:     XSeal(record key, bind("release record", region id), record)
//   receipt:  release hash 32 | sequence 4 | series 1 | first day 4 | last day 4 | outcome 1 |
//             hour 4 | remark, field of at most 1,000, text | receiver's signature 64
//
// A release takes two people. What both mean is the proposal: the period, and its terms in JSON,
// from which the figures are drawn. The second signs its statement, the proposal after its first
// byte, under the label "release figures". Its hash = hash("release proposal", statement).
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
enum class Series : std::uint8_t { none = 0, inflow = 1, closures = 2 };

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
  // What each counted case is charged, in billionths; one of them is zero.
  std::uint64_t rho = 0;
  std::uint64_t pure = 0;
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

inline constexpr std::size_t release_terms_max = 2000;

// The first person's half. The terms are client/trends' to understand: JSON.
struct ReleaseProposal {
  Series series = Series::none;
  Day first = 0;
  Day last = 0;  // inclusive
  DeviceId device;
  Hour hour = 0;
  std::string terms;

  friend bool operator==(const ReleaseProposal&, const ReleaseProposal&) = default;
};
// What is signed, and what the hash is over; malformed for a period that cannot be or terms that
// are no text, too_long for the terms.
Result<Buffer> proposal_statement(const ReleaseProposal& proposal);
Result<ReleaseProposal> read_proposal_statement(Bytes statement);
[[nodiscard]] Hash hash_of_proposal(Bytes statement);
inline constexpr std::string_view release_label = "release figures";

struct ReleaseSecond {
  Hash proposal;
  DeviceId device;
  Signature signature;
};
struct ReleaseRefusal {
  Hash proposal;
  DeviceId device;
  std::string reason;
};
using ReleaseEvent =
    std::variant<Part, ReleaseManifest, ReleaseProposal, ReleaseSecond, ReleaseRefusal>;

Result<SecretBuffer> encode_release_part(const Part& part);
Result<SecretBuffer> encode(const ReleaseManifest& manifest);
Result<SecretBuffer> encode(const ReleaseProposal& proposal);
Result<SecretBuffer> encode(const ReleaseSecond& second);
Result<SecretBuffer> encode(const ReleaseRefusal& refusal);
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
