#include "client/console/api.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "client/console/audit.h"
#include "client/console/case_file.h"
#include "client/console/deeds.h"
#include "client/console/photo_answer.h"
#include "client/console/retention_answer.h"
#include "client/console/trends_answer.h"
#include "client/console/vocabulary_answer.h"
#include "client/lib/case_words.h"

namespace meldpunt::console {

namespace {

using nlohmann::json;

constexpr std::size_t hits_most = 100;
constexpr std::size_t events_most = 2000;
constexpr std::string_view bearer = "Bearer ";

Response fine(const json& object) { return {200, object.dump()}; }

Response failed(const client::Problem& found) {
  return refusal(status_of(found.exit_code), found.sentence);
}

// The object in a body, which is wiped: it may hold a passphrase or what somebody told.
json object_in(std::string& body) {
  json object = json::parse(body, nullptr, false);
  sodium_memzero(body.data(), body.size());
  if (!object.is_object()) object = nullptr;
  return object;
}

std::uint64_t number_in(std::string_view query, std::string_view name, std::uint64_t otherwise) {
  const std::string text = query_value(query, name);
  std::uint64_t number = 0;
  const auto* const end = text.data() + text.size();
  return !text.empty() && std::from_chars(text.data(), end, number).ptr == end ? number : otherwise;
}

std::optional<crypto::CaseId> case_in(std::string_view query, std::string_view name) {
  crypto::CaseId id;
  if (!client::from_hexadecimal(query_value(query, name), id.fill())) return std::nullopt;
  return id;
}

// Whether each word stands in a text of the case, or in what a list calls it.
bool has_all(const View& view, const CaseRow& row, const std::vector<std::string>& words) {
  return std::ranges::all_of(words, [&](const std::string& word) {
    return row.named_as.find(word) != std::string::npos ||
           std::ranges::any_of(row.threads, [&](const crypto::CaseId& thread) {
             return view.texts.has_word(thread, word);
           });
  });
}

const Response not_understood = refusal(400, "The console was asked for nothing that it knows.");
const Response of_another_role = refusal(
    404, "This device has another role: its console has no such screen. Load the page anew.");
const Response no_such_case = refusal(404, "There is no such case. Go back to the list.");

}  // namespace

enum class Access : std::uint8_t { anyone, session, unlocked };

// Whose console has it, a bit for each role.
using Roles = unsigned;
constexpr Roles only(Role role) { return 1U << static_cast<unsigned>(role); }
constexpr Roles coordinators = only(Role::coordinator);
constexpr Roles seconds = coordinators | only(Role::approver);
constexpr Roles everybody = seconds | only(Role::partner) | only(Role::receiver);

struct Api::Path {
  Method method;
  std::string_view path;
  Access access;
  Roles roles;
  bool stirs;  // a person did something: the door does not lock yet
  void (Api::*serve)(Request& request, const Answer& answer);

