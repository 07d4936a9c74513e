#include "client/console/receiver_deeds.h"

#include <algorithm>

#include "client/trends/file_forms.h"

namespace meldpunt::console {

using nlohmann::json;

client::Outcome<json> take_figures(ReceiverPlace& place, const Wish& wish) {
  const auto* const form =
      std::ranges::find(trends::file_forms, wish.text("form"), &trends::FileForm::name);
  const trends::Counted* series = trends::find_series(wish.text("series"));
  if (form == trends::file_forms.end() || series == nullptr) {
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
