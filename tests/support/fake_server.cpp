#include "tests/support/fake_server.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "client/lib/founding_file.h"
#include "crypto/parts.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client::test {

namespace {

using crypto::MailboxKind;
using crypto::Response;
using crypto::Status;

constexpr std::chrono::seconds lease_time{120};

Response status(Status status) {
  Response response;
  response.status = status;
  return response;
}

}  // namespace

crypto::Buffer FakeServer::public_keys() const {
  crypto::Buffer file(crypto::verify_key_size + crypto::curve_key_size);
  crypto::Writer(file).bytes(daemon_.public_key().view()).bytes(curve_.public_key().view());
  return file;
}

void FakeServer::found(const crypto::Pin& pin, crypto::Bytes founding) {
  pin_ = pin;
  crypto::Reader reader(founding);
  while (reader.remaining() > 0) {
    const auto kind = static_cast<MailboxKind>(reader.u8());
    const std::uint64_t position = reader.u64();
    const crypto::Bytes bytes = reader.bytes(reader.u32());
    if (kind == MailboxKind::notice) {
      bundles_[static_cast<crypto::Day>(position)].assign(bytes.begin(), bytes.end());
    } else {
      roster_parts_[position].assign(bytes.begin(), bytes.end());
    }
  }
  EXPECT_TRUE(reader.finished());
  read_rosters();
}

std::unique_ptr<Line> FakeServer::line(const crypto::CurveKey& device) {
  // As the daemon does: a connection is let in by its key, and is then the device's.
  const auto admitted = std::make_shared<std::optional<crypto::DeviceId>>();
  return std::make_unique<LocalLine>([this, device, admitted](auto answer, auto request) {
    if (roster_ && roster_->find(device) != nullptr) *admitted = roster_->find(device)->id;
    const auto* known = roster_ && *admitted ? roster_->find(**admitted) : nullptr;
    return exchange(known != nullptr ? known->curve : device, answer, request);
  });
}

std::unique_ptr<Line> FakeServer::stranger() {
  return std::make_unique<LocalLine>(
      [this](auto answer, auto request) { return exchange(std::nullopt, answer, request); });
}

void FakeServer::change_request_key() {
  request_key_ = crypto::OpeningKey<crypto::role::Request>::generate();
  ++request_key_number_;
}

void FakeServer::forget_leases() { clock_.pass(lease_time); }

void FakeServer::put_report(const crypto::SealedReport& sealed) {
  intake_[next_id_++] = {{sealed.begin(), sealed.end()}, std::nullopt, {}, {}};
}

void FakeServer::kill_at(int request, Moment moment) {
  kill_at_ = requests_ + request;
  moment_ = moment;
}

std::size_t FakeServer::boxed() const {
  std::size_t count = 0;
  for (const auto& [name, box] : boxes_) count += box.size();
  return count;
}

std::vector<crypto::Buffer> FakeServer::boxed_bytes() const {
  std::vector<crypto::Buffer> all;
  for (const auto& [name, box] : boxes_) {
    for (const auto& [id, item] : box) all.push_back(item.bytes);
  }
  return all;
}

// Activates the newest roster of which every part is there.
void FakeServer::read_rosters() {
  const std::uint32_t number = roster_ ? roster_->number + 1 : 1;
  const auto manifest_at = roster_parts_.find(std::uint64_t{number} << 16);
  if (manifest_at == roster_parts_.end()) return;
  crypto::Reader reader(manifest_at->second);
  crypto::Assembly assembly(crypto::read_manifest(reader));
  for (std::uint64_t i = 1; roster_parts_.contains((std::uint64_t{number} << 16) + i); ++i) {
    crypto::Reader part(roster_parts_[(std::uint64_t{number} << 16) + i]);
    EXPECT_TRUE(assembly.add(crypto::read_part(part)));
  }
  if (!assembly.complete()) return;
  const auto whole = assembly.whole();
  const auto roster = crypto::verify_roster(whole->view(), pin_);
  ASSERT_TRUE(roster) << crypto::describe(roster.error());
  roster_ = *roster;
}

