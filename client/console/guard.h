// Which requests are read at all, judged by their head alone. Pure.
//
//   what is tried                                         what stops it
//   a page whose name is made to lead here (DNS           Host is an address, and no name leads to
//     rebinding)                                            it: exactly 127.0.0.1:PORT
//   another page in the same browser sends a form or      Origin and Sec-Fetch-Site, which no page
//     a fetch (CSRF); a sandboxed frame (Origin: null)      can forge; POST needs the Origin
//   a form, which needs nobody's leave to be sent         POST is application/json only
//   one header twice                                      refused: two readers could differ
//
// None of this stops another program on this machine: that takes the session (door.h).
#pragma once

#include "client/console/http.h"

namespace meldpunt::console {

struct Refusal {
  unsigned status = 0;
  std::string_view sentence;
};

// Nothing: the request may go on to the door.
[[nodiscard]] std::optional<Refusal> refuse(const Head& head, std::uint16_t port);

inline constexpr std::string_view document_path = "/";
inline constexpr std::string_view api_prefix = "/api/";

}  // namespace meldpunt::console
