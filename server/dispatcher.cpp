#include "server/dispatcher.h"

#include <algorithm>
#include <limits>
#include <type_traits>

#include "crypto/boxed.h"
#include "crypto/puzzle.h"
#include "crypto/reply.h"
#include "server/log.h"

namespace meldpunt::server {

namespace {

using crypto::Response;
using crypto::Status;

// Seconds after which a busy sender tries again: the store is slow, or the intake is full.
constexpr std::uint16_t retry_soon = 10;
constexpr std::uint16_t retry_later = 600;

Response answer(Status status) {
  Response response;
  response.status = status;
  return response;
}

Response busy(std::uint16_t wait) {
  Response response = answer(Status::busy);
  response.wait = wait;
  return response;
}

Status status_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::done:
      return Status::ok;
    case Outcome::same:
      return Status::same;
    case Outcome::conflict:
      return Status::conflict;
    case Outcome::missing:
      return Status::nothing;
    case Outcome::erased:
      return Status::erased;
  }
  return Status::malformed;
}

Response found(StoredItem stored) {
  Response response = answer(Status::ok);
  response.position = stored.item.position;
  response.expires = stored.item.expires;
  response.payload = std::move(stored.item.bytes);
  return response;
}

// What lies in the staff's box is counted by the epoch that it names in clear, as reports are; in
// other boxes a position means nothing.
std::uint64_t epoch_position(const crypto::Put& put) {
  if (put.name != crypto::staff_box()) return 0;
  const auto epoch = crypto::epoch_of_boxed(put.bytes);
  return epoch ? crypto::Reader(epoch->view()).u32() : 0;
}

struct Question {
  crypto::Verb verb;
  MailboxKind kind;
  MailboxName name;
};

// One for each: a request without its own does not compile, instead of being allowed as another.
constexpr crypto::Verb verb_of(const crypto::Put& /*fields*/) { return crypto::Verb::put; }
constexpr crypto::Verb verb_of(const crypto::Get& /*fields*/) { return crypto::Verb::get; }
constexpr crypto::Verb verb_of(const crypto::Take& /*fields*/) { return crypto::Verb::take; }
constexpr crypto::Verb verb_of(const crypto::Acknowledge& /*fields*/) {
  return crypto::Verb::acknowledge;
}
constexpr crypto::Verb verb_of(const crypto::Release& /*fields*/) { return crypto::Verb::release; }
constexpr crypto::Verb verb_of(const crypto::Burn& /*fields*/) { return crypto::Verb::burn; }
constexpr crypto::Verb verb_of(const crypto::Erase& /*fields*/) { return crypto::Verb::erase; }

template <class Fields>
Question asked_by(const Fields& fields) {
  return {verb_of(fields), fields.kind, fields.name};
}

Question asked_by(const crypto::PutReport& /*report*/) {
  return {crypto::Verb::put, MailboxKind::intake, {}};
}

Question question_of(const crypto::Request& request) {
  return std::visit([](const auto& fields) { return asked_by(fields); }, request);
}

}  // namespace

Dispatcher::Dispatcher(Parts parts)
    : parts_(std::move(parts)), writer_reader_(parts_.open_reader()) {}

std::optional<Response> Dispatcher::handle(crypto::Request request, const Caller& caller,
                                           StoreReader& reader, Done done) {
  const Question question = question_of(request);
  if (!allowed(caller, question.verb, question.kind, question.name)) {
    parts_.metrics.add(Count::refused);
    return answer(Status::refused);
  }
  switch (question.verb) {
    case crypto::Verb::put:
      if (const auto* report = std::get_if<crypto::PutReport>(&request)) {
        return put_report(*report, std::move(done));
      }
      return put(std::get<crypto::Put>(std::move(request)), std::move(done));
    case crypto::Verb::get:
      return get(std::get<crypto::Get>(request), reader);
    case crypto::Verb::take:
      return take(std::get<crypto::Take>(request), caller, reader);
    case crypto::Verb::acknowledge:
      return acknowledge(std::get<crypto::Acknowledge>(request), caller, std::move(done));
    case crypto::Verb::release:
      return release(std::get<crypto::Release>(request), caller);
    case crypto::Verb::burn:
      return burn(std::get<crypto::Burn>(request), reader, std::move(done));
    case crypto::Verb::erase:
      return erase(std::get<crypto::Erase>(request), reader, std::move(done));
  }
  return answer(Status::malformed);
}

