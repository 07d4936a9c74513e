// Texts of the reporter's page (client/page/text) that the programs show too, in its nine
// languages: the text modules that a reply can name instead of writing them
// (config/text_modules.json), and the statuses of a reply. The build takes them from there.
#pragma once

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/reply.h"

namespace meldpunt::client {

struct PageText {
  std::string_view language;
  std::string_view key;
  std::string_view text;
};

// `language` is a BCP 47 tag, such as "ro" or "nl-BE"; a language that the page does not have
// reads English.

// A sentence that names the code when there is no such module: replies of newer programs.
[[nodiscard]] std::string text_of_module(std::string_view code, std::string_view language);
[[nodiscard]] std::string_view text_of_status(crypto::ReplyStatus status,
                                              std::string_view language);

// The page's own, as BCP 47 tags.
[[nodiscard]] std::vector<std::string_view> page_languages();

[[nodiscard]] bool has_text_module(std::string_view code);
// In the order of config/text_modules.json.
[[nodiscard]] std::vector<std::string_view> text_module_codes();
// When a coordinator uses it: in English and Dutch.
[[nodiscard]] std::string_view use_of_text_module(std::string_view code, std::string_view language);

}  // namespace meldpunt::client
