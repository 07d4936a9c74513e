#include "client/console/personal_deeds.h"

#include "client/console/iso_time.h"
#include "client/lib/case_words.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using nlohmann::json;

}  // namespace

Outcome<json> note_for_me(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const auto living = place.casework().key_of(*subject);
  if (!living) return pass_on(living.error());
  const auto kept = place.notes->add(*subject, place.hour(), wish.text("text"));
  if (!kept) return pass_on(kept.error());
  return json::object();
}

Outcome<json> drop_note_for_me(Workplace& place, const Wish& wish) {
  const auto id = wish.id<client::PersonalNoteId>("id");
  if (!id) return pass_on(id.error());
  const auto gone = place.notes->remove(*id);
  if (!gone) return pass_on(gone.error());
  return json::object();
}

json personal_in_file(const Workplace& place, const std::vector<crypto::CaseId>& threads) {
  json list = json::array();
  for (const auto& thread : threads) {
    for (const client::PersonalNote& note : place.notes->of(thread)) {
      list.push_back({{"id", client::hexadecimal(note.id.view())},
                      {"case", client::hexadecimal(thread.view())},
                      {"hour", iso_hour(note.hour)},
                      {"text", note.text}});
    }
  }
  return list;
}

}  // namespace meldpunt::console
