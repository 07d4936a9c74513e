#include "client/trends/dimensions.h"

#include <algorithm>

#include "client/trends/implied.h"

namespace meldpunt::trends {

namespace {

constexpr std::array form{Code{"SEX", "Sexual exploitation"}, Code{"LAB", "Labour exploitation"},
                          Code{"CRIM", "Criminal exploitation"}, Code{"OTH", "Another form"},
                          Code{"UNK", "Not known"}};
constexpr std::array age{Code{"MINOR", "Under 18"}, Code{"ADULT", "18 or older"},
                         Code{"UNK", "Not known"}};
constexpr std::array gender{Code{"F", "Female"}, Code{"M", "Male"},
                            Code{"TX", "Transgender or another"}, Code{"U", "Not known"}};
constexpr std::array nationality{Code{"NL", "Dutch"}, Code{"EU", "Another EU country"},
                                 Code{"NEU", "Outside the EU"}, Code{"UNK", "Not known"}};
constexpr std::array reporter{
    Code{"SELF", "The person concerned"},     Code{"CITIZEN", "A citizen"},
    Code{"SAFETY", "Police and inspections"}, Code{"CARE", "Care, shelter and schools"},
    Code{"MUN", "The municipality"},          Code{"OTH", "Another, or not known"}};
constexpr std::array subregion{Code{"ZWOLLE", "Zwolle"}, Code{"DEVENTER", "Deventer"},
                               Code{"REST", "The rest of the region"},
                               Code{"OUT", "Outside the region"}, Code{"UNK", "Not known"}};
constexpr std::array status{Code{"POSSIBLE", "Possible victim"},
                            Code{"CONFIRMED", "Confirmed victim"}, Code{"NOT", "No victim"}};
constexpr std::array shelter{Code{"Y", "Yes"}, Code{"N", "No"}, Code{"UNK", "Not known"}};

const std::array<Dimension, dimension_count> all{{
    {"form", "Form of exploitation", form, "UNK"},
    {"age", "Age", age, "UNK"},
    {"gender", "Gender", gender, "U"},
    {"nationality_group", "Nationality", nationality, "UNK"},
    {"reporter_group", "Who reported", reporter, "OTH"},
    {"subregion", "Where", subregion, "UNK"},
    {"status", "Status", status, "POSSIBLE"},
    {"shelter_asked", "Shelter asked for", shelter, "UNK"},
}};

// A row: what a code of the vocabulary, or one that it is the parent of, counts as. "" is any.
struct Row {
  std::string_view question;
  std::string_view code;
  std::string_view dimension;
  std::string_view counts_as;
};

// The first row that fits decides: where several codes may be given, that is the order of the list.
constexpr std::array rows{
    Row{"exploitation_form", "SEX", "form", "SEX"},
    Row{"exploitation_form", "LAB", "form", "LAB"},
    Row{"exploitation_form", "CRIM", "form", "CRIM"},
    Row{"exploitation_form", "UNK", "form", "UNK"},
    Row{"exploitation_form", "", "form", "OTH"},
    Row{"age_class", "MINOR", "age", "MINOR"},
    Row{"age_class", "ADULT", "age", "ADULT"},
    Row{"gender", "F", "gender", "F"},
    Row{"gender", "M", "gender", "M"},
    Row{"gender", "T", "gender", "TX"},
    Row{"gender", "X", "gender", "TX"},
    Row{"nationality", "NL", "nationality_group", "NL"},
    Row{"nationality", "XX", "nationality_group", "UNK"},
    Row{"reporter", "SELF", "reporter_group", "SELF"},
    Row{"reporter", "CITIZEN", "reporter_group", "CITIZEN"},
    Row{"reporter", "POLICE", "reporter_group", "SAFETY"},
    Row{"reporter", "KMAR", "reporter_group", "SAFETY"},
    Row{"reporter", "ISZW", "reporter_group", "SAFETY"},
    Row{"reporter", "WIJK", "reporter_group", "CARE"},
    Row{"reporter", "GGD", "reporter_group", "CARE"},
    Row{"reporter", "VT", "reporter_group", "CARE"},
    Row{"reporter", "VHH", "reporter_group", "CARE"},
    Row{"reporter", "SHELTER", "reporter_group", "CARE"},
    Row{"reporter", "YOUTH", "reporter_group", "CARE"},
    Row{"reporter", "SCHOOL", "reporter_group", "CARE"},
    Row{"reporter", "CARE", "reporter_group", "CARE"},
    Row{"reporter", "HOSP", "reporter_group", "CARE"},
    Row{"reporter", "MUN", "reporter_group", "MUN"},
    Row{"municipality_found", "GM0193", "subregion", "ZWOLLE"},
    Row{"municipality_found", "GM0150", "subregion", "DEVENTER"},
    Row{"municipality_found", "GM0148", "subregion", "REST"},
    Row{"municipality_found", "GM0160", "subregion", "REST"},
    Row{"municipality_found", "GM0166", "subregion", "REST"},
    Row{"municipality_found", "GM1773", "subregion", "REST"},
    Row{"municipality_found", "GM0175", "subregion", "REST"},
    Row{"municipality_found", "GM0177", "subregion", "REST"},
    Row{"municipality_found", "GM0180", "subregion", "REST"},
    Row{"municipality_found", "GM1708", "subregion", "REST"},
    Row{"municipality_found", "GM1896", "subregion", "REST"},
    Row{"municipality_found", "UNK", "subregion", "UNK"},
    Row{"municipality_found", "", "subregion", "OUT"},
    Row{"status_victim", "CONFIRMED", "status", "CONFIRMED"},
    Row{"status_victim", "NOT", "status", "NOT"},
    Row{"needs", "P1.SHELTER", "shelter_asked", "Y"},
    Row{"needs", "", "shelter_asked", "N"},
};

constexpr std::array<std::string_view, 26> european_union{
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU",
    "IE", "IT", "LV", "LT", "LU", "MT", "PL", "PT", "RO", "SK", "SI", "ES", "SE"};

void read_nationality(const Answers& answers, Codes& codes) {
  const auto given = answers.find("nationality");
  if (given == answers.end() || given->second.empty() || codes.contains("nationality_group"))
    return;
  const bool eu = std::ranges::find(european_union, given->second.front()) != european_union.end();
  codes["nationality_group"] = eu ? "EU" : "NEU";
}

}  // namespace

std::optional<std::size_t> Dimension::index_of(std::string_view code) const {
  const auto found = std::ranges::find(codes, code, &Code::name);
  if (found == codes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - codes.begin());
}

const std::array<Dimension, dimension_count>& dimensions() { return all; }

const Dimension* find_dimension(std::string_view name) {
  const auto* const found = std::ranges::find(all, name, &Dimension::name);
  return found == all.end() ? nullptr : found;
}

Codes codes_of_answers(const Answers& answers) {
  Codes codes;
  for (const Row& row : rows) {
    const auto given = answers.find(std::string(row.question));
    if (given == answers.end() || codes.contains(std::string(row.dimension))) continue;
    const bool fits = std::ranges::any_of(
        given->second, [&](const std::string& code) { return implies(code, row.code); });
    if (fits) codes.emplace(row.dimension, row.counts_as);
  }
  read_nationality(answers, codes);
  return codes;
}

}  // namespace meldpunt::trends
