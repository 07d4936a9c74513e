// What a reporter has written, as a file that a script hands in: one JSON object with `kind`,
// `reporter`, `language`, `answers` (a code or a list of codes for each scheme of the vocabulary)
// and `text`. Nothing is required.
#pragma once

#include <string>
#include <string_view>

#include "crypto/report.h"

namespace meldpunt::client {

// The kind ADVICE is a question for advice, every other a report. `kind` and `reporter` travel as
// answers to `report_kind` and `reporter`.
struct Answers {
  crypto::ReportKind kind = crypto::ReportKind::report;
  crypto::Statement statement;
};

// malformed for anything that is no such object, and for text with control characters.
// `language`: for a file that names none.
[[nodiscard]] crypto::Result<Answers> parse_answers(std::string_view json,
                                                    std::string_view language);

}  // namespace meldpunt::client
