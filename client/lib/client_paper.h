// The client's own file: what the region has written down about one person of a case, as a paper
// that she may keep.
//
// What goes is one table, by kind and field (client_paper.cpp); what it does not name stays, so a
// kind or field that somebody adds goes nowhere until somebody decides that it does. It names
// nobody else: no reporter who is not the client, no relative, no suspect, no colleague, no partner
// by more than its organisation. What a coordinator wrote in her own words stays too, unless it was
// written for the client: it may be about others. The paper says what it never holds, and why; the
// same list on every paper, so that nobody learns from it whether somebody else reported.
#pragma once

#include <optional>
#include <set>

#include "client/lib/case_paper.h"
#include "client/lib/casework.h"

namespace meldpunt::client {

struct PaperWish {
  // One person of a case: of a merged case, the thread that she wrote in or that is about her.
  crypto::CaseId person;
  LabelLanguage language = LabelLanguage::dutch;
  // Whether who wrote in that thread is the client. Without: as the reports say (reporter: SELF).
  std::optional<bool> reporter_is_client;
  // Who she is, too. Left out unless she asks: a paper that is found gives her away. Opening it is
  // journaled.
  bool with_identity = false;
  // The same, where it was opened for this look at the paper already.
  std::optional<record::Fields> identity;
  // Lines of the journal that are about somebody else as well.
  std::set<Position> left_out;
};

// Opens who she is where that is wished and not done yet: once for one look.
Outcome<void> open_wished(Casework& casework, PaperWish& wish);

// EX_NOINPUT when there is no such case, EX_UNAVAILABLE when it was erased.
Outcome<CasePaper> client_paper(Casework& casework, PaperWish wish);

// Whether the reports of that thread say that the client wrote them.
[[nodiscard]] bool client_reports(const Casework& casework, const crypto::CaseId& person);

// The fields of that kind that go; none: nothing of it does.
[[nodiscard]] std::vector<std::string_view> fields_for_client(std::string_view kind);

// "2026-11-22"
[[nodiscard]] std::string day_in_words(crypto::Hour hour);

}  // namespace meldpunt::client
