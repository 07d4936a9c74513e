#include "client/lib/kept_parts.h"

#include <algorithm>

#include "client/lib/case_words.h"
#include "crypto/label.h"
#include "crypto/xaead.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t record_head = 8 + 4 + crypto::DeviceId::size + 1;
constexpr std::size_t longest_kept_part =
    record_head + crypto::object_content_max + crypto::xaead_overhead;

bool fits(const crypto::Manifest& manifest, const crypto::Part& part) {
  return crypto::Assembly(manifest).add(part).has_value();
}

Outcome<void> remove_all(const std::vector<Path>& files) {
  for (const Path& file : files) {
    std::error_code error;
    std::filesystem::remove(file, error);
    if (error) return problem(EX_IOERR, "cannot remove " + file.string() + ": " + error.message());
  }
  return {};
}

}  // namespace

struct KeptParts::Record {
  std::uint64_t order = 0;
  crypto::Hour hour = 0;
  crypto::DeviceId giver;
  crypto::ObjectKind kind{};
  crypto::SecretBuffer content;
  ArrivedPiece piece;
};

bool KeptParts::Kept::has(const ArrivedPiece& piece) const {
  const auto* part = std::get_if<crypto::Part>(&piece.what);
  return part == nullptr ? manifest.has_value() : parts.contains(part->index);
}

// ---- the home's files

crypto::Buffer KeptParts::context() const {
  return crypto::bind("kept part", {home_.pin().region.view(), home_.keys().id.view()});
}

Outcome<KeptParts::Record> KeptParts::read_record(const Path& path) const {
  const auto sealed = read_file(path, longest_kept_part);
  if (!sealed) return pass_on(sealed.error());
  const auto damaged = [&] {
    return problem(EX_DATAERR, path.string() +
                                   " is damaged or another device's: remove it, and ask the "
                                   "coordinator to send again");
  };
  if (sealed->size() < record_head + crypto::xaead_overhead) return damaged();
  crypto::SecretBuffer bytes(sealed->size() - crypto::xaead_overhead);
  if (!crypto::xaead_open(bytes.fill(), *sealed, context(), home_.keys().master)) return damaged();
  crypto::Reader reader(bytes.view());
  Record record;
  record.order = reader.u64();
  record.hour = reader.u32();
  record.giver = reader.id<crypto::DeviceId>();
  record.kind = static_cast<crypto::ObjectKind>(reader.u8());
  record.content = crypto::SecretBuffer::of(reader.rest());
  auto piece = read_piece(record.kind, record.content.view(), crypto::PartsKind::escalation);
  if (!piece) return damaged();
  record.piece = std::move(*piece);
  return record;
}

Outcome<Path> KeptParts::write_record(const Record& record) const {
  if (const auto made = make_private_directory(directory()); !made) return pass_on(made.error());
  crypto::SecretBuffer bytes(record_head + record.content.size());
  crypto::Writer(bytes.fill())
      .u64(record.order)
      .u32(record.hour)
      .bytes(record.giver.view())
      .u8(static_cast<std::uint8_t>(record.kind))
      .bytes(record.content.view());
  crypto::Buffer sealed(bytes.size() + crypto::xaead_overhead);
  crypto::xaead_seal(sealed, bytes.view(), context(), home_.keys().master);
  Path path = directory() / hexadecimal(crypto::random_id<crypto::Id<struct NameTag, 16>>().view());
  if (const auto done = write_durably(path, sealed); !done) return pass_on(done.error());
  return path;
}

Outcome<void> KeptParts::read() {
  kept_.clear();
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory(), error)) {
    // What a process that was killed had not finished; the box still has it.
    if (entry.path().extension() == ".new") {
      std::error_code gone;
      std::filesystem::remove(entry.path(), gone);
      continue;
    }
    const auto record = read_record(entry.path());
    if (!record) return pass_on(record.error());
    add(entry.path(), *record);
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    return problem(EX_IOERR, "cannot read " + directory().string() + ": " + error.message());
  }
  return {};
}

void KeptParts::add(const Path& path, const Record& record) {
  const Key key{record.giver, record.piece.manifest};
  const auto [place, fresh] = kept_.try_emplace(key);
  Kept& kept = place->second;
  kept.order = fresh ? record.order : std::min(kept.order, record.order);
  kept.hour = std::max(kept.hour, record.hour);
  kept.files.push_back(path);
  next_ = std::max(next_, record.order + 1);
  if (const auto* manifest = std::get_if<crypto::Manifest>(&record.piece.what)) {
    kept.manifest = *manifest;
    return;
  }
  const auto& part = std::get<crypto::Part>(record.piece.what);
  kept.parts.emplace(part.index, path);
  if (part.index != 0 || part.bytes.size() < crypto::EscalationId::size) return;
  kept.escalation = crypto::Reader(part.bytes).id<crypto::EscalationId>();
}

// ---- what comes

std::string KeptParts::why_not(const ArrivedPiece& piece, const Kept* kept) const {
  if (const auto* manifest = std::get_if<crypto::Manifest>(&piece.what)) {
    return crypto::is_of_escalation(*manifest) ? "" : "it is larger than an escalation may be";
  }
  const auto& part = std::get<crypto::Part>(piece.what);
  const bool may_be = part.index < crypto::escalation_parts_max &&
                      part.bytes.size() <= crypto::escalation_part_size;
  const bool belongs = kept == nullptr || !kept->manifest || fits(*kept->manifest, part);
  return may_be && belongs ? "" : "it is a part of no escalation";
}