Dispatcher::Answer Dispatcher::write(Write write, Done done,
                                     std::function<Response(const Written&)> finish) {
  parts_.metrics.add(Count::writes);
  const bool accepted = parts_.writer.submit(
      {std::move(write)}, [this, done = std::move(done),
                           finish = std::move(finish)](const WriterThread::Answer& result) {
        if (!result.available) {
          parts_.metrics.add(Count::busy);
          finish(Written{Outcome::missing, 0});
          return done(busy(retry_soon));
        }
        done(finish(result.written.front()));
      });
  if (accepted) return std::nullopt;
  parts_.metrics.add(Count::busy);
  return busy(retry_soon);
}

// Cheap checks first, the puzzle after all of them, the place in the intake last.
Dispatcher::Answer Dispatcher::put_report(const crypto::PutReport& put, Done done) {
  const auto challenge = parts_.tick.challenge(put.tick);
  if (!challenge ||
      !parts_.authority.takes_epoch(crypto::epoch_of(put.sealed), parts_.clock.day())) {
    parts_.metrics.add(Count::stale);
    return answer(Status::stale);
  }
  const crypto::Hash envelope = crypto::hash_of_envelope(put.sealed);
  if (parts_.recent.knows(envelope)) {
    parts_.metrics.add(Count::duplicates);
    return answer(Status::ok);
  }
  if (put.effort < challenge->effort ||
      !crypto::solves(put.answer, put.effort, challenge->challenge, parts_.authority.pin().region,
                      envelope)) {
    parts_.metrics.add(Count::puzzles_refused);
    return answer(Status::stale);
  }
  if (!parts_.admission.reserve()) {
    parts_.metrics.add(Count::busy);
    return busy(retry_later);
  }
  Write row;
  row.rule = Rule::add;
  row.item.kind = MailboxKind::intake;
  row.item.position = crypto::Reader(crypto::epoch_of(put.sealed).view()).u32();
  row.item.hour = parts_.clock.hour();
  row.item.effort = put.effort;
  row.item.bytes.assign(put.sealed.begin(), put.sealed.end());
  auto result = write(std::move(row), std::move(done), [this, envelope](const Written& written) {
    if (written.outcome != Outcome::done) {
      parts_.admission.give_back();
      return answer(Status::malformed);
    }
    parts_.recent.remember(envelope);
    parts_.metrics.add(Count::reports);
    return answer(Status::ok);
  });
  if (result) parts_.admission.give_back();
  return result;
}

Dispatcher::Answer Dispatcher::refused_notice(const crypto::Put& put) const {
  if (put.name != MailboxName{}) return answer(Status::malformed);
  if (put.kind == MailboxKind::roster) {
    if (parts_.authority.next_roster(put.position)) return std::nullopt;
    return answer(Status::conflict);
  }
  // A position that only looks like the bundle's day when cut to 32 bits would stretch the mailbox.
  if (put.position > std::numeric_limits<crypto::Day>::max()) return answer(Status::malformed);
  const auto verdict =
      parts_.authority.consider_bundle(static_cast<crypto::Day>(put.position), put.bytes);
  if (!verdict) return answer(Status::malformed);
  if (*verdict != Status::ok) return answer(*verdict);
  return std::nullopt;
}

// On the writer's thread, once it is durable.
void Dispatcher::stored(const crypto::Put& put) {
  if (put.kind == MailboxKind::notice) {
    parts_.authority.take_bundle(static_cast<crypto::Day>(put.position), put.bytes);
    tell(Event::bundle_taken, put.position);
  }
  if (put.kind == MailboxKind::roster) parts_.authority.try_roster(*writer_reader_);
}