bool FakeServer::is_staff(const Caller& caller) const {
  return caller && roster_ && roster_->find(*caller) != nullptr;
}

crypto::Frame FakeServer::notice(const Caller& caller) const {
  crypto::Digest digest;
  digest.time = static_cast<std::uint64_t>(clock_.now().count());
  digest.tick = tick_;
  digest.generation = generation_;
  digest.request_key_id.bytes = {0, 0, 0, request_key_number_};
  digest.request_key = request_key_.public_key();
  digest.tags = *crypto::make_tags(digest.salt, {});
  const auto today = crypto::day_of(hour_of(clock_.now()));
  const auto there = bundles_.find(today);
  if (there == bundles_.end()) {
    crypto::Frame none{};
    crypto::fill_random(none);
    return none;
  }
  const crypto::Buffer& bundle = !caller && strangers_bundle_ ? *strangers_bundle_ : there->second;
  return *crypto::sign_notice(bundle, digest, pin_.region, daemon_);
}

Delivery FakeServer::exchange(const Caller& caller,
                              std::span<std::uint8_t, crypto::frame_size> answer,
                              crypto::FrameView request) {
  if (crypto::key_id_of(request).is_zero()) {
    crypto::copy_bytes(notice(caller), answer);
    return Delivery::answered;
  }
  crypto::Block<crypto::request_plaintext_size> plaintext{};
  const auto key = crypto::open_request(plaintext, request, request_key_, pin_.region);
  if (!key) {
    crypto::fill_random(answer);
    return Delivery::answered;
  }
  ++requests_;
  if (requests_ == kill_at_ && moment_ == Moment::before) throw Killed();
  const auto decoded = crypto::decode_request(plaintext);
  const Response response = decoded ? respond(caller, *decoded) : status(Status::malformed);
  if (requests_ == kill_at_ && moment_ == Moment::after) throw Killed();
  if (caller) told_[*caller].push_back(response.payload);
  crypto::Block<crypto::response_plaintext_size> out{};
  EXPECT_TRUE(crypto::encode_response(out, response));
  key->seal(answer, out);
  return Delivery::answered;
}

Response FakeServer::respond(const Caller& caller, const crypto::Request& request) {
  if (const auto* report = std::get_if<crypto::PutReport>(&request)) {
    put_report(report->sealed);
    return status(Status::ok);
  }
  if (!is_staff(caller)) return status(Status::refused);
  if (const auto* asked = std::get_if<crypto::Put>(&request)) return put(*asked);
  if (const auto* asked = std::get_if<crypto::Get>(&request)) return get(*asked);
  if (const auto* asked = std::get_if<crypto::Erase>(&request)) return erase(*asked);
  if (const auto* asked = std::get_if<crypto::Take>(&request)) return take(caller, *asked);
  if (const auto* asked = std::get_if<crypto::Acknowledge>(&request)) {
    return finish(caller, asked->kind, asked->name, asked->id, true);
  }
  if (const auto* asked = std::get_if<crypto::Release>(&request)) {
    return finish(caller, asked->kind, asked->name, asked->id, false);
  }
  return status(Status::refused);
}

FakeServer::Queue& FakeServer::queue(MailboxKind kind, const crypto::MailboxName& name) {
  return kind == MailboxKind::intake ? intake_ : boxes_[name];
}

Response FakeServer::put(const crypto::Put& put) {
  switch (put.kind) {
    case MailboxKind::journal:
      return append(put);
    case MailboxKind::slot:
      return put_slot(put);
    case MailboxKind::address:
      return put_address(put);
    case MailboxKind::box:
      boxes_[put.name][next_id_++] = {put.bytes, std::nullopt, {}, {}};
      return status(Status::ok);
    case MailboxKind::roster:
      roster_parts_[put.position] = put.bytes;
      read_rosters();
      return status(Status::ok);
    case MailboxKind::notice:
      return put_bundle(put);
    case MailboxKind::intake:
    case MailboxKind::duty:
      break;
  }
  return status(Status::refused);
}

