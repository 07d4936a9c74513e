#include "client/lib/receiver_list.h"

#include <algorithm>

#include "client/lib/case_words.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t longest_record = 4096;
constexpr std::uint8_t kept_kind = 1;
constexpr std::uint8_t doubted_kind = 2;

crypto::Buffer encode(const ReceivedEntry& entry) {
  crypto::Buffer bytes(longest_record);
  crypto::Writer writer(bytes);
  writer.u8(entry.reason.empty() ? kept_kind : doubted_kind)
      .bytes(entry.giver.view())
      .field(entry.receipt)
      .field(crypto::as_bytes(entry.reason))
      .field(crypto::as_bytes(entry.figures));
  bytes.resize(writer.size());
  return bytes;
}

// The list is this program's own: a receipt in it is read without its signature.
crypto::Result<ReceivedEntry> decode(crypto::Bytes bytes) {
  crypto::Reader reader(bytes);
  ReceivedEntry entry;
  const std::uint8_t kind = reader.u8();
  entry.giver = reader.id<crypto::DeviceId>();
  const crypto::Bytes receipt = reader.field();
  entry.receipt.assign(receipt.begin(), receipt.end());
  entry.reason = std::string(crypto::as_text(reader.field()));
  entry.figures = std::string(crypto::as_text(reader.field()));
  auto said = crypto::read_receipt(receipt);
  if (!reader.finished() || !said || kind < kept_kind || kind > doubted_kind) {
    return crypto::fail(crypto::Error::malformed);
  }
  entry.said = std::move(*said);
  return entry;
}

}  // namespace

Outcome<ReceiverList> ReceiverList::open(const Path& directory) {
  auto file = RecordFile::open(directory / "list", longest_record);
  if (!file) return pass_on(file.error());
  ReceiverList list(std::move(*file));
  for (std::size_t i = 0; i < list.file_.size(); ++i) {
    const auto bytes = list.file_.read(i);
    if (!bytes) return pass_on(bytes.error());
    auto entry = decode(*bytes);
    if (!entry) return problem(EX_DATAERR, (directory / "list").string(), entry.error());
    list.entries_.push_back(std::move(*entry));
  }
  return list;
}

const ReceivedEntry* ReceiverList::of(const crypto::Hash& release) const {
  const auto found = std::ranges::find_if(
      entries_, [&](const ReceivedEntry& entry) { return entry.said.release == release; });
  return found == entries_.end() ? nullptr : &*found;
}

const ReceivedEntry* ReceiverList::clash(const crypto::ReleaseHead& head) const {
  const trends::Period period{head.first, head.last};
  const auto found = std::ranges::find_if(entries_, [&](const ReceivedEntry& entry) {
    const auto& other = entry.said.head;
    return entry.is_kept() &&
           (other.sequence == head.sequence ||
            (other.series == head.series && period.overlaps({other.first, other.last})));
  });
  return found == entries_.end() ? nullptr : &*found;
}

std::uint32_t ReceiverList::highest() const {
  std::uint32_t highest = 0;
  for (const ReceivedEntry& entry : entries_) {
    if (entry.is_kept()) highest = std::max(highest, entry.said.head.sequence);
  }
  return highest;
}

std::size_t ReceiverList::not_believed() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(entries_, [](const ReceivedEntry& entry) { return !entry.is_kept(); }));
}

Outcome<void> ReceiverList::add(ReceivedEntry entry) {
  if (const auto kept = file_.add(encode(entry)); !kept) return pass_on(kept.error());
  entries_.push_back(std::move(entry));
  return {};
}

Path region_directory(const Path& home, const crypto::RegionId& region) {
  return home / "regions" / hexadecimal(region.view().first(8));
}

Outcome<std::vector<Path>> region_directories(const Path& home) {
  std::vector<Path> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(home / "regions", error)) {
    if (std::filesystem::exists(entry.path() / "pin")) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  if (found.empty()) {
    return problem(EX_NOINPUT,
                   "no region is here yet: add one with 'receiver region --home DIR --pin FILE'");
  }
  return found;
}

}  // namespace meldpunt::client
