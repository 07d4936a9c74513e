#include "client/cli/check.h"

#include <sodium.h>

#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "client/cli/visit.h"
#include "client/lib/page_texts.h"
#include "client/lib/reporter_incoming.h"
#include "client/lib/vocabulary.h"

namespace meldpunt::client {

namespace {

constexpr std::array own_check_options{
    row_of(config::reporter_options, "code-file"),
    row_of(config::reporter_options, "language"),
};
constexpr std::array own_burn_options{
    config::Option{"reply", config::Type::number, "",
                   "Erase the answer of this number only; otherwise all that live."},
};

std::string hex(crypto::Bytes bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

std::string_view link_name(ChainLink link) {
  switch (link) {
    case ChainLink::first:
      return "first";
    case ChainLink::follows:
      return "follows";
    case ChainLink::unknown:
      return "unknown";
    case ChainLink::broken:
      return "broken";
  }
  return {};
}

std::string_view status_name(crypto::ReplyStatus status) {
  static constexpr std::array<std::string_view, 7> names{
      "read", "answer", "question", "working", "handed_over", "closed", "consent"};
  return names.at(static_cast<std::size_t>(status) - 1);
}

std::string expiry(const crypto::Reply& reply) {
  return format_time(std::chrono::hours(reply.expires)).substr(0, 10);
}

nlohmann::json json_of(const crypto::Reply& reply) {
  nlohmann::json object{{"event", "reply"},
                        {"index", reply.index},
                        {"status", status_name(reply.status)},
                        {"text", reply.text},
                        {"text_module", reply.text_module},
                        {"last_seen", hex(reply.last_seen.view())},
                        {"expires", expiry(reply)}};
  if (reply.consent) {
    object["consent"] = {{"id", hex(reply.consent->id.view())},
                         {"recipient", reply.consent->recipient},
                         {"purpose", reply.consent->purpose},
                         {"fields", reply.consent->fields}};
  }
  return object;
}

// Who would be told what, and how to answer.
void ask_for_consent(Terminal& terminal, Tongue tongue, const crypto::ConsentQuestion& question) {
  const auto language = tongue == Tongue::dutch ? LabelLanguage::dutch : LabelLanguage::english;
  terminal.say(std::string(text::consent_asked.in(tongue)));
  terminal.say("  " + std::string(text::consent_recipient.in(tongue)) + " " +
               label_of("partner", question.recipient, language));
  terminal.say("  " + std::string(text::consent_purpose.in(tongue)) + " " +
               label_of("consent_purpose", question.purpose, language));
  for (const std::string& field : question.fields) {
    terminal.say("  - " + label_of_field(field, language));
  }
  terminal.say(std::string(text::consent_how.in(tongue)) + " " + hex(question.id.view()) +
               " given | refused | later | withdrawn");
}

// In the reporter's language, as far as the page has a text for it.
void show(Call& call, const crypto::Reply& reply) {
  const Tongue tongue = tongue_of(call.options);
  const std::string language = call.options.text("language");
  const std::string module =
      reply.text_module.empty() ? "" : text_of_module(reply.text_module, language);
  nlohmann::json object = json_of(reply);
  if (!module.empty()) object["module_text"] = module;
  call.terminal.print(object);
  call.terminal.say("\n[" + std::to_string(reply.index) + "] " +
                    std::string(text_of_status(reply.status, language)) + " (" +
                    std::string(text::until.in(tongue)) + " " + expiry(reply) + ")");
  if (!module.empty()) call.terminal.say(module);
  if (!reply.text.empty()) call.terminal.say(reply.text);
  if (reply.consent) ask_for_consent(call.terminal, tongue, *reply.consent);
}

// Whether replies follow each other is known when all have been read.
Outcome<void> judge_chain(Call& call, const ReadReplies& read) {
  const Tongue tongue = tongue_of(call.options);
  bool broken = false;
  nlohmann::json links = nlohmann::json::object();
  for (const ReceivedReply& received : read.replies()) {
    links[std::to_string(received.reply.index)] = link_name(received.link);
    const std::string number = "[" + std::to_string(received.reply.index) + "] ";
    if (received.link == ChainLink::broken) {
      broken = true;
      call.terminal.say(number + std::string(text::chain_broken.in(tongue)));
    } else if (received.link == ChainLink::unknown && received.reply.index > 1) {
      // Reply 0 only says that a person has read it; once more is said it may never be posted.
      call.terminal.say(number + std::string(text::chain_unknown.in(tongue)));
    }
  }
  call.terminal.print({{"event", "checked"},
                       {"replies", read.replies().size()},
                       {"chain", links},
                       {"unreadable", read.unreadable()}});
  if (broken) return problem(EX_PROTOCOL, std::string(text::chain_broken.in(tongue)));
  if (read.unreadable() > 0) return problem(EX_PROTOCOL, std::string(text::unreadable.in(tongue)));
  return {};
}

// Pin, code and keys: what both commands begin with.
struct Visitor {
  crypto::Pin pin;
  crypto::ThreadKeys thread;
};

Outcome<Visitor> visitor_of(Call& call) {
  auto pin = load_pin(call);
  if (!pin) return pass_on(pin.error());
  const auto code = ask_code(call);
  if (!code) return pass_on(code.error());
  auto thread = thread_of(*code, *pin);
  if (!thread) return pass_on(thread.error());
  return Visitor{std::move(*pin), std::move(*thread)};
}

}  // namespace

config::Table check_options() {
  static constexpr auto all = config::join(config::common_options, config::session_options,
                                           proxy_options, own_check_options);
  return all;
}

config::Table burn_options() {
  static constexpr auto all = config::join(config::common_options, config::session_options,
                                           proxy_options, own_check_options, own_burn_options);
  return all;
}

Outcome<void> check(Call& call) {
  const Tongue tongue = tongue_of(call.options);
  const auto visitor = visitor_of(call);
  if (!visitor) return pass_on(visitor.error());
  ReadReplies read(visitor->thread, visitor->pin.region);
  call.terminal.say(text::looking.in(tongue));
  std::set<std::uint16_t> shown;
  bool told = false;
  const auto tell = [&] {
    for (const ReceivedReply& received : read.replies()) {
      if (shown.insert(received.reply.index).second) show(call, received.reply);
    }
    if (read.done() && shown.empty() && !std::exchange(told, true)) {
      call.terminal.say(text::nothing_there.in(tongue));
    }
  };
  const std::array<Errand*, 1> errands{&read};
  Visit visit(call, visitor->pin);
  if (auto ended = visit.run(errands, tell); !ended) return ended;
  if (!shown.empty()) call.terminal.say("\n" + std::string(text::suggest_burn.in(tongue)));
  return judge_chain(call, read);
}

Outcome<void> burn(Call& call) {
  const Tongue tongue = tongue_of(call.options);
  std::optional<std::uint16_t> only;
  if (call.options.has("reply")) {
    if (call.options.number("reply") >= crypto::reply_indices) {
      return problem(EX_USAGE, "--reply takes the number that `meldpunt check` showed.");
    }
    only = static_cast<std::uint16_t>(call.options.number("reply"));
  }
  const auto visitor = visitor_of(call);
  if (!visitor) return pass_on(visitor.error());
  ReadReplies read(visitor->thread, visitor->pin.region);
  BurnReplies burned(read, visitor->thread, visitor->pin.region, only);
  const std::array<Errand*, 2> errands{&read, &burned};
  call.terminal.say(text::looking.in(tongue));
  Visit visit(call, visitor->pin);
  if (auto ended = visit.run(errands); !ended) return ended;
  if (burned.refused()) return problem(EX_PROTOCOL, "The server refused to erase it.");
  call.terminal.print({{"event", "burned"}, {"replies", burned.burned()}});
  call.terminal.say(burned.burned().empty() ? text::nothing_there.in(tongue)
                                            : text::burned.in(tongue));
  return {};
}

}  // namespace meldpunt::client
