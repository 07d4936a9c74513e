// Changes to a case file, as short as a test wants them.
#pragma once

#include "client/record/case_record.h"

namespace meldpunt::record::test {

inline crypto::DeviceId device(std::uint8_t number) {
  crypto::DeviceId id;
  id.bytes[0] = number;
  return id;
}

inline ItemId item(std::uint8_t number) {
  ItemId id;
  id.bytes[0] = number;
  return id;
}

inline ChangeId change_id(std::uint8_t number) {
  ChangeId id;
  id.bytes[0] = number;
  return id;
}

// Each call is another change.
inline RecordEvent change(std::string kind, Fields fields, Position seen = 0, ItemId of = {}) {
  static std::uint8_t number = 0;
  RecordEvent event;
  event.kind = std::move(kind);
  event.change = change_id(++number);
  event.item = of;
  event.seen = seen;
  event.fields = std::move(fields);
  return event;
}

inline RecordEvent removal(std::string kind, Position seen, ItemId of = {}) {
  RecordEvent event = change(std::move(kind), {}, seen, of);
  event.removed = true;
  return event;
}

}  // namespace meldpunt::record::test
