#include "client/lib/linking.h"

#include <algorithm>
#include <array>

#include "client/lib/case_texts.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t shortest_number = 6;  // digits
constexpr crypto::Hour same_time = 30 * 24;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool joins_digits(char c) { return c == ' ' || c == '-' || c == '.' || c == '/' || c == '\''; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// The Dutch plates of six, in groups of two or three: "XX-123-X". `at` is where it may begin.
std::string plate_at(std::string_view text, std::size_t at) {
  std::string plate;
  std::size_t dashes = 0;
  bool letters = false;
  bool digits = false;
  for (std::size_t i = at; i < text.size() && plate.size() < shortest_number; ++i) {
    if (text[i] == '-' && !plate.empty()) {
      ++dashes;
    } else if (is_upper(text[i]) || is_digit(text[i])) {
      (is_upper(text[i]) ? letters : digits) = true;
      plate += text[i];
    } else {
      break;
    }
  }
  return plate.size() == shortest_number && dashes == 2 && letters && digits ? plate : "";
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

bool is_year(std::string_view digits) {
  return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}

// Of a date in digits, either way round; 0: none begins here. It names a day, and nobody.
std::size_t date_at(std::string_view text, std::size_t at) {
  std::array<std::string_view, 3> groups;
  std::size_t end = at;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i > 0 && (end >= text.size() || !joins_digits(text[end++]))) return 0;
    groups[i] = text.substr(end, digits_at(text, end));
    end += groups[i].size();
  }
  const auto is_short = [](std::string_view group) { return !group.empty() && group.size() <= 2; };
  const bool day_first = is_short(groups[0]) && is_short(groups[1]) && is_year(groups[2]);
  const bool year_first = is_year(groups[0]) && is_short(groups[1]) && is_short(groups[2]);
  return day_first || year_first ? end - at : 0;
}

void add_digits(std::string_view text, std::vector<std::string>& numbers) {
  std::string digits;
  const auto done = [&] {
    // Without the country or the trunk prefix: +31 6 and 06 are one telephone.
    if (digits.starts_with("0031")) digits.erase(0, 4);
    if (digits.starts_with("31") && digits.size() > 9) digits.erase(0, 2);
    if (digits.starts_with("0")) digits.erase(0, 1);
    if (digits.size() >= shortest_number) numbers.push_back(digits);
    digits.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = is_digit(text[i]) && (i == 0 || !is_digit(text[i - 1]));
    if (const std::size_t date = begins ? date_at(text, i) : 0; date > 0) {
      done();
      i += date - 1;
    } else if (is_digit(text[i])) {
      digits += text[i];
    } else if (!joins_digits(text[i]) || i + 1 == text.size() || !is_digit(text[i + 1])) {
      done();
    }
  }
  done();
}

bool begins_word(std::string_view text, std::size_t at) {
  return at == 0 || !(is_upper(text[at - 1]) || is_digit(text[at - 1]) || text[at - 1] == '-');
}

std::vector<std::string> numbers_of(const Casework& casework, const crypto::CaseId& subject) {
  std::vector<std::string> numbers;
  for (const auto& text : casework.texts().of(subject)) {
    if (text->kind != TextKind::report && text->kind != TextKind::note) continue;
    std::ranges::copy(numbers_in(text->text), std::back_inserter(numbers));
  }
  std::ranges::sort(numbers);
  return numbers;
}

std::string first_shared(const std::set<std::string>& ours, const std::set<std::string>& theirs) {
  const auto shared =
      std::ranges::find_if(ours, [&](const std::string& code) { return theirs.contains(code); });
  return shared == ours.end() ? "" : *shared;
}

std::string same_place_of(const Facts& ours, const Facts& theirs) {
  for (const char* place : {"exploited_in", "found_in"}) {
    if (!ours.contains(place) || !theirs.contains(place)) continue;
    const auto municipality = first_shared(ours.find(place)->second, theirs.find(place)->second);
    if (municipality.empty() || !ours.contains("sector") || !theirs.contains("sector")) continue;
    const auto sector = first_shared(ours.find("sector")->second, theirs.find("sector")->second);
    if (!sector.empty()) return municipality + " " + sector;
  }
  return {};
}

class Linker {
 public:
  Linker(const Casework& casework, const Case& entry)
      : casework_(casework),
        entry_(entry),
        numbers_(numbers_of(casework, entry.id)),
        facts_(facts_of(casework, entry.id)) {}

  std::optional<LinkProposal> look_at(const Case& other) const {
    for (const std::string& number : numbers_of(casework_, other.id)) {
      if (std::ranges::binary_search(numbers_, number)) {
        return LinkProposal{other.id, LinkReason::same_number, number};
      }
    }
    const auto apart =
        std::max(entry_.oldest, other.oldest) - std::min(entry_.oldest, other.oldest);
    if (apart > same_time) return std::nullopt;
    auto place = same_place_of(facts_, facts_of(casework_, other.id));
    if (place.empty()) return std::nullopt;
    return LinkProposal{other.id, LinkReason::same_place, std::move(place)};
  }

 private:
  const Casework& casework_;
  const Case& entry_;
  std::vector<std::string> numbers_;
  Facts facts_;
};

}  // namespace

std::string_view name_of(LinkReason reason) {
  return reason == LinkReason::same_number ? "same_number" : "same_place";
}

std::vector<std::string> numbers_in(std::string_view text) {
  std::vector<std::string> numbers;
  add_digits(text, numbers);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!begins_word(text, i)) continue;
    if (auto plate = plate_at(text, i); !plate.empty()) numbers.push_back(std::move(plate));
  }
  std::ranges::sort(numbers);
  const auto twice = std::ranges::unique(numbers);
  numbers.erase(twice.begin(), twice.end());
  return numbers;
}

std::vector<LinkProposal> links_of(const Casework& casework, const crypto::CaseId& subject) {
  std::vector<LinkProposal> links;
  const Case* entry = casework.index().find(subject);
  if (entry == nullptr || !entry->readable) return links;
  const Linker linker(casework, *entry);
  const record::CaseGroups& groups = casework.files().groups();
  for (const auto& [id, other] : casework.index().cases()) {
    if (!other.readable || groups.head_of(id) == groups.head_of(subject)) continue;
    if (auto link = linker.look_at(other)) links.push_back(std::move(*link));
  }
  std::ranges::stable_sort(links, {}, &LinkProposal::reason);
  return links;
}

}  // namespace meldpunt::client
