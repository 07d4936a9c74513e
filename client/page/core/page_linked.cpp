// What the linker puts in the place of others' functions in the page's core (--wrap): the names
// are the linker's.
//
// free: what is freed is wiped first, so that text, keys and frames do not stay in the page's
// memory for as long as the visit lasts. It holds for libsodium and the C++ library too. Memory
// that realloc moves is not covered; nothing here calls it.
//
// crypto_scalarmult_curve25519_base: by the general multiplication, with the base point of RFC
// 7748. The quick way needs a table of 30 KiB that no compression makes smaller, a quarter of the
// download; the answer is the same, and the vectors compare it. What would still read that table is
// signing, which the page never does.
//
// __assert_fail: traps. To print would bring all of stdio.
#include <malloc.h>
#include <sodium.h>

#include <cstring>

// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {

void __real_free(void* memory);

void __wrap_free(void* memory) {
  if (memory != nullptr) {
    // sodium_memzero goes byte by byte here, and Argon2id frees 64 MiB. The empty assembly reads
    // the memory, as far as the compiler knows, so it keeps what goes before.
    std::memset(memory, 0, malloc_usable_size(memory));
    __asm__ __volatile__("" : : "r"(memory) : "memory");
  }
  __real_free(memory);
}

int __wrap_crypto_scalarmult_curve25519_base(unsigned char* product, const unsigned char* scalar) {
  static constexpr unsigned char base_point[crypto_scalarmult_curve25519_BYTES] = {9};
  return crypto_scalarmult_curve25519(product, scalar, base_point);
}

void __wrap_ge25519_scalarmult_base(void* /*point*/, const unsigned char* /*scalar*/) {
  __builtin_trap();
}

[[noreturn]] void __wrap___assert_fail(const char* /*text*/, const char* /*file*/, int /*line*/,
                                       const char* /*function*/) {
  __builtin_trap();
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier)
