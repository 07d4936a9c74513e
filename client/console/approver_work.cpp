#include "client/console/approver_work.h"

#include <algorithm>

#include "client/console/approvals.h"

namespace meldpunt::console {

using client::Approving;
using client::Outcome;
using client::pass_on;
using client::RequestToSign;

Outcome<std::vector<RequestToSign>> ApproverPlace::look(Approving& approving) {
  auto changed = rosters->refresh(device.line);
  if (!changed) return pass_on(changed.error());
  tell(std::move(*changed));
  auto requests = approving.collect();
  tell(approving.take_announcements());
  return requests;
}

// Asked twice (its asker was interrupted), it is one.
void ApproverPlace::show(const std::vector<RequestToSign>& requests, const std::string& but) {
  nlohmann::json list = nlohmann::json::array();
  for (const RequestToSign& each : requests) {
    auto object = json_of_request(each.request, *rosters, device.home.keys().id);
    const bool known = std::ranges::find(list, object) != list.end();
    if (!known && object.at("id") != but) list.push_back(std::move(object));
  }
  if (list == waiting) return;
  waiting = std::move(list);
  ++changes;
}

Outcome<void> ApproverPlace::collect() { return answer({}, nullptr); }

// What is taken out of the box to be looked at goes back at once.
Outcome<void> ApproverPlace::answer(const std::string& id, const Answering& answering) {
  Approving approving(device.home, device.line, *rosters, clock);
  const auto requests = look(approving);
  if (!requests) return pass_on(requests.error());
  std::size_t answered = 0;
  Outcome<void> done;
  for (const RequestToSign& each : *requests) {
    if (!done || !answering || id_in_approvals(each.request) != id) continue;
    done = answering(approving, each);
    ++answered;
  }
  const auto left = approving.leave_rest();
  if (!done) return done;
  show(*requests, answering ? id : std::string());
  if (!left) return pass_on(left.error());
  if (answering && answered == 0) {
    return client::problem(EX_NOINPUT,
                           "This waits no longer: somebody has signed it, or taken it back.");
  }
  return {};
}

Outcome<void> ApproverWork::start() {
  auto rosters = client::RosterHistory::open(place_.device.home);
  if (!rosters) return pass_on(rosters.error());
  place_.rosters.emplace(std::move(*rosters));
  return {};
}

Outcome<View> ApproverWork::view() {
  View view = bare_view(place_.device.home, *place_.rosters, place_.state);
  view.approvals = place_.waiting;
  view.state["counts"]["approvals"] = place_.waiting.size();
  return view;
}

}  // namespace meldpunt::console
