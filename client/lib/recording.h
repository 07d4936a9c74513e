// Writing in case files: every deed that is one change to a record (client/record), checked against
// its table and the vocabulary before it is journaled.
#pragma once

#include "client/lib/casework.h"

namespace meldpunt::client {

// What keeps it from being written, by the record's table and this vocabulary: one sentence. Empty:
// nothing.
[[nodiscard]] std::string fault_of_change(const record::RecordEvent& change);

// Journals the change and returns where. EX_DATAERR when the record's table does not take it,
// EX_NOINPUT when there is no such case. A zero subject: the region's own file. A change that was
// journaled before (same `change`) is not written again. Without a `change` id it is given one.
Outcome<Position> write_record(Casework& casework, const crypto::CaseId& subject,
                               record::RecordEvent change);

// A new item of a kind that a case may have several of.
[[nodiscard]] record::RecordEvent new_item(std::string kind, record::Fields fields);
// Replaces what the file says by now, having seen it; for one that a case holds once.
[[nodiscard]] record::RecordEvent instead_of(const record::CaseRecord& file, std::string kind,
                                             record::Fields fields);

// `member` belongs to `head` from now on: one case with several reports. EX_DATAERR when they are
// one already.
Outcome<void> merge_cases(Casework& casework, const crypto::CaseId& member,
                          const crypto::CaseId& head, const std::string& reason);
// It stands alone again. EX_DATAERR when it does.
Outcome<void> split_case(Casework& casework, const crypto::CaseId& member);

// Closes it, or, where it is a minor's, proposes that to a second coordinator. EX_DATAERR when the
// reason asks conditions that are not met.
Outcome<void> close_case(Casework& casework, const crypto::CaseId& subject, record::Fields closing);
Outcome<void> reopen_case(Casework& casework, const crypto::CaseId& subject);
// As the second person. EX_NOPERM on the device that proposed it, EX_NOINPUT when nothing waits.
Outcome<void> second_closing(Casework& casework, const crypto::CaseId& subject);

// What is kept sealed, opened for a reason that is journaled first.
Outcome<record::Fields> open_identity(Casework& casework, const crypto::CaseId& subject,
                                      const std::string& reason);

// What a person takes next: the index's queue (case_index.h) without what somebody has called junk
// or muted, has closed, or has merged into another case.
[[nodiscard]] std::vector<const Case*> queue_of(const Casework& casework);

// Whether its newest message has neither an answer nor a decision on what it is since.
[[nodiscard]] bool is_unread(const Casework& casework, const crypto::CaseId& thread);
// What keeps it from being erased then.
inline constexpr std::string_view unread_sentence =
    "its newest message has no answer yet: read it, and answer it or record what it is or asks";

// Where a case stands, with what its reports say.
[[nodiscard]] record::CaseState state_of(const Casework& casework, const crypto::CaseId& subject);

}  // namespace meldpunt::client
