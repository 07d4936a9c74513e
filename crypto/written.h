// What the encoders and decoders of sealed contents share: a content is as long as what is in it,
// and none is written that its own decoder would refuse.
#pragma once

#include <string>

#include "crypto/result.h"
#include "crypto/secret.h"
#include "crypto/text.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

// Runs `write` over a buffer of `longest` bytes, and keeps what was written.
template <class Write>
Result<SecretBuffer> written_within(std::size_t longest, Write write) {
  SecretBuffer content(longest);
  Writer writer(content.fill());
  write(writer);
  if (!writer.fits()) return fail(Error::too_long);
  content.shrink(writer.size());
  return content;
}

// What is kept or sent stays for ever: nothing is written that nobody could read.
template <class Decode>
Result<SecretBuffer> if_readable(Result<SecretBuffer> content, Decode decode) {
  if (content && !decode(content->view())) return fail(Error::malformed);
  return content;
}

template <class Value>
Result<Value> if_finished(const Reader& reader, Value value) {
  if (!reader.finished()) return fail(Error::malformed);
  return value;
}

inline std::string text_field(Reader& reader) {
  const Bytes text = reader.field();
  if (!is_text(text)) reader.reject();
  return std::string(as_text(text));
}

inline std::string name_field(Reader& reader) {
  const Bytes name = reader.field();
  if (!is_code_name(name)) reader.reject();
  return std::string(as_text(name));
}

// An enumerator between 1 and `last`.
template <class Enum>
Enum enumerator(Reader& reader, std::uint8_t last) {
  const std::uint8_t value = reader.u8();
  if (value < 1 || value > last) reader.reject();
  return static_cast<Enum>(value);
}

}  // namespace meldpunt::crypto
