// Striking out: a case goes on under the next case id of its thread, and so under another key, with
// all of its events but what two people struck from it; then the case as it was is erased
// (docs/casework.md, "Striking out").
//
//   strikes:   count 2 (not 0) | each: the event's number in the journal 8 | what stands there
//              instead, field (empty: nothing)
//   retained:  case id before 16 | count 2 | each: number in the journal 8 | hour 4 |
//              device id 16
#pragma once

#include <string>
#include <vector>

#include "crypto/event.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

struct Strike {
  std::uint64_t position = 0;
  std::string instead;

  friend bool operator==(const Strike&, const Strike&) = default;
};

// Of one event of the case before.
struct RetainedEvent {
  std::uint64_t position = 0;
  Hour hour = 0;
  DeviceId device;
};
// The next events of this case by the same device are copies of these, in this order; none: what
// it writes next is its own.
struct Retained {
  CaseId before;
  std::vector<RetainedEvent> events;
};
inline constexpr std::size_t retained_max = 500;

// In the order of their positions, none twice; `reader` rejects anything else.
void write_strikes(Writer& writer, const std::vector<Strike>& strikes);
std::vector<Strike> read_strikes(Reader& reader);

Result<SecretBuffer> encode(const Retained& event);
Result<Retained> decode_retained(Bytes content);

}  // namespace meldpunt::crypto
