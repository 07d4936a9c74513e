#include "client/lib/client_paper.h"

#include <algorithm>
#include <array>

#include "client/lib/client_paper_parts.h"
#include "client/lib/escalation_words.h"
#include "client/lib/recording.h"

namespace meldpunt::client {

namespace {

// What goes of each kind of the case file. Of words, only those that were spoken to the client or
// written for her.
struct KindGoes {
  std::string_view kind;
  std::array<std::string_view, 7> fields{};  // empty ones are none
};
constexpr std::array kinds_that_go{
    KindGoes{"phase", {"open"}},
    KindGoes{"risk", {"urgency", "signals", "signals_foreign", "signals_other"}},
    KindGoes{"classification",
             {"acts", "means", "forms", "sectors", "modus", "demarcation", "status"}},
    KindGoes{"need", {"need", "state", "provider"}},
    KindGoes{"place", {"role", "municipality", "from", "until"}},
    KindGoes{"right", {"pillar", "told", "on", "language"}},
    KindGoes{"review", {"on"}},
    KindGoes{"shared_note", {"text"}},
    KindGoes{"consent_giver", {"who"}},
    KindGoes{"closing", {"reason", "conditions"}},
    KindGoes{"paper_taken", {"paper", "recipient"}},
};
// How she can be reached safely is about who else might be there: it stays.
constexpr std::array<std::string_view, 4> identity_that_goes{"name", "born", "contact",
                                                             "documents"};

struct NeverHeld {
  record::Label what;
  record::Label why;
};
constexpr std::array never_held{
    NeverHeld{{"Meldingen van anderen, en wie zij zijn", "Reports by others, and who they are"},
              {"Wie iets meldt, moet erop kunnen rekenen dat niemand dat hoort.",
               "Whoever reports must be able to rely on it that nobody hears of it."}},
    NeverHeld{{"Wat over andere mensen gaat: familie, verdachten, andere slachtoffers",
               "What is about other people: relatives, suspects, other victims"},
              {"Dat zijn hun gegevens.", "That is theirs."}},
    NeverHeld{{"Notities en toelichtingen die coördinatoren voor zichzelf of elkaar schrijven",
               "Notes and remarks that coordinators write for themselves or each other"},
              {"Zij kunnen over anderen gaan. Wat voor u van belang is, schrijft de coördinator "
               "in een notitie die u mag lezen.",
               "They may be about others. What matters to you the coordinator writes in a note "
               "that you may read."}},
    NeverHeld{{"Namen van medewerkers", "Names of staff"},
              {"U hebt met het meldpunt te maken, niet met één persoon.",
               "You deal with the reporting point, not with one person."}},
    NeverHeld{{"Hoe het team het werk verdeelt: taken, controlepunten, knelpunten",
               "How the team shares the work: tasks, points to check, bottlenecks"},
              {"Dat gaat niet over u.", "That is not about you."}},
    NeverHeld{{"Wat andere organisaties ons antwoordden", "What other organisations answered"},
              {"Vraag het aan die organisatie.", "Ask that organisation."}},
    NeverHeld{{"Foto's", "Photos"},
              {"Daar kunnen anderen op staan. Vraag de coördinator.",
               "Others may be in them. Ask the coordinator."}},
    NeverHeld{{"Codes voor cijfers", "Codes for figures"},
              {"Daarin is niemand te herkennen.", "Nobody can be recognised in them."}},
};
constexpr NeverHeld without_identity{
    {"Uw naam en hoe u te bereiken bent", "Your name and how you can be reached"},
    {"Zo ziet wie dit papier vindt niet van wie het is. Vraag de coördinator als u het ook wilt "
     "zien.",
     "So whoever finds this paper does not see whose it is. Ask the coordinator if you want to "
     "see that too."}};

// The fields of `wanted`, in that order, that have been filled in.
std::vector<PaperLine> filled_lines(const record::Kind& kind, const record::Fields& fields,
                                    std::span<const std::string_view> wanted,
                                    LabelLanguage language) {
  std::vector<PaperLine> lines;
  for (const std::string_view name : wanted) {
    const record::Field* field = record::find_field(kind, name);
    const auto value = fields.find(name);
    if (field == nullptr || value == fields.end() || record::is_empty(value->second)) continue;
    lines.push_back(
        {words_in(field->label, language), value_in_words(*field, value->second, language)});
  }
  return lines;
}

void add_item(const PaperWish& wish, PaperPart& part, const record::Kind& kind,
              const record::Item& item, std::span<const std::string_view> wanted) {
  for (const std::size_t index : item.standing) {
    const record::Version& version = item.history[index];
    if (version.removed || wish.left_out.contains(version.position)) continue;
    auto lines = filled_lines(kind, version.fields, wanted, wish.language);
    if (!lines.empty()) part.items.push_back({version.position, std::move(lines)});
  }
}

void add_case_file(const Casework& casework, const PaperWish& wish, CasePaper& paper) {
  const record::CaseRecord& file = casework.files().of(wish.person);
  for (const KindGoes& goes : kinds_that_go) {
    const record::Kind* kind = record::find_kind(goes.kind);
    if (kind == nullptr) continue;
    const auto wanted = fields_for_client(goes.kind);
    PaperPart part{words_in(kind->label, wish.language), {}};
    for (const record::Item* item : file.several(goes.kind)) {
      add_item(wish, part, *kind, *item, wanted);
    }
    if (!part.items.empty()) paper.parts.push_back(std::move(part));
  }
}

void add_identity(const PaperWish& wish, CasePaper& paper) {
  if (!wish.with_identity) return;
  const record::Kind& kind = *record::find_kind("identity");
  auto lines = filled_lines(kind, *wish.identity, identity_that_goes, wish.language);
  if (!lines.empty()) {
    paper.parts.push_back({words_in(kind.label, wish.language), {{0, std::move(lines)}}});
  }
}

void add_never_held(const PaperWish& wish, CasePaper& paper) {
  PaperPart part{
      words_in({"Wat nooit op dit papier staat", "What this paper never holds"}, wish.language),
      {}};
  const auto add = [&](const NeverHeld& row) {
    part.items.push_back(
        {0, {{words_in(row.what, wish.language), words_in(row.why, wish.language)}}});
  };
  std::ranges::for_each(never_held, add);
  if (!wish.with_identity) add(without_identity);
  paper.parts.push_back(std::move(part));
}

std::vector<std::string> lead_of(const Casework& casework, LabelLanguage language) {
  return {
      casework.home().pin().name + ", " + day_in_words(casework.hour()),
      words_in({"Dit staat er over u bij het meldpunt. Het is van u.",
                "This is what the reporting point has about you. It is yours."},
               language),
      words_in({"Bewaar dit papier waar niemand anders het vindt. Klopt er iets niet, zeg het de "
                "coördinator.",
                "Keep this paper where nobody else finds it. If something is wrong, tell the "
                "coordinator."},
               language)};
}

}  // namespace

std::vector<std::string_view> fields_for_client(std::string_view kind) {
  const auto* const row = std::ranges::find(kinds_that_go, kind, &KindGoes::kind);
  std::vector<std::string_view> fields;
  if (row == kinds_that_go.end()) return fields;
  for (const std::string_view field : row->fields) {
    if (!field.empty()) fields.push_back(field);
  }
  return fields;
}

bool client_reports(const Casework& casework, const crypto::CaseId& person) {
  const Case* entry = casework.index().find(person);
  if (entry == nullptr) return false;
  const auto who = entry->answers.find("reporter");
  return who != entry->answers.end() && std::ranges::find(who->second, "SELF") != who->second.end();
}

std::string day_in_words(crypto::Hour hour) {
  constexpr std::size_t day_letters = 10;
  return hour_in_words(hour).substr(0, day_letters);
}

Outcome<void> open_wished(Casework& casework, PaperWish& wish) {
  if (!wish.with_identity || wish.identity) return {};
  auto fields = open_identity(casework, wish.person, "for the client's own file");
  if (!fields) return pass_on(fields.error());
  wish.identity = std::move(*fields);
  return {};
}

Outcome<CasePaper> client_paper(Casework& casework, PaperWish wish) {
  const auto living = casework.key_of(wish.person);
  if (!living) return pass_on(living.error());
  if (const auto opened = open_wished(casework, wish); !opened) return pass_on(opened.error());
  CasePaper paper;
  paper.language = wish.language;
  paper.title = words_in({"Uw eigen dossier", "Your own file"}, wish.language);
  paper.lead = lead_of(casework, wish.language);
  add_identity(wish, paper);
  const bool her_own = wish.reporter_is_client.value_or(client_reports(casework, wish.person));
  if (her_own) {
    if (const auto added = add_conversation(casework, wish, paper); !added) {
      return pass_on(added.error());
    }
  }
  add_case_file(casework, wish, paper);
  add_consents(casework, wish, her_own, paper);
  add_shared(casework, wish, paper);
  add_never_held(wish, paper);
  return paper;
}

}  // namespace meldpunt::client
