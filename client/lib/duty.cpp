#include "client/lib/duty.h"

#include <algorithm>

#include "client/lib/case_bundles.h"
#include "client/lib/case_words.h"
#include "client/lib/escalating.h"
#include "crypto/puzzle.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

constexpr crypto::MailboxKind intake = crypto::MailboxKind::intake;

bool settled(crypto::Status status) {
  return status == crypto::Status::ok || status == crypto::Status::same ||
         status == crypto::Status::nothing || status == crypto::Status::conflict;
}

}  // namespace

// ---- the lease

Outcome<Lease> Duty::hold() {
  const auto response = line_.ask(crypto::Take{crypto::MailboxKind::duty, {}});
  if (!response) return pass_on(response.error());
  if (response->status == crypto::Status::busy) {
    renew_at_ = clock_.steady() + std::chrono::seconds(response->wait);
    return Lease::elsewhere;
  }
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("give the duty to this device", response->status);
  }
  renew_at_ = clock_.steady() + std::chrono::seconds(response->wait) / 2;
  return Lease::ours;
}

Outcome<void> Duty::give_up() {
  const auto response = line_.ask(crypto::Release{crypto::MailboxKind::duty, {}, 0});
  if (!response) return pass_on(response.error());
  return {};
}

// ---- the intake

Outcome<TakenInCounts> Duty::take_in() {
  if (const auto synced = casework_.sync(); !synced) return pass_on(synced.error());
  TakenInCounts counts;
  std::set<std::uint64_t> left;
  for (bool more = true; more;) {
    const auto taken = take_in_next(counts, left);
    if (!taken) return pass_on(taken.error());
    more = *taken;
  }
  // What was just taken in may have been the last of an epoch whose time is over.
  if (counts.fresh + counts.known + counts.junk > 0) {
    if (const auto closed = casework_.close_epochs(); !closed) return pass_on(closed.error());
  }
  return counts;
}

// False when nothing is there but what was `left` before.
Outcome<bool> Duty::take_in_next(TakenInCounts& counts, std::set<std::uint64_t>& left) {
  const auto taken = line_.ask(crypto::Take{intake, {}});
  if (!taken) return pass_on(taken.error());
  if (taken->status == crypto::Status::nothing || left.contains(taken->id)) return false;
  if (taken->status != crypto::Status::ok) {
    return unexpected_status("take in a report", taken->status);
  }
  const auto fate = take_in_one(taken->payload, counts);
  if (!fate) return pass_on(fate.error());
  if (*fate == Fate::release) {
    left.insert(taken->id);
    if (const auto released = let_go(taken->id); !released) return pass_on(released.error());
    return true;
  }
  // A lease that ran out meanwhile is a conflict: the item returns, and is then known.
  const auto done = line_.ask(crypto::Acknowledge{intake, {}, taken->id});
  if (!done) return pass_on(done.error());
  if (!settled(done->status)) return unexpected_status("acknowledge a report", done->status);
  return true;
}

Outcome<StaffBoxCounts> Duty::take_staff_box() {
  auto counts = staff_box_.take_in();
  std::ranges::move(staff_box_.take_announcements(), std::back_inserter(alarms_));
  if (!counts) return counts;
  // What the journal says was sent and no box has got: whoever wrote it was killed, or a second
  // person has just signed.
  const auto carried = carry(casework_, line_, hour_of(clock_.now()));
  if (!carried) return pass_on(carried.error());
  return counts;
}

Outcome<void> Duty::let_go(std::uint64_t id) {
  const auto response = line_.ask(crypto::Release{intake, {}, id});
  if (!response) return pass_on(response.error());
  if (!settled(response->status)) return unexpected_status("release a report", response->status);
  return {};
}

Outcome<Duty::Fate> Duty::junk(const crypto::SealedReport& sealed, TakenInCounts& counts) {
  const auto filed =
      casework_.file_junk({crypto::epoch_of(sealed), crypto::hash_of_envelope(sealed)});
  if (!filed) return pass_on(filed.error());
  ++(*filed ? counts.junk : counts.known);
  return Fate::acknowledge;
}

Outcome<Duty::Fate> Duty::take_in_one(crypto::Bytes payload, TakenInCounts& counts) {
  if (payload.size() != crypto::sealed_report_size) {
    return problem(EX_PROTOCOL, "the server gave a damaged report: tell the operator");
  }
  crypto::SealedReport sealed{};
  crypto::copy_bytes(payload, sealed);
  const auto* secret = home_.keyring().epoch(crypto::epoch_of(sealed));
  if (secret == nullptr) {
    ++counts.without_secret;
    return Fate::release;
  }
  auto opened = crypto::open_report(sealed, *secret, home_.pin().region);
  if (!opened) return junk(sealed, counts);
  const auto report = crypto::decode_report(opened->plaintext.view());
  if (!report) return junk(sealed, counts);
  const auto filed = casework_.take_in(std::move(*opened), *report);
  // The server has lost the case's slot: another device may put it back.
  if (!filed && filed.error().exit_code == EX_UNAVAILABLE) {
    ++counts.without_secret;
    return Fate::release;
  }
  if (!filed) return pass_on(filed.error());
  ++(filed->fresh ? counts.fresh : counts.known);
  if (filed->fresh && casework_.index().find(filed->subject)->acute) ++counts.acute;
  return Fate::acknowledge;
}

