#include "client/cli/reporter_texts.h"

namespace meldpunt::client {

Tongue tongue_of(std::string_view language) {
  return language == "nl" || language.starts_with("nl-") ? Tongue::dutch : Tongue::english;
}

}  // namespace meldpunt::client
