#include "client/cli/received.h"

#include <nlohmann/json.hpp>
#include <set>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/cli/visit.h"
#include "client/lib/case_words.h"
#include "client/lib/received_figures.h"
#include "client/trends/file_forms.h"
#include "client/trends/series.h"

namespace meldpunt::client {

namespace {

constexpr std::array home_option{row_of(config::device_options, "home")};
constexpr std::array received_own_options{
    config::deed(
        "export", config::Type::path,
        "Write the figures of every region, and of all of them together, into this folder: "
        "as JSON-stat, SDMX-CSV and plain CSV, a file for each series and year."),
};

std::string what_came(const crypto::ReleaseHead& head) {
  const auto* series = trends::find_series(head.series);
  return "number " + std::to_string(head.sequence) + ", " +
         std::string(series == nullptr ? "figures" : series->name) + " of " +
         trends::name_of({head.first, head.last});
}

Outcome<void> write_forms(Call& call, const Path& directory, const std::string& stem,
                          const trends::Publication& publication) {
  for (const trends::FileForm& form : trends::file_forms) {
    const Path path = directory / (stem + std::string(form.ending));
    const auto done = write_durably(path, crypto::as_bytes(form.written(publication)));
    if (!done) return pass_on(done.error());
    call.terminal.say(path.string());
    call.terminal.print({{"event", "exported"}, {"file", path.string()}});
  }
  return {};
}

Outcome<void> export_figures(Call& call, const std::vector<RegionFigures>& regions,
                             const Path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  std::set<std::string> stems;
  for (const trends::Counted* series : {&trends::inflow(), &trends::closures()}) {
    for (const trends::Publication& each : publications_of(regions, *series)) {
      std::string stem = file_stem_of(each);
      // Two regions whose names look the same in a file's name.
      for (int n = 2; !stems.insert(stem).second; ++n) {
        stem = file_stem_of(each) + '-' + std::to_string(n);
      }
      if (const auto done = write_forms(call, directory, stem, each); !done) {
        return pass_on(done.error());
      }
    }
  }
  if (stems.empty()) return problem(EX_NOINPUT, "No figures are here yet: nothing was written.");
  return {};
}

}  // namespace

std::string line_of(const std::string& region, const ReceivedEntry& entry) {
  const auto& said = entry.said;
  std::string line = format_time(std::chrono::hours(said.hour)) + "  " + region + "  ";
  switch (said.outcome) {
    case crypto::ReceiptOutcome::kept:
      return line + what_came(said.head) + ", kept";
    case crypto::ReceiptOutcome::kept_with_gap:
      return line + what_came(said.head) +
             ", kept; a number before it never came: ask the region for it";
    case crypto::ReceiptOutcome::conflict:
      return line + "REFUSED " + what_came(said.head) + ": " + entry.reason +
             ". Ask the region: its server may have been set back";
    case crypto::ReceiptOutcome::unreadable:
      break;
  }
  return line + "NOT BELIEVED: " + entry.reason;
}

nlohmann::json json_of(const std::string& region, const ReceivedEntry& entry) {
  const auto& said = entry.said;
  nlohmann::json object{{"event", "received"},
                        {"region", region},
                        {"outcome", name_of(said.outcome)},
                        {"hour", format_time(std::chrono::hours(said.hour))},
                        {"hash", hexadecimal(said.release.view())}};
  if (said.outcome != crypto::ReceiptOutcome::unreadable) {
    object["sequence"] = said.head.sequence;
    object["period"] = trends::name_of({said.head.first, said.head.last});
    const auto* series = trends::find_series(said.head.series);
    object["series"] = series == nullptr ? std::string_view() : series->name;
  }
  if (!entry.reason.empty()) object["reason"] = entry.reason;
  return object;
}

config::Table received_options() {
  static constexpr auto all =
      config::join(config::common_options, home_option, received_own_options);
  return all;
}

// Reads what lies there and needs no passphrase: the figures are for everybody.
Outcome<void> received(Call& call) {
  const auto home = home_path(call);
  if (!home) return pass_on(home.error());
  // Says so where no home is, before a database is made there.
  if (const auto known = region_directories(*home); !known) return pass_on(known.error());
  const auto store = ReceiverStore::open(*home);
  if (!store) return pass_on(store.error());
  const auto regions = read_figures(*store, *home);
  if (!regions) return pass_on(regions.error());
  if (call.options.has("export")) {
    return export_figures(call, *regions, call.options.path("export"));
  }
  for (const RegionFigures& region : *regions) {
    if (region.entries.empty()) call.terminal.say(region.pin.name + ": nothing came yet.");
    for (const ReceivedEntry& entry : region.entries) {
      call.terminal.say(line_of(region.pin.name, entry));
      call.terminal.print(json_of(region.pin.name, entry));
    }
  }
  return {};
}

}  // namespace meldpunt::client
