// One change to a case file: what the content of a `casework` event of the journal says
// (docs/casework.md).
//
// A JSON object, because it has many optional fields that grow over the years, and is only read by
// coordinators' programs, after its signature and its tag were checked:
//
//   {"kind": "need", "version": 1, "change": 32 hex digits, "item": 32 hex digits,
//    "seen": position, "fields": {"need": "P1.SHELTER", "state": "ASKED"}}
//
// `change` makes it once: one that was drafted without the line, and sent twice, counts once.
// `seen` is the newest event of this item that its writer had read: what it did not see, it did not
// mean to replace (case_record.h). A field that is left out is empty. `removed` takes an item away.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "client/record/record_kinds.h"
#include "crypto/bytes.h"
#include "crypto/result.h"

namespace meldpunt::record {

using Position = std::uint64_t;
using ItemId = crypto::Id<struct ItemIdTag, 16>;  // zero: of a kind that a case holds once
using ChangeId = crypto::Id<struct ChangeIdTag, 16>;

using Value = std::variant<bool, std::string, std::vector<std::string>>;
using Fields = std::map<std::string, Value, std::less<>>;

struct RecordEvent {
  std::string kind;
  ChangeId change{};
  ItemId item{};
  Position seen = 0;
  Fields fields;
  bool removed = false;
};

// Whether the vocabulary has that code.
using HasCode = bool (*)(std::string_view scheme, std::string_view code);

// What keeps it from being written: one sentence that says what to do. Empty: nothing.
[[nodiscard]] std::string fault_of(const RecordEvent& event, HasCode has_code);

// The JSON above, as UTF-8. It has been checked.
[[nodiscard]] std::string encode(const RecordEvent& event);

// One of an older version, brought up; fields and kinds that this program does not know are kept as
// they are, so that an older device never drops what a newer one wrote. malformed: it is no such
// object.
[[nodiscard]] crypto::Result<RecordEvent> decode(std::string_view json);

// No text, or no codes.
[[nodiscard]] bool is_empty(const Value& value);
// As text, for lists and searching: codes with a space between them.
[[nodiscard]] std::string text_of(const Value& value);
// Empty when it is not there.
[[nodiscard]] std::string text_in(const Fields& fields, std::string_view name);
[[nodiscard]] std::vector<std::string> codes_in(const Fields& fields, std::string_view name);
// Of a kind that stays sealed until somebody opens it.
[[nodiscard]] bool is_on_request(const RecordEvent& event);
// Its fields of text and lines, one under the other: what can be searched.
[[nodiscard]] std::string texts_of(const RecordEvent& event);
[[nodiscard]] bool flag_in(const Fields& fields, std::string_view name);

}  // namespace meldpunt::record
