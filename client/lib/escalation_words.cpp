#include "client/lib/escalation_words.h"

#include <charconv>
#include <chrono>
#include <cstdio>

#include "client/lib/case_words.h"
#include "client/lib/consent_ledger.h"
#include "client/lib/vocabulary.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr auto english = LabelLanguage::english;

std::string with_label(std::string_view scheme, const std::string& code) {
  const std::string label = label_of(scheme, code, english);
  return label == code ? code : code + " (" + label + ")";
}

void say_basis(std::vector<std::string>& lines, const crypto::Escalation& escalation,
               const RosterHistory& rosters) {
  if (const auto* consent = std::get_if<crypto::ByConsent>(&escalation.basis)) {
    lines.push_back("consent: given " + hour_in_words(consent->hour) + ", " +
                    std::string(name_of(consent->how)) + ", number " +
                    hexadecimal(consent->id.view()));
    return;
  }
  const auto& without = std::get<crypto::Override>(escalation.basis);
  lines.push_back("WITHOUT CONSENT. Legal ground: " + without.legal_ground);
  lines.push_back("reason:\n" + set_off(without.reason));
  if (without.review_by) {
    lines.push_back("SENT BY ONE PERSON, IN HASTE: a second person reviews it until " +
                    hour_in_words(*without.review_by));
  } else if (escalation.second) {
    lines.push_back("second person: " + rosters.name_of(escalation.second->device));
  } else {
    lines.emplace_back("second person: has not signed yet");
  }
}

}  // namespace

std::string hour_in_words(crypto::Hour hour) {
  const std::chrono::sys_time<std::chrono::hours> time{std::chrono::hours(hour)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  std::array<char, 32> text{};
  (void)std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02u:00 UTC",
                      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day()), static_cast<unsigned>(hour % 24));
  return text.data();
}

std::optional<crypto::Hour> hour_of_day(const std::string& day) {
  if (day.size() != 10 || day[4] != '-' || day[7] != '-') return std::nullopt;
  int year = 0;
  unsigned month = 0;
  unsigned number = 0;
  const char* const text = day.data();
  const bool read = std::from_chars(text, text + 4, year).ptr == text + 4 &&
                    std::from_chars(text + 5, text + 7, month).ptr == text + 7 &&
                    std::from_chars(text + 8, text + 10, number).ptr == text + 10;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(number)};
  if (!read || !date.ok() || year < 1970) return std::nullopt;
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(
      std::chrono::sys_days(date).time_since_epoch());
  return static_cast<crypto::Hour>(hours.count());
}

std::string set_off(std::string_view text) {
  std::string shown = "  | ";
  for (const char letter : text) {
    shown += letter;
    if (letter == '\n') shown += "  | ";
  }
  return shown;
}

std::vector<std::string> lines_of(const crypto::Escalation& escalation,
                                  const RosterHistory& rosters) {
  std::vector<std::string> lines{
      "escalation " + hexadecimal(escalation.id.view()),
      "to: " + with_label("partner", escalation.recipient),
      "about the case that is called here: " +
          name_at_partner(escalation.reference.bytes, english_words()) + ", " +
          hexadecimal(escalation.reference.view()),
      "purpose: " + with_label("consent_purpose", escalation.purpose),
      "signed by: " + rosters.name_of(escalation.sender.device) + ", " +
          hour_in_words(escalation.hour),
      "may be taken in until: " + hour_in_words(escalation.valid_until),
      "answer wanted by: " + hour_in_words(escalation.answer_by),
      "journal: " + five_words(escalation.journal_head, english_words())};
  say_basis(lines, escalation, rosters);
  for (const crypto::SharedField& field : escalation.fields) {
    lines.push_back(field.code + " (" + label_of_field(field.code, english) + "):\n" +
                    set_off(field.value));
  }
  return lines;
}

}  // namespace meldpunt::client
