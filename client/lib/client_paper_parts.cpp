#include "client/lib/client_paper_parts.h"

#include <algorithm>
#include <array>

#include "client/lib/case_json.h"
#include "client/lib/page_texts.h"

namespace meldpunt::client {

namespace {

using record::Choice;
using record::Label;

constexpr std::array consent_choices{
    Choice{"given", {"Ja", "Yes"}},
    Choice{"refused", {"Nee", "No"}},
    Choice{"later", {"Later", "Later"}},
    Choice{"withdrawn", {"Ingetrokken", "Withdrawn"}},
};
constexpr std::array consent_ways{
    Choice{"thread", {"in het gesprek", "in the thread"}},
    Choice{"spoken", {"mondeling", "face to face"}},
    Choice{"telephone", {"per telefoon", "by telephone"}},
    Choice{"written", {"op papier, getekend", "on paper, signed"}},
    Choice{"guardian", {"door een ouder of voogd", "by a parent or guardian"}},
};
constexpr std::array escalation_states{
    Choice{"sent", {"Verstuurd", "Sent"}},
    Choice{"received", {"Ontvangen", "Received"}},
    Choice{"accepted", {"Aangenomen", "Accepted"}},
    Choice{"refused", {"Geweigerd", "Refused"}},
    Choice{"done", {"Afgerond", "Done"}},
    Choice{"withdrawn", {"Ingetrokken", "Withdrawn"}},
    Choice{"lapsed", {"Niet beantwoord, en vervallen", "Not answered, and lapsed"}},
};

namespace paper_words {
constexpr Label you_wrote{"U schreef", "You wrote"};
constexpr Label we_answered{"Wij antwoordden", "We answered"};
constexpr Label when{"Wanneer", "When"};
constexpr Label asked_to_erase{"U vroeg om alles te wissen", "You asked to erase everything"};
constexpr Label purpose{"Waarvoor", "What for"};
constexpr Label recipient{"Aan wie", "To whom"};
constexpr Label which_fields{"Welke gegevens", "Which data"};
constexpr Label your_choice{"Uw keuze", "Your choice"};
constexpr Label stand{"Stand", "State"};
}  // namespace paper_words

std::string choice_in_words(std::span<const Choice> among, std::string_view code,
                            LabelLanguage language) {
  const auto found = std::ranges::find(among, code, &Choice::code);
  return found == among.end() ? std::string(code) : words_in(found->label, language);
}

// The scheme whose codes answer a question of the page; empty: none, and the answer stays.
std::string_view scheme_of(std::string_view question) {
  if (question == "needs") return "need";
  if (question.starts_with("municipality_")) return "municipality";
  return codes_of(question).empty() ? std::string_view{} : question;
}

std::string fields_in_words(const std::vector<std::string>& fields, LabelLanguage language) {
  std::string list;
  for (const std::string& field : fields) {
    list += (list.empty() ? "" : "; ") + label_of_field(field, language);
  }
  return list;
}

// What the page asked her, and she answered.
void add_answers(std::vector<PaperLine>& lines, const crypto::Statement& statement,
                 LabelLanguage language) {
  for (const crypto::Answer& answer : statement.answers) {
    const std::string_view scheme = scheme_of(answer.question);
    if (scheme.empty()) continue;
    std::string list;
    for (const std::string& code : answer.codes) {
      list += (list.empty() ? "" : "; ") + label_of(scheme, code, language);
    }
    if (!list.empty()) lines.push_back({label_of_field(scheme, language), std::move(list)});
  }
}

class Conversation {
 public:
  Conversation(const PaperWish& wish, const std::vector<StoryEntry>& story)
      : language_(wish.language), story_(story) {}

  std::vector<PaperLine> lines_of(const StoryEntry& told) {
    lines_ = {{words_in(paper_words::when, language_), day_in_words(told.hour)}};
    std::visit(*this, told.what);
    // A day alone says nothing.
    return lines_.size() > 1 ? std::move(lines_) : std::vector<PaperLine>{};
  }

