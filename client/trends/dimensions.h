// The eight coarse dimensions of the figures, with their fixed public code lists: key
// trend_dimensions of config/vocabulary.json (a test compares them). Single-valued: every case has
// exactly one code of each. Fixed in advance: which codes there are never depends on the cases.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meldpunt::trends {

// Of the vocabulary that the lists were taken from; it travels with the figures.
inline constexpr std::string_view code_lists_version = "0.2.0";

struct Code {
  std::string_view name;
  std::string_view label;
};

struct Dimension {
  std::string_view name;
  std::string_view label;
  std::span<const Code> codes;
  std::string_view unknown;  // what a case has that nobody has coded; empty: then it has no code
  std::uint32_t most = 1;    // so many codes of one case are counted

  [[nodiscard]] std::optional<std::size_t> index_of(std::string_view code) const;
};

inline constexpr std::size_t dimension_count = 8;
[[nodiscard]] const std::array<Dimension, dimension_count>& dimensions();
[[nodiscard]] const Dimension* find_dimension(std::string_view name);

// Codes by dimension; what is missing is unknown.
using Codes = std::map<std::string, std::string>;

// What a report's answers say of the dimensions: questions and codes of the vocabulary.
using Answers = std::map<std::string, std::vector<std::string>>;
[[nodiscard]] Codes codes_of_answers(const Answers& answers);

}  // namespace meldpunt::trends