Response FakeServer::put_bundle(const crypto::Put& put) {
  const auto bundle = crypto::verify_bundle(put.bytes, pin_);
  if (!bundle || bundle->day != put.position) return status(Status::malformed);
  const auto known = bundles_.find(bundle->day);
  if (known != bundles_.end()) {
    if (known->second == put.bytes) return status(Status::same);
    const auto before = crypto::verify_bundle(known->second, pin_);
    if (before->generation >= bundle->generation) return status(Status::conflict);
  }
  bundles_[bundle->day] = put.bytes;
  return status(Status::ok);
}

// Reports by the epoch that they name; what lies in the staff's box by the epoch of the object.
Response FakeServer::count_under(const crypto::Get& get) const {
  Response found = status(Status::ok);
  const Queue* items = &intake_;
  if (get.kind == MailboxKind::box) {
    const auto box = boxes_.find(get.name);
    if (box == boxes_.end()) return found;
    items = &box->second;
  }
  const std::size_t at = get.kind == MailboxKind::box ? crypto::DeviceId::size : 0;
  for (const auto& [id, item] : *items) {
    if (item.bytes.size() < at + crypto::epoch_id_size) continue;
    found.position += crypto::Reader(crypto::Bytes(item.bytes).subspan(at)).u32() == get.position;
  }
  return found;
}

Response FakeServer::get_bundle(std::uint64_t day) const {
  const auto found = bundles_.find(static_cast<crypto::Day>(day));
  Response response = status(found == bundles_.end() ? Status::nothing : Status::ok);
  if (found != bundles_.end()) response.payload = found->second;
  response.position = bundles_.empty() ? 0 : bundles_.rbegin()->first;
  return response;
}

Response FakeServer::append(const crypto::Put& put) {
  // Once: who intrudes appends too.
  if (const auto intrude = std::exchange(intrude_, nullptr)) intrude();
  if (put.position == journal_.size() + 1) {
    journal_.push_back(put.bytes);
    return status(Status::ok);
  }
  const bool same = put.position >= 1 && put.position <= journal_.size() &&
                    journal_[put.position - 1] == put.bytes;
  return status(same ? Status::same : Status::conflict);
}

std::shared_ptr<const FakeServer::Backup> FakeServer::backup() const {
  return std::make_shared<const Backup>(Backup{bundles_, roster_parts_, roster_, intake_, boxes_,
                                               journal_, slots_, erased_, addresses_});
}

void FakeServer::restore(const Backup& backup) {
  restore_quietly(backup);
  raise_generation();
}

void FakeServer::restore_quietly(const Backup& backup) {
  std::tie(bundles_, roster_parts_, roster_, intake_, boxes_) =
      std::tie(backup.bundles, backup.roster_parts, backup.roster, backup.intake, backup.boxes);
  std::tie(journal_, slots_, erased_, addresses_) =
      std::tie(backup.journal, backup.slots, backup.erased, backup.addresses);
}

crypto::Buffer FakeServer::authority_file() const {
  crypto::Buffer file;
  for (const auto& [day, bytes] : bundles_) {
    add_to_founding(file, MailboxKind::notice, day, bytes);
  }
  for (const auto& [position, bytes] : roster_parts_) {
    add_to_founding(file, MailboxKind::roster, position, bytes);
  }
  return file;
}

// As a start does: nobody holds a lease, and the request key is another.
void FakeServer::raise_generation() {
  ++generation_;
  on_duty_.reset();
  forget_leases();
  change_request_key();
}

// As the daemon judges it: two devices of the roster, and the version that they saw.
Response FakeServer::erase(const crypto::Erase& erase) {
  const crypto::Buffer statement = crypto::erase_statement(erase.name, erase.position);
  for (const auto& each : erase.signatures) {
    const crypto::Device* device = roster_->find(each.device);
    if (device == nullptr ||
        !crypto::verify(device->signing, "erase slot", pin_.region, statement, each.signature)) {
      return status(Status::refused);
    }
  }
  const auto stored = slots_.find(erase.name);
  if (stored != slots_.end() && stored->second.first != erase.position) {
    return status(Status::conflict);
  }
  if (stored != slots_.end()) slots_.erase(stored);
  return status(erased_.insert(erase.name).second ? Status::ok : Status::same);
}

