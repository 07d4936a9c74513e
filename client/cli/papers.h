// What `paper` and the console are told about the municipality, for a case as a *zaak*.
#pragma once

#include "client/cli/command.h"
#include "client/lib/taking_out.h"

namespace meldpunt::client {

inline constexpr std::array zaak_options{
    config::Option{"zgw-source", config::Type::text, "",
                   "The RSIN of the bronorganisatie, for a case as a zaak."},
    config::Option{"zgw-responsible", config::Type::text, "",
                   "The RSIN of the verantwoordelijkeOrganisatie, for a case as a zaak."},
    config::Option{"zgw-zaaktype", config::Type::text, "",
                   "The URL of the zaaktype in the municipality's catalogue."},
};

[[nodiscard]] ZaakSettings zaak_settings(const config::Options& options);

}  // namespace meldpunt::client
