// Checklists: what is not to be forgotten at an intake, with a minor, at closing. The lists are the
// table config/checklists.json, each point with its source. Adding one to a case writes its points
// into the file as items of the kind "check"; ticking one off is a change like any other.
#pragma once

#include "client/lib/casework.h"
#include "client/lib/vocabulary.h"

namespace meldpunt::client {

struct ChecklistPoint {
  std::string dutch, english;
  std::vector<std::string> sources;
};

struct Checklist {
  std::string code;  // "intake"
  std::string dutch, english;
  std::vector<ChecklistPoint> points;
};

[[nodiscard]] const std::vector<Checklist>& checklists();
// Null when there is no such list.
[[nodiscard]] const Checklist* find_checklist(std::string_view code);

// Writes the points that the case does not have yet, in that language, and returns how many. What
// was written before the line broke stays: the same again goes on with the rest.
Outcome<std::size_t> add_checklist(Casework& casework, const crypto::CaseId& subject,
                                   const Checklist& list, LabelLanguage language);

// Ticks a point off, or not. EX_NOINPUT when the case has no such point.
Outcome<void> tick_point(Casework& casework, const crypto::CaseId& subject,
                         const record::ItemId& point, bool done);

}  // namespace meldpunt::client
