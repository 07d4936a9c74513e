// The vocabulary (config/vocabulary.json), as far as people are shown it: the names of its codes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meldpunt::client {

enum class LabelLanguage : std::uint8_t { english, dutch };

[[nodiscard]] bool has_code(std::string_view scheme, std::string_view code);
[[nodiscard]] std::vector<std::string_view> codes_of(std::string_view scheme);
// The whole file, for what reads more of it than codes and labels.
[[nodiscard]] std::string_view vocabulary_json();
// The codes that this one asks for, as a closing reason asks conditions; mostly none.
[[nodiscard]] std::vector<std::string> required_by(std::string_view scheme, std::string_view code);
// What people call the code; the code itself when the vocabulary does not have it.
[[nodiscard]] std::string label_of(std::string_view scheme, std::string_view code,
                                   LabelLanguage language);

// The whole of key `schemes`, as JSON.
[[nodiscard]] std::string vocabulary_schemes();

// A field of a case that may be shared: a scheme of the vocabulary, or one that a coordinator
// writes (`summary`, `name`, `contact` and the like).
[[nodiscard]] std::string label_of_field(std::string_view field, LabelLanguage language);
// Those that a coordinator writes.
[[nodiscard]] std::vector<std::string_view> written_field_names();

}  // namespace meldpunt::client
