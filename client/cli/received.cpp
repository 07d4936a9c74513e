#include "client/cli/received.h"

#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/cli/visit.h"
#include "client/lib/case_words.h"

namespace meldpunt::client {

namespace {

constexpr std::array home_option{row_of(config::device_options, "home")};

}  // namespace

std::string_view name_of(crypto::ReceiptOutcome outcome) {
  constexpr std::array<std::string_view, 4> names{"kept", "kept_with_gap", "conflict",
                                                  "unreadable"};
  return names.at(static_cast<std::size_t>(outcome) - 1);
}

std::string line_of(const std::string& region, const ReceivedEntry& entry) {
  const auto& said = entry.said;
  std::string line = format_time(std::chrono::hours(said.hour)) + "  " + region + "  ";
  switch (said.outcome) {
    case crypto::ReceiptOutcome::kept:
      return line + "number " + std::to_string(said.head.sequence) + ", kept as " + entry.figures;
    case crypto::ReceiptOutcome::kept_with_gap:
      return line + "number " + std::to_string(said.head.sequence) + ", kept as " + entry.figures +
             "; a number before it never came: ask the region for it";
    case crypto::ReceiptOutcome::conflict:
      return line + "REFUSED number " + std::to_string(said.head.sequence) + ": " + entry.reason +
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
  }
  if (entry.is_kept()) object["figures"] = entry.figures;
  if (!entry.reason.empty()) object["reason"] = entry.reason;
  return object;
}

config::Table received_options() {
  static constexpr auto all = config::join(config::common_options, home_option);
  return all;
}

Outcome<void> tell_region(Call& call, const Path& directory) {
  const auto bytes = read_file(directory / "pin", longest_pin);
  if (!bytes) return pass_on(bytes.error());
  const auto pin = crypto::trust_pin(*bytes);
  if (!pin) return problem(EX_DATAERR, (directory / "pin").string(), pin.error());
  const auto list = ReceiverList::open(directory);
  if (!list) return pass_on(list.error());
  if (list->entries().empty()) call.terminal.say(pin->name + ": nothing came yet.");
  for (const ReceivedEntry& entry : list->entries()) {
    call.terminal.say(line_of(pin->name, entry));
    auto object = json_of(pin->name, entry);
    if (entry.is_kept()) object["figures"] = (directory / "figures" / entry.figures).string();
    call.terminal.print(object);
  }
  return {};
}

// Reads what lies there and needs no passphrase: the figures are for everybody.
Outcome<void> received(Call& call) {
  const auto home = home_path(call);
  if (!home) return pass_on(home.error());
  const auto directories = region_directories(*home);
  if (!directories) return pass_on(directories.error());
  for (const Path& directory : *directories) {
    if (const auto told = tell_region(call, directory); !told) return pass_on(told.error());
  }
  return {};
}

}  // namespace meldpunt::client