Outcome<KeptParts::Taken> KeptParts::take(const crypto::BoxedObject& object,
                                          const ArrivedPiece& piece, crypto::Hour now) {
  const Key key{object.from, piece.manifest};
  Taken taken;
  auto found = kept_.find(key);
  taken.refused = why_not(piece, found == kept_.end() ? nullptr : &found->second);
  if (!taken.refused.empty()) return taken;
  if (found == kept_.end()) {
    const auto made = make_room(object.from);
    if (!made) return pass_on(made.error());
    taken.pushed_out = *made;
  }
  if (found == kept_.end() || !found->second.has(piece)) {
    const Record record{
        next_, now, object.from, object.kind, crypto::SecretBuffer::of(object.content.view()),
        piece};
    const auto path = write_record(record);
    if (!path) return pass_on(path.error());
    add(*path, record);
    found = kept_.find(key);
    const bool manifest = object.kind == crypto::ObjectKind::manifest;
    const auto done = manifest ? drop_strangers(found->second) : Outcome<void>();
    if (!done) return pass_on(done.error());
  }
  if (found->second.whole()) taken.whole = key;
  return taken;
}

// Parts that came before the manifest could not be compared with it.
Outcome<void> KeptParts::drop_strangers(Kept& kept) const {
  for (auto part = kept.parts.begin(); part != kept.parts.end();) {
    const auto record = read_record(part->second);
    if (!record) return pass_on(record.error());
    if (fits(*kept.manifest, std::get<crypto::Part>(record->piece.what))) {
      ++part;
      continue;
    }
    if (auto removed = remove_all({part->second}); !removed) return removed;
    std::erase(kept.files, part->second);
    part = kept.parts.erase(part);
  }
  return {};
}

Outcome<std::size_t> KeptParts::make_room(const crypto::DeviceId& giver) {
  std::size_t count = 0;
  auto oldest = kept_.end();
  for (auto kept = kept_.begin(); kept != kept_.end(); ++kept) {
    if (kept->first.giver != giver) continue;
    ++count;
    if (oldest == kept_.end() || kept->second.order < oldest->second.order) oldest = kept;
  }
  if (count < kept_of_each_giver) return std::size_t{0};
  const std::uint64_t order = oldest->second.order;
  return drop_those(
      [&](const Key& key, const Kept& kept) { return key.giver == giver && kept.order == order; });
}

// ---- what is whole, and what goes

std::vector<KeptParts::Key> KeptParts::wholes() const {
  std::vector<std::pair<std::uint64_t, Key>> found;
  for (const auto& [key, kept] : kept_) {
    if (kept.whole()) found.emplace_back(kept.order, key);
  }
  std::ranges::sort(found, {}, &std::pair<std::uint64_t, Key>::first);
  std::vector<Key> keys;
  for (const auto& [order, key] : found) {
    if (std::ranges::find(keys, key.manifest, &Key::manifest) == keys.end()) keys.push_back(key);
  }
  return keys;
}

Outcome<crypto::SecretBuffer> KeptParts::open(const Key& key) const {
  const auto found = kept_.find(key);
  if (found == kept_.end() || !found->second.whole()) {
    return problem(EX_DATAERR, "parts", crypto::Error::incomplete);
  }
  crypto::Assembly assembly(*found->second.manifest);
  for (const auto& [index, path] : found->second.parts) {
    const auto record = read_record(path);
    if (!record) return pass_on(record.error());
    (void)assembly.add(std::get<crypto::Part>(record->piece.what));
  }
  auto whole = assembly.whole();
  if (!whole) return problem(EX_DATAERR, "parts", whole.error());
  return std::move(*whole);
}

Outcome<std::size_t> KeptParts::drop_those(
    const std::function<bool(const Key&, const Kept&)>& these) {
  std::size_t count = 0;
  for (auto kept = kept_.begin(); kept != kept_.end();) {
    if (!these(kept->first, kept->second)) {
      ++kept;
      continue;
    }
    if (const auto removed = remove_all(kept->second.files); !removed) {
      return pass_on(removed.error());
    }
    kept = kept_.erase(kept);
    ++count;
  }
  return count;
}

Outcome<void> KeptParts::drop(const crypto::Hash& manifest) {
  const auto dropped =
      drop_those([&](const Key& key, const Kept&) { return key.manifest == manifest; });
  if (!dropped) return pass_on(dropped.error());
  return {};
}

Outcome<void> KeptParts::drop(const crypto::EscalationId& id) {
  const auto dropped =
      drop_those([&](const Key&, const Kept& kept) { return kept.escalation == id; });
  if (!dropped) return pass_on(dropped.error());
  return {};
}

Outcome<std::size_t> KeptParts::drop_older_than(crypto::Hour hour) {
  return drop_those(
      [&](const Key&, const Kept& kept) { return !kept.whole() && kept.hour < hour; });
}

}  // namespace meldpunt::client
