#include "client/lib/receiver.h"

#include <algorithm>

#include "client/lib/case_words.h"
#include "client/lib/own_box.h"
#include "client/lib/pieces.h"
#include "client/trends/json_stat.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

using crypto::DeliveryAnswer;
using crypto::DeliveryStatus;

constexpr std::size_t longest_roster_carried = std::size_t{1} << 20;
constexpr std::size_t rosters_at_once = 16;
constexpr std::size_t incoming_at_once = 64;
// Three times what the longest release has.
constexpr std::size_t parts_of_a_release = 64;
// What is not believed is listed; a stranger who sends without end fills no disk.
constexpr std::size_t not_believed_max = 1000;

const crypto::Hash& by_manifest(const std::pair<crypto::Hash, crypto::Assembly>& roster) {
  return roster.first;
}

// Why the figures of a release are not kept; empty when they are.
std::string why_refused(const crypto::TrendRelease& release) {
  const auto read = trends::read_json_stat(crypto::as_text(release.document));
  if (!read.publication) return "its figures are refused: " + read.reason;
  const auto& figures = *read.publication;
  const auto& head = release.head;
  if (figures.series->id != head.series) return "its figures are of another series than was signed";
  if (figures.period != trends::Period{head.first, head.last}) {
    return "its figures are of another period than was signed";
  }
  if (figures.sequence != head.sequence) return "its figures have another number than was signed";
  return {};
}

}  // namespace

Outcome<std::unique_ptr<Receiver>> Receiver::open(const Home& home, const Clock& clock,
                                                  std::string remark) {
  const auto directories = region_directories(home.path());
  if (!directories) return pass_on(directories.error());
  auto store = ReceiverStore::open(home.path());
  if (!store) return pass_on(store.error());
  std::unique_ptr<Receiver> receiver(
      new Receiver(home, clock, std::move(remark), std::move(*store)));
  for (const Path& directory : *directories) {
    if (const auto opened = receiver->open_region(directory); !opened) {
      return pass_on(opened.error());
    }
  }
  return receiver;
}

Outcome<crypto::Pin> Receiver::add_region(const Home& home, crypto::Bytes pin_bytes) {
  auto pin = crypto::trust_pin(pin_bytes);
  if (!pin) return problem(EX_DATAERR, "the pin", pin.error());
  const Path directory = region_directory(home.path(), pin->region);
  if (const auto before = read_file(directory / "pin", longest_pin)) {
    const auto there = crypto::trust_pin(*before);
    const bool follows =
        !there || crypto::equal_bytes(*before, pin_bytes) || crypto::follow_pin(pin_bytes, *there);
    if (!follows) {
      return problem(EX_DATAERR,
                     "this pin does not follow the one that is kept of " + there->name +
                         ": it is an older one, or somebody else's; ask the region's steward, and "
                         "bring the pins between them one after the other");
    }
  }
  for (const Path& path : {home.path() / "regions", directory}) {
    if (const auto made = make_private_directory(path); !made) return pass_on(made.error());
  }
  // The pin comes last: a directory that has one has everything.
  if (const auto done = write_durably(directory / "pin", pin_bytes); !done) {
    return pass_on(done.error());
  }
  return std::move(*pin);
}

Outcome<void> Receiver::open_region(const Path& directory) {
  const auto bytes = read_file(directory / "pin", longest_pin);
  if (!bytes) return pass_on(bytes.error());
  const auto pin = crypto::trust_pin(*bytes);
  if (!pin) return problem(EX_DATAERR, (directory / "pin").string(), pin.error());
  Region region{directory, *pin, std::nullopt, {}, 0, {}};
  const auto roster = read_file(directory / "roster", longest_roster_carried);
  if (roster) {
    auto verified = crypto::verify_roster(*roster, *pin);
    if (verified) region.roster = std::move(*verified);
  }
  if (const auto taken = take_up_again(region); !taken) return pass_on(taken.error());
  regions_.emplace(pin->region, std::move(region));
  return {};
}

