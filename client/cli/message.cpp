#include "client/cli/message.h"

#include <sodium.h>

#include "client/cli/attaching.h"
#include "client/cli/interview.h"
#include "client/cli/sending.h"
#include "client/lib/clean_text.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t answers_longest = std::size_t{16} << 20;
constexpr std::uint64_t no_reply = crypto::no_reply_read;

constexpr std::array message_own_options{
    row_of(config::reporter_options, "code-file"),
    row_of(config::reporter_options, "answers"),
    row_of(config::reporter_options, "language"),
    config::Option{"erase", config::Type::flag, "", "Ask to have everything erased."},
    config::Option{"consent", config::Type::text, "",
                   "Answer the question for consent of this number; the answer follows it."},
    config::Option{"last-read", config::Type::number, "65535",
                   "The number of the last answer you read."},
};

std::optional<crypto::ConsentChoice> choice_of(const std::vector<std::string>& words) {
  using crypto::ConsentChoice;
  if (words.size() != 1) return std::nullopt;
  if (words[0] == "given") return ConsentChoice::given;
  if (words[0] == "refused") return ConsentChoice::refused;
  if (words[0] == "later") return ConsentChoice::later;
  if (words[0] == "withdrawn") return ConsentChoice::withdrawn;
  return std::nullopt;
}

Outcome<crypto::ReportBody> consent_of(const config::Options& options, std::string words) {
  const auto choice = choice_of(options.positional());
  if (!choice) {
    return problem(EX_USAGE, "--consent NUMBER is followed by given, refused, later or withdrawn.");
  }
  crypto::ConsentAnswer answer{{}, *choice, std::move(words)};
  const std::string number = options.text("consent");
  std::size_t size = 0;
  if (sodium_hex2bin(answer.question.fill().data(), answer.question.fill().size(), number.data(),
                     number.size(), nullptr, &size, nullptr) != 0 ||
      size != answer.question.fill().size() || number.size() != 2 * size) {
    return problem(EX_USAGE, "--consent takes the number that `meldpunt check` showed.");
  }
  return answer;
}

Outcome<Answers> words_of(Call& call, bool needed) {
  Answers answers;
  answers.statement.language = call.options.text("language");
  const Tongue tongue = tongue_of(call.options);
  if (call.options.has("answers")) {
    const auto json = call.terminal.read_input(call.options.text("answers"), answers_longest);
    if (!json) return pass_on(json.error());
    auto parsed = parse_answers(*json, answers.statement.language);
    if (!parsed) return problem(EX_DATAERR, "The answers", parsed.error());
    return std::move(*parsed);
  }
  if (call.terminal.interactive() && !call.terminal.json()) {
    answers.statement.text = clean_text(call.terminal.ask_text(text::tell.in(tongue)));
  } else if (needed) {
    return problem(EX_USAGE, "Without a person to ask, name the answers with --answers FILE.");
  }
  if (needed && answers.statement.text.empty()) {
    return problem(EX_NOINPUT, std::string(text::nothing_written.in(tongue)));
  }
  return answers;
}

// What contradicts itself on the command line.
Outcome<void> check_options(const Call& call, bool erase, bool consent) {
  if (erase && consent) return problem(EX_USAGE, "Either --erase or --consent, not both.");
  if (!consent && !call.options.positional().empty()) {
    return problem(EX_USAGE, "A message is not written on the command line: others can read it.");
  }
  if (call.options.number("last-read") > no_reply) {
    return problem(EX_USAGE, "--last-read takes the number that `meldpunt check` showed.");
  }
  if ((erase || consent) && call.options.given("attach")) {
    return problem(EX_USAGE, std::string(text::photos_with_words.in(tongue_of(call.options))));
  }
  return {};
}

Outcome<Outgoing> outgoing_of(Call& call) {
  const bool erase = call.options.flag("erase");
  const bool consent = call.options.has("consent");
  if (const auto checked = check_options(call, erase, consent); !checked) {
    return pass_on(checked.error());
  }
  auto photos = attachments_of(call);
  if (!photos) return pass_on(photos.error());
  auto words = words_of(call, !erase && !consent && photos->empty());
  if (!words) return pass_on(words.error());
  Outgoing outgoing;
  outgoing.last_reply_read = static_cast<std::uint16_t>(call.options.number("last-read"));
  if (erase) {
    outgoing.kind = crypto::ReportKind::erase;
    outgoing.body = crypto::EraseRequest{std::move(words->statement.text)};
  } else if (consent) {
    auto body = consent_of(call.options, std::move(words->statement.text));
    if (!body) return pass_on(body.error());
    outgoing.kind = crypto::ReportKind::consent_answer;
    outgoing.body = std::move(*body);
  } else {
    outgoing.kind = crypto::ReportKind::message;
    outgoing.body = std::move(words->statement);
    outgoing.images = std::move(*photos);
  }
  return outgoing;
}

}  // namespace

config::Table message_options() {
  static constexpr auto all = config::join(config::common_options, config::session_options,
                                           proxy_options, message_own_options, attach_options);
  return all;
}

Outcome<void> message(Call& call) {
  if (call.options.text("code-file") == "-" && call.options.text("answers") == "-") {
    return problem(EX_USAGE, "Code and answers cannot both come from standard input.");
  }
  const auto pin = load_pin(call);
  if (!pin) return pass_on(pin.error());
  const auto code = ask_code(call);
  if (!code) return pass_on(code.error());
  auto outgoing = outgoing_of(call);
  if (!outgoing) return pass_on(outgoing.error());
  const auto thread = thread_of(*code, *pin);
  if (!thread) return pass_on(thread.error());
  return send(call, *pin, std::move(*outgoing), thread->shared);
}

}  // namespace meldpunt::client
