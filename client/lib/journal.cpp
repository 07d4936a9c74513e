#include "client/lib/journal.h"

#include <algorithm>

#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

bool stays_full(crypto::EventKind kind) {
  return kind == crypto::EventKind::taken_in || kind == crypto::EventKind::reply;
}

}  // namespace

tl::unexpected<Problem> forked(const std::string& what) {
  return problem(EX_PROTOCOL,
                 what +
                     ". The server shows another history than this device has seen (a fork or a "
                     "rollback). Nothing was changed. Do not go on: compare the five words of "
                     "'cases' with a colleague, and tell the operator");
}

Outcome<Journal> Journal::open(const Home& home, RosterHistory& rosters, StaffLine& line) {
  auto file = RecordFile::open(home.path() / "journal", crypto::event_full_size);
  if (!file) return pass_on(file.error());
  return Journal(home, rosters, line, std::move(*file));
}

Outcome<void> Journal::replay(Reader reader, Position after, const crypto::Hash& head) {
  reader_ = std::move(reader);
  size_ = after;
  head_ = head;
  return read_disk();
}

Outcome<bool> Journal::has(Position position, const crypto::Hash& hash) const {
  if (position == 0) return hash.is_zero();
  if (position > file_.size()) return false;
  const auto event = file_.read(position - 1);
  if (!event) return pass_on(event.error());
  return crypto::hash_of_event(*event, home_->pin().region) == hash;
}

// What this or another process of this home has written.
Outcome<void> Journal::read_disk() {
  if (const auto grown = file_.catch_up(); !grown) return pass_on(grown.error());
  while (size_ < file_.size()) {
    const auto event = file_.read(size_);
    if (!event) return pass_on(event.error());
    if (const auto taken = take(*event, true); !taken) return pass_on(taken.error());
  }
  return {};
}

// A device that renews its keys may have signed with either.
crypto::Result<crypto::OuterEvent> Journal::open_signed(crypto::Bytes event,
                                                        const crypto::VaultSecret& vault) const {
  std::size_t tried = 0;
  std::size_t candidates = 0;
  crypto::VerifyKey<crypto::role::Device> key;
  const auto next_key = [&](const crypto::DeviceId& device, crypto::Hour hour) {
    const auto keys = rosters_->writers(device, hour);
    candidates = keys.size();
    if (tried < candidates) key = keys[tried];
    return tried < candidates ? &key : nullptr;
  };
  const auto& region = home_->pin().region;
  auto opened = crypto::open_event(event, vault, region, next_key);
  while (!opened && opened.error() == crypto::Error::bad_signature && ++tried < candidates) {
    opened = crypto::open_event(event, vault, region, next_key);
  }
  return opened;
}

// More than one secret may be here for a version that two devices were making at once. The
// signature was checked before the event was written to the disk; who can alter the disk's copy so
// that it still opens has the journal key.
crypto::Result<crypto::OuterEvent> Journal::open_with_held(crypto::Bytes event,
                                                           crypto::VaultVersion version,
                                                           bool from_disk) const {
  const auto& region = home_->pin().region;
  auto error = crypto::Error::cannot_open;
  for (const auto& vault : home_->keyring().vaults) {
    if (vault.version != version) continue;
    if (from_disk) {
      auto unchecked = crypto::detail::decrypt_event(event, vault, region);
      if (unchecked) return std::move(unchecked->outer);
      error = unchecked.error();
    } else {
      auto opened = open_signed(event, vault);
      if (opened) return opened;
      error = opened.error();
    }
    if (error != crypto::Error::cannot_open) break;
  }
  return crypto::fail(error);
}

Outcome<crypto::OuterEvent> Journal::open_event(crypto::Bytes event, bool from_disk) const {
  const auto version = crypto::vault_version_of_event(event);
  if (!version) return problem(EX_PROTOCOL, "an event of the journal", version.error());
  auto opened = open_with_held(event, *version, from_disk);
  if (!opened && opened.error() == crypto::Error::cannot_open && key_source_) {
    if (const auto asked = key_source_(*version); !asked) return pass_on(asked.error());
    opened = open_with_held(event, *version, from_disk);
  }
  if (opened) return std::move(*opened);
  if (home_->keyring().vault(*version) == nullptr) {
    return problem(EX_CONFIG,
                   "this device does not have the journal key yet: have the steward enrol it, and "
                   "run the command again");
  }
  if (from_disk) return problem(EX_DATAERR, "the journal on this disk", opened.error());
  return problem(EX_PROTOCOL, "an event of the journal", opened.error());
}

// Its writer may have been enrolled since the roster was last read.
Outcome<crypto::OuterEvent> Journal::open_new(crypto::Bytes event) {
  auto opened = open_event(event, false);
  if (opened || opened.error().exit_code != EX_PROTOCOL) return opened;
  if (const auto fresh = rosters_->refresh(*line_); !fresh) return pass_on(fresh.error());
  return open_event(event, false);
}

Outcome<void> Journal::take(crypto::Bytes event, bool from_disk) {
  const auto opened = from_disk ? open_event(event, true) : open_new(event);
  if (!opened) return pass_on(opened.error());
  if (opened->head.previous != head_) {
    return forked("event " + std::to_string(size_ + 1) + " does not follow the one before");
  }
  if (!from_disk) {
    // The server has it: one sync for all that came is enough.
    const auto kept = file_.append(size_, event, RecordFile::Durable::later);
    if (!kept) return pass_on(kept.error());
  }
  ++size_;
  head_ = crypto::hash_of_event(event, home_->pin().region);
  return reader_ ? reader_(size_, *opened) : Outcome<void>{};
}

