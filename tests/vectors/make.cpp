// make FOLDER: writes every vector. The same program always writes the same bytes, because all that
// is random comes from a counter under a fixed seed.
#include <sodium.h>

#include <iostream>

#include "tests/vectors/vector_file.h"

namespace {

void fill_from_counter(void* out, std::size_t size) {
  static std::uint32_t calls = 0;
  std::array<unsigned char, randombytes_SEEDBYTES> seed{};
  seed[0] = 'v';
  seed[28] = static_cast<unsigned char>(calls >> 24);
  seed[29] = static_cast<unsigned char>(calls >> 16);
  seed[30] = static_cast<unsigned char>(calls >> 8);
  seed[31] = static_cast<unsigned char>(calls);
  ++calls;
  randombytes_buf_deterministic(out, size, seed.data());
}

const char* name_of_counter() { return "counter"; }

std::uint32_t number_from_counter() {
  std::uint32_t number = 0;
  fill_from_counter(&number, sizeof number);
  return number;
}

}  // namespace

int main(int count, char** words) {
  randombytes_implementation counter{name_of_counter, number_from_counter, nullptr,
                                     nullptr,         fill_from_counter,   nullptr};
  if (count != 2 || randombytes_set_implementation(&counter) != 0 || sodium_init() < 0) {
    std::cerr << "make FOLDER\n";
    return 64;
  }
  const std::filesystem::path root = words[1];
  meldpunt::crypto::vectors::make_wire_vectors(root);
  meldpunt::crypto::vectors::make_hierarchy_vectors(root);
  meldpunt::crypto::vectors::make_thread_vectors(root);
  meldpunt::crypto::vectors::make_vault_vectors(root);
  meldpunt::crypto::vectors::make_handover_vectors(root);
  meldpunt::crypto::vectors::make_release_vectors(root);
  meldpunt::crypto::vectors::make_recovery_vectors(root);
  return 0;
}
