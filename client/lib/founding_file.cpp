#include "client/lib/founding_file.h"

#include "client/lib/journal_rosters.h"
#include "crypto/parts.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t roster_part_size = 15'000;
constexpr std::size_t record_overhead = 1 + 8 + 4;

template <class Write>
FoundingRecord roster_record(std::uint32_t number, std::uint16_t index, Write write) {
  FoundingRecord record{crypto::MailboxKind::roster, roster_position(number, index),
                        crypto::Buffer(crypto::put_bytes_max)};
  crypto::Writer writer(record.bytes);
  write(writer);
  record.bytes.resize(writer.size());
  return record;
}

}  // namespace

Outcome<std::vector<FoundingRecord>> roster_records(std::uint32_t number,
                                                    crypto::Bytes signed_roster) {
  const auto manifest =
      crypto::make_manifest(crypto::PartsKind::roster, signed_roster, roster_part_size);
  if (!manifest) return problem(EX_SOFTWARE, "the roster", manifest.error());
  std::vector<FoundingRecord> records;
  const auto parts = static_cast<std::uint16_t>(manifest->parts.size());
  for (std::uint16_t i = 0; i < parts; ++i) {
    const auto part = crypto::make_part(*manifest, signed_roster, roster_part_size, i);
    records.push_back(
        roster_record(number, static_cast<std::uint16_t>(i + 1),
                      [&](crypto::Writer& writer) { crypto::write_part(writer, part); }));
  }
  records.push_back(roster_record(
      number, 0, [&](crypto::Writer& writer) { crypto::write_manifest(writer, *manifest); }));
  return records;
}

void add_to_founding(crypto::Buffer& file, crypto::MailboxKind kind, std::uint64_t position,
                     crypto::Bytes bytes) {
  const std::size_t at = file.size();
  file.resize(at + record_overhead + bytes.size());
  crypto::Writer(crypto::MutableBytes(file).subspan(at))
      .u8(static_cast<std::uint8_t>(kind))
      .u64(position)
      .u32(static_cast<std::uint32_t>(bytes.size()))
      .bytes(bytes);
}

Outcome<void> add_roster_to_founding(crypto::Buffer& file, std::uint32_t number,
                                     crypto::Bytes signed_roster) {
  const auto records = roster_records(number, signed_roster);
  if (!records) return pass_on(records.error());
  for (const FoundingRecord& record : *records) {
    add_to_founding(file, record.kind, record.position, record.bytes);
  }
  return {};
}

crypto::Buffer encode(const std::vector<FoundingRecord>& records) {
  crypto::Buffer file;
  for (const FoundingRecord& record : records) {
    add_to_founding(file, record.kind, record.position, record.bytes);
  }
  return file;
}

Outcome<std::vector<FoundingRecord>> read_founding_file(crypto::Bytes file) {
  crypto::Reader reader(file);
  std::vector<FoundingRecord> records;
  while (!reader.failed() && reader.remaining() > 0) {
    FoundingRecord record;
    record.kind = static_cast<crypto::MailboxKind>(reader.u8());
    record.position = reader.u64();
    const crypto::Bytes bytes = reader.bytes(reader.u32());
    record.bytes.assign(bytes.begin(), bytes.end());
    records.push_back(std::move(record));
  }
  if (!reader.finished()) return problem(EX_DATAERR, "a founding file", crypto::Error::malformed);
  return records;
}

}  // namespace meldpunt::client
