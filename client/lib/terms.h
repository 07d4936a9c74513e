// The terms that case files go by: when an answer, a review or a request is due, and how long a
// closed case is kept. One table: config/terms.json as shipped, each row with its source, and over
// it what the region has decided, in the file `terms.json` of the device's home:
//
//   {"retention.DONE": {"years": 2, "source": "decision of the municipal executive, 3 March"}}
//
// A row without a term is not decided: nothing becomes due by it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/lib/file.h"
#include "crypto/event.h"

namespace meldpunt::client {

enum class TermUnit : std::uint8_t { hours, days, weeks, months, years };

struct Span {
  std::uint32_t count = 0;
  TermUnit unit = TermUnit::days;
  friend bool operator==(const Span&, const Span&) = default;
};

struct Term {
  std::string code;  // "retention.DONE"
  std::optional<Span> span;
  std::string dutch, english;  // what people call it
  std::string source_dutch, source_english;
  bool own = false;  // the region's, not the one as shipped
};

class Terms {
 public:
  [[nodiscard]] static Terms as_shipped();
  // With what the home's terms.json says, where it has one. EX_CONFIG names the row and what to do.
  static Outcome<Terms> of_home(const Path& home);
  static Outcome<Terms> with(std::string_view own_json);

  [[nodiscard]] const std::vector<Term>& all() const { return terms_; }
  // Null when there is no such row.
  [[nodiscard]] const Term* find(std::string_view code) const;
  // When the term is over that began at that hour; nullopt when none is decided.
  [[nodiscard]] std::optional<crypto::Hour> end_of(std::string_view code, crypto::Hour from) const;

 private:
  std::vector<Term> terms_;
};

// A month later is the same day of the next month, or its last where it has none.
[[nodiscard]] crypto::Hour later(crypto::Hour from, const Span& span);
// "months"
[[nodiscard]] std::string_view name_of(TermUnit unit);
// "1 month", "72 hours"; "not decided" without one.
[[nodiscard]] std::string in_words(const std::optional<Span>& span);

}  // namespace meldpunt::client
