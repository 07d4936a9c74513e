#include "crypto/redaction.h"

#include "crypto/written.h"

namespace meldpunt::crypto {

namespace {

// Higher than the one before.
std::uint64_t next_position(Reader& reader, std::uint64_t before) {
  const std::uint64_t position = reader.u64();
  if (position <= before) reader.reject();
  return position;
}

}  // namespace

void write_strikes(Writer& writer, const std::vector<Strike>& strikes) {
  writer.u16(static_cast<std::uint16_t>(strikes.size()));
  for (const Strike& strike : strikes) {
    writer.u64(strike.position).field(as_bytes(strike.instead));
  }
}

std::vector<Strike> read_strikes(Reader& reader) {
  std::vector<Strike> strikes;
  const std::size_t count = reader.u16();
  if (count == 0) reader.reject();
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
    before = next_position(reader, before);
    strikes.push_back({before, text_field(reader)});
  }
  return strikes;
}

Result<SecretBuffer> encode(const Retained& event) {
  return if_readable(
      written_within(
          event_content_max,
          [&](Writer& writer) {
            writer.bytes(event.before.view()).u16(static_cast<std::uint16_t>(event.events.size()));
            for (const RetainedEvent& each : event.events) {
              writer.u64(each.position).u32(each.hour).bytes(each.device.view());
            }
          }),
      decode_retained);
}

Result<Retained> decode_retained(Bytes content) {
  Reader reader(content);
  Retained event;
  event.before = reader.id<CaseId>();
  const std::size_t count = reader.u16();
  if (count > retained_max) reader.reject();
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
    before = next_position(reader, before);
    const Hour hour = reader.u32();
    event.events.push_back({before, hour, reader.id<DeviceId>()});
  }
  return if_finished(reader, std::move(event));
}

}  // namespace meldpunt::crypto
