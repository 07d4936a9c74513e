// Papers that leave a case: shown, and written to a file when somebody says for whom and why.
#include "client/cli/papers.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/escalation_words.h"
#include "client/lib/file.h"

namespace meldpunt::client {

namespace {

constexpr std::array paper_own_options{
    config::Option{"save", config::Type::path, "",
                   "Write it to this new file, and journal that it was taken out; the file's "
                   "ending says in which form. Without it, it is only shown."},
    config::Option{"for", config::Type::text, "",
                   "For whom: CLIENT or BEHALF (the client's own file), COMENSHA, MUNICIPALITY."},
    config::Option{"reason", config::Type::text, "",
                   "Why it is taken out, in a few words without names: it is journaled."},
    config::Option{"paper-language", config::Type::text, "nl", "Its language: nl or en."},
    config::Option{"reporter-is-client", config::Type::text, "",
                   "yes or no: whether the client wrote in the thread; otherwise as the reports "
                   "say."},
    config::Option{"with-identity", config::Type::flag, "",
                   "Also who the client is, which is journaled as opened; only where she asks."},
    config::Option{"leave-out", config::Type::text, "",
                   "Lines that are about somebody else as well, by their numbers: 118,120."},
};

Outcome<std::set<Position>> line_numbers(const std::string& list) {
  std::set<Position> numbers;
  std::size_t begin = 0;
  while (begin < list.size()) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    Position number = 0;
    const char* const last = list.data() + end;
    if (std::from_chars(list.data() + begin, last, number).ptr != last || end == begin) {
      return problem(EX_USAGE, "Lines are left out by their numbers, for example 118,120.");
    }
    numbers.insert(number);
    begin = end + 1;
  }
  return numbers;
}

Outcome<std::optional<bool>> said_yes_or_no(const std::string& word) {
  if (word.empty()) return std::optional<bool>{};
  if (word == "yes" || word == "no") return std::optional<bool>{word == "yes"};
  return problem(EX_USAGE, "--reporter-is-client is yes or no.");
}

Outcome<PaperWish> paper_wish(Call& call, const crypto::CaseId& person) {
  PaperWish wish;
  wish.person = person;
  const std::string language = call.options.text("paper-language");
  if (language != "nl" && language != "en") {
    return problem(EX_USAGE, "A paper is in Dutch or English: --paper-language nl or en.");
  }
  wish.language = language == "nl" ? LabelLanguage::dutch : LabelLanguage::english;
  const auto reports = said_yes_or_no(call.options.text("reporter-is-client"));
  if (!reports) return pass_on(reports.error());
  wish.reporter_is_client = *reports;
  wish.with_identity = call.options.flag("with-identity");
  auto left_out = line_numbers(call.options.text("leave-out"));
  if (!left_out) return pass_on(left_out.error());
  wish.left_out = std::move(*left_out);
  return wish;
}

Outcome<const PaperRow*> paper_called(Call& call) {
  const auto& words = call.options.positional();
  const PaperRow* row = words.size() == 2 ? find_paper(words[1]) : nullptr;
  if (row != nullptr) return row;
  std::string names;
  for (const PaperRow& each : all_papers()) names += " " + std::string(each.name);
  return problem(EX_USAGE, "Of which case, and which paper? There are:" + names + ".");
}

// In the form that the file's name asks for.
Outcome<const PaperFile*> form_for(const PreparedPaper& paper, const Path& path) {
  std::string known;
  for (const PaperFile& file : paper.files) {
    const std::string ending = Path(file.name).extension().string();
    if (path.extension() == ending) return &file;
    known += " " + ending;
  }
  return problem(EX_USAGE,
                 "This paper is written as:" + known + ". Name a file that ends so with --save.");
}

Outcome<void> save_paper(Call& call, Casework& casework, const PreparedPaper& paper) {
  const Path path = call.options.path("save");
  const auto form = form_for(paper, path);
  if (!form) return pass_on(form.error());
  // What cannot be written is not journaled as taken.
  if (auto possible = is_new_file(path); !possible) return possible;
  auto taken = take_out(casework, paper, call.options.text("for"), call.options.text("reason"));
  if (!taken) return taken;
  const auto content = crypto::as_bytes((*form)->content);
  if (auto written = write_new_file(path, content); !written) return written;
  call.terminal.say("Written to " + path.string() +
                    ", for you alone. It is not sealed there: remove it when it was handed over.");
  call.terminal.print({{"event", "paper_taken"},
                       {"case", hexadecimal(paper.person.view())},
                       {"paper", row_of(paper.kind).code},
                       {"file", path.string()}});
  return {};
}

}  // namespace

ZaakSettings zaak_settings(const config::Options& options) {
  return {options.text("zgw-source"), options.text("zgw-responsible"),
          options.text("zgw-zaaktype")};
}

config::Table paper_options_of_case() {
  static constexpr auto all = config::join(staff_options, paper_own_options, zaak_options);
  return all;
}

Outcome<void> paper_of_case(Call& call) {
  const auto row = paper_called(call);
  if (!row) return pass_on(row.error());
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto person = case_called(call.options.positional().front(), casework);
  if (!person) return pass_on(person.error());
  const auto wish = paper_wish(call, *person);
  if (!wish) return pass_on(wish.error());
  const auto paper = prepare_paper(casework, (*row)->kind, *wish, zaak_settings(call.options));
  if (!paper) return pass_on(paper.error());
  if (call.options.has("save")) return save_paper(call, casework, *paper);
  call.terminal.say(text_of(paper->shown, ShowPositions::yes));
  nlohmann::json shown = json_of(paper->shown);
  shown["event"] = "paper";
  shown["case"] = hexadecimal(person->view());
  call.terminal.print(shown);
  return {};
}

}  // namespace meldpunt::client
