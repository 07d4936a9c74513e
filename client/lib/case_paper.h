// A paper about a case, for people outside the team: parts with items of lines; as plain text, and
// as a document that prints.
//
// What others wrote is shown as text: escaped in the document, set in by two spaces in plain text,
// so that none can pass for a heading of the paper. The document asks nothing of anybody: its
// policy allows its own style and nothing else.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "client/lib/vocabulary.h"
#include "client/record/record_event.h"

namespace meldpunt::client {

struct PaperLine {
  std::string label;
  std::string text;  // empty: a blank that somebody fills in by hand
};
struct PaperItem {
  record::Position position = 0;  // of the journal's line that it comes from; 0: of none
  std::vector<PaperLine> lines;
};
struct PaperPart {
  std::string head;
  std::vector<PaperItem> items;
};
struct CasePaper {
  LabelLanguage language = LabelLanguage::dutch;
  std::string title;
  std::vector<std::string> lead;  // sentences under the title
  std::vector<PaperPart> parts;
};

// Whether each item begins with its line of the journal: "#118", by which it can be left out.
enum class ShowPositions : std::uint8_t { no, yes };

[[nodiscard]] std::string text_of(const CasePaper& paper,
                                  ShowPositions positions = ShowPositions::no);
[[nodiscard]] std::string html_of(const CasePaper& paper);
// {"title", "lead": [text], "parts": [{"head", "items": [{"position", "lines": [{"label",
// "text"}]}]}]}
[[nodiscard]] nlohmann::json json_of(const CasePaper& paper);

[[nodiscard]] std::string words_in(const record::Label& label, LabelLanguage language);
// What people call a code of a field: one of its choices, or of its scheme.
[[nodiscard]] std::string label_in_field(const record::Field& field, const std::string& code,
                                         LabelLanguage language);
// A value as people read it: "Aangevraagd", "ja".
[[nodiscard]] std::string value_in_words(const record::Field& field, const record::Value& value,
                                         LabelLanguage language);

}  // namespace meldpunt::client
