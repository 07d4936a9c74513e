// Papers that leave a case: what each is made of, and the line in the journal that says it was
// taken out. The line says which paper, for whom and why; the journal adds when and by which
// device. It never says what stood on it.
//
// A paper is prepared and shown first; what is handed over afterwards are the bytes that were
// shown, and only when the line is in the journal.
#pragma once

#include "client/lib/client_paper.h"
#include "client/lib/zaak.h"

namespace meldpunt::client {

enum class PaperKind : std::uint8_t { client_file, registration, zaak };

struct PaperRow {
  PaperKind kind{};
  std::string_view name;  // as a person types it: "client-file"
  std::string_view code;  // in the case file: "CLIENT_FILE"
  // For whom it may be; the first where nobody says.
  std::vector<std::string_view> recipients;
};
[[nodiscard]] const std::vector<PaperRow>& all_papers();
// Null: there is no such paper.
[[nodiscard]] const PaperRow* find_paper(std::string_view name);
[[nodiscard]] const PaperRow& row_of(PaperKind kind);

struct PaperFile {
  std::string name;  // "amber-bridge-client-file.html"
  std::string type;  // its media type
  std::string content;
};

struct PreparedPaper {
  PaperKind kind{};
  crypto::CaseId person;
  CasePaper shown;
  std::optional<record::Fields> identity;  // as it was opened for this look
  std::vector<PaperFile> files;            // the same, in each form in which it can be kept
};

// Nothing leaves yet. Fails as client_paper.h, registration_form.h and zaak.h say.
Outcome<PreparedPaper> prepare_paper(Casework& casework, PaperKind kind, PaperWish wish,
                                     const ZaakSettings& settings);

// Journals that it is taken out. EX_USAGE when it cannot be for that recipient, or no reason is
// given; EX_NOPERM when a consent that it rests on does not stand any more.
Outcome<void> take_out(Casework& casework, const PreparedPaper& paper, const std::string& recipient,
                       const std::string& reason);

// The same line for the journal's own paper, of one case or of the region (a zero id). That of a
// case that was erased stands in the region's file.
Outcome<void> take_out_audit(Casework& casework, const crypto::CaseId& subject,
                             const std::string& reason);

}  // namespace meldpunt::client
