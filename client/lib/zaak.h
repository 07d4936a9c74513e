// A case as a *zaak*, for a municipality's own systems: the fields that creating one asks for
// (Zaken API 1.5, resource ZAAK), and none that says what the case is about.
//
// `identificatie` is a name of its own, derived from the case's key: it leads to nothing here
// without that key, and is not what any partner calls the case. After something was struck from a
// case it goes on under another key, and so as another zaak. Who the municipality is comes from the
// options: nothing of it is made up.
#pragma once

#include "client/lib/case_paper.h"
#include "client/lib/casework.h"

namespace meldpunt::client {

struct ZaakSettings {
  std::string source;       // RSIN of the bronorganisatie
  std::string responsible;  // RSIN of the verantwoordelijkeOrganisatie
  std::string zaaktype;     // URL in the municipality's catalogue
};

// What keeps them from being used: one sentence that says what to fill in. Empty: nothing.
[[nodiscard]] std::string fault_of(const ZaakSettings& settings);

// Nine digits that pass the test of eleven, as every RSIN does.
[[nodiscard]] bool is_rsin(std::string_view text);

// Of the whole case that the thread belongs to. EX_USAGE for settings with a fault.
Outcome<nlohmann::json> zaak_of(Casework& casework, const crypto::CaseId& subject,
                                const ZaakSettings& settings);

// The same, field by field, for somebody who looks before it goes.
[[nodiscard]] CasePaper preview_of(const nlohmann::json& zaak, LabelLanguage language);

}  // namespace meldpunt::client
