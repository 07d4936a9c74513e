#include "client/lib/clean_text.h"

namespace meldpunt::client {

std::string clean_text(std::string_view typed) {
  std::string text;
  text.reserve(typed.size());
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const auto byte = static_cast<unsigned char>(typed[i]);
    const bool c1 =
        byte == 0xc2 && i + 1 < typed.size() && static_cast<unsigned char>(typed[i + 1]) < 0xa0;
    if (c1) {
      ++i;
    } else if (byte == '\r') {
      const bool pair = i + 1 < typed.size() && typed[i + 1] == '\n';
      if (!pair) text.push_back('\n');
    } else if (byte == '\n' || byte == '\t' || (byte >= 0x20 && byte != 0x7f)) {
      text.push_back(typed[i]);
    }
  }
  return text;
}

}  // namespace meldpunt::client
