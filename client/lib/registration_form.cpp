#include "client/lib/registration_form.h"

#include <algorithm>
#include <array>

#include "client/lib/escalating.h"
#include "client/lib/recording.h"

namespace meldpunt::client {

namespace {

constexpr std::string_view identified = "CONFIRMED";

// Where the case file has what a consent calls otherwise. Of several items all are named.
struct InFile {
  std::string_view shared;
  std::string_view kind;
  std::string_view field;
};
constexpr std::array places_in_file{
    InFile{"acts", "classification", "acts"},
    InFile{"means", "classification", "means"},
    InFile{"exploitation_form", "classification", "forms"},
    InFile{"sector", "classification", "sectors"},
    InFile{"modus", "classification", "modus"},
    InFile{"legal_demarcation", "classification", "demarcation"},
    InFile{"status_victim", "classification", "status"},
    InFile{"urgency", "risk", "urgency"},
    InFile{"need", "need", "need"},
};
// Who she is: read only when the consent names one of them.
constexpr std::array identity_fields_shared{
    InFile{"name", "identity", "name"},
    InFile{"contact", "identity", "contact"},
};

constexpr std::array<record::Label, 4> by_hand{{
    {"Ingevuld door (functie)", "Filled in by (function)"},
    {"Te bereiken op", "To be reached at"},
    {"Datum", "Date"},
    {"Handtekening", "Signature"},
}};

bool is_to_register(const ConsentEntry& entry) {
  return entry.stand && entry.question.purpose == registration_purpose &&
         entry.question.recipient == registration_recipient;
}

// A no to one of the same fields that is not older.
bool stands_against(const ConsentEntry& other, const ConsentEntry& given) {
  const bool says_no = other.stand->choice == crypto::ConsentChoice::refused ||
                       other.stand->choice == crypto::ConsentChoice::withdrawn;
  return says_no && other.stand->hour >= given.stand->hour &&
         std::ranges::any_of(other.question.fields, [&](const std::string& field) {
           return std::ranges::find(given.question.fields, field) != given.question.fields.end();
         });
}

// Codes of the file as people read them; empty: it does not say.
std::string words_in_file(const record::CaseRecord& file, const InFile& where,
                          LabelLanguage language) {
  const record::Kind* kind = record::find_kind(where.kind);
  const record::Field* field = kind == nullptr ? nullptr : record::find_field(*kind, where.field);
  std::string words;
  if (field == nullptr) return words;
  for (const record::Item* item : file.several(where.kind)) {
    const auto value = item->fields().find(where.field);
    if (item->removed() || value == item->fields().end()) continue;
    const std::string one = value_in_words(*field, value->second, language);
    if (!one.empty()) words += (words.empty() ? "" : "; ") + one;
  }
  return words;
}

// As the reporter answered it.
std::string words_in_reports(std::string_view codes, const std::string& scheme,
                             LabelLanguage language) {
  std::string words;
  while (!codes.empty()) {
    const std::size_t end = std::min(codes.find(' '), codes.size());
    if (end > 0) {
      words += (words.empty() ? "" : "; ") + label_of(scheme, codes.substr(0, end), language);
    }
    codes.remove_prefix(std::min(end + 1, codes.size()));
  }
  return words;
}

bool opens_identity(const crypto::ConsentQuestion& question) {
  return std::ranges::any_of(question.fields, [](const std::string& field) {
    return std::ranges::find(identity_fields_shared, field, &InFile::shared) !=
           identity_fields_shared.end();
  });
}

class Form {
 public:
  Form(Casework& casework, const PaperWish& wish, record::Fields identity)
      : casework_(casework), wish_(wish), identity_(std::move(identity)) {}

  Outcome<PaperLine> line_of(const std::string& field) {
    PaperLine line{label_of_field(field, wish_.language), {}};
    const auto* const who = std::ranges::find(identity_fields_shared, field, &InFile::shared);
    if (who != identity_fields_shared.end()) {
      line.text = record::text_in(identity_, who->field);
      return line;
    }
    const auto* const where = std::ranges::find(places_in_file, field, &InFile::shared);
    if (where != places_in_file.end()) {
      line.text = words_in_file(casework_.files().of(wish_.person), *where, wish_.language);
    }
    if (!line.text.empty() || codes_of(field).empty()) return line;
    // What somebody else reported about her is not what she said.
    if (!wish_.reporter_is_client.value_or(client_reports(casework_, wish_.person))) return line;
    const auto codes = value_in_case(casework_, wish_.person, field);
    if (!codes) return pass_on(codes.error());
    line.text = words_in_reports(*codes, field, wish_.language);
    return line;
  }

