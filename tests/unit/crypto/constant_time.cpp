// constant_time [leaky]: run under valgrind with every secret marked undefined, so that a branch or
// an address that depends on one is an error. With "leaky" it compares as one must not, to show
// that this would be found.
#include <sodium.h>
#include <valgrind/memcheck.h>

#include <cstdio>
#include <cstring>

#include "crypto/kdf.h"
#include "crypto/report.h"
#include "crypto/secret.h"
#include "crypto/xaead.h"

namespace meldpunt::crypto {
namespace {

template <std::size_t N>
SecretBytes<N> unknown_secret() {
  auto secret = SecretBytes<N>::random();
  VALGRIND_MAKE_MEM_UNDEFINED(secret.fill().data(), N);
  return secret;
}

// What leaves a comparison may be known.
bool published(bool result) {
  VALGRIND_MAKE_MEM_DEFINED(&result, sizeof result);
  return result;
}

bool same_secret_is_constant() {
  const auto secret = unknown_secret<32>();
  const auto copy = secret.clone();
  const auto other = unknown_secret<32>();
  return published(same_secret(secret.view(), copy.view())) &&
         !published(same_secret(secret.view(), other.view()));
}

bool continues_thread_is_constant() {
  OpenedReport report;
  report.plaintext = unknown_secret<report_plaintext_size>();
  return !published(continues_thread(report, unknown_secret<32>()));
}

bool key_derivation_is_constant() {
  const auto key = unknown_secret<32>();
  Block<32> out{};
  hmac(out, key.view(), {as_bytes("label")});
  hkdf_expand(out, key.view(), {as_bytes("label")});
  Block<16 + xaead_overhead> sealed{};
  xaead_seal(sealed, key.view().first(16), {}, unknown_secret<32>());
  return true;
}

bool leaky_comparison() {
  const auto secret = unknown_secret<32>();
  const auto other = unknown_secret<32>();
  for (std::size_t i = 0; i < 32; ++i) {
    if (secret.view()[i] != other.view()[i]) return true;
  }
  return false;
}

}  // namespace
}  // namespace meldpunt::crypto

int main(int count, char** words) {
  using namespace meldpunt::crypto;
  if (sodium_init() < 0) return 70;
  if (RUNNING_ON_VALGRIND == 0) {
    std::puts("this only says something under valgrind");
    return 64;
  }
  if (count > 1 && std::strcmp(words[1], "leaky") == 0) return leaky_comparison() ? 0 : 1;
  const bool right =
      same_secret_is_constant() && continues_thread_is_constant() && key_derivation_is_constant();
  std::puts(right ? "no branch depends on a secret" : "a comparison was wrong");
  return right ? 0 : 1;
}
