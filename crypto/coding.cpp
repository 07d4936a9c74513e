#include "crypto/coding.h"

#include "crypto/text.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/sizes.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

constexpr std::size_t codes_max = 64;

std::string read_name(Reader& reader) {
  const Bytes name = reader.field();
  if (!is_code_name(name)) reader.reject();
  return std::string(as_text(name));
}

}  // namespace

Result<SecretBuffer> encode(const Coding& coding) {
  if (coding.codes.size() > codes_max) return fail(Error::malformed);
  SecretBuffer content(event_content_max);
  Writer writer(content.fill());
  writer.field(as_bytes(coding.vocabulary))
      .u8(coding.statistics_refused ? 1 : 0)
      .u8(static_cast<std::uint8_t>(coding.codes.size()));
  for (const auto& [dimension, code] : coding.codes) {
    writer.field(as_bytes(dimension)).field(as_bytes(code));
  }
  if (!writer.fits()) return fail(Error::too_long);
  content.shrink(writer.size());
  if (!decode_coding(content.view())) return fail(Error::malformed);
  return content;
}

Result<Coding> decode_coding(Bytes content) {
  Reader reader(content);
  Coding coding;
  coding.vocabulary = read_name(reader);
  const std::uint8_t refused = reader.u8();
  const std::uint8_t count = reader.u8();
  if (refused > 1 || count > codes_max) reader.reject();
  coding.statistics_refused = refused == 1;
  std::string before;
  for (std::uint8_t i = 0; i < count && !reader.failed(); ++i) {
    std::string dimension = read_name(reader);
    if (dimension <= before) reader.reject();
    before = dimension;
    std::string code = read_name(reader);
    coding.codes.emplace(std::move(dimension), std::move(code));
  }
  if (!reader.finished()) return fail(Error::malformed);
  return coding;
}

}  // namespace meldpunt::crypto
