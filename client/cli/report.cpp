#include "client/cli/report.h"

#include "client/cli/attaching.h"
#include "client/cli/interview.h"
#include "client/cli/sending.h"
#include "client/lib/caller_report.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

// 255 parts of 12,600 bytes, with room for JSON's escapes.
constexpr std::size_t answers_longest = std::size_t{16} << 20;

constexpr std::array report_own_options{
    row_of(config::reporter_options, "answers"),
    row_of(config::reporter_options, "no-way-back"),
    row_of(config::reporter_options, "words"),
    row_of(config::reporter_options, "language"),
    config::Option{"for-caller", config::Type::flag, "",
                   "You enter it for somebody who calls: the report says so, and the code is "
                   "theirs."},
};

Outcome<Answers> answers_of(Call& call, Needed words) {
  const std::string language = call.options.text("language");
  if (call.options.has("answers")) {
    const auto json = call.terminal.read_input(call.options.text("answers"), answers_longest);
    if (!json) return pass_on(json.error());
    auto answers = parse_answers(*json, language);
    if (!answers) return problem(EX_DATAERR, "The answers", answers.error());
    return std::move(*answers);
  }
  if (!call.terminal.interactive() || call.terminal.json()) {
    return problem(EX_USAGE, "Without a person to ask, name the answers with --answers FILE.");
  }
  return interview(call.terminal, tongue_of(call.options), language, words);
}

Outcome<const crypto::WordList*> list_of(const config::Options& options) {
  const std::string name = options.given("words")                ? options.text("words")
                           : tongue_of(options) == Tongue::dutch ? "nl"
                                                                 : options.text("words");
  if (name == "en") return &english_words();
  if (name == "nl") return &dutch_words();
  return problem(EX_USAGE, "--words is en or nl. The digits are shown beside either.");
}

}  // namespace

config::Table report_options() {
  static constexpr auto all = config::join(config::common_options, config::session_options,
                                           proxy_options, report_own_options, attach_options);
  return all;
}

Outcome<void> report(Call& call) {
  const Tongue tongue = tongue_of(call.options);
  const auto pin = load_pin(call);
  if (!pin) return pass_on(pin.error());
  const auto list = list_of(call.options);
  if (!list) return pass_on(list.error());
  auto photos = attachments_of(call);
  if (!photos) return pass_on(photos.error());
  auto answers = answers_of(call, photos->empty() ? Needed::yes : Needed::no);
  if (!answers) return pass_on(answers.error());

  if (call.options.flag("for-caller")) mark_as_entered_for_caller(*answers);
  const bool asked = !call.options.has("answers");
  const bool way_back = !call.options.flag("no-way-back");
  const crypto::Code code = crypto::Code::generate();
  if (way_back) {
    show_code(call.terminal, tongue, code, **list);
    if (asked) ask_code_back(call.terminal, tongue, code);
  } else {
    call.terminal.say(text::no_way_back.in(tongue));
  }
  if (asked && !may_send(call.terminal, tongue, *answers, *photos)) {
    call.terminal.say(text::not_sent.in(tongue));
    return {};
  }
  const auto thread = thread_of(code, *pin);
  if (!thread) return pass_on(thread.error());
  Outgoing outgoing{answers->kind, std::move(answers->statement)};
  outgoing.images = std::move(*photos);
  auto sent = send(call, *pin, std::move(outgoing), thread->shared);
  if (sent && way_back) call.terminal.say(text::arrived.in(tongue));
  return sent;
}

}  // namespace meldpunt::client
