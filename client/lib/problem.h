// Why a deed of a coordinator or steward was not done: one sentence for the person at the keyboard
// that says what to do, and the exit code of sysexits.h that a script reads.
#pragma once

#include <sysexits.h>

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "crypto/result.h"

namespace meldpunt::client {

struct Problem {
  int exit_code = EX_SOFTWARE;
  std::string sentence;
};

template <class T>
class [[nodiscard]] Outcome : public tl::expected<T, Problem> {
 public:
  using tl::expected<T, Problem>::expected;
};

inline tl::unexpected<Problem> problem(int exit_code, std::string sentence) {
  return tl::unexpected<Problem>(Problem{exit_code, std::move(sentence)});
}

inline tl::unexpected<Problem> pass_on(const Problem& found) {
  return tl::unexpected<Problem>(found);
}

// what: the beginning of the sentence, for example "the roster".
inline tl::unexpected<Problem> problem(int exit_code, const std::string& what,
                                       crypto::Error error) {
  return problem(exit_code, what + ": " + std::string(crypto::describe(error)));
}

}  // namespace meldpunt::client
