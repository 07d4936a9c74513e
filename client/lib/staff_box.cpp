#include "client/lib/staff_box.h"

#include "client/lib/countersigning.h"
#include "client/lib/escalating.h"
#include "client/lib/own_box.h"
#include "client/lib/second_refusals.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;

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
    if (*fate == Fate::release) left.insert(taken->id);
    if (const auto done = finish(taken->id, *fate); !done) return pass_on(done.error());
  }
  counts.left = left.size();
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
  Outcome<Filed> filed = Filed::known;
  if (!opened) {
    filed = doubt(object, from, std::nullopt, "cannot be read");
  } else if (!may_give(from, opened->kind)) {
    filed = doubt(object, from, opened->kind, "is nothing that it may send");
  } else {
    filed = file(object, *opened);
  }
  if (!filed) return pass_on(filed.error());
  count(*filed, counts);
  return Fate::acknowledge;
}

void StaffBox::count(Filed filed, StaffBoxCounts& counts) {
  switch (filed) {
    case Filed::fresh:
      ++counts.fresh;
      return;
    case Filed::known:
      ++counts.known;
      return;
    case Filed::doubted:
      ++counts.doubted;
      return;
  }
}

crypto::Result<crypto::BoxedObject> StaffBox::open(crypto::Bytes boxed) const {
  const auto epoch = crypto::epoch_of_boxed(boxed);
  if (!epoch) return crypto::fail(epoch.error());
  return crypto::open_boxed(boxed, *home_.keyring().epoch(*epoch), casework_.rosters().newest(),
                            day_of(clock_.now()), home_.pin().region);
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
    case ObjectKind::second_refusal:
      return giver->role == DeviceRole::approver || giver->role == DeviceRole::coordinator;
    case ObjectKind::release_receipt:
      return giver->role == DeviceRole::forwarder;
    case ObjectKind::escalation:
    case ObjectKind::to_countersign:
    case ObjectKind::release:
    case ObjectKind::withdrawal:
      return false;
  }
  return false;
}

Outcome<StaffBox::Filed> StaffBox::file(const crypto::Hash& object,
                                        const crypto::BoxedObject& opened) {
  if (opened.kind == crypto::ObjectKind::escalation_answer) return file_answer(object, opened);
  if (opened.kind == crypto::ObjectKind::countersignature) return file_second(object, opened);
  if (opened.kind == crypto::ObjectKind::second_refusal) return file_no(object, opened);
  return file_received(object, opened);
}

// What waits no longer needs no answer.
Outcome<StaffBox::Filed> StaffBox::file_no(const crypto::Hash& object,
                                           const crypto::BoxedObject& opened) {
  const auto refusal = crypto::decode_second_refusal(opened.content.view());
  if (!refusal) return doubt(object, opened.from, opened.kind, "is no answer of a second person");
  record::ChangeId change;
  crypto::copy_bytes(object.view().first(record::ChangeId::size), change.fill());
  const auto filed = file_refusal(casework_, *refusal, opened.from, change);
  if (filed) return Filed::fresh;
  if (filed.error().exit_code == EX_NOINPUT) return Filed::known;
  if (filed.error().exit_code != EX_NOPERM) return pass_on(filed.error());
  return doubt(object, opened.from, opened.kind, "says no to what it proposed itself");
}

// Signed by the partner's device itself, not only by the seal it came in: the signature is kept.
Outcome<StaffBox::Filed> StaffBox::file_answer(const crypto::Hash& object,
                                               const crypto::BoxedObject& opened) {
  const auto answer = crypto::decode_answer(opened.content.view());
  const auto* giver = casework_.rosters().newest().find(opened.from);
  const auto* entry = answer ? casework_.escalations().find(answer->escalation) : nullptr;
  if (!answer || answer->signer.device != opened.from ||
      !crypto::signed_by(opened.content.view(), giver->signing, home_.pin().region)) {
    return doubt(object, opened.from, opened.kind, "is no answer that it signed");
  }
  if (entry == nullptr || entry->recipient != organisation_of(*giver)) {
    return doubt(object, opened.from, opened.kind,
                 "answers an escalation that it was never sent, or whose case has been erased; its "
                 "text was not kept: call them");
  }
  const auto done = casework_.append(
      crypto::EventKind::escalation_answer, entry->subject, [&]() -> Outcome<Content> {
        if (casework_.escalations().knows(answer->id)) return Content{};
        return Content{crypto::encode(
            crypto::AnswerReceived{object, crypto::SecretBuffer::of(opened.content.view())})};
      });
  if (!done) return pass_on(done.error());
  return *done ? Filed::fresh : Filed::known;
}

Outcome<StaffBox::Filed> StaffBox::file_second(const crypto::Hash& object,
                                               const crypto::BoxedObject& opened) {
  const auto second = crypto::decode_second_signature(opened.content.view());
  if (!second) return doubt(object, opened.from, opened.kind, "is no second signature");
  const auto done = take_second(casework_, line_, *second, opened.from, hour_of(clock_.now()));
  if (!done) return pass_on(done.error());
  switch (*done) {
    case SecondOutcome::done:
      return Filed::fresh;
    case SecondOutcome::known:
      return Filed::known;
    case SecondOutcome::outdated:
      return doubt(object, opened.from, opened.kind,
                   "signs to erase a case that has changed since (a new key, or a new message): "
                   "propose it again");
    case SecondOutcome::not_believed:
      break;
  }
  return doubt(object, opened.from, opened.kind, "signs something else than was proposed");
}

Outcome<StaffBox::Filed> StaffBox::file_received(const crypto::Hash& object,
                                                 const crypto::BoxedObject& opened) {
  const auto done = append_received(object, opened.from, opened.kind, opened.content.view());
  if (!done) return pass_on(done.error());
  return *done ? Filed::fresh : Filed::known;
}

Outcome<StaffBox::Filed> StaffBox::doubt(const crypto::Hash& object, const crypto::DeviceId& from,
                                         std::optional<crypto::ObjectKind> kind,
                                         const std::string& why) {
  const auto done = append_received(object, from, kind, {});
  if (!done) return pass_on(done.error());
  if (!*done) return Filed::known;
  announcements_.push_back("something in the staff's box, from the device '" +
                           casework_.rosters().name_of(from) + "', " + why +
                           ". It is noted in the journal; ask whose device that is");
  return Filed::doubted;
}

Outcome<bool> StaffBox::append_received(const crypto::Hash& object, const crypto::DeviceId& from,
                                        std::optional<crypto::ObjectKind> kind,
                                        crypto::Bytes content) {
  return casework_.append(crypto::EventKind::received, {}, [&]() -> Outcome<Content> {
    if (casework_.received().knows(object)) return Content{};
    return Content{
        crypto::encode(crypto::Received{object, from, kind, crypto::SecretBuffer::of(content)})};
  });
}

}  // namespace meldpunt::client
