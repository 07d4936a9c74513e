#include "client/console/approver_deeds.h"

namespace meldpunt::console {

using client::Outcome;
using client::pass_on;
using nlohmann::json;

Outcome<json> countersign_request(ApproverPlace& place, const Wish& wish) {
  const auto done = place.answer(wish.text("id"), [](auto& approving, const auto& request) {
    return approving.sign(request);
  });
  if (!done) return pass_on(done.error());
  return json::object();
}

Outcome<json> decline_request(ApproverPlace& place, const Wish& wish) {
  const std::string reason = wish.text("reason");
  const auto done = place.answer(wish.text("id"), [&](auto& approving, const auto& request) {
    return approving.refuse(request, reason);
  });
  if (!done) return pass_on(done.error());
  return json::object();
}

}  // namespace meldpunt::console
