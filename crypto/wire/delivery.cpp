#include "crypto/wire/delivery.h"

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

Buffer read_body(Reader& reader) {
  const Bytes body = reader.field();
  return {body.begin(), body.end()};
}

Result<void> finish(Writer& writer) {
  if (!writer.fits()) return fail(Error::too_long);
  writer.pad();
  return {};
}

}  // namespace

Result<void> encode(FrameSpan frame, const DeliveryQuestion& question) {
  Writer writer(frame);
  writer.u8(static_cast<std::uint8_t>(question.verb))
      .bytes(question.region.view())
      .u32(question.roster)
      .field(question.body);
  return finish(writer);
}

Result<void> encode(FrameSpan frame, const DeliveryAnswer& answer) {
  Writer writer(frame);
  writer.u8(static_cast<std::uint8_t>(answer.status)).u32(answer.roster).field(answer.body);
  return finish(writer);
}

Result<DeliveryQuestion> decode_delivery_question(FrameView frame) {
  Reader reader(frame);
  DeliveryQuestion question;
  const std::uint8_t verb = reader.u8();
  question.verb = static_cast<DeliveryVerb>(verb);
  question.region = reader.id<RegionId>();
  question.roster = reader.u32();
  question.body = read_body(reader);
  if (!reader.finished_with_padding() || verb < 1 || verb > 2) return fail(Error::malformed);
  return question;
}

Result<DeliveryAnswer> decode_delivery_answer(FrameView frame) {
  Reader reader(frame);
  DeliveryAnswer answer;
  const std::uint8_t status = reader.u8();
  answer.status = static_cast<DeliveryStatus>(status);
  answer.roster = reader.u32();
  answer.body = read_body(reader);
  if (!reader.finished_with_padding() || status < 1 || status > 5) return fail(Error::malformed);
  return answer;
}

}  // namespace meldpunt::crypto
