// What a reporter sends: report, message, advice question, consent answer, request to erase, part
// (docs/protocol.md, "Report"). All have one size and one seal; nothing in the clear tells them
// apart, and no signature proves who wrote them.
//
//   sealed:     epoch id 4 | enc 1120 | ciphertext of 14,089 with tag
//   plaintext:  report id 16 | thread id 16 | address key 32 | up key 32 | down key 32 |
//               reply key 1216 | visit id 16 | part of the visit 1 | last reply read 2 | hour 4 |
//               kind 1 | body length 2 | body | zeros | HMAC-SHA-256 32
//   MAC:        HMAC(up key, "meldpunt/1 report mac" | Export("meldpunt/1 report mac", 32) |
//               all of the plaintext before it)
//
// HPKE info binds label, region and epoch id.
#pragma once

#include <array>
#include <string>
#include <variant>
#include <vector>

#include "crypto/hierarchy.h"
#include "crypto/hpke.h"
#include "crypto/parts.h"
#include "crypto/thread.h"

namespace meldpunt::crypto {

// Values are sealed and kept: never reused or renumbered.
enum class ReportKind : std::uint8_t {
  report = 1,
  message = 2,
  advice = 3,
  consent_answer = 4,
  erase = 5,
  part = 6,
};

inline constexpr std::uint16_t no_reply_read = 0xffff;

struct Answer {
  std::string question;            // a scheme of the vocabulary, for example "exploitation_form"
  std::vector<std::string> codes;  // for example "LAB.UNPAID"
  friend bool operator==(const Answer&, const Answer&) = default;
};

// report, message, advice.
struct Statement {
  std::string language;  // BCP 47
  std::vector<Answer> answers;
  std::string text;                // UTF-8; may be empty
  std::vector<Manifest> enclosed;  // what follows in parts
  friend bool operator==(const Statement&, const Statement&) = default;
};

using ConsentId = Id<struct ConsentIdTag, 16>;

enum class ConsentChoice : std::uint8_t { given = 1, refused = 2, later = 3, withdrawn = 4 };

struct ConsentAnswer {
  ConsentId question;
  ConsentChoice choice = ConsentChoice::later;
  std::string text;
  friend bool operator==(const ConsentAnswer&, const ConsentAnswer&) = default;
};

struct EraseRequest {
  std::string text;
  friend bool operator==(const EraseRequest&, const EraseRequest&) = default;
};

using ReportBody = std::variant<Statement, ConsentAnswer, EraseRequest, Part>;

struct Report {
  ReportId id;
  ThreadSecrets thread;
  VisitId visit;
  std::uint8_t part = 0;  // first, second ... thing sent in this visit
  std::uint16_t last_reply_read = no_reply_read;
  Hour hour = 0;
  ReportKind kind = ReportKind::report;
  ReportBody body;
};

inline constexpr std::size_t report_head_size = ReportId::size + ThreadId::size +
                                                std::size_t{3} * 32 + kem_public_key_size +
                                                VisitId::size + 1 + 2 + 4 + 1;
inline constexpr std::size_t report_body_max =
    report_plaintext_size - report_head_size - 2 - mac_size;
// manifest hash 32 | index 2 | length 2
inline constexpr std::size_t report_part_max = report_body_max - Hash::size - 2 - 2;
static_assert(report_body_max >= 12600, "room for about 12,600 bytes of answers and text");

using SealedReport = Block<sealed_report_size>;
using ReportExport = Block<32>;

// too_long when answers and text exceed report_body_max; malformed when a field may not hold what
// it holds (see text.h).
Result<SealedReport> seal_report(const Report& report, const SealingKey<role::Epoch>& team,
                                 const RegionId& region, const EncapsulationSeed* seed = nullptr);

// The epoch a sealed report names in clear.
[[nodiscard]] EpochId epoch_of(std::span<const std::uint8_t, sealed_report_size> sealed);

struct OpenedReport {
  SecretBytes<report_plaintext_size> plaintext;
  ReportExport
      exported{};  // what its MAC binds; kept with the plaintext so that it stays checkable
};

// cannot_open for a wrong key and for any altered byte alike.
Result<OpenedReport> open_report(std::span<const std::uint8_t, sealed_report_size> sealed,
                                 const OpeningKey<role::Epoch>& epoch, const RegionId& region);

// The same without its MAC, for a report whose text was replaced; errors as of seal_report.
Result<SecretBytes<report_plaintext_size>> plaintext_of(const Report& report);

Result<Report> decode_report(std::span<const std::uint8_t, report_plaintext_size> plaintext);

// True when whoever wrote it knew `up_key`: the key inside the report for a first one, the key of
// the thread's first report for every later one.
[[nodiscard]] bool continues_thread(const OpenedReport& report, const SecretBytes<32>& up_key);

}  // namespace meldpunt::crypto
