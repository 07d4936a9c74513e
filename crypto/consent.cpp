#include "crypto/consent.h"

#include "crypto/written.h"

namespace meldpunt::crypto {

Result<SecretBuffer> encode(const ConsentRecorded& event) {
  if (event.question.fields.size() > 0xff) return fail(Error::too_many);
  return if_readable(written_within(event_content_max,
                                    [&](Writer& writer) {
                                      write_consent_question(writer, event.question);
                                      writer.u8(static_cast<std::uint8_t>(event.choice))
                                          .u8(static_cast<std::uint8_t>(event.how))
                                          .u32(event.hour)
                                          .field(as_bytes(event.text));
                                    }),
                     decode_consent_recorded);
}

Result<ConsentRecorded> decode_consent_recorded(Bytes content) {
  Reader reader(content);
  ConsentRecorded event;
  event.question = read_consent_question(reader);
  event.choice = enumerator<ConsentChoice>(reader, 4);
  event.how = enumerator<ConsentHow>(reader, consent_hows);
  if (event.how == ConsentHow::thread) reader.reject();
  event.hour = reader.u32();
  event.text = text_field(reader);
  return if_finished(reader, std::move(event));
}

}  // namespace meldpunt::crypto
