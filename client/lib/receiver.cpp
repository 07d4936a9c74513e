#include "client/lib/receiver.h"

#include <algorithm>

#include "client/lib/case_words.h"
#include "client/lib/own_box.h"
#include "client/lib/pieces.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

using crypto::DeliveryAnswer;
using crypto::DeliveryStatus;

constexpr std::size_t longest_roster_carried = std::size_t{1} << 20;
constexpr std::size_t rosters_at_once = 16;
constexpr std::size_t incoming_at_once = 64;
// What is not believed is listed; a stranger who sends without end fills no disk.
constexpr std::size_t not_believed_max = 1000;

const crypto::Hash& by_manifest(const std::pair<crypto::Hash, crypto::Assembly>& roster) {
  return roster.first;
}

Path sealed_path(const Path& directory, const crypto::Hash& object) {
  return directory / "sealed" / hexadecimal(object.view());
}

std::string figures_name(const crypto::ReleaseHead& head) {
  std::string number = std::to_string(head.sequence);
  number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
  return number + '-' + trends::name_of({head.first, head.last}) + ".json";
}

}  // namespace

Outcome<std::unique_ptr<Receiver>> Receiver::open(const Home& home, const Clock& clock,
                                                  std::string remark) {
  std::unique_ptr<Receiver> receiver(new Receiver(home, clock, std::move(remark)));
  const auto directories = region_directories(home.path());
  if (!directories) return pass_on(directories.error());
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
  for (const Path& path :
       {home.path() / "regions", directory, directory / "sealed", directory / "figures"}) {
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
  auto list = ReceiverList::open(directory);
  if (!list) return pass_on(list.error());
  Region region{directory, *pin, std::nullopt, std::move(*list), {}, {}};
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
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(region.directory / "sealed", error)) {
    const auto bytes = read_file(entry.path(), crypto::boxed_object_size);
    if (bytes) (void)open_object(region, *bytes);
  }
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
  const Opened opened = open_object(region, question.body);
  const crypto::Hash object = crypto::hash_of_object(question.body);
  if (opened.reason.empty() && !opened.release) {
    const auto kept = write_durably(sealed_path(region.directory, object), question.body);
    return {kept ? DeliveryStatus::taken : DeliveryStatus::busy, 0, {}};
  }
  auto receipt = judge(region, opened, question.body);
  if (!receipt) return {DeliveryStatus::busy, 0, {}};
  return {DeliveryStatus::receipt, 0, std::move(*receipt)};
}

Receiver::Opened Receiver::open_object(Region& region, crypto::Bytes object) const {
  const crypto::Day today = day_of(clock_.now());
  const auto opened = open_own(home_, object, *region.roster, today, region.pin.region);
  if (!opened) return {{}, std::nullopt, std::string(crypto::describe(opened.error()))};
  const crypto::Device* giver = region.roster->find(opened->from);
  if (giver == nullptr || giver->role != crypto::DeviceRole::coordinator) {
    return {opened->from, std::nullopt, "its giver is no coordinator of the region"};
  }
  if (opened->kind == crypto::ObjectKind::release) {
    const crypto::Bytes release = opened->content.view();
    return {opened->from, crypto::Buffer(release.begin(), release.end()), {}};
  }
  return collect(region, *opened);
}

Receiver::Opened Receiver::collect(Region& region, const crypto::BoxedObject& piece) const {
  auto arrived = read_piece(piece.kind, piece.content.view(), crypto::PartsKind::release);
  if (!arrived) return {piece.from, std::nullopt, "it is no release"};
  if (region.incoming.size() >= incoming_at_once && !region.incoming.contains(arrived->manifest)) {
    region.incoming.erase(region.incoming.begin());
  }
  Incoming& all = region.incoming[arrived->manifest];
  if (auto* manifest = std::get_if<crypto::Manifest>(&arrived->what)) {
    all.manifest = std::move(*manifest);
  } else if (auto& part = std::get<crypto::Part>(arrived->what);
             std::ranges::find(all.parts, part) == all.parts.end()) {
    all.parts.push_back(std::move(part));
  }
  if (!all.manifest) return {piece.from, std::nullopt, {}};
  crypto::Assembly assembly(*all.manifest);
  for (const crypto::Part& part : all.parts) (void)assembly.add(part);
  if (!assembly.complete()) return {piece.from, std::nullopt, {}};
  const auto whole = assembly.whole();
  if (!whole) return {piece.from, std::nullopt, "its parts do not make a release"};
  return {piece.from, crypto::Buffer(whole->view().begin(), whole->view().end()), {}};
}

// What is answered to an object that is whole, or not to be believed: a signed receipt.
Outcome<crypto::Buffer> Receiver::judge(Region& region, const Opened& opened,
                                        crypto::Bytes object) {
  crypto::ReleaseReceipt receipt;
  receipt.hour = hour_of(clock_.now());
  receipt.remark = remark_;
  receipt.release = crypto::hash_of_object(object);
  receipt.outcome = crypto::ReceiptOutcome::unreadable;
  if (!opened.reason.empty()) {
    return note(region, std::move(receipt), opened.giver, opened.reason, {});
  }
  const auto release = crypto::decode_release(*opened.release);
  if (!release) return note(region, std::move(receipt), opened.giver, "it is no release", {});
  receipt.release = crypto::hash_of_release(*opened.release, region.pin.region);
  receipt.head = release->head;
  if (const auto* known = region.list.of(receipt.release)) return known->receipt;
  if (const auto* other = region.list.clash(release->head)) {
    receipt.outcome = crypto::ReceiptOutcome::conflict;
    return note(region, std::move(receipt), opened.giver,
                "other figures are kept already: " + other->figures, {});
  }
  receipt.outcome = release->head.sequence > region.list.highest() + 1
                        ? crypto::ReceiptOutcome::kept_with_gap
                        : crypto::ReceiptOutcome::kept;
  const std::string figures = figures_name(release->head);
  const auto sealed =
      write_durably(sealed_path(region.directory, crypto::hash_of_object(object)), object);
  if (!sealed) return pass_on(sealed.error());
  const auto written = write_durably(region.directory / "figures" / figures, release->document);
  if (!written) return pass_on(written.error());
  return note(region, std::move(receipt), opened.giver, {}, figures);
}

// Signs the receipt and lists it. What is in the list counts, whatever happens next.
Outcome<crypto::Buffer> Receiver::note(Region& region, crypto::ReleaseReceipt receipt,
                                       const crypto::DeviceId& giver, std::string reason,
                                       std::string figures) {
  if (const auto* known = region.list.of(receipt.release)) return known->receipt;
  auto bytes = crypto::sign_receipt(receipt, region.pin.region, home_.keys().signing);
  if (!bytes) return problem(EX_DATAERR, "the remark", bytes.error());
  if (figures.empty() && region.list.not_believed() >= not_believed_max) return std::move(*bytes);
  ReceivedEntry entry{giver, *bytes, std::move(receipt), std::move(reason), std::move(figures)};
  if (const auto kept = region.list.add(entry); !kept) return pass_on(kept.error());
  news_.push_back({region.pin.name, std::move(entry)});
  return std::move(*bytes);
}

}  // namespace meldpunt::client
