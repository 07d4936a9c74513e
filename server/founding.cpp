#include "server/founding.h"

#include <algorithm>

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"
#include "server/authority.h"

namespace meldpunt::server {

crypto::Result<std::vector<Write>> read_founding(crypto::Bytes file, Hours now) {
  crypto::Reader reader(file);
  std::vector<Write> writes;
  while (!reader.failed() && reader.remaining() > 0) {
    Write write;
    const auto kind = static_cast<MailboxKind>(reader.u8());
    if (kind != MailboxKind::notice && kind != MailboxKind::roster) reader.reject();
    write.rule = Rule::supersede;
    write.item.kind = kind;
    write.item.position = reader.u64();
    write.item.hour = now;
    const crypto::Bytes bytes = reader.bytes(reader.u32());
    write.item.bytes.assign(bytes.begin(), bytes.end());
    writes.push_back(std::move(write));
  }
  if (!reader.finished()) return crypto::fail(crypto::Error::malformed);
  return writes;
}

namespace {

bool newer(const crypto::Bundle& bundle, const std::optional<StoredItem>& known,
           const crypto::Pin& pin) {
  if (!known) return true;
  const auto before = crypto::verify_bundle(known->item.bytes, pin);
  return !before || bundle.generation > before->generation;
}

}  // namespace

void take_founding(std::vector<Write> writes, const crypto::Pin& pin, Store& store) {
  const auto reader = store.reader();
  std::erase_if(writes, [&](const Write& write) {
    const auto known = reader->at(write.item.kind, write.item.name, write.item.position);
    if (write.item.kind != MailboxKind::notice) return known.has_value();
    const auto bundle = crypto::verify_bundle(write.item.bytes, pin);
    return !bundle || bundle->day != write.item.position || !newer(*bundle, known, pin);
  });
  if (!writes.empty()) store.writer().apply(writes);
}

crypto::Buffer authority_file(StoreReader& reader) {
  constexpr std::uint64_t days = 80;
  crypto::Buffer file;
  const auto add = [&](MailboxKind kind, std::uint64_t position) {
    const auto found = reader.at(kind, {}, position);
    if (!found) return false;
    const auto& bytes = found->item.bytes;
    const std::size_t at = file.size();
    file.resize(at + 1 + 8 + 4 + bytes.size());
    crypto::Writer(crypto::MutableBytes(file).subspan(at))
        .u8(static_cast<std::uint8_t>(kind))
        .u64(position)
        .u32(static_cast<std::uint32_t>(bytes.size()))
        .bytes(bytes);
    return true;
  };
  const std::uint64_t last = reader.head(MailboxKind::notice, {});
  for (std::uint64_t day = last > days ? last - days : 0; day <= last; ++day) {
    add(MailboxKind::notice, day);
  }
  const auto newest = static_cast<std::uint32_t>(reader.head(MailboxKind::roster, {}) >> 16);
  for (std::uint32_t number = 1; number <= newest; ++number) {
    for (std::uint32_t index = 0; add(MailboxKind::roster, roster_position(number, index));) {
      ++index;
    }
  }
  return file;
}

}  // namespace meldpunt::server