 private:
  Casework& casework_;
  const PaperWish& wish_;
  record::Fields identity_;
};

CasePaper empty_form(const Casework& casework, const PaperWish& wish, const ConsentEntry& consent) {
  const LabelLanguage language = wish.language;
  CasePaper paper;
  paper.language = language;
  paper.title = words_in({"Registratie bij CoMensha van een slachtoffer van mensenhandel",
                          "Registration with CoMensha of a victim of trafficking"},
                         language);
  paper.lead = {
      casework.home().pin().name + ", " + day_in_words(casework.hour()),
      words_in(
          {"Dit wordt met de hand afgemaakt en verstuurd. Alleen deze gegevens: daarvoor is "
           "schriftelijk toestemming gegeven op ",
           "This is finished and sent by hand. Only these data: consent in writing was given on "},
          language) +
          day_in_words(consent.stand->hour) + "."};
  return paper;
}

}  // namespace

Outcome<const ConsentEntry*> consent_to_register(const Casework& casework,
                                                 const crypto::CaseId& person) {
  const record::Item* classification = casework.files().of(person).one("classification");
  if (classification == nullptr ||
      record::text_in(classification->fields(), "status") != identified) {
    return problem(EX_NOPERM,
                   "this person is not an identified victim in her own case file: set the status "
                   "under Classification when she has been identified. One of a merged case has a "
                   "file of her own: split her off first");
  }
  const auto& entries = casework.consents().of(person);
  const ConsentEntry* otherwise = nullptr;
  for (const auto& [id, entry] : entries) {
    if (!is_to_register(entry) || entry.stand->choice != crypto::ConsentChoice::given) continue;
    const bool forbidden = std::ranges::any_of(entries, [&](const auto& other) {
      return is_to_register(other.second) && stands_against(other.second, entry);
    });
    if (forbidden) continue;
    if (entry.stand->how == crypto::ConsentHow::written) return &entry;
    otherwise = &entry;
  }
  if (otherwise != nullptr) {
    return problem(EX_NOPERM,
                   "she agreed to be registered, but not in writing: have her sign on paper, and "
                   "record that consent as written");
  }
  return problem(EX_NOPERM,
                 "there is no consent in writing to register her by name with CoMensha: ask her, "
                 "have her sign on paper, and record it (purpose COMENSHA.ID, recipient COMENSHA, "
                 "written). Without it nobody is registered by name");
}

Outcome<CasePaper> registration_form(Casework& casework, const PaperWish& wish) {
  const auto living = casework.key_of(wish.person);
  if (!living) return pass_on(living.error());
  const auto consent = consent_to_register(casework, wish.person);
  if (!consent) return pass_on(consent.error());
  // What it says is copied: opening the identity reads the journal on.
  const ConsentEntry agreed = **consent;
  record::Fields identity;
  if (opens_identity(agreed.question)) {
    auto opened = open_identity(casework, wish.person, "for the registration with CoMensha");
    if (!opened) return pass_on(opened.error());
    identity = std::move(*opened);
  }
  CasePaper paper = empty_form(casework, wish, agreed);
  PaperItem filled;
  Form form(casework, wish, std::move(identity));
  for (const std::string& field : agreed.question.fields) {
    auto line = form.line_of(field);
    if (!line) return pass_on(line.error());
    filled.lines.push_back(std::move(*line));
  }
  PaperItem hand;
  for (const record::Label& label : by_hand)
    hand.lines.push_back({words_in(label, wish.language), {}});
  paper.parts.push_back(
      {words_in({"Wie het betreft", "Whom it concerns"}, wish.language), {std::move(filled)}});
  paper.parts.push_back(
      {words_in({"Met de hand in te vullen", "To be filled in by hand"}, wish.language),
       {std::move(hand)}});
  return paper;
}

}  // namespace meldpunt::client