Dispatcher::Answer Dispatcher::put(crypto::Put put, Done done) {
  const bool steward_object = put.kind == MailboxKind::notice || put.kind == MailboxKind::roster;
  if (steward_object) {
    if (auto refused = refused_notice(put)) return refused;
  }
  Write row;
  row.rule = policy_of(put.kind).rule;
  row.item.kind = put.kind;
  row.item.name = put.name;
  row.item.position = put.kind == MailboxKind::box ? epoch_position(put) : put.position;
  row.item.hour = parts_.clock.hour();
  row.item.expires = put.expires;
  row.item.guard = put.guard.bytes;
  row.item.bytes = put.bytes;
  return write(std::move(row), std::move(done),
               [this, put = std::move(put), steward_object](const Written& written) {
                 if (steward_object && written.outcome == Outcome::done) stored(put);
                 Response response = answer(status_of(written.outcome));
                 response.position = put.position;
                 return response;
               });
}

Dispatcher::Answer Dispatcher::get(const crypto::Get& get, StoreReader& reader) {
  parts_.metrics.add(Count::reads);
  if (get.kind == MailboxKind::journal) return journal_from(get.position, reader);
  if (get.kind == MailboxKind::intake || get.kind == MailboxKind::box) {
    // Of an epoch: leased ones too. Asked once for an epoch that is to end, never by duty's rounds.
    Response counted = answer(Status::ok);
    counted.position = reader.count_at(get.kind, get.position);
    return counted;
  }
  if (get.kind == MailboxKind::address || get.kind == MailboxKind::slot) {
    auto stored = reader.find(get.kind, get.name);
    if (stored) return found(std::move(*stored));
    return answer(reader.erased(get.kind, get.name) ? Status::erased : Status::nothing);
  }
  auto stored = reader.at(get.kind, {}, get.position);
  Response response = stored ? found(std::move(*stored)) : answer(Status::nothing);
  response.position = reader.head(get.kind, {});
  return response;
}

// As many events as one answer holds.
Dispatcher::Answer Dispatcher::journal_from(std::uint64_t position, StoreReader& reader) {
  Response response = answer(Status::nothing);
  response.position = reader.head(MailboxKind::journal, {});
  for (std::uint64_t next = std::max<std::uint64_t>(position, 1); next <= response.position;
       ++next) {
    const auto stored = reader.at(MailboxKind::journal, {}, next);
    if (!stored) break;
    const auto& event = stored->item.bytes;
    if (response.payload.size() + 2 + event.size() > crypto::response_payload_max) break;
    response.payload.push_back(static_cast<std::uint8_t>(event.size() >> 8));
    response.payload.push_back(static_cast<std::uint8_t>(event.size()));
    response.payload.insert(response.payload.end(), event.begin(), event.end());
    response.status = Status::ok;
  }
  return response;
}

Dispatcher::Answer Dispatcher::take_duty(const Caller& caller) {
  const Moment now = parts_.clock.steady();
  const auto held = parts_.leases.take_duty(caller.device->id, now);
  Response response = answer(held ? Status::ok : Status::busy);
  response.wait = static_cast<std::uint16_t>((held ? *held : parts_.leases.duty_left(now)).count());
  return response;
}

Dispatcher::Answer Dispatcher::take(const crypto::Take& take, const Caller& caller,
                                    StoreReader& reader) {
  if (take.kind == MailboxKind::duty) return take_duty(caller);
  const Moment now = parts_.clock.steady();
  // Among one more than are out of reach, one is free, unless none waits.
  const auto& device = caller.device->id;
  const auto waiting =
      reader.waiting(take.kind, take.name, parts_.leases.out_of_reach(device, now) + 1);
  for (const ItemId id : waiting) {
    if (!parts_.leases.take(id, device, now)) continue;
    auto stored = reader.read(id);
    if (!stored) {
      parts_.leases.drop(id);
      continue;
    }
    Response response = found(std::move(*stored));
    response.id = static_cast<std::uint64_t>(id);
    response.wait = static_cast<std::uint16_t>(lease_length.count());
    return response;
  }
  parts_.leases.start_anew(device);
  return answer(Status::nothing);
}

