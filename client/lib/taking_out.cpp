#include "client/lib/taking_out.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/lib/case_words.h"
#include "client/lib/recording.h"
#include "client/lib/registration_form.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::string_view audit_code = "AUDIT";
constexpr std::string_view audit_recipient = "CONTROL";

std::string named_file(const PreparedPaper& paper, std::string_view ending) {
  return case_name(paper.person, english_words()) + "-" + std::string(row_of(paper.kind).name) +
         "." + std::string(ending);
}

void add_readable(PreparedPaper& paper) {
  paper.files.push_back(
      {named_file(paper, "html"), "text/html;charset=utf-8", html_of(paper.shown)});
  paper.files.push_back(
      {named_file(paper, "txt"), "text/plain;charset=utf-8", text_of(paper.shown)});
}

Outcome<void> journal_it(Casework& casework, const crypto::CaseId& subject, std::string_view code,
                         std::string_view recipient, const std::string& reason) {
  if (reason.empty()) {
    return problem(EX_USAGE,
                   "Why is it taken out? Say so in a few words without names: it is "
                   "journaled.");
  }
  const auto written = write_record(casework, subject,
                                    new_item("paper_taken", {{"paper", std::string(code)},
                                                             {"recipient", std::string(recipient)},
                                                             {"reason", reason}}));
  if (!written) return pass_on(written.error());
  return {};
}

}  // namespace

const std::vector<PaperRow>& all_papers() {
  static const std::vector<PaperRow> rows{
      {PaperKind::client_file, "client-file", "CLIENT_FILE", {"CLIENT", "BEHALF"}},
      {PaperKind::registration, "registration", "REGISTRATION", {"COMENSHA"}},
      {PaperKind::zaak, "zaak", "ZAAK", {"MUNICIPALITY"}},
  };
  return rows;
}

const PaperRow* find_paper(std::string_view name) {
  const auto found = std::ranges::find(all_papers(), name, &PaperRow::name);
  return found == all_papers().end() ? nullptr : &*found;
}

const PaperRow& row_of(PaperKind kind) {
  return *std::ranges::find(all_papers(), kind, &PaperRow::kind);
}

Outcome<PreparedPaper> prepare_paper(Casework& casework, PaperKind kind, PaperWish wish,
                                     const ZaakSettings& settings) {
  PreparedPaper prepared;
  prepared.kind = kind;
  prepared.person = wish.person;
  if (kind == PaperKind::zaak) {
    const auto zaak = zaak_of(casework, wish.person, settings);
    if (!zaak) return pass_on(zaak.error());
    prepared.shown = preview_of(*zaak, wish.language);
    constexpr int indent = 2;
    prepared.files.push_back(
        {named_file(prepared, "json"), "application/json", zaak->dump(indent) + "\n"});
    return prepared;
  }
  if (kind == PaperKind::client_file) {
    if (const auto opened = open_wished(casework, wish); !opened) return pass_on(opened.error());
    prepared.identity = wish.identity;
  }
  auto made = kind == PaperKind::client_file ? client_paper(casework, std::move(wish))
                                             : registration_form(casework, wish);
  if (!made) return pass_on(made.error());
  prepared.shown = std::move(*made);
  add_readable(prepared);
  return prepared;
}

Outcome<void> take_out(Casework& casework, const PreparedPaper& paper, const std::string& recipient,
                       const std::string& reason) {
  const PaperRow& row = row_of(paper.kind);
  const std::string whom = recipient.empty() ? std::string(row.recipients.front()) : recipient;
  if (std::ranges::find(row.recipients, whom) == row.recipients.end()) {
    std::string known;
    for (const std::string_view each : row.recipients) known += " " + std::string(each);
    return problem(EX_USAGE, "'" + std::string(row.name) + "' is for one of:" + known + ".");
  }
  // It may have been withdrawn while somebody looked at the form.
  if (paper.kind == PaperKind::registration) {
    const auto stands = consent_to_register(casework, paper.person);
    if (!stands) return pass_on(stands.error());
  }
  return journal_it(casework, paper.person, row.code, whom, reason);
}

Outcome<void> take_out_audit(Casework& casework, const crypto::CaseId& subject,
                             const std::string& reason) {
  // In a case that was erased nothing can be written any more.
  const Case* entry = casework.index().find(subject);
  const bool living = entry != nullptr && entry->readable;
  return journal_it(casework, living ? subject : crypto::CaseId{}, audit_code, audit_recipient,
                    reason);
}

}  // namespace meldpunt::client
