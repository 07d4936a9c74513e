#include "client/console/photo_answer.h"

#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/lib/enclosures.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;

std::string in_base64(crypto::Bytes bytes) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // its end, as C has it
  return text;
}

const crypto::Statement* statement_at(const std::vector<client::StoryEntry>& story,
                                      client::Position position) {
  const auto found = std::ranges::find(story, position, &client::StoryEntry::position);
  if (found == story.end()) return nullptr;
  const auto* report = std::get_if<client::StoryReport>(&found->what);
  return report == nullptr ? nullptr : std::get_if<crypto::Statement>(&report->report.body);
}

}  // namespace

Outcome<nlohmann::json> photo_of(Workplace& place, const crypto::CaseId& thread,
                                 client::Position position, std::size_t number) {
  const auto story = place.casework().story(thread);
  if (!story) return pass_on(story.error());
  const crypto::Statement* statement = statement_at(*story, position);
  if (statement == nullptr) return problem(EX_NOINPUT, "There is no such report.");
  const auto enclosures = client::enclosures_of(*statement, *story);
  if (number >= enclosures.size() || enclosures[number].kind != crypto::PartsKind::image) {
    return problem(EX_NOINPUT, "There is no such photo.");
  }
  const client::Enclosure& enclosure = enclosures[number];
  if (enclosure.whole.size() == 0) {
    return problem(EX_DATAERR, "The photo is not complete: " + client::describe(enclosure) + ".");
  }
  const auto photo = place.photos.make_anew(enclosure.whole.view(), place.clock);
  if (!photo) {
    return problem(EX_DATAERR, "The photo is not shown: " + client::describe(photo.error()) + ".");
  }
  return nlohmann::json{{"jpeg", in_base64(*photo)}};
}

}  // namespace meldpunt::console
