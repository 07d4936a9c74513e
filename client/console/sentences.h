// Sentences for the screens, which speak Dutch too: what client/lib and this console say in English
// is told as a code with its values, and the text of each code stands in web/text/{nl,en}.json.
//
// The table is sentences.json: [[code, sentence], ...], a sentence with blanks, as
// "roster {number}: the device '{device}' {change}". One that is in no row is shown as it is; a
// test holds the table against the sources and the texts.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace meldpunt::console {

// {"code", "values": {name: text, or the same again}}; null where no row fits.
[[nodiscard]] nlohmann::json said(std::string_view sentence);
// {"sentence", "said"}
[[nodiscard]] nlohmann::json with_said(std::string_view sentence);

}  // namespace meldpunt::console
