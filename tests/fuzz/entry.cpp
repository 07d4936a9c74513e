// The entry of libFuzzer, compiled once for each target with MELDPUNT_TARGET as its name.
#include <sodium.h>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** /*words*/) {
  return sodium_init() < 0 ? 1 : 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  meldpunt::crypto::fuzz::MELDPUNT_TARGET({bytes, size});
  return 0;
}