Outcome<crypto::Response> Journal::ask_from(Position position) {
  auto response = line_->ask(crypto::Get{crypto::MailboxKind::journal, {}, position});
  if (!response) return response;
  if (response->status != crypto::Status::ok && response->status != crypto::Status::nothing) {
    return unexpected_status("read the journal", response->status);
  }
  if (response->position < size_) {
    if (const auto done = append_again(response->position); !done) return pass_on(done.error());
    return ask_from(position);
  }
  return response;
}

// Two histories of the same length differ in their last event.
Outcome<void> Journal::check_head() {
  if (head_checked_ || size_ == 0) return {};
  const auto response = ask_from(size_);
  if (!response) return pass_on(response.error());
  const crypto::Bytes last = crypto::Reader(response->payload).field();
  if (crypto::hash_of_event(last, home_->pin().region) != head_) {
    return forked("event " + std::to_string(size_) + " is another one on the server");
  }
  head_checked_ = true;
  return {};
}

Outcome<void> Journal::sync() {
  if (const auto read = read_disk(); !read) return pass_on(read.error());
  if (const auto checked = check_head(); !checked) return pass_on(checked.error());
  for (;;) {
    const auto response = ask_from(size_ + 1);
    if (!response) return pass_on(response.error());
    if (response->status == crypto::Status::nothing) return file_.make_durable();
    if (const auto taken = take_all(response->payload); !taken) return pass_on(taken.error());
    if (size_ >= response->position) return file_.make_durable();
  }
}

Outcome<void> Journal::take_all(crypto::Bytes payload) {
  crypto::Reader events(payload);
  while (events.remaining() > 0) {
    const crypto::Bytes event = events.field();
    if (events.failed()) return problem(EX_PROTOCOL, "the server gave a damaged journal");
    if (const auto taken = take(event, false); !taken) return pass_on(taken.error());
  }
  return {};
}

Outcome<crypto::OuterEvent> Journal::read(Position position) const {
  const auto event = file_.read(position - 1);
  if (!event) return pass_on(event.error());
  return open_event(*event, true);
}

Outcome<crypto::SecretBuffer> Journal::content(const crypto::OuterEvent& event,
                                               const crypto::SymmetricKey* case_key) const {
  const auto& region = home_->pin().region;
  if (case_key != nullptr) {
    auto content = crypto::open_content(event, *case_key, region);
    if (content) return std::move(*content);
    return problem(EX_DATAERR, "an event of a case", content.error());
  }
  // The outer part does not say which version it lay under, so the newest that fits is taken.
  for (const auto& vault : home_->keyring().vaults) {
    auto content = crypto::open_content(event, crypto::region_content_key(vault, region), region);
    if (content) return std::move(*content);
  }
  return problem(EX_DATAERR, "an event of the region", crypto::Error::cannot_open);
}

Outcome<crypto::Buffer> Journal::seal(const Draft& draft, crypto::Hour hour) const {
  const auto* vault = draft.vault ? &*draft.vault : home_->keyring().newest_vault();
  if (vault == nullptr) {
    return problem(EX_CONFIG,
                   "this device does not have the vault key yet: have the steward enrol it");
  }
  const auto& region = home_->pin().region;
  const DeviceKeys& keys = home_->keys();
  // Nobody would believe it, and the journal would stop for all: refuse before it is written.
  if (rosters_->writer(keys.id, hour) == nullptr) {
    return problem(EX_NOPERM,
                   "this device is no coordinator's today: its enrolment has ended, or its clock "
                   "is wrong; set the clock, or ask the steward to enrol it again");
  }
  const crypto::EventHead head{head_, draft.subject, draft.kind, hour, keys.id};
  const auto region_key = crypto::region_content_key(*vault, region);
  auto event =
      crypto::seal_event(head, draft.content.view(), draft.case_key ? *draft.case_key : region_key,
                         *vault, keys.signing, region, stays_full(draft.kind));
  if (!event) return problem(EX_DATAERR, "this text", event.error());
  return std::move(*event);
}

Outcome<Journal::Landing> Journal::put(const crypto::Buffer& event) {
  const auto response =
      line_->ask(crypto::Put{crypto::MailboxKind::journal, {}, size_ + 1, 0, {}, event});
  if (!response) return pass_on(response.error());
  if (response->status == crypto::Status::conflict) return Landing::somebody_was_first;
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("append to the journal", response->status);
  }
  if (const auto taken = take(event, false); !taken) return pass_on(taken.error());
  if (const auto kept = file_.make_durable(); !kept) return pass_on(kept.error());
  return Landing::appended;
}

Outcome<bool> Journal::append(crypto::Hour now,
                              const std::function<Outcome<std::optional<Draft>>()>& decide) {
  for (;;) {
    const auto draft = decide();
    if (!draft) return pass_on(draft.error());
    if (!*draft) return false;
    // A clock that is behind must not date an event before its writer was enrolled.
    const crypto::Hour hour = rosters_->empty() ? now : std::max(now, rosters_->newest().issued);
    const auto event = seal(**draft, hour);
    if (!event) return pass_on(event.error());
    const auto landing = put(*event);
    if (!landing) return pass_on(landing.error());
    if (*landing == Landing::appended) return true;
    if (const auto synced = sync(); !synced) return pass_on(synced.error());
  }
}

}  // namespace meldpunt::client