  static const Path* of(const Head& head);
};

const Api::Path* Api::Path::of(const Head& head) {
  static constexpr std::array all{
      Path{Method::get, "/", Access::anyone, everybody, false, &Api::show_document},
      Path{Method::post, "/api/open", Access::anyone, everybody, false, &Api::open},
      Path{Method::post, "/api/lock", Access::session, everybody, false, &Api::lock},
      Path{Method::post, "/api/unlock", Access::session, everybody, false, &Api::unlock},
      // The page asks for these by itself.
      Path{Method::get, "/api/state", Access::unlocked, everybody, false, &Api::state},
      Path{Method::get, "/api/changes", Access::unlocked, everybody, false, &Api::changes},
      Path{Method::get, "/api/vocabulary", Access::unlocked, everybody, false, &Api::vocabulary},
      Path{Method::get, "/api/cases", Access::unlocked, coordinators, false, &Api::cases},
      Path{Method::get, "/api/approvals", Access::unlocked, seconds, false, &Api::approvals},
      Path{Method::get, "/api/inbox", Access::unlocked, only(Role::partner), false, &Api::inbox},
      Path{Method::get, "/api/statistics", Access::unlocked, coordinators, false, &Api::statistics},
      Path{Method::get, "/api/figures", Access::unlocked, only(Role::receiver), false,
           &Api::figures},
      // These a person asks for.
      Path{Method::get, "/api/case", Access::unlocked, coordinators, true, &Api::show_case},
      Path{Method::get, "/api/image", Access::unlocked, coordinators, true, &Api::image},
      Path{Method::get, "/api/knowledge", Access::unlocked, coordinators, false, &Api::knowledge},
      Path{Method::get, "/api/to_erase", Access::unlocked, coordinators, false, &Api::to_erase},
      Path{Method::get, "/api/trends", Access::unlocked, coordinators, true, &Api::trends},
      Path{Method::get, "/api/search", Access::unlocked, coordinators, true, &Api::search},
      Path{Method::get, "/api/audit", Access::unlocked, coordinators, true, &Api::audit},
      Path{Method::post, "/api/deed", Access::unlocked, everybody, true, &Api::deed},
  };
  const auto* const found = std::ranges::find_if(
      all, [&](const Path& path) { return path.method == head.method && path.path == head.path; });
  return found == all.end() ? nullptr : found;
}

void Api::serve(Request request, const Answer& answer) {
  const Path* path = Path::of(request.head);
  // Who has no session learns nothing: not even which paths there are.
  const Path unknown{Method::other, {}, Access::unlocked, everybody, false, nullptr};
  if (!may_ask(path == nullptr ? unknown : *path, request, answer)) return;
  if (path == nullptr) return answer(not_understood);
  if ((path->roles & only(desk_.role())) == 0) return answer(of_another_role);
  if (path->stirs) door_.stir();
  (this->*path->serve)(request, answer);
}

bool Api::may_ask(const Path& path, const Request& request, const Answer& answer) {
  if (path.access == Access::anyone) return true;
  const std::string given = request.head.authorization.value_or("");
  if (!given.starts_with(bearer) || !door_.knows(std::string_view(given).substr(bearer.size()))) {
    answer(refusal(401, "Use a new link: press Enter in the terminal."));
    return false;
  }
  if (path.access == Access::session || !door_.locked()) return true;
  answer(refusal(423, "The console is locked. Type the passphrase."));
  return false;
}

void Api::show_document(Request& /*request*/, const Answer& answer) {
  answer({200, document_.html, document_.policy});
}

void Api::open(Request& request, const Answer& answer) {
  const auto session = door_.open(Wish(object_in(request.body)).text("token"));
  if (!session) {
    return answer(refusal(403,
                          "This link was used, or is not whole. The terminal shows a new one: "
                          "press Enter there."));
  }
  answer(fine({{"session", *session}}));
}

void Api::lock(Request& /*request*/, const Answer& answer) {
  door_.lock();
  wake();
  answer(fine(json::object()));
}

void Api::unlock(Request& request, const Answer& answer) {
  json wish = object_in(request.body);
  const auto found = wish.find("passphrase");
  if (found == wish.end() || !found->is_string()) return answer(not_understood);
  auto& text = found->get_ref<std::string&>();
  crypto::SecretBuffer passphrase = crypto::SecretBuffer::of(crypto::as_bytes(text));
  sodium_memzero(text.data(), text.size());
  const auto wait = door_.wait_for_try();
  if (wait.count() > 0) {
    return answer(refusal(429, "Too many wrong tries. Wait " + std::to_string(wait.count()) +
                                   " seconds, and try again."));
  }
  const bool taken =
      unlocker_.try_one(std::move(passphrase), [this, answer](const client::Outcome<void>& done) {
        if (done || done.error().exit_code == EX_NOPERM) door_.tried(done.has_value());
        if (done) return answer(fine(json::object()));
        if (done.error().exit_code != EX_NOPERM) return answer(failed(done.error()));
        answer(refusal(403, "This is not the passphrase. Try again."));
      });
  if (!taken) answer(refusal(429, "A passphrase is being checked. Wait a moment."));
}

void Api::state(Request& /*request*/, const Answer& answer) {
  const auto view = desk_.view();
  json state = view->state;
  state["version"] = view->version;
  state["idle_minutes"] = std::chrono::ceil<std::chrono::minutes>(door_.idle()).count();
  state["locks_in"] = door_.until_lock().count();
  answer(fine(state));
}

void Api::changes(Request& request, const Answer& answer) {
  const std::uint64_t after = number_in(request.head.query, "after", 0);
  const Poll poll{next_poll_++, after, answer};
  // Another number, not only a higher one: the console may have been started anew.
  if (desk_.view()->version != after) return answer_poll(poll);
  polls_.push_back(poll);
  const auto patience = std::min<std::chrono::seconds>(longest_poll, door_.until_lock());
  server_.later(patience, [this, number = poll.number] { end_poll(number); });
}

void Api::answer_poll(const Poll& poll) {
  if (door_.locked()) {
    return poll.answer(refusal(423, "The console is locked. Type the passphrase."));
  }
  poll.answer(fine({{"version", desk_.view()->version}}));
}

void Api::end_poll(std::uint64_t number) {
  const auto found = std::ranges::find(polls_, number, &Poll::number);
  if (found == polls_.end()) return;
  const Poll poll = std::move(*found);
  polls_.erase(found);
  answer_poll(poll);
}

void Api::wake() {
  for (const Poll& poll : std::exchange(polls_, {})) answer_poll(poll);
}

void Api::vocabulary(Request& /*request*/, const Answer& answer) {
  answer({200, vocabulary_answer(*desk_.view())});
}

void Api::cases(Request& request, const Answer& answer) {
  const auto view = desk_.view();
  const std::string& query = request.head.query;
  const std::string name = query_value(query, "view");
  const auto words = client::folded_words(query_value(query, "find"));
  const std::uint64_t from = number_in(query, "from", 0);
  const std::uint64_t most = number_in(query, "limit", view->rows.size());
  std::uint64_t total = 0;
  std::string list;
  for (const CaseRow& row : view->rows) {
    if (!is_in_view(row, name.empty() ? "all" : name, view->self)) continue;
    if (!has_all(*view, row, words)) continue;
    if (total >= from && total - from < most) list += (list.empty() ? "" : ",") + row.json;
    ++total;
  }
  answer({200, "{\"total\":" + std::to_string(total) + ",\"cases\":[" + list + "]}"});
}

void Api::ask_coordinator(std::function<Response(Workplace& place)> job, Answer answer) {
  desk_.ask([job = std::move(job)](Place& place) { return job(dynamic_cast<Workplace&>(place)); },
            std::move(answer));
}

void Api::show_case(Request& request, const Answer& answer) {
  const auto subject = case_in(request.head.query, "id");
  if (!subject) return answer(no_such_case);
  ask_coordinator(
      [subject = *subject](Workplace& place) {
        const auto file = case_file_of(place, subject);
        if (!file) return failed(file.error());
        return fine(*file);
      },
      answer);
  // A person reads it: the reporter is told so once. Without the server it waits for the next time.
  ask_coordinator(
      [subject = *subject](Workplace& place) {
        if (place.state.online) (void)place.casework().mark_read(subject);
        return Response{};
      },
      [](const Response&) {});
}

void Api::image(Request& request, const Answer& answer) {
  const std::string& query = request.head.query;
  const auto thread = case_in(query, "case");
  if (!thread) return answer(no_such_case);
  ask_coordinator(
      [thread = *thread, position = number_in(query, "position", 0),
       number = number_in(query, "number", 0)](Workplace& place) {
        const auto photo = photo_of(place, thread, position, number);
        if (!photo) return failed(photo.error());
        return fine(*photo);
      },
      answer);
}

void Api::knowledge(Request& /*request*/, const Answer& answer) {
  ask_coordinator([](Workplace& place) { return fine(knowledge_of(place.casework())); }, answer);
}

void Api::to_erase(Request& /*request*/, const Answer& answer) {
  ask_coordinator([](Workplace& place) { return fine(to_erase_of(place)); }, answer);
}

void Api::deed(Request& request, const Answer& answer) {
  const auto wish = std::make_shared<json>(object_in(request.body));
  if (!wish->is_object()) return answer(not_understood);
  desk_.ask(
      [wish](Place& place) {
        const auto done = do_deed(place, *wish);
        if (!done) return failed(done.error());
        return fine(*done);
      },
      answer);
}

void Api::search(Request& request, const Answer& answer) {
  const auto view = desk_.view();
  json hits = json::array();
  for (const auto& hit : view->texts.find(query_value(request.head.query, "q"), hits_most)) {
    const CaseRow* row = view->find(hit.subject);
    if (row == nullptr) continue;
    hits.push_back({{"case", client::hexadecimal(row->id.view())},
                    {"name", row->name},
                    {"excerpt", hit.excerpt},
                    {"where", client::name_of(hit.kind)}});
  }
  answer(fine({{"hits", hits}}));
}

void Api::approvals(Request& /*request*/, const Answer& answer) {
  answer(fine({{"waiting", desk_.view()->approvals}}));
}

void Api::inbox(Request& /*request*/, const Answer& answer) {
  answer(fine({{"items", desk_.view()->inbox}}));
}

void Api::audit(Request& request, const Answer& answer) {
  const auto subject = case_in(request.head.query, "case");
  if (!subject && !query_value(request.head.query, "case").empty()) return answer(no_such_case);
  ask_coordinator([subject = subject.value_or(crypto::CaseId{})](
                      Workplace& place) { return fine(audit_of(place, subject, events_most)); },
                  answer);
}

void Api::statistics(Request& /*request*/, const Answer& answer) {
  answer(fine(desk_.view()->statistics));
}

void Api::trends(Request& request, const Answer& answer) {
  ask_coordinator(
      [query = request.head.query](Workplace& place) {
        const auto found = trends_answer(place, query);
        if (!found) return failed(found.error());
        return fine(*found);
      },
      answer);
}

void Api::figures(Request& /*request*/, const Answer& answer) {
  answer({200, desk_.view()->figures});
}

}  // namespace meldpunt::console
