#include "client/console/receiver_deeds.h"

#include <algorithm>
#include <array>

#include "client/trends/csv.h"
#include "client/trends/json_stat.h"

namespace meldpunt::console {

namespace {

using nlohmann::json;

struct Form {
  std::string_view name;
  std::string_view ending;
  std::string_view type;
  std::string (*written)(const trends::Publication& publication);
};
constexpr std::array forms_of_figures{
    Form{"json", ".json", "application/json", trends::json_stat},
    Form{"sdmx", ".sdmx.csv", "text/csv;charset=utf-8", trends::sdmx_csv},
    Form{"csv", ".csv", "text/csv;charset=utf-8", trends::plain_csv},
};

}  // namespace

client::Outcome<json> take_figures(ReceiverPlace& place, const Wish& wish) {
  const auto* const form = std::ranges::find(forms_of_figures, wish.text("form"), &Form::name);
  const trends::Counted* series = trends::find_series(wish.text("series"));
  if (form == forms_of_figures.end() || series == nullptr) {
    return client::problem(EX_USAGE, "The console was asked for nothing that it knows.");
  }
  const std::string wanted = wish.text("region");
  const std::string region = wanted.empty() ? std::string(client::all_regions) : wanted;
  const std::string year = wish.text("year");
  for (const trends::Publication& each : client::publications_of(place.regions, *series)) {
    if (each.region != region || trends::name_of(each.period) != year) continue;
    return json{{"files",
                 {{{"name", client::file_stem_of(each) + std::string(form->ending)},
                   {"type", form->type},
                   {"content", form->written(each)}}}}};
  }
  return client::problem(EX_NOINPUT, "There are no such figures. Choose another year or region.");
}

}  // namespace meldpunt::console