Response FakeServer::put_slot(const crypto::Put& put) {
  if (says_erased(put.name)) return status(Status::erased);
  const auto there = slots_.find(put.name);
  const std::uint64_t version = there == slots_.end() ? 0 : there->second.first;
  if (put.position != version + 1) {
    const bool same =
        there != slots_.end() && put.position == version && put.bytes == there->second.second;
    return status(same ? Status::same : Status::conflict);
  }
  slots_[put.name] = {put.position, put.bytes};
  return status(Status::ok);
}

Response FakeServer::put_address(const crypto::Put& put) {
  const auto [place, fresh] = addresses_.try_emplace(put.name, put.bytes);
  if (fresh) return status(Status::ok);
  return status(place->second == put.bytes ? Status::same : Status::conflict);
}

Response FakeServer::get(const crypto::Get& get) const {
  if (get.kind == MailboxKind::journal) return get_journal(get.position);
  if (get.kind == MailboxKind::intake || get.kind == MailboxKind::box) return count_under(get);
  if (get.kind == MailboxKind::notice) return get_bundle(get.position);
  Response found = status(Status::ok);
  if (get.kind == MailboxKind::slot && says_erased(get.name)) return status(Status::erased);
  if (get.kind == MailboxKind::slot && slots_.contains(get.name)) {
    std::tie(found.position, found.payload) = slots_.at(get.name);
    return found;
  }
  if (get.kind == MailboxKind::roster && roster_parts_.contains(get.position)) {
    found.payload = roster_parts_.at(get.position);
    return found;
  }
  return status(Status::nothing);
}

Response FakeServer::get_journal(std::uint64_t position) const {
  Response found = status(position > journal_.size() ? Status::nothing : Status::ok);
  found.position = journal_.size();
  for (; position >= 1 && position <= journal_.size(); ++position) {
    const crypto::Buffer& event = journal_[position - 1];
    if (found.payload.size() + 2 + event.size() > crypto::response_payload_max) break;
    const std::size_t at = found.payload.size();
    found.payload.resize(at + 2 + event.size());
    crypto::Writer(crypto::MutableBytes(found.payload).subspan(at)).field(event);
  }
  return found;
}

Response FakeServer::take_duty(const crypto::CurveKey& caller) {
  Response response = status(Status::ok);
  if (on_duty_ && *on_duty_ != caller && clock_.steady() < duty_until_) {
    response.status = Status::busy;
    response.wait = 60;
    return response;
  }
  on_duty_ = caller;
  duty_until_ = clock_.steady() + lease_time;
  response.wait = static_cast<std::uint16_t>(lease_time.count());
  return response;
}

Response FakeServer::take(const Caller& caller, const crypto::Take& take) {
  if (take.kind == MailboxKind::duty) return take_duty(*caller);
  for (auto& [id, item] : queue(take.kind, take.name)) {
    if (item.lease && clock_.steady() < item.until) continue;
    if (item.passed_over.contains(*caller)) continue;
    item.lease = caller;
    item.until = clock_.steady() + lease_time;
    Response found = status(Status::ok);
    found.id = id;
    found.payload = item.bytes;
    found.wait = static_cast<std::uint16_t>(lease_time.count());
    return found;
  }
  for (auto& [id, item] : queue(take.kind, take.name)) item.passed_over.erase(*caller);
  return status(Status::nothing);
}

Response FakeServer::finish(const Caller& caller, MailboxKind kind, const crypto::MailboxName& name,
                            std::uint64_t id, bool remove) {
  if (kind == MailboxKind::duty) {
    if (on_duty_ == caller) on_duty_.reset();
    return status(Status::ok);
  }
  Queue& items = queue(kind, name);
  const auto item = items.find(id);
  if (item == items.end()) return status(Status::nothing);
  if (item->second.lease != caller) return status(Status::conflict);
  if (remove) {
    items.erase(item);
  } else {
    item->second.lease.reset();
    const bool shared = kind == MailboxKind::intake || name == crypto::staff_box();
    if (shared) item->second.passed_over.insert(*caller);
  }
  return status(Status::ok);
}

}  // namespace meldpunt::client::test
