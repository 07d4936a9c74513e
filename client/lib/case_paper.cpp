#include "client/lib/case_paper.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace meldpunt::client {

namespace {

constexpr std::string_view blank_on_paper = "______________________________";

// One style for screen and paper; nothing of it comes from elsewhere.
constexpr std::string_view style_of_paper =
    "body{font:11pt/1.45 sans-serif;color:#000;background:#fff;max-width:42em;margin:2em auto;"
    "padding:0 1em}h1{font-size:1.5em}h2{font-size:1.15em;border-bottom:1px solid #000;"
    "margin-top:1.6em;break-after:avoid}dl{margin:0 0 1em;break-inside:avoid}dt{font-weight:bold}"
    "dd{margin:0 0 .4em 1em;white-space:pre-wrap;overflow-wrap:anywhere}"
    "dd.blank{border-bottom:1px solid #000;min-height:1.6em}@page{margin:2cm}";

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char letter : text) {
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

// Each line of it two spaces in.
std::string set_in(std::string_view text) {
  std::string out = "  ";
  for (const char letter : text) {
    out += letter;
    if (letter == '\n') out += "  ";
  }
  return out + "\n";
}

std::string heading(const std::string& words, char under) {
  // As long as it looks: bytes that continue a letter are none of their own.
  const auto letters = std::ranges::count_if(
      words, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; });
  return words + "\n" + std::string(static_cast<std::size_t>(letters), under) + "\n";
}

void add_text(std::string& out, const PaperItem& item, ShowPositions positions) {
  if (positions == ShowPositions::yes && item.position != 0) {
    out += "#" + std::to_string(item.position) + "\n";
  }
  for (const PaperLine& line : item.lines) {
    out += line.label + ":\n" + set_in(line.text.empty() ? blank_on_paper : line.text);
  }
  out += "\n";
}

void add_html(std::string& out, const PaperItem& item) {
  out += "<dl>\n";
  for (const PaperLine& line : item.lines) {
    out += "<dt>" + escaped(line.label) + "</dt>";
    out += line.text.empty() ? "<dd class=\"blank\"></dd>\n"
                             : "<dd dir=\"auto\">" + escaped(line.text) + "</dd>\n";
  }
  out += "</dl>\n";
}

}  // namespace

std::string text_of(const CasePaper& paper, ShowPositions positions) {
  std::string out = heading(paper.title, '=') + "\n";
  for (const std::string& sentence : paper.lead) out += sentence + "\n";
  for (const PaperPart& part : paper.parts) {
    out += "\n" + heading(part.head, '-') + "\n";
    for (const PaperItem& item : part.items) add_text(out, item, positions);
  }
  return out;
}

std::string html_of(const CasePaper& paper) {
  const std::string language = paper.language == LabelLanguage::dutch ? "nl" : "en";
  std::string out = "<!doctype html>\n<html lang=\"" + language +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" "
                    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<title>" +
                    escaped(paper.title) + "</title>\n<style>" + std::string(style_of_paper) +
                    "</style>\n</head>\n<body>\n<h1>" + escaped(paper.title) + "</h1>\n";
  for (const std::string& sentence : paper.lead) out += "<p>" + escaped(sentence) + "</p>\n";
  for (const PaperPart& part : paper.parts) {
    out += "<section>\n<h2>" + escaped(part.head) + "</h2>\n";
    for (const PaperItem& item : part.items) add_html(out, item);
    out += "</section>\n";
  }
  return out + "</body>\n</html>\n";
}

nlohmann::json json_of(const CasePaper& paper) {
  nlohmann::json parts = nlohmann::json::array();
  for (const PaperPart& part : paper.parts) {
    nlohmann::json items = nlohmann::json::array();
    for (const PaperItem& item : part.items) {
      nlohmann::json lines = nlohmann::json::array();
      for (const PaperLine& line : item.lines) {
        lines.push_back({{"label", line.label}, {"text", line.text}});
      }
      items.push_back({{"position", item.position}, {"lines", std::move(lines)}});
    }
    parts.push_back({{"head", part.head}, {"items", std::move(items)}});
  }
  return {{"title", paper.title}, {"lead", paper.lead}, {"parts", std::move(parts)}};
}

std::string words_in(const record::Label& label, LabelLanguage language) {
  return std::string(language == LabelLanguage::dutch ? label.dutch : label.english);
}

std::string label_in_field(const record::Field& field, const std::string& code,
                           LabelLanguage language) {
  const auto choice = std::ranges::find(field.choices, code, &record::Choice::code);
  if (choice != field.choices.end()) return words_in(choice->label, language);
  return field.scheme.empty() ? code : label_of(field.scheme, code, language);
}

std::string value_in_words(const record::Field& field, const record::Value& value,
                           LabelLanguage language) {
  if (const bool* flag = std::get_if<bool>(&value)) {
    return words_in(*flag ? record::Label{"ja", "yes"} : record::Label{"nee", "no"}, language);
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return label_in_field(field, *text, language);
  }
  std::string list;
  for (const std::string& code : std::get<std::vector<std::string>>(value)) {
    list += (list.empty() ? "" : "; ") + label_in_field(field, code, language);
  }
  return list;
}

}  // namespace meldpunt::client