  void operator()(const StoryReport& report) {
    if (report.continues) std::visit(*this, report.report.body);
  }
  void operator()(const StoryReply& shown) {
    std::string text;
    if (const std::string& module = shown.reply.text_module; !module.empty()) {
      text = text_of_module(module, reads_);
    }
    if (!shown.reply.text.empty()) text += (text.empty() ? "" : "\n\n") + shown.reply.text;
    if (!text.empty())
      lines_.push_back({words_in(paper_words::we_answered, language_), std::move(text)});
  }
  void operator()(const StoryNote& /*note*/) {}
  void operator()(const crypto::Statement& statement) {
    reads_ = statement.language;
    if (std::string text = whole_text(statement, story_); !text.empty()) {
      lines_.push_back({words_in(paper_words::you_wrote, language_), std::move(text)});
    }
    add_answers(lines_, statement, language_);
  }
  void operator()(const crypto::ConsentAnswer& answer) {
    if (!answer.text.empty())
      lines_.push_back({words_in(paper_words::you_wrote, language_), answer.text});
  }
  void operator()(const crypto::EraseRequest& request) {
    lines_.push_back({words_in(paper_words::asked_to_erase, language_),
                      request.text.empty() ? words_in({"ja", "yes"}, language_) : request.text});
  }
  void operator()(const crypto::Part& /*part*/) {}

 private:
  LabelLanguage language_;
  const std::vector<StoryEntry>& story_;
  std::string reads_ = "nl";  // the language that she wrote in last
  std::vector<PaperLine> lines_;
};

}  // namespace

Outcome<void> add_conversation(Casework& casework, const PaperWish& wish, CasePaper& paper) {
  const auto story = casework.story(wish.person);
  if (!story) return pass_on(story.error());
  PaperPart part{
      words_in({"Wat u schreef, en wat wij antwoordden", "What you wrote, and what we answered"},
               wish.language),
      {}};
  Conversation conversation(wish, *story);
  for (const StoryEntry& told : *story) {
    auto lines = conversation.lines_of(told);
    if (lines.empty() || wish.left_out.contains(told.position)) continue;
    part.items.push_back({told.position, std::move(lines)});
  }
  if (!part.items.empty()) paper.parts.push_back(std::move(part));
  return {};
}

void add_consents(const Casework& casework, const PaperWish& wish, bool reporter_is_client,
                  CasePaper& paper) {
  const LabelLanguage language = wish.language;
  PaperPart part{words_in({"Waar u toestemming voor gaf", "What you agreed to"}, language), {}};
  for (const auto& [id, entry] : casework.consents().of(wish.person)) {
    if (!entry.stand || wish.left_out.contains(entry.stand->position)) continue;
    const bool in_thread = entry.stand->how == crypto::ConsentHow::thread;
    if (in_thread && !reporter_is_client) continue;
    const crypto::ConsentQuestion& question = entry.question;
    part.items.push_back(
        {entry.stand->position,
         {{words_in(paper_words::purpose, language),
           label_of("consent_purpose", question.purpose, language)},
          {words_in(paper_words::recipient, language),
           label_of("partner", question.recipient, language)},
          {words_in(paper_words::which_fields, language),
           fields_in_words(question.fields, language)},
          {words_in(paper_words::your_choice, language),
           choice_in_words(consent_choices, name_of(entry.stand->choice), language) + ", " +
               choice_in_words(consent_ways, name_of(entry.stand->how), language)},
          {words_in(paper_words::when, language), day_in_words(entry.stand->hour)}}});
  }
  if (!part.items.empty()) paper.parts.push_back(std::move(part));
}

void add_shared(const Casework& casework, const PaperWish& wish, CasePaper& paper) {
  const LabelLanguage language = wish.language;
  PaperPart part{
      words_in({"Aan wie wij iets over u vertelden", "Whom we told something about you"}, language),
      {}};
  for (const auto& [id, entry] : casework.escalations().all()) {
    if (entry.subject != wish.person || entry.sent == 0) continue;
    if (wish.left_out.contains(entry.sent)) continue;
    part.items.push_back(
        {entry.sent,
         {{words_in(paper_words::recipient, language),
           label_of("partner", entry.recipient, language)},
          {words_in(paper_words::purpose, language),
           label_of("consent_purpose", entry.purpose, language)},
          {words_in(paper_words::which_fields, language), fields_in_words(entry.fields, language)},
          {words_in(paper_words::when, language), day_in_words(entry.hour)},
          {words_in(paper_words::stand, language),
           choice_in_words(escalation_states, state_of(entry, casework.hour()), language)}}});
  }
  if (!part.items.empty()) paper.parts.push_back(std::move(part));
}

}  // namespace meldpunt::client
