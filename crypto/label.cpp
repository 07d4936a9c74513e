#include "crypto/label.h"

#include <sodium.h>

#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

Block<4> length_of(std::size_t size) {
  Block<4> out{};
  Writer(out).u32(static_cast<std::uint32_t>(size));
  return out;
}

// Hands each bound piece to `take`, in order.
template <class Take>
void walk(std::string_view name, std::initializer_list<Bytes> fields, Take take) {
  take(length_of(protocol_label.size() + name.size()));
  take(as_bytes(protocol_label));
  take(as_bytes(name));
  for (const Bytes field : fields) {
    take(length_of(field.size()));
    take(field);
  }
}

}  // namespace

Hash hash(std::string_view name, std::initializer_list<Bytes> fields) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, Hash::size);
  walk(name, fields,
       [&](Bytes piece) { crypto_generichash_update(&state, piece.data(), piece.size()); });
  Hash out;
  crypto_generichash_final(&state, out.bytes.data(), Hash::size);
  return out;
}

Buffer bind(std::string_view name, std::initializer_list<Bytes> fields) {
  Buffer out;
  walk(name, fields, [&](Bytes piece) { out.insert(out.end(), piece.begin(), piece.end()); });
  return out;
}

}  // namespace meldpunt::crypto
