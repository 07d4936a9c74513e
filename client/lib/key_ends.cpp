#include "client/lib/key_ends.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace meldpunt::client {

namespace {

void warn(std::vector<std::string>& sentences, const std::string& what,
          const std::optional<crypto::Day>& last, crypto::Day today, const std::string& deed) {
  if (!last || *last > today + early_warning) return;
  const std::string loud = *last <= today + late_warning ? "ALARM: " : "";
  const std::string when = *last < today ? " ended on " + date_of(*last)
                                         : " end on " + date_of(*last) + ", in " +
                                               std::to_string(*last - today) +
                                               (*last - today == 1 ? " day" : " days");
  sentences.push_back(loud + what + when + ": " + deed);
}

}  // namespace

std::vector<std::string> warnings(const KeyEnds& ends, crypto::Day today) {
  std::vector<std::string> sentences;
  warn(sentences, "this device's keys", ends.device, today,
       "run 'device renew' on it, and then have a steward run 'steward renew'");
  warn(sentences, "this steward's operations key and its certificate", ends.certificate, today,
       "fetch the root key, and run 'steward renew --root-key FILE'");
  warn(sentences, "the region's bundles", ends.bundles, today,
       "a steward must run 'steward renew', or nobody can report");
  if (ends.paper) {
    sentences.emplace_back(
        "ALARM: the recovery paper is of a root key that has been replaced, and is kept up no "
        "longer: make a new one with 'steward paper'");
  }
  return sentences;
}

std::string date_of(crypto::Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  std::array<char, 32> text{};
  (void)std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

}  // namespace meldpunt::client