// Parts of a release that was not whole when this last ended.
Outcome<void> Receiver::take_up_again(Region& region) {
  if (!region.roster) return {};
  const auto pieces = store_.pieces(region.pin.region);
  if (!pieces) return pass_on(pieces.error());
  for (const crypto::Buffer& piece : *pieces) (void)open_object(region, piece);
  return {};
}

void Receiver::answer(crypto::FrameSpan out, crypto::FrameView frame) {
  const auto question = crypto::decode_delivery_question(frame);
  const auto said = question ? answer(*question) : DeliveryAnswer{DeliveryStatus::refused, 0, {}};
  (void)crypto::encode(out, said);
}

DeliveryAnswer Receiver::answer(const crypto::DeliveryQuestion& question) {
  const auto found = regions_.find(question.region);
  if (found == regions_.end()) return {DeliveryStatus::refused, 0, {}};
  Region& region = found->second;
  auto said = question.verb == crypto::DeliveryVerb::roster ? take_roster(region, question)
                                                            : take_object(region, question);
  said.roster = region.roster ? region.roster->number : 0;
  return said;
}

// ---- the roster

DeliveryStatus Receiver::expect_roster(Region& region, crypto::Manifest manifest) {
  if (manifest.size > longest_roster_carried) return DeliveryStatus::refused;
  const auto id = crypto::hash_of_manifest(manifest);
  if (std::ranges::find(region.rosters, id, by_manifest) == region.rosters.end()) {
    if (region.rosters.size() >= rosters_at_once) region.rosters.pop_front();
    region.rosters.emplace_back(id, std::move(manifest));
  }
  return DeliveryStatus::taken;
}

// A manifest or a part, as the server has them; strangers may send some too, and are not believed.
DeliveryAnswer Receiver::take_roster(Region& region, const crypto::DeliveryQuestion& question) {
  crypto::Reader as_manifest(question.body);
  auto manifest = crypto::read_manifest(as_manifest);
  if (as_manifest.finished() && manifest.kind == crypto::PartsKind::roster) {
    return {expect_roster(region, std::move(manifest)), 0, {}};
  }
  crypto::Reader as_part(question.body);
  const crypto::Part part = crypto::read_part(as_part);
  const auto assembly = std::ranges::find(region.rosters, part.manifest, by_manifest);
  if (!as_part.finished() || assembly == region.rosters.end() || !assembly->second.add(part)) {
    return {DeliveryStatus::refused, 0, {}};
  }
  if (!assembly->second.complete()) return {DeliveryStatus::taken, 0, {}};
  const auto whole = assembly->second.whole();
  region.rosters.erase(assembly);
  if (!whole) return {DeliveryStatus::refused, 0, {}};
  const auto kept = keep_roster(region, whole->view());
  if (!kept) {
    return {kept.error().exit_code == EX_NOPERM ? DeliveryStatus::refused : DeliveryStatus::busy,
            0,
            {}};
  }
  return {DeliveryStatus::taken, 0, {}};
}

Outcome<void> Receiver::keep_roster(Region& region, crypto::Bytes bytes) {
  auto roster = crypto::verify_roster(bytes, region.pin);
  if (!roster) return problem(EX_NOPERM, "a roster", roster.error());
  // An older one would bring back who has been removed.
  if (region.roster && roster->number <= region.roster->number) return {};
  if (const auto done = write_durably(region.directory / "roster", bytes); !done) {
    return pass_on(done.error());
  }
  region.roster = std::move(*roster);
  return {};
}

// ---- a release

DeliveryAnswer Receiver::take_object(Region& region, const crypto::DeliveryQuestion& question) {
  if (!region.roster || region.roster->number < question.roster) {
    return {DeliveryStatus::needs_roster, 0, {}};
  }
  auto receipt = take(region, question.body);
  if (!receipt) return {DeliveryStatus::busy, 0, {}};
  if (!*receipt) return {DeliveryStatus::taken, 0, {}};
  return {DeliveryStatus::receipt, 0, std::move(**receipt)};
}

