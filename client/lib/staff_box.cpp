#include "client/lib/staff_box.h"

#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

constexpr crypto::MailboxKind box = crypto::MailboxKind::box;

bool settled(crypto::Status status) {
  return status == crypto::Status::ok || status == crypto::Status::same ||
         status == crypto::Status::nothing || status == crypto::Status::conflict;
}

}  // namespace

Outcome<void> give_to_staff(const Home& home, StaffLine& line, crypto::ObjectKind kind,
                            crypto::Bytes content) {
  // Fetched anew: what is sealed to yesterday's key may find nobody who can open it.
  if (const auto fetched = line.refresh(); !fetched) return pass_on(fetched.error());
  const auto notice = line.notice();
  if (!notice) return pass_on(notice.error());
  const DeviceKeys& keys = home.keys();
  auto boxed = crypto::seal_to_staff(kind, content, (*notice)->bundle.team, keys.id, keys.signing,
                                     home.pin().region);
  if (!boxed) return problem(EX_DATAERR, "what was to be sent", boxed.error());
  const auto response =
      line.ask(crypto::Put{box, crypto::staff_box(), 0, 0, {}, std::move(*boxed)});
  if (!response) return pass_on(response.error());
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("put something into the staff's box", response->status);
  }
  return {};
}

Outcome<StaffBoxCounts> StaffBox::take_in() {
  StaffBoxCounts counts;
  // Let go only at the end: what is let go at once would be the next one taken.
  std::set<std::uint64_t> left;
  for (;;) {
    const auto taken = line_.ask(crypto::Take{box, crypto::staff_box()});
    if (!taken) return pass_on(taken.error());
    if (taken->status == crypto::Status::nothing || left.contains(taken->id)) break;
    if (taken->status != crypto::Status::ok) {
      return unexpected_status("open the staff's box", taken->status);
    }
    const auto fate = take_in_one(taken->payload, counts);
    if (!fate) return pass_on(fate.error());
    if (*fate == Fate::release) {
      left.insert(taken->id);
      continue;
    }
    if (const auto done = finish(taken->id, Fate::acknowledge); !done) return pass_on(done.error());
  }
  counts.left = left.size();
  for (const std::uint64_t id : left) {
    if (const auto done = finish(id, Fate::release); !done) return pass_on(done.error());
  }
  return counts;
}

std::vector<std::string> StaffBox::take_announcements() {
  return std::exchange(announcements_, {});
}

// A lease that ran out meanwhile is a conflict: the object returns, and is then known.
Outcome<void> StaffBox::finish(std::uint64_t id, Fate fate) {
  const auto response = fate == Fate::acknowledge
                            ? line_.ask(crypto::Acknowledge{box, crypto::staff_box(), id})
                            : line_.ask(crypto::Release{box, crypto::staff_box(), id});
  if (!response) return pass_on(response.error());
  if (!settled(response->status)) {
    return unexpected_status("clear the staff's box", response->status);
  }
  return {};
}

Outcome<StaffBox::Fate> StaffBox::take_in_one(crypto::Bytes boxed, StaffBoxCounts& counts) {
  const crypto::Hash object = crypto::hash_of_object(boxed);
  if (casework_.received().knows(object)) {
    ++counts.known;
    return Fate::acknowledge;
  }
  const auto epoch = crypto::epoch_of_boxed(boxed);
  if (epoch && home_.keyring().epoch(*epoch) == nullptr) return Fate::release;
  auto opened = open(boxed);
  if (!opened && opened.error() == crypto::Error::bad_signature) return leave(object, boxed);
  const auto from = crypto::Reader(boxed).id<crypto::DeviceId>();
  const bool believed = opened && may_give(from, opened->kind);
  const auto filed =
      believed
          ? file(object, std::move(*opened))
          : file_received(object, from, opened ? std::optional(opened->kind) : std::nullopt, {});
  if (!filed) return pass_on(filed.error());
  if (!believed) {
    announcements_.push_back("something in the staff's box, in the name of the device '" +
                             casework_.rosters().name_of(from) +
                             "', is nothing that it may send: ask whose device that is");
  }
  ++(!*filed ? counts.known : believed ? counts.fresh : counts.doubted);
  return Fate::acknowledge;
}

crypto::Result<crypto::BoxedObject> StaffBox::open(crypto::Bytes boxed) const {
  const auto epoch = crypto::epoch_of_boxed(boxed);
  if (!epoch) return crypto::fail(epoch.error());
  return crypto::open_boxed(boxed, *home_.keyring().epoch(*epoch), casework_.rosters().newest(),
                            crypto::day_of(hour_of(clock_.now())), home_.pin().region);
}

Outcome<StaffBox::Fate> StaffBox::leave(const crypto::Hash& object, crypto::Bytes boxed) {
  if (told_.insert(object).second) {
    const auto from = crypto::Reader(boxed).id<crypto::DeviceId>();
    announcements_.push_back(
        "something in the staff's box, in the name of the device '" +
        casework_.rosters().name_of(from) +
        "', is signed by nobody who is enrolled today: check this device's clock, and ask the "
        "steward whether that device has expired; it stays in the box");
  }
  return Fate::release;
}

bool StaffBox::may_give(const crypto::DeviceId& device, crypto::ObjectKind kind) const {
  using crypto::DeviceRole;
  using crypto::ObjectKind;
  const crypto::Device* giver = casework_.rosters().newest().find(device);
  if (giver == nullptr) return false;
  switch (kind) {
    case ObjectKind::manifest:
    case ObjectKind::part:
    case ObjectKind::device_successor:
      return true;
    case ObjectKind::escalation_answer:
      return giver->role == DeviceRole::partner;
    case ObjectKind::countersignature:
      return giver->role == DeviceRole::approver || giver->role == DeviceRole::coordinator;
    case ObjectKind::release_receipt:
      return giver->role == DeviceRole::receiver;
    case ObjectKind::escalation:
    case ObjectKind::to_countersign:
    case ObjectKind::release:
    case ObjectKind::withdrawal:
      return false;
  }
  return false;
}

Outcome<bool> StaffBox::file(const crypto::Hash& object, crypto::BoxedObject opened) {
  return file_received(object, opened.from, opened.kind, opened.content.view());
}

Outcome<bool> StaffBox::file_received(const crypto::Hash& object, const crypto::DeviceId& from,
                                      std::optional<crypto::ObjectKind> kind,
                                      crypto::Bytes content) {
  using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;
  return casework_.append(crypto::EventKind::received, {}, [&]() -> Outcome<Content> {
    if (casework_.received().knows(object)) return Content{};
    return Content{
        crypto::encode(crypto::Received{object, from, kind, crypto::SecretBuffer::of(content)})};
  });
}

}  // namespace meldpunt::client
