#include "client/lib/approving.h"

#include "client/lib/second_refusals.h"
#include "client/lib/staff_box.h"

namespace meldpunt::client {

Outcome<std::vector<RequestToSign>> Approving::collect() {
  std::vector<RequestToSign> waiting;
  if (const auto read = parts_.read(); !read) return pass_on(read.error());
  const auto dropped = parts_.drop_older_than(now() - kept_hours);
  if (!dropped) return pass_on(dropped.error());
  for (;;) {
    const auto item = box_.next(crypto::day_of(now()));
    if (!item) return pass_on(item.error());
    if (!*item) break;
    if (const auto taken = take(**item, waiting); !taken) return pass_on(taken.error());
  }
  if (const auto added = add_wholes(waiting); !added) return pass_on(added.error());
  return waiting;
}

void Approving::leave() {
  announcements_.emplace_back(
      "Something in this device's box is no request of a coordinator's: it was left there. Look at "
      "this device's clock, and call them.");
}

Outcome<void> Approving::take(const OwnBox::Item& item, std::vector<RequestToSign>& waiting) {
  const auto* giver = item.object ? rosters_.newest().find(item.object->from) : nullptr;
  if (giver == nullptr || giver->role != crypto::DeviceRole::coordinator) {
    leave();
    return {};
  }
  const crypto::ObjectKind kind = item.object->kind;
  if (kind == crypto::ObjectKind::manifest || kind == crypto::ObjectKind::part)
    return take_piece(item);
  auto request = crypto::decode_to_countersign(item.object->content.view());
  if (kind != crypto::ObjectKind::to_countersign || !request) {
    leave();
    return {};
  }
  waiting.push_back({std::move(*request), item.id});
  return {};
}

Outcome<void> Approving::take_piece(const OwnBox::Item& item) {
  const auto piece =
      read_piece(item.object->kind, item.object->content.view(), crypto::PartsKind::escalation);
  if (!piece) {
    leave();
    return {};
  }
  const auto taken = parts_.take(*item.object, *piece, now());
  if (!taken) return pass_on(taken.error());
  if (!taken->refused.empty()) {
    leave();
    return {};
  }
  if (taken->pushed_out > 0) {
    announcements_.push_back("'" + rosters_.name_of(item.object->from) +
                             "' asks for more than is kept at once: the oldest was given up. Sign "
                             "what waits, and have the rest proposed again.");
  }
  return box_.acknowledge(item.id);
}

// What cannot be read, or is no longer valid, is signed by nobody.
Outcome<void> Approving::add_wholes(std::vector<RequestToSign>& waiting) {
  for (const KeptParts::Key& key : parts_.wholes()) {
    const auto whole = parts_.open(key);
    if (!whole && whole.error().exit_code != EX_DATAERR) return pass_on(whole.error());
    auto escalation =
        whole ? crypto::decode_escalation(whole->view())
              : crypto::Result<crypto::Escalation>(crypto::fail(crypto::Error::malformed));
    if (escalation && now() <= escalation->valid_until) {
      waiting.push_back({std::move(*escalation), key});
    } else if (auto dropped = parts_.drop(key.manifest); !dropped) {
      return dropped;
    }
  }
  return {};
}

Outcome<void> Approving::sign(const RequestToSign& request) {
  const auto second = sign_second(home_, request.request);
  if (!second) return pass_on(second.error());
  return answer(request, crypto::ObjectKind::countersignature, crypto::encode(*second));
}

Outcome<void> Approving::refuse(const RequestToSign& request, const std::string& reason) {
  const auto refusal = refuse_second(request.request, reason);
  if (!refusal) return pass_on(refusal.error());
  return answer(request, crypto::ObjectKind::second_refusal, crypto::encode(*refusal));
}

Outcome<void> Approving::answer(const RequestToSign& request, crypto::ObjectKind kind,
                                const crypto::Result<crypto::SecretBuffer>& content) {
  if (!content) return problem(EX_DATAERR, "what you wrote", content.error());
  auto given = give_to_staff(home_, line_, kind, content->view());
  if (!given) return given;
  if (const auto* item = std::get_if<std::uint64_t>(&request.place)) return box_.acknowledge(*item);
  return parts_.drop(std::get<KeptParts::Key>(request.place).manifest);
}

}  // namespace meldpunt::client