Outcome<std::optional<crypto::Buffer>> Receiver::take(Region& region, crypto::Bytes object) {
  const crypto::RegionId& id = region.pin.region;
  auto known = store_.answered(id, crypto::hash_of_object(object));
  if (!known) return pass_on(known.error());
  if (*known) return std::move((*known)->receipt);
  const Opened opened = open_object(region, object);
  if (opened.reason.empty() && !opened.release) {
    auto whole = store_.of_manifest(id, *opened.manifest);
    if (!whole) return pass_on(whole.error());
    const auto done = *whole ? store_.repeat(id, (*whole)->number, {object, opened.manifest})
                             : store_.keep_piece(id, {object, opened.manifest});
    if (!done) return pass_on(done.error());
    if (!*whole) return std::optional<crypto::Buffer>();
    region.incoming.erase(*opened.manifest);
    return std::move((*whole)->receipt);
  }
  auto receipt = judge(region, opened, object);
  if (!receipt) return pass_on(receipt.error());
  // Only now: what could not be written down is judged once more.
  if (opened.manifest) region.incoming.erase(*opened.manifest);
  return std::move(*receipt);
}

Receiver::Opened Receiver::open_object(Region& region, crypto::Bytes object) {
  const crypto::Day today = day_of(clock_.now());
  const auto opened = open_own(home_, object, *region.roster, today, region.pin.region);
  if (!opened) return {{}, std::nullopt, std::string(crypto::describe(opened.error())), {}};
  const crypto::Device* giver = region.roster->find(opened->from);
  if (giver == nullptr || giver->role != crypto::DeviceRole::coordinator) {
    return {opened->from, std::nullopt, "its giver is no coordinator of the region", {}};
  }
  if (opened->kind == crypto::ObjectKind::release) {
    const crypto::Bytes release = opened->content.view();
    return {opened->from, crypto::Buffer(release.begin(), release.end()), {}, {}};
  }
  return collect(region, *opened);
}

// What began first and is not whole makes room: its giver sends it again until there is a receipt.
Receiver::Incoming& Receiver::incoming_of(Region& region, const crypto::Hash& manifest) {
  const auto known = region.incoming.find(manifest);
  if (known != region.incoming.end()) return known->second;
  if (region.incoming.size() >= incoming_at_once) {
    const auto oldest = std::ranges::min_element(
        region.incoming, {}, [](const auto& each) { return each.second.number; });
    (void)store_.drop_pieces(region.pin.region, oldest->first);  // or at the next time
    region.incoming.erase(oldest);
  }
  Incoming& fresh = region.incoming[manifest];
  fresh.number = region.begun++;
  return fresh;
}

Receiver::Opened Receiver::collect(Region& region, const crypto::BoxedObject& piece) {
  auto arrived = read_piece(piece.kind, piece.content.view(), crypto::PartsKind::release);
  if (!arrived) return {piece.from, std::nullopt, "it is no release", {}};
  const crypto::Hash manifest = arrived->manifest;
  Incoming& all = incoming_of(region, manifest);
  if (auto* described = std::get_if<crypto::Manifest>(&arrived->what)) {
    all.manifest = std::move(*described);
  } else if (auto& part = std::get<crypto::Part>(arrived->what);
             std::ranges::find(all.parts, part) == all.parts.end()) {
    if (all.parts.size() >= parts_of_a_release) {
      return {piece.from, std::nullopt, "it has more parts than a release can", manifest};
    }
    all.parts.push_back(std::move(part));
  }
  if (!all.manifest) return {piece.from, std::nullopt, {}, manifest};
  crypto::Assembly assembly(*all.manifest);
  for (const crypto::Part& part : all.parts) (void)assembly.add(part);
  if (!assembly.complete()) return {piece.from, std::nullopt, {}, manifest};
  const auto whole = assembly.whole();
  if (!whole) return {piece.from, std::nullopt, "its parts do not make a release", manifest};
  return {piece.from, crypto::Buffer(whole->view().begin(), whole->view().end()), {}, manifest};
}

