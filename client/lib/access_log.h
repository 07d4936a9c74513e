// The journal as an access log with the fields of NEN 7513: when, what was done, by whom, with
// whose data, on what object, on what ground and why, where it was logged, and how it ended.
//
// Most of that stands in an event's head. Of the case file the kind of item tells what was read or
// changed, never what it says; the reason is the one that somebody gave, where one was asked for.
// A value of a field is in no access log. What is erased keeps its head alone.
//
// The journal holds deeds: opening who a client is, taking a paper out and sharing are logged as
// reading; that somebody who may look into cases did so is not.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/lib/casework.h"

namespace meldpunt::client {

// NEN 7513's kinds of event.
enum class AccessAction : char {
  create = 'C',
  read = 'R',
  update = 'U',
  erase = 'D',
  execute = 'E'
};

// What is known of an event without opening it.
struct JournaledHead {
  Position position = 0;
  crypto::Hour hour = 0;
  crypto::DeviceId device;
  crypto::CaseId subject;  // zero: of no case
  crypto::EventKind kind = crypto::EventKind::note;
};

struct Access {
  JournaledHead head;
  AccessAction action = AccessAction::update;
  std::string object;  // "report", or the kind of item of the case file: "need"
  std::string detail;  // codes that say more of it: "CLIENT_FILE CLIENT"; empty: none
  std::string ground;  // CONSENT, OVERRIDE, SECOND_PERSON; empty: the case is theirs to work on
  std::string reason;  // as somebody wrote it; empty: nobody was asked
  bool waits = false;  // proposed: a second person has to agree
};

class AccessLog {
 public:
  // Reads what the files and the escalations say; good until the casework changes. It must outlive
  // this.
  explicit AccessLog(Casework& casework);

  [[nodiscard]] Access of(const JournaledHead& head) const;
  // {"position", "time", "action", "user", "role", "device", "case", "name", "event", "object",
  // "detail", "ground", "reason", "source", "outcome"}; null where there is none.
  [[nodiscard]] nlohmann::json json_of(const Access& access) const;

 private:
  void add_file(const crypto::CaseId& subject);
  void add_escalations();
  void look_into_removed(Access& access) const;

  Casework& casework_;
  std::map<Position, Access> known_;
};

// All of the journal, or of the cases that are named, in its order.
Outcome<std::vector<JournaledHead>> journaled_heads(const Casework& casework,
                                                    const std::set<crypto::CaseId>& cases);

// One word for a script: what an event of that kind says.
[[nodiscard]] std::string_view name_of(crypto::EventKind kind);

// The case that the thread belongs to, with every thread of it.
[[nodiscard]] std::set<crypto::CaseId> threads_of(const Casework& casework,
                                                  const crypto::CaseId& subject);

}  // namespace meldpunt::client
