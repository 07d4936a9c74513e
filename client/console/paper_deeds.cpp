#include "client/console/paper_deeds.h"

#include <charconv>

#include "client/lib/audit_file.h"
#include "client/lib/case_words.h"
#include "client/lib/word_lists.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

Outcome<client::PaperWish> paper_wish_of(const Wish& wish) {
  const auto person = wish.id<crypto::CaseId>("case");
  if (!person) return pass_on(person.error());
  client::PaperWish made;
  made.person = *person;
  made.language =
      wish.text("language") == "en" ? client::LabelLanguage::english : client::LabelLanguage::dutch;
  made.reporter_is_client = wish.choice("reporter_is_client");
  made.with_identity = wish.flag("with_identity");
  for (const std::string& line : wish.texts("leave_out")) {
    client::Position position = 0;
    const char* const end = line.data() + line.size();
    if (std::from_chars(line.data(), end, position).ptr != end) {
      return problem(EX_USAGE, "A line is left out by its number. Load the page anew.");
    }
    made.left_out.insert(position);
  }
  return made;
}

// The same paper, shown again with other lines left out, is one look: who she is stays open.
void keep_open(Workplace& place, const Wish& wish, client::PaperKind kind,
               client::PaperWish& asked) {
  if (!asked.with_identity) return;
  const client::PreparedPaper* before = place.papers.find(wish.text("ticket"));
  if (before == nullptr || before->kind != kind || before->person != asked.person) return;
  asked.identity = before->identity;
}

json json_of_files(const std::vector<client::PaperFile>& files) {
  json list = json::array();
  for (const client::PaperFile& file : files) {
    list.push_back({{"name", file.name}, {"type", file.type}, {"content", file.content}});
  }
  return list;
}

}  // namespace

Outcome<json> prepare_paper(Workplace& place, const Wish& wish) {
  const client::PaperRow* row = client::find_paper(wish.text("paper"));
  if (row == nullptr) return problem(EX_USAGE, "There is no such paper. Load the page anew.");
  auto asked = paper_wish_of(wish);
  if (!asked) return pass_on(asked.error());
  keep_open(place, wish, row->kind, *asked);
  auto paper = client::prepare_paper(place.casework(), row->kind, *asked, place.zaak);
  if (!paper) return pass_on(paper.error());
  return json{{"preview", client::json_of(paper->shown)},
              {"recipients", row->recipients},
              {"reporter_is_client", asked->reporter_is_client.value_or(
                                         client::client_reports(place.casework(), asked->person))},
              {"ticket", place.papers.keep(std::move(*paper))}};
}

Outcome<json> take_paper(Workplace& place, const Wish& wish) {
  const client::PreparedPaper* paper = place.papers.find(wish.text("ticket"));
  if (paper == nullptr) {
    return problem(EX_NOINPUT, "What was shown is no longer there. Prepare it again, and look.");
  }
  const auto taken =
      client::take_out(place.casework(), *paper, wish.text("recipient"), wish.text("reason"));
  if (!taken) return pass_on(taken.error());
  json files = json_of_files(paper->files);
  // Once for each time that it is taken out.
  (void)place.papers.take(wish.text("ticket"));
  return json{{"files", std::move(files)}};
}

Outcome<json> take_audit(Workplace& place, const Wish& wish) {
  std::optional<crypto::CaseId> subject;
  if (!wish.text("case").empty()) {
    const auto named = wish.id<crypto::CaseId>("case");
    if (!named) return pass_on(named.error());
    subject = *named;
  }
  client::Casework& casework = place.casework();
  const auto taken =
      client::take_out_audit(casework, subject.value_or(crypto::CaseId{}), wish.text("reason"));
  if (!taken) return pass_on(taken.error());
  auto text = client::audit_file(casework, subject);
  if (!text) return pass_on(text.error());
  const std::string name =
      subject ? client::case_name(*subject, client::english_words()) : std::string("region");
  return json{
      {"files", json_of_files({{name + "-audit.jsonl", "application/jsonl", std::move(*text)}})}};
}

}  // namespace meldpunt::console