// What is answered to an object that is whole, or not to be believed: a signed receipt.
Outcome<crypto::Buffer> Receiver::judge(Region& region, const Opened& opened,
                                        crypto::Bytes object) {
  const ArrivedObject last{object, opened.manifest};
  crypto::ReleaseReceipt receipt;
  receipt.hour = hour_of(clock_.now());
  receipt.remark = remark_;
  receipt.release = crypto::hash_of_object(object);
  receipt.outcome = crypto::ReceiptOutcome::unreadable;
  if (!opened.reason.empty()) {
    return note(region, {0, opened.giver, {}, std::move(receipt), opened.reason}, {}, last);
  }
  return judge_release(region, opened, last, std::move(receipt));
}

Outcome<crypto::Buffer> Receiver::judge_release(Region& region, const Opened& opened,
                                                const ArrivedObject& last,
                                                crypto::ReleaseReceipt receipt) {
  const crypto::RegionId& id = region.pin.region;
  const auto refuse = [&](std::string reason) {
    return note(region, {0, opened.giver, {}, std::move(receipt), std::move(reason)}, {}, last);
  };
  const auto release = crypto::decode_release(*opened.release);
  if (!release) return refuse("it is no release");
  const crypto::Hash hash = crypto::hash_of_release(*opened.release, id);
  const auto known = store_.of_release(id, hash);
  if (!known) return pass_on(known.error());
  if (*known) {
    if (const auto done = store_.repeat(id, (*known)->number, last); !done) {
      return pass_on(done.error());
    }
    return (*known)->receipt;
  }
  if (std::string fault = why_refused(*release); !fault.empty()) return refuse(std::move(fault));
  receipt.release = hash;
  receipt.head = release->head;
  const auto other = store_.clash(id, release->head);
  if (!other) return pass_on(other.error());
  if (*other) {
    receipt.outcome = crypto::ReceiptOutcome::conflict;
    const auto& head = (*other)->said.head;
    return refuse("other figures are kept already: number " + std::to_string(head.sequence) + ", " +
                  trends::name_of({head.first, head.last}));
  }
  const auto highest = store_.highest(id);
  if (!highest) return pass_on(highest.error());
  receipt.outcome = release->head.sequence > *highest + 1 ? crypto::ReceiptOutcome::kept_with_gap
                                                          : crypto::ReceiptOutcome::kept;
  return note(region, {0, opened.giver, {}, std::move(receipt), {}}, release->document, last);
}

// Signs the receipt and writes all down at once. What is written counts, whatever happens next.
Outcome<crypto::Buffer> Receiver::note(Region& region, ReceivedEntry entry, crypto::Bytes document,
                                       const ArrivedObject& last) {
  const crypto::RegionId& id = region.pin.region;
  auto bytes = crypto::sign_receipt(entry.said, id, home_.keys().signing);
  if (!bytes) return problem(EX_DATAERR, "the remark", bytes.error());
  entry.receipt = std::move(*bytes);
  if (!entry.is_kept()) {
    const auto refused = store_.refused(id);
    if (!refused) return pass_on(refused.error());
    if (*refused >= not_believed_max) {
      if (last.manifest) (void)store_.drop_pieces(id, *last.manifest);
      return std::move(entry.receipt);
    }
  }
  if (const auto kept = store_.add(id, entry, document, last); !kept) return pass_on(kept.error());
  crypto::Buffer receipt = entry.receipt;
  news_.push_back({region.pin.name, std::move(entry)});
  return receipt;
}

}  // namespace meldpunt::client
