// What people said that a case counts as in the figures: the newest coding, and where nobody has
// coded it yet, what its first report's answers say. counted_cases.h adds what the case file knows.
#pragma once

#include <optional>

#include "client/trends/dimensions.h"
#include "crypto/coding.h"
#include "crypto/report.h"

namespace meldpunt::client {

struct CaseCoding {
  trends::Codes from_answers;
  std::optional<crypto::Coding> newest;

  [[nodiscard]] trends::Codes codes() const;
  [[nodiscard]] bool statistics_refused() const { return newest && newest->statistics_refused; }
};

[[nodiscard]] trends::Codes codes_of(const crypto::Report& report);

// What a coordinator changes of a coding; what is not named stays as it is.
struct CodingChange {
  trends::Codes codes;
  std::optional<bool> statistics_refused;
};

// The whole coding after the change, with the lists of this program: what somebody has said of it,
// and no more, so that what nobody has coded can still become known.
[[nodiscard]] crypto::Coding changed(const CaseCoding& before, const CodingChange& change);

}  // namespace meldpunt::client
