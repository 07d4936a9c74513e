#include "client/cli/reporter_texts.h"

namespace meldpunt::client {

Tongue tongue_of(std::string_view language) {
  return language == "nl" || language.starts_with("nl-") ? Tongue::dutch : Tongue::english;
}

Text text_of(crypto::ReplyStatus status) {
  using crypto::ReplyStatus;
  switch (status) {
    case ReplyStatus::read:
      return {"A person has read it.", "Iemand heeft het gelezen."};
    case ReplyStatus::answer:
      return {"Here is an answer.", "Hier is een antwoord."};
    case ReplyStatus::question:
      return {"We would like to know something.", "We willen graag iets weten."};
    case ReplyStatus::working:
      return {"We are arranging something.", "We zijn iets aan het regelen."};
    case ReplyStatus::handed_over:
      return {"A partner has accepted it, with your consent.",
              "Een partner heeft het overgenomen, met jouw toestemming."};
    case ReplyStatus::closed:
      return {"The case is closed.", "De zaak is afgesloten."};
    case ReplyStatus::consent:
      return {"We ask for your consent.", "We vragen je toestemming."};
  }
  return {};
}

}  // namespace meldpunt::client
