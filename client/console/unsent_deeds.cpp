#include "client/console/unsent_deeds.h"

#include <algorithm>
#include <array>

#include "client/lib/case_json.h"
#include "client/lib/page_texts.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

Outcome<client::ReplyDraft> reply_in(const Wish& wish) {
  static constexpr std::array may_be_chosen{
      crypto::ReplyStatus::answer, crypto::ReplyStatus::question, crypto::ReplyStatus::working,
      crypto::ReplyStatus::handed_over, crypto::ReplyStatus::closed};
  const std::string chosen = wish.text("status");
  const auto* const status = std::ranges::find(
      may_be_chosen, chosen, [](auto each) { return client::name_of_status(each); });
  if (status == may_be_chosen.end()) {
    return problem(EX_USAGE,
                   "Choose what the reply is: answer, question, working, handed over or "
                   "closed.");
  }
  const std::string module = wish.text("module");
  if (!module.empty() && !client::has_text_module(module)) {
    return problem(EX_USAGE, "There is no text \"" + module + "\". Choose one of the list.");
  }
  const std::string text = wish.text("text");
  if (text.empty() && module.empty()) {
    return problem(EX_USAGE, "There is no text. Write one, or choose one of the list.");
  }
  return client::ReplyDraft{*status, wish.flag("urgent"), module, text, {}};
}

// `since`: how far the journal had been read before the first try, which may have arrived.
template <class Words>
Outcome<json> wait_with(Workplace& place, const crypto::CaseId& subject, Words words,
                        client::Position since) {
  const auto kept = place.outbox->add(subject, std::move(words), since);
  if (!kept) return pass_on(kept.error());
  place.state.unsent = place.outbox->unsent().size();
  return json{{"waits", true}};
}

bool may_wait(const client::Problem& found) { return found.exit_code == EX_TEMPFAIL; }

json json_of_waiting_words(const client::Unsent& unsent, const Workplace& place) {
  json object{{"id", client::hexadecimal(unsent.id.view())},
              {"case", client::hexadecimal(unsent.subject.view())},
              {"held", client::is_held(unsent, place.casework())}};
  if (const auto* reply = std::get_if<client::UnsentReply>(&unsent.what)) {
    object["what"] = "reply";
    object["text"] = reply->draft.text;
    object["module"] = reply->draft.text_module;
    object["status"] = client::name_of_status(reply->draft.status);
  } else if (const auto* note = std::get_if<client::UnsentNote>(&unsent.what)) {
    object["what"] = "note";
    object["text"] = note->text;
  } else {
    object["what"] = "record";
  }
  return object;
}

}  // namespace

Outcome<json> reply(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const auto draft = reply_in(wish);
  if (!draft) return pass_on(draft.error());
  const client::Position since = place.casework().journal().size();
  const auto index = place.casework().reply(*subject, *draft);
  if (!index && may_wait(index.error())) {
    return wait_with(place, *subject, client::UnsentReply{*draft}, since);
  }
  if (!index) return pass_on(index.error());
  return json{{"index", *index}, {"replies_waiting", place.casework().index().waiting_replies()}};
}

Outcome<json> note(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const client::Position since = place.casework().journal().size();
  const auto done = place.casework().note(*subject, wish.text("text"));
  if (!done && may_wait(done.error())) {
    return wait_with(place, *subject, client::UnsentNote{wish.text("text")}, since);
  }
  if (!done) return pass_on(done.error());
  return json::object();
}

Outcome<json> send_held(Workplace& place, const Wish& wish) {
  const auto id = wish.id<client::UnsentId>("id");
  if (!id) return pass_on(id.error());
  const auto free = place.outbox->let_go(*id, place.casework().journal().size());
  if (!free) return pass_on(free.error());
  const auto sent = send_unsent(place);
  // Without the server it waits on.
  if (!sent && !may_wait(sent.error())) return pass_on(sent.error());
  return sent ? json::object() : json{{"waits", true}};
}

Outcome<json> drop_unsent(Workplace& place, const Wish& wish) {
  const auto id = wish.id<client::UnsentId>("id");
  if (!id) return pass_on(id.error());
  const auto dropped = place.outbox->drop(*id);
  if (!dropped) return pass_on(dropped.error());
  place.state.unsent = place.outbox->unsent().size();
  return json::object();
}

Outcome<void> send_unsent(Workplace& place) {
  if (place.outbox->unsent().empty()) return {};
  const auto delivered = place.outbox->send(place.casework(), place.device.line);
  place.state.unsent = place.outbox->unsent().size();
  if (!delivered) return pass_on(delivered.error());
  for (const std::string& sentence : delivered->refused) {
    add_alarm(place.state, "unsent", sentence);
  }
  return {};
}

json unsent_in_file(const Workplace& place, const std::vector<crypto::CaseId>& threads) {
  json list = json::array();
  for (const client::Unsent& unsent : place.outbox->unsent()) {
    const auto subject = place.casework().files().by_now(unsent.subject);
    if (std::ranges::find(threads, subject) == threads.end()) continue;
    list.push_back(json_of_waiting_words(unsent, place));
  }
  return list;
}

}  // namespace meldpunt::console
