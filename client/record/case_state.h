// What a case file comes to: whether it is open, what runs, what is due. One fold over its record.
#pragma once

#include <functional>
#include <string>

#include "client/record/case_record.h"

namespace meldpunt::record {

enum class Triage : std::uint8_t { none, a_case, advice, junk, muted };

struct DueDate {
  std::string day;   // YYYY-MM-DD
  std::string task;  // its text; empty: the review
};

struct CaseState {
  Triage triage = Triage::none;
  std::vector<std::string> phases;  // codes of those that run; F9 alone when it is closed
  bool closed = false;
  // Closing the case of a minor takes two people: the second has not confirmed it yet.
  bool closing_waits_for_second = false;
  std::string closing_reason;  // code; empty: none
  std::vector<DueDate> due;    // the earliest first
  std::size_t open_tasks = 0;
  std::size_t conflicts = 0;

  // Nobody is meant to work on it.
  [[nodiscard]] bool passed_over() const {
    return triage == Triage::junk || triage == Triage::muted;
  }
};

// Whether somebody who writes no journal has signed that closing: the fields of a `seconded` say by
// which device, and with what signature.
using SignedElsewhere = std::function<bool(const Fields& seconded, const Version& closing)>;

[[nodiscard]] CaseState state_of(const CaseRecord& record, bool minor,
                                 const SignedElsewhere& signed_elsewhere = {});

// The intensity that so many of the four factors speak for: none low, one or two normal, more high.
[[nodiscard]] std::string_view proposed_intensity(std::size_t factors);

}  // namespace meldpunt::record
