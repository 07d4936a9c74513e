#include "client/console/vocabulary_answer.h"

#include "client/console/dimension_labels.h"
#include "client/lib/checklists.h"
#include "client/lib/page_texts.h"
#include "client/lib/vocabulary.h"
#include "client/record/case_state.h"
#include "client/record/record_json.h"
#include "client/trends/dimensions.h"

namespace meldpunt::console {

namespace {

using nlohmann::json;

json modules() {
  json list = json::array();
  for (const std::string_view code : client::text_module_codes()) {
    json texts = json::object();
    for (const std::string_view language : client::page_languages()) {
      texts[std::string(language)] = client::text_of_module(code, language);
    }
    list.push_back({{"id", code},
                    {"use",
                     {{"nl", client::use_of_text_module(code, "nl")},
                      {"en", client::use_of_text_module(code, "en")}}},
                    {"texts", std::move(texts)}});
  }
  return list;
}

json label(std::string_view dutch, std::string_view english) {
  return {{"nl", dutch}, {"en", english}};
}

// What a case is coded by, for the figures.
json dimensions() {
  json list = json::array();
  for (const trends::Dimension& dimension : trends::dimensions())
    list.push_back(json_of(dimension));
  return list;
}

// What may be shared besides the schemes: a coordinator writes it.
json fields() {
  json list = json::array();
  for (const std::string_view field : client::written_field_names()) {
    list.push_back(
        {{"name", field},
         {"label", label(client::label_of_field(field, client::LabelLanguage::dutch),
                         client::label_of_field(field, client::LabelLanguage::english))}});
  }
  return list;
}

json lists_of_points() {
  json lists = json::array();
  for (const client::Checklist& list : client::checklists()) {
    json points = json::array();
    for (const client::ChecklistPoint& point : list.points) {
      points.push_back({{"label", label(point.dutch, point.english)}, {"source", point.sources}});
    }
    lists.push_back({{"code", list.code},
                     {"label", label(list.dutch, list.english)},
                     {"points", std::move(points)}});
  }
  return lists;
}

// The intensity that so many factors speak for, from none to all four.
json intensities() {
  json by_factors = json::array();
  for (std::size_t factors = 0; factors <= 4; ++factors) {
    by_factors.push_back(record::proposed_intensity(factors));
  }
  return by_factors;
}

std::string unchanging() {
  const json object{{"kinds", record::json_of_kinds()}, {"modules", modules()},
                    {"dimensions", dimensions()},       {"fields", fields()},
                    {"checklists", lists_of_points()},  {"intensities", intensities()}};
  std::string text = object.dump();
  text.pop_back();  // the brace: more follows
  return text + ",\"schemes\":" + client::vocabulary_schemes();
}

}  // namespace

std::string vocabulary_answer(const View& view) {
  static const std::string same = unchanging();
  return same + ",\"partners\":" + view.partners.dump() +
         ",\"colleagues\":" + view.colleagues.dump() + ",\"terms\":" + view.terms.dump() + "}";
}

}  // namespace meldpunt::console
