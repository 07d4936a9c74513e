#include "client/console/workplace.h"

#include "client/lib/case_words.h"

namespace meldpunt::console {

std::string new_ticket() {
  crypto::Block<16> number{};
  crypto::fill_random(number);
  return client::hexadecimal(number);
}

}  // namespace meldpunt::console