Dispatcher::Answer Dispatcher::acknowledge(const crypto::Acknowledge& item, const Caller& caller,
                                           Done done) {
  const auto id = static_cast<ItemId>(item.id);
  if (item.kind == MailboxKind::duty) return answer(Status::refused);
  if (!parts_.leases.holds(id, caller.device->id)) return answer(Status::conflict);
  Write row;
  row.rule = Rule::remove;
  row.item.kind = item.kind;
  row.target = id;
  return write(std::move(row), std::move(done),
               [this, id, kind = item.kind](const Written& written) {
                 if (written.outcome == Outcome::done) {
                   parts_.leases.drop(id);
                   if (kind == MailboxKind::intake) parts_.admission.give_back();
                 }
                 return answer(status_of(written.outcome));
               });
}

Dispatcher::Answer Dispatcher::release(const crypto::Release& item, const Caller& caller) {
  if (item.kind == MailboxKind::duty) {
    parts_.leases.release_duty(caller.device->id);
    return answer(Status::ok);
  }
  const auto id = static_cast<ItemId>(item.id);
  const auto& device = caller.device->id;
  if (!parts_.leases.holds(id, device)) return answer(Status::conflict);
  // What is in a device's own box is nobody else's.
  if (item.name == crypto::box_of(device)) {
    parts_.leases.drop(id);
  } else {
    parts_.leases.let_go(id, device, parts_.clock.steady());
  }
  return answer(Status::ok);
}

// The answer is the same whether anything lay there: asking tells nothing.
Dispatcher::Answer Dispatcher::burn(const crypto::Burn& burn, StoreReader& reader, Done done) {
  const auto stored = reader.find(burn.kind, burn.name);
  const crypto::Hash guard = crypto::guard_of(burn.token);
  if (!stored || !crypto::same_secret(stored->item.guard, guard.view())) return answer(Status::ok);
  Write row;
  row.rule = Rule::burn;
  row.item.kind = burn.kind;
  row.item.name = burn.name;
  row.item.guard = guard.bytes;
  return write(std::move(row), std::move(done), [](const Written&) { return answer(Status::ok); });
}

bool Dispatcher::signed_by_two(const crypto::Erase& erase) const {
  const auto& [first, second] = erase.signatures;
  const auto roster = parts_.authority.roster();
  const crypto::Buffer statement = crypto::erase_statement(erase.name, erase.position);
  const auto signed_by = [&](const crypto::Countersignature& signature) {
    const crypto::Device* device = roster->find(signature.device);
    if (device == nullptr || !device->valid_on(parts_.clock.day())) return false;
    const bool may_sign = device->role == crypto::DeviceRole::coordinator ||
                          device->role == crypto::DeviceRole::approver;
    return may_sign && crypto::verify(device->signing, "erase slot", parts_.authority.pin().region,
                                      statement, signature.signature);
  };
  return first.device != second.device && signed_by(first) && signed_by(second);
}

// The version is part of what the two signed: a statement of another time erases nothing.
Dispatcher::Answer Dispatcher::erase(const crypto::Erase& erase, StoreReader& reader, Done done) {
  if (!signed_by_two(erase)) {
    parts_.metrics.add(Count::refused);
    return answer(Status::refused);
  }
  const auto stored = reader.find(erase.kind, erase.name);
  if (stored && stored->item.position != erase.position) return answer(Status::conflict);
  Write row;
  row.rule = Rule::erase;
  row.item.kind = erase.kind;
  row.item.name = erase.name;
  row.item.hour = parts_.clock.hour();
  return write(std::move(row), std::move(done),
               [](const Written& written) { return answer(status_of(written.outcome)); });
}

}  // namespace meldpunt::server
