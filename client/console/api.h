// The paths of the console: a table of who may ask what, and a function for each.
//
//   anyone      the document, and changing a token for a session
//   session     lock and unlock
//   unlocked    all else; 423 while locked
//
// And each path is some roles': 404 for the others, who have other screens.
//
// serve() runs on the server's thread. It answers lists from the newest view and hands the rest to
// the desk, whose answers come from its own thread.
#pragma once

#include <list>
#include <mutex>

#include "client/console/desk.h"
#include "client/console/document.h"
#include "client/console/door.h"
#include "client/console/local_server.h"
#include "client/console/unlocker.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

class Api {
 public:
  static constexpr std::chrono::seconds longest_poll{25};

  // All must outlive it.
  Api(Desk& desk, Door& door, Unlocker& unlocker, LocalServer& server, const Document& document)
      : desk_(desk), door_(door), unlocker_(unlocker), server_(server), document_(document) {}

  void serve(Request request, const Answer& answer);
  // A new view is there: answers who waits for changes. On the server's thread.
  void wake();

  struct Path;

 private:
  struct Poll {
    std::uint64_t number;
    std::uint64_t after;
    Answer answer;
  };

  [[nodiscard]] bool may_ask(const Path& path, const Request& request, const Answer& answer);
  void show_document(Request& request, const Answer& answer);
  void open(Request& request, const Answer& answer);
  void lock(Request& request, const Answer& answer);
  void unlock(Request& request, const Answer& answer);
  void state(Request& request, const Answer& answer);
  void changes(Request& request, const Answer& answer);
  void vocabulary(Request& request, const Answer& answer);
  void cases(Request& request, const Answer& answer);
  void show_case(Request& request, const Answer& answer);
  void image(Request& request, const Answer& answer);
  void knowledge(Request& request, const Answer& answer);
  void to_erase(Request& request, const Answer& answer);
  void deed(Request& request, const Answer& answer);
  void search(Request& request, const Answer& answer);
  void approvals(Request& request, const Answer& answer);
  void inbox(Request& request, const Answer& answer);
  void audit(Request& request, const Answer& answer);
  void statistics(Request& request, const Answer& answer);
  void trends(Request& request, const Answer& answer);
  void figures(Request& request, const Answer& answer);

  // A job of a coordinator's: who else asks has been refused before.
  void ask_coordinator(std::function<Response(Workplace& place)> job, Answer answer);
  void answer_poll(const Poll& poll);
  void end_poll(std::uint64_t number);

  Desk& desk_;
  Door& door_;
  Unlocker& unlocker_;
  LocalServer& server_;
  const Document& document_;
  // Of the server's thread.
  std::list<Poll> polls_;
  std::uint64_t next_poll_ = 0;
};

}  // namespace meldpunt::console
