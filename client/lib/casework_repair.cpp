// What a restored server has lost outside the journal, put there again by a device that knows it:
// replies at their addresses, erasures, slots, rosters. Each step may be repeated; only when all
// are done does the device note that it is in step (journal_repair.cpp).
#include <algorithm>

#include "client/lib/casework.h"
#include "client/lib/recovery.h"
#include "client/lib/roster_issue.h"
#include "client/lib/vault_renewal.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

}  // namespace

Outcome<void> Casework::mend() {
  const auto first = journal_->to_mend();
  if (!first) return pass_on(first.error());
  if (*first == 0) return journal_->mended();
  if (!may_write()) return {};
  const auto rosters = publish_rosters_again();
  if (!rosters) return pass_on(rosters.error());
  const auto erased = erase_again();
  if (!erased) return pass_on(erased.error());
  for (const auto& subject : keys_.kept()) {
    const auto slot = keys_.renew(subject, true);
    if (!slot) return pass_on(slot.error());
  }
  const auto posted = post_again(*first);
  if (!posted) return pass_on(posted.error());
  if (const auto* vault = home_.keyring().newest_vault(); vault != nullptr && vault->vault_key) {
    const auto given = grant_vault(*this, line_, *vault, crypto::day_of(hour()));
    if (!given) return pass_on(given.error());
  }
  if (const auto kept = keep_recovery(home_, *this, line_); !kept) return pass_on(kept.error());
  const std::size_t events = journal_->size() + 1 - std::min(*first, journal_->size() + 1);
  announcements_.push_back(
      "the server was restored from a backup; this device put back " +
      counted(events, "event", "events") + ", " + counted(*posted, "reply", "replies") + ", " +
      counted(*erased, "erasure", "erasures") + " and " + counted(*rosters, "roster", "rosters") +
      ". Reports that came after the backup and that no device had taken in are lost. Open every "
      "other device once before you go on, the one that was used last first; a steward runs "
      "'steward renew' for the bundles and keys that were issued since");
  return journal_->mended();
}

// Replies whose "posted" the server had lost: a backup with the event has the address too, because
// that was written first. One that the reporter burned since may come back, for as long as it would
// have lived.
Outcome<std::size_t> Casework::post_again(Position first) {
  std::size_t count = 0;
  for (Position position = first; position <= journal_->size(); ++position) {
    const auto reply = living_reply_posted_at(position);
    if (!reply) return pass_on(reply.error());
    if (!*reply) continue;
    const auto put = address_of(**reply);
    if (!put) return pass_on(put.error());
    const auto response = line_.ask(*put);
    if (!response) return pass_on(response.error());
    if (response->status == crypto::Status::ok) ++count;
  }
  return count;
}

// None where the event is another one, or the reply's time is over.
Outcome<std::optional<WaitingReply>> Casework::living_reply_posted_at(Position position) {
  const auto event = journal_->read(position);
  if (!event) return pass_on(event.error());
  if (event->head.kind != crypto::EventKind::posted) return std::nullopt;
  const Case* entry = index_.find(event->head.subject);
  if (entry == nullptr || !entry->readable) return std::nullopt;
  const auto content = content_at(position, entry->id);
  if (!content) return pass_on(content.error());
  const auto posted = crypto::decode_posted(content->view());
  if (!posted || posted->index >= entry->replies.size()) return std::nullopt;
  const ReplyEntry& reply = entry->replies[posted->index];
  if (reply.expires <= hour()) return std::nullopt;
  return WaitingReply{entry->id, posted->index, reply.position};
}

Outcome<std::size_t> Casework::erase_again() {
  std::size_t count = 0;
  for (const auto& [subject, erased] : vault_history_.erasures()) {
    const auto done = erase_again(erased);
    if (!done) return pass_on(done.error());
    if (*done) ++count;
  }
  return count;
}

// True when the slot had come back and is erased again.
Outcome<bool> Casework::erase_again(const VaultHistory::Erased& erased) {
  const auto slot = crypto::slot_of(erased.statement.subject, region()).bytes;
  const auto there = line_.ask(crypto::Get{crypto::MailboxKind::slot, slot, 0});
  if (!there) return pass_on(there.error());
  if (there->status == crypto::Status::erased) return false;
  const std::uint64_t version = there->status == crypto::Status::ok ? there->position : 0;
  if (version > erased.statement.version) {
    announcements_.emplace_back(
        "a case that two people had erased has a newer slot on the restored server: have it erased "
        "again with 'erase'");
    return false;
  }
  const auto raised = raise_slot(slot, version, erased.statement.version);
  if (!raised) return pass_on(raised.error());
  const auto done = line_.ask(crypto::Erase{crypto::MailboxKind::slot, slot,
                                            erased.statement.version, erased.statement.signatures});
  if (!done) return pass_on(done.error());
  if (done->status == crypto::Status::ok || done->status == crypto::Status::same) return true;
  announcements_.emplace_back(
      "an erasure could not be repeated on the restored server, because one of the two devices "
      "that "
      "signed it is not enrolled any more: have the case erased again with 'erase'");
  return false;
}

// The statements name a version: the slot is brought to it with random bytes that nothing opens.
Outcome<void> Casework::raise_slot(const crypto::MailboxName& slot, std::uint64_t from,
                                   std::uint64_t to) {
  for (std::uint64_t version = from + 1; version <= to; ++version) {
    crypto::Buffer bytes(crypto::slot_value_size);
    crypto::fill_random(bytes);
    crypto::Writer(bytes).u32(home_.keyring().in_force);
    const auto put =
        line_.ask(crypto::Put{crypto::MailboxKind::slot, slot, version, 0, {}, std::move(bytes)});
    if (!put) return pass_on(put.error());
    if (put->status == crypto::Status::conflict) continue;  // another device does the same
    if (put->status != crypto::Status::ok) {
      return unexpected_status("repeat an erasure", put->status);
    }
  }
  return {};
}

Outcome<std::size_t> Casework::publish_rosters_again() {
  std::size_t count = 0;
  if (!home_.keyring().stewardship || rosters_.empty()) return count;
  for (std::uint32_t number = 1; number <= rosters_.newest().number; ++number) {
    const auto there =
        line_.ask(crypto::Get{crypto::MailboxKind::roster, {}, roster_position(number, 0)});
    if (!there) return pass_on(there.error());
    if (there->status != crypto::Status::nothing) continue;
    const auto bytes = rosters_.signed_roster(number);
    if (!bytes) return pass_on(bytes.error());
    if (const auto done = publish_roster(line_, number, *bytes); !done) {
      return pass_on(done.error());
    }
    ++count;
  }
  return count;
}

}  // namespace meldpunt::client
