#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/fresh_code.h"
#include "client/lib/page_texts.h"

namespace meldpunt::client {

namespace {

constexpr std::array reply_own_options{
    config::Option{"status", config::Type::text, "answer",
                   "What the reply is: answer, question, working, handed_over or closed."},
    config::Option{"urgent", config::Type::flag, "", "Post it before replies that are not."},
    config::Option{"text-module", config::Type::text, "",
                   "Send a text that the reporter's side has in nine languages, by its code; a "
                   "wrong one lists them."},
    config::Option{"fresh-code", config::Type::flag, "",
                   "Offer a new report under a fresh code, with a number that brings the two "
                   "together; a text is added where --text-file gives one."},
};

constexpr std::array may_be_chosen{crypto::ReplyStatus::answer, crypto::ReplyStatus::question,
                                   crypto::ReplyStatus::working, crypto::ReplyStatus::handed_over,
                                   crypto::ReplyStatus::closed};

tl::unexpected<Problem> no_such_module(const std::string& code) {
  std::string sentence = "There is no text module " + code + ". There are:";
  for (const std::string_view known : text_module_codes()) {
    sentence += "\n  " + std::string(known) + "  " + std::string(use_of_text_module(known, "en")) +
                " / " + std::string(use_of_text_module(known, "nl"));
  }
  return problem(EX_USAGE, sentence);
}

Outcome<ReplyDraft> draft_of(Call& call) {
  ReplyDraft draft;
  const std::string chosen = call.options.text("status");
  const auto* const status = std::ranges::find(may_be_chosen, chosen, name_of_status);
  if (status == may_be_chosen.end()) {
    return problem(EX_USAGE, "--status is answer, question, working, handed_over or closed.");
  }
  draft.status = *status;
  draft.urgent = call.options.flag("urgent");
  draft.text_module = call.options.text("text-module");
  if (!draft.text_module.empty() && !call.options.has("text-file")) return draft;
  auto text = read_text(call, "Your reply. End with a line that holds a single dot.");
  if (!text) return pass_on(text.error());
  draft.text = std::move(*text);
  return draft;
}

Outcome<void> offer_fresh(Call& call, Casework& casework, const crypto::CaseId& subject) {
  std::string text;
  if (call.options.has("text-file")) {
    auto read = read_text(call, "");
    if (!read) return pass_on(read.error());
    text = std::move(*read);
  }
  const auto number = offer_fresh_code(casework, subject, text);
  if (!number) return pass_on(number.error());
  call.terminal.say("The reply offers a fresh code, with the number " + *number +
                    ". A new report that names it is proposed to be merged.");
  call.terminal.print({{"event", "fresh_code_offered"},
                       {"case", hexadecimal(subject.view())},
                       {"number", *number}});
  return {};
}

}  // namespace

config::Table reply_options() {
  static constexpr auto all = config::join(staff_options, text_options, reply_own_options);
  return all;
}

Outcome<void> reply(Call& call) {
  const std::string module = call.options.text("text-module");
  if (!module.empty() && !has_text_module(module)) return no_such_module(module);
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = named_case(call, casework);
  if (!subject) return pass_on(subject.error());
  if (call.options.flag("fresh-code")) return offer_fresh(call, casework, *subject);
  const auto draft = draft_of(call);
  if (!draft) return pass_on(draft.error());
  const auto index = casework.reply(*subject, *draft);
  if (!index) return pass_on(index.error());
  call.terminal.say("Reply " + std::to_string(*index) +
                    " is written. It goes at a coming tick, while somebody is on duty.");
  call.terminal.print({{"event", "replied"},
                       {"case", hexadecimal(subject->view())},
                       {"index", *index},
                       {"replies_waiting", casework.index().waiting_replies()}});
  return {};
}

}  // namespace meldpunt::client
