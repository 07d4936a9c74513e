#include "crypto/secret.h"

#include <algorithm>
#include <cstdlib>

namespace meldpunt::crypto {

namespace detail {

GuardedMemory guarded(std::size_t size) {
  auto* memory = static_cast<std::uint8_t*>(sodium_malloc(std::max<std::size_t>(size, 1)));
  if (memory == nullptr) std::abort();
  sodium_memzero(memory, size);
  return GuardedMemory(memory);
}

}  // namespace detail

bool same_secret(Bytes a, Bytes b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void fill_random(MutableBytes out) { randombytes_buf(out.data(), out.size()); }

SecretBuffer SecretBuffer::of(Bytes bytes) {
  SecretBuffer buffer(bytes.size());
  copy_bytes(bytes, buffer.fill());
  return buffer;
}

void SecretBuffer::shrink(std::size_t size) {
  if (size >= size_) return;
  sodium_memzero(memory_.get() + size, size_ - size);
  size_ = size;
}

}  // namespace meldpunt::crypto