// ---- the tick

Outcome<Written> Duty::write_address() {
  const auto notice = line_.notice();
  if (!notice) return pass_on(notice.error());
  const std::uint32_t tick = (*notice)->digest.tick;
  if (tick_written_ == tick) return Written::nothing;
  // Before the put: killed in between, this tick has no address, as if the device had been away;
  // the other order would give it two.
  if (const auto kept = remember_tick(tick); !kept) return pass_on(kept.error());
  while (const auto waiting = casework_.index().next_to_post(stuck_)) {
    const auto posted = post(*waiting);
    if (!posted) return pass_on(posted.error());
    if (!*posted) continue;
    if (const auto marked = casework_.mark_posted(*waiting); !marked)
      return pass_on(marked.error());
    return Written::reply;
  }
  if (const auto put = put_dummy(); !put) return pass_on(put.error());
  return Written::dummy;
}

Outcome<void> Duty::remember_tick(std::uint32_t tick) {
  tick_written_ = tick;
  return update_state(home_, [&](HomeState& state) { state.tick_written = tick; });
}

// False when this reply cannot be posted, now or ever; it is passed over until the next start.
Outcome<bool> Duty::post(const WaitingReply& waiting) {
  const auto put = casework_.address_of(waiting);
  if (!put) return pass_on(put.error());
  if (put->expires <= hour_of(clock_.now())) {
    give_up_on(waiting, "it expired before its turn came: write it again");
    return false;
  }
  const auto response = line_.ask(*put);
  if (!response) return pass_on(response.error());
  if (response->status == crypto::Status::ok || response->status == crypto::Status::same)
    return true;
  if (response->status == crypto::Status::conflict || response->status == crypto::Status::erased) {
    give_up_on(waiting, "something else lies at its address, as after an erasure: write it again");
    return false;
  }
  return unexpected_status("write a reply's address", response->status);
}

void Duty::give_up_on(const WaitingReply& waiting, const std::string& why) {
  stuck_.insert(waiting.position);
  alarms_.push_back("reply " + std::to_string(waiting.index) + " of case " +
                    hexadecimal(waiting.subject.view().first(4)) + " cannot be posted: " + why);
}

std::vector<std::string> Duty::take_alarms() { return std::exchange(alarms_, {}); }

// Random where a reply has an address, ciphertext and hash: the server sees no difference.
Outcome<void> Duty::put_dummy() {
  crypto::Put put{crypto::MailboxKind::address,
                  {},
                  0,
                  fuzzy_expiry(hour_of(clock_.now())),
                  crypto::random_id<crypto::Hash>(),
                  crypto::Buffer(crypto::sealed_reply_size)};
  crypto::fill_random(put.name);
  crypto::fill_random(put.bytes);
  const auto response = line_.ask(put);
  if (!response) return pass_on(response.error());
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("write this tick's address", response->status);
  }
  return {};
}

// ---- the public door

Outcome<std::vector<std::string>> Duty::check_public_notice(Line& door,
                                                            std::chrono::milliseconds patience) {
  const auto request = std::make_unique<crypto::Frame>();
  const auto answer = std::make_unique<crypto::Frame>();
  crypto::ask_for_notice(*request);
  const Delivery delivery = door.exchange(*answer, *request, patience);
  std::vector<std::string> alarms;
  if (delivery != Delivery::answered) {
    alarms.push_back("the reporters' door: " + std::string(describe(delivery)));
    return alarms;
  }
  const auto notice = crypto::verify_notice(*answer, home_.pin());
  if (!notice) {
    alarms.push_back("ALARM: strangers are shown a notice that does not verify: " +
                     std::string(crypto::describe(notice.error())));
    return alarms;
  }
  const IssuedBundle* issued = casework_.index().bundle_of(notice->bundle.day);
  const crypto::Hash shown = hash_of_bundle(crypto::Reader(*answer).field());
  if (issued != nullptr && issued->hash != shown) {
    alarms.emplace_back(
        "ALARM: strangers are shown other keys than the journal's newest: stop, and call the "
        "steward");
  }
  return alarms;
}

}  // namespace meldpunt::client
