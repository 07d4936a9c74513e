#include "client/lib/zaak.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/lib/client_paper.h"
#include "crypto/escalation.h"
#include "crypto/hexadecimal.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t rsin_digits = 9;

bool is_address(std::string_view text) {
  const std::string_view start = "https://";
  return text.starts_with(start) && text.size() > start.size() &&
         std::ranges::all_of(text, [](char letter) { return letter > ' ' && letter < '\x7f'; });
}

// When the first of its threads was taken in.
crypto::Hour opened_at(const Casework& casework, const crypto::CaseId& head) {
  crypto::Hour first = casework.index().find(head)->oldest;
  for (const crypto::CaseId& member : casework.files().groups().members_of(head)) {
    const Case* entry = casework.index().find(member);
    if (entry != nullptr && entry->readable) first = std::min(first, entry->oldest);
  }
  return first;
}

}  // namespace

bool is_rsin(std::string_view text) {
  if (text.size() != rsin_digits) return false;
  int sum = 0;
  for (std::size_t i = 0; i < rsin_digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    const int weight = i + 1 == rsin_digits ? -1 : static_cast<int>(rsin_digits - i);
    sum += weight * (text[i] - '0');
  }
  return sum % 11 == 0 && text != "000000000";
}

std::string fault_of(const ZaakSettings& settings) {
  const std::string ask = " Ask the municipality's administrator of zaken, and start again with it";
  const auto fault_of_rsin = [&](const std::string& rsin, const std::string& option,
                                 const std::string& whose) -> std::string {
    if (rsin.empty()) return "Fill in --" + option + ": the RSIN of " + whose + "." + ask;
    if (is_rsin(rsin)) return {};
    return "--" + option + " is no RSIN: nine digits that pass the test of eleven." + ask;
  };
  std::string fault = fault_of_rsin(settings.source, "zgw-source", "the bronorganisatie");
  if (fault.empty()) {
    fault =
        fault_of_rsin(settings.responsible, "zgw-responsible", "the verantwoordelijke organisatie");
  }
  if (!fault.empty()) return fault;
  if (settings.zaaktype.empty()) {
    return "Fill in --zgw-zaaktype: the URL of the zaaktype in the municipality's catalogue." + ask;
  }
  if (!is_address(settings.zaaktype)) {
    return "--zgw-zaaktype is no URL that begins with https://." + ask;
  }
  return {};
}

Outcome<nlohmann::json> zaak_of(Casework& casework, const crypto::CaseId& subject,
                                const ZaakSettings& settings) {
  if (const std::string fault = fault_of(settings); !fault.empty()) {
    return problem(EX_USAGE, fault);
  }
  const crypto::CaseId head = casework.files().groups().head_of(subject);
  const auto key = casework.key_of(head);
  if (!key) return pass_on(key.error());
  const auto name = crypto::case_reference(*key, "ZGW", casework.home().pin().region);
  const std::string day = day_in_words(opened_at(casework, head));
  return nlohmann::json{{"identificatie", crypto::hexadecimal(name.view())},
                        {"bronorganisatie", settings.source},
                        {"verantwoordelijkeOrganisatie", settings.responsible},
                        {"zaaktype", settings.zaaktype},
                        {"registratiedatum", day},
                        {"startdatum", day},
                        {"vertrouwelijkheidaanduiding", "zeer_geheim"}};
}

CasePaper preview_of(const nlohmann::json& zaak, LabelLanguage language) {
  CasePaper paper;
  paper.language = language;
  paper.title = words_in(
      {"Zaak voor de gemeente (Zaken API 1.5)", "Zaak for the municipality (Zaken API 1.5)"},
      language);
  paper.lead = {
      words_in({"Dit en niets anders staat in het bestand: geen tekst, niets over de melder of "
                "de cliënt.",
                "This and nothing else is in the file: no text, nothing about the reporter or "
                "the client."},
               language)};
  PaperItem fields;
  for (const auto& [name, value] : zaak.items()) {
    fields.lines.push_back({name, value.get<std::string>()});
  }
  paper.parts.push_back({words_in({"Velden", "Fields"}, language), {std::move(fields)}});
  return paper;
}

}  // namespace meldpunt::client
