// Escalations that come in parts.
#include "client/lib/inbox.h"

namespace meldpunt::client {

// A second copy of what came in parts: its manifest stands for all of it.
Outcome<void> Inbox::take_piece(const crypto::BoxedObject& object, InboxCounts& counts) {
  const auto piece = read_piece(object.kind, object.content.view(), crypto::PartsKind::escalation);
  if (!piece) return refuse("it is no part of an escalation", counts);
  const auto known = came_in_parts_.find(piece->manifest);
  if (known != came_in_parts_.end()) {
    if (object.kind == crypto::ObjectKind::part) return {};
    return known_again(known->second, counts);
  }
  const auto taken = parts_.take(object, *piece, now());
  if (!taken) return pass_on(taken.error());
  if (!taken->refused.empty()) return refuse(taken->refused, counts);
  if (taken->pushed_out > 0) {
    auto told = refuse("'" + rosters_.name_of(object.from) +
                           "' began more escalations than are kept at once: the parts of "
                           "the oldest were given up",
                       counts);
    if (!told) return told;
  }
  if (taken->whole) return take_whole(*taken->whole, counts);
  ++counts.parts;
  return {};
}

// The parts go when what came of them is on the disk.
Outcome<void> Inbox::take_whole(const KeptParts::Key& key, InboxCounts& counts) {
  const auto whole = parts_.open(key);
  if (!whole && whole.error().exit_code != EX_DATAERR) return pass_on(whole.error());
  auto taken = whole ? take_escalation(whole->view(), counts)
                     : refuse("its parts do not make an escalation", counts);
  if (!taken) return taken;
  return parts_.drop(key.manifest);
}

// What was left by a process that was killed, or by somebody who stopped in between.
Outcome<void> Inbox::tidy_parts(InboxCounts& counts) {
  if (auto read = parts_.read(); !read) return read;
  for (const KeptParts::Key& key : parts_.wholes()) {
    if (auto taken = take_whole(key, counts); !taken) return taken;
  }
  const auto dropped = parts_.drop_older_than(now() - kept_hours);
  if (!dropped) return pass_on(dropped.error());
  if (*dropped == 0) return {};
  return refuse("parts of an escalation have waited for the rest for a week, and were given up",
                counts);
}

}  // namespace meldpunt::client
