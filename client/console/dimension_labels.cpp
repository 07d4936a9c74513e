#include "client/console/dimension_labels.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace meldpunt::console {

using nlohmann::json;

namespace {

struct DimensionLabel {
  std::string_view dimension;
  std::string_view code;  // empty: the dimension's own
  std::string_view dutch;
};
constexpr std::array dimension_labels{
    DimensionLabel{"form", "", "Vorm van uitbuiting"},
    DimensionLabel{"form", "SEX", "Seksuele uitbuiting"},
    DimensionLabel{"form", "LAB", "Arbeidsuitbuiting"},
    DimensionLabel{"form", "CRIM", "Criminele uitbuiting"},
    DimensionLabel{"form", "OTH", "Een andere vorm"},
    DimensionLabel{"form", "UNK", "Niet bekend"},
    DimensionLabel{"age", "", "Leeftijd"},
    DimensionLabel{"age", "MINOR", "Onder de 18"},
    DimensionLabel{"age", "ADULT", "18 of ouder"},
    DimensionLabel{"age", "UNK", "Niet bekend"},
    DimensionLabel{"gender", "", "Geslacht"},
    DimensionLabel{"gender", "F", "Vrouw"},
    DimensionLabel{"gender", "M", "Man"},
    DimensionLabel{"gender", "TX", "Transgender of anders"},
    DimensionLabel{"gender", "U", "Niet bekend"},
    DimensionLabel{"nationality_group", "", "Nationaliteit"},
    DimensionLabel{"nationality_group", "NL", "Nederlands"},
    DimensionLabel{"nationality_group", "EU", "Een ander EU-land"},
    DimensionLabel{"nationality_group", "NEU", "Van buiten de EU"},
    DimensionLabel{"nationality_group", "UNK", "Niet bekend"},
    DimensionLabel{"reporter_group", "", "Wie meldde"},
    DimensionLabel{"reporter_group", "SELF", "De betrokkene zelf"},
    DimensionLabel{"reporter_group", "CITIZEN", "Een burger"},
    DimensionLabel{"reporter_group", "SAFETY", "Politie en inspecties"},
    DimensionLabel{"reporter_group", "CARE", "Zorg, opvang en scholen"},
    DimensionLabel{"reporter_group", "MUN", "De gemeente"},
    DimensionLabel{"reporter_group", "OTH", "Een ander, of niet bekend"},
    DimensionLabel{"subregion", "", "Waar"},
    DimensionLabel{"subregion", "ZWOLLE", "Zwolle"},
    DimensionLabel{"subregion", "DEVENTER", "Deventer"},
    DimensionLabel{"subregion", "REST", "De rest van de regio"},
    DimensionLabel{"subregion", "OUT", "Buiten de regio"},
    DimensionLabel{"subregion", "UNK", "Niet bekend"},
    DimensionLabel{"status", "", "Status"},
    DimensionLabel{"status", "POSSIBLE", "Mogelijk slachtoffer"},
    DimensionLabel{"status", "CONFIRMED", "Vastgesteld slachtoffer"},
    DimensionLabel{"status", "NOT", "Geen slachtoffer"},
    DimensionLabel{"shelter_asked", "", "Opvang gevraagd"},
    DimensionLabel{"shelter_asked", "Y", "Ja"},
    DimensionLabel{"shelter_asked", "N", "Nee"},
    DimensionLabel{"shelter_asked", "UNK", "Niet bekend"},
    DimensionLabel{"inflow", "", "Geopende zaken"},
    DimensionLabel{"closures", "", "Gesloten zaken"},
    DimensionLabel{"closing", "", "Gesloten omdat"},
    DimensionLabel{"closing", "DONE", "Traject afgerond"},
    DimensionLabel{"closing", "LEFT", "Vertrokken, bestemming onbekend"},
    DimensionLabel{"closing", "DECLINED", "Ziet af van hulp"},
    DimensionLabel{"closing", "RETURNED", "Terug naar het land van herkomst"},
    DimensionLabel{"closing", "DECEASED", "Overleden"},
    DimensionLabel{"closing", "HANDOVER", "Overgedragen aan een andere regio of instantie"},
    DimensionLabel{"closing", "NOTHT", "Geen mensenhandel"},
    DimensionLabel{"closing", "DUP", "Dubbele melding"},
    DimensionLabel{"closing", "UNK", "Niet bekend"},
    DimensionLabel{"need", "", "Hulpvragen, hoogstens drie van een zaak"},
    DimensionLabel{"need", "SHELTER", "Veilige opvang"},
    DimensionLabel{"need", "HOUSING", "Wonen na of buiten de opvang"},
    DimensionLabel{"need", "CARE", "Begeleiding en behandeling"},
    DimensionLabel{"need", "INCOME", "Inkomen"},
    DimensionLabel{"need", "EXIT", "Uitstapprogramma sekswerk"},
    DimensionLabel{"need", "YOUTH", "Jeugdhulp"},
    DimensionLabel{"need", "RESIDENCE", "Verblijfsrecht"},
    DimensionLabel{"need", "LAW", "Strafrecht"},
    DimensionLabel{"need", "GUIDE", "Uitleg over rechten, tolk"},
    DimensionLabel{"no_place", "", "Waarvoor geen plek was"},
    DimensionLabel{"no_place", "NONE", "Er ontbrak niets"},
    DimensionLabel{"no_place", "SPEC", "Geen plek in de gespecialiseerde opvang"},
    DimensionLabel{"no_place", "SHELTER", "Geen plek in de veilige opvang"},
    DimensionLabel{"no_place", "YOUTH", "Geen plek in de jeugdhulp"},
    DimensionLabel{"no_place", "HOUSING", "Geen woning"},
    DimensionLabel{"no_place", "OTHER", "Een andere hulpvraag zonder aanbod"},
};

}  // namespace

std::string_view dutch_label(std::string_view dimension, std::string_view code) {
  const auto* const found = std::ranges::find_if(dimension_labels, [&](const DimensionLabel& row) {
    return row.dimension == dimension && row.code == code;
  });
  return found == dimension_labels.end() ? code : found->dutch;
}

json json_of(const trends::Dimension& dimension) {
  const auto label = [&](std::string_view code, std::string_view english) -> json {
    return {{"nl", dutch_label(dimension.name, code)}, {"en", english}};
  };
  json choices = json::array();
  for (const trends::Code& code : dimension.codes) {
    choices.push_back({{"code", code.name}, {"label", label(code.name, code.label)}});
  }
  return {{"name", dimension.name},
          {"label", label({}, dimension.label)},
          {"unknown", dimension.unknown},
          {"choices", std::move(choices)}};
}

}  // namespace meldpunt::console
