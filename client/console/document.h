// The one document that the console serves, as the build of the screens leaves it:
//
//   console.html     the whole page
//   console.headers  lines NAME: VALUE; Content-Security-Policy is the one that is used
//
// Read once, at the start. A policy that would let anything but the page's own hashed parts run is
// refused: what the screens need must not make the door wider unseen.
#pragma once

#include <string>

#include "client/lib/file.h"

namespace meldpunt::console {

struct Document {
  std::string html;
  std::string policy;

  // EX_NOINPUT when one of the two is not there, EX_CONFIG for a policy that is too wide.
  static client::Outcome<Document> read(const client::Path& html);
  // console/console.html in the folder of the program that runs, or beside the program itself.
  static client::Path beside_this_one();
};

// Why a policy is too wide; empty when it is not.
[[nodiscard]] std::string fault_of_policy(const std::string& policy);

}  // namespace meldpunt::console
