// The form by which an identified victim is registered by name with CoMensha: filled in as far as
// the case file goes, for a person to finish and send by hand. Nothing is sent from here.
//
// Only who was identified, and agreed on paper, may be registered (docs/coordinator.md). The form
// has exactly the fields that she agreed to; what the file does not know is a blank.
#pragma once

#include "client/lib/client_paper.h"

namespace meldpunt::client {

inline constexpr std::string_view registration_purpose = "COMENSHA.ID";
inline constexpr std::string_view registration_recipient = "COMENSHA";

// The consent in writing that stands; never null. EX_NOPERM, with what to do, when the person
// is not identified as a victim, or there is no such consent.
Outcome<const ConsentEntry*> consent_to_register(const Casework& casework,
                                                 const crypto::CaseId& person);

// Opening who she is, where she agreed to that, is journaled.
Outcome<CasePaper> registration_form(Casework& casework, const PaperWish& wish);

}  // namespace meldpunt::client
