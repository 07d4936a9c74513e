// Known answers that a built libsodium must give before we use it: X-Wing, Argon2id, HKDF, Ed25519.
//
// A plain program without exceptions, so that it also runs as WebAssembly. It prints what differs
// and returns non-zero. The answers come from elsewhere than libsodium: the X-Wing draft
// (draft-connolly-cfrg-xwing-kem), the reference implementation of Argon2, RFC 5869 and RFC 8032.
#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace {

int failures = 0;

template <std::size_t size>
std::array<std::uint8_t, size> bytes(const char* hex) {
  std::array<std::uint8_t, size> out{};
  std::size_t length = 0;
  if (sodium_hex2bin(out.data(), size, hex, std::strlen(hex), nullptr, &length, nullptr) != 0 ||
      length != size) {
    std::printf("the known answer %.16s... is not %zu bytes of hex\n", hex, size);
    ++failures;
  }
  return out;
}

void expect(const char* what, bool right) {
  if (right) return;
  std::printf("wrong answer: %s\n", what);
  ++failures;
}

void check_xwing() {
  const auto seed = bytes<crypto_kem_xwing_SEEDBYTES>(
      "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26");
  const auto coins = bytes<64>(
      "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2"
      "35b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2");
  const auto secret = bytes<32>("d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384");
  std::array<std::uint8_t, crypto_kem_xwing_PUBLICKEYBYTES> public_key{};
  std::array<std::uint8_t, crypto_kem_xwing_SECRETKEYBYTES> secret_key{};
  std::array<std::uint8_t, crypto_kem_xwing_CIPHERTEXTBYTES> enc{};
  std::array<std::uint8_t, 32> sent{};
  std::array<std::uint8_t, 32> received{};
  bool done = crypto_kem_xwing_seed_keypair(public_key.data(), secret_key.data(), seed.data()) == 0;
  done = done && crypto_kem_xwing_enc_deterministic(enc.data(), sent.data(), public_key.data(),
                                                    coins.data()) == 0;
  done = done && crypto_kem_xwing_dec(received.data(), enc.data(), secret_key.data()) == 0;
  expect("X-Wing encapsulation", done && sent == secret);
  expect("X-Wing decapsulation", done && received == secret);
}

// Both costs that the protocol uses: one MiB once (the puzzle), 64 MiB three times (code, key
// file).
void check_argon2id() {
  const struct {
    unsigned long long passes;
    std::size_t memory;
    const char* answer;
  } rows[] = {
      {1, std::size_t{1} << 20, "5132572d21ad041ec344a35bc10b4ce0b3ce27e476ba1e870d73cf039adbb7b7"},
      {3, std::size_t{64} << 20,
       "aa4855ec85748c1842bbae7d3d3a2dd184abbf17e487ccef7ac1947c198ecd99"},
  };
  const auto salt = bytes<crypto_pwhash_SALTBYTES>("000102030405060708090a0b0c0d0e0f");
  const char* const passphrase = "meldpunt known answer";
  for (const auto& row : rows) {
    std::array<std::uint8_t, 32> key{};
    const bool done =
        crypto_pwhash(key.data(), key.size(), passphrase, std::strlen(passphrase), salt.data(),
                      row.passes, row.memory, crypto_pwhash_ALG_ARGON2ID13) == 0;
    expect("Argon2id", done && key == bytes<32>(row.answer));
  }
}

void check_hkdf() {
  const auto input = bytes<22>("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");
  const auto salt = bytes<13>("000102030405060708090a0b0c");
  const auto context = bytes<10>("f0f1f2f3f4f5f6f7f8f9");
  const auto answer = bytes<42>(
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  std::array<std::uint8_t, crypto_kdf_hkdf_sha256_KEYBYTES> prk{};
  std::array<std::uint8_t, 42> okm{};
  bool done = crypto_kdf_hkdf_sha256_extract(prk.data(), salt.data(), salt.size(), input.data(),
                                             input.size()) == 0;
  done = done && crypto_kdf_hkdf_sha256_expand(okm.data(), okm.size(),
                                               reinterpret_cast<const char*>(context.data()),
                                               context.size(), prk.data()) == 0;
  expect("HKDF-SHA256", done && okm == answer);
}

void check_ed25519() {
  const auto seed = bytes<32>("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  const auto known_key =
      bytes<32>("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const auto known_signature = bytes<64>(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
      "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> public_key{};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret_key{};
  std::array<std::uint8_t, crypto_sign_BYTES> signature{};
  const std::uint8_t nothing = 0;
  bool done = crypto_sign_seed_keypair(public_key.data(), secret_key.data(), seed.data()) == 0;
  done =
      done && crypto_sign_detached(signature.data(), nullptr, &nothing, 0, secret_key.data()) == 0;
  expect("Ed25519 key pair", done && public_key == known_key);
  expect("Ed25519 signature", done && signature == known_signature);
  expect("Ed25519 verification",
         crypto_sign_verify_detached(known_signature.data(), &nothing, 0, known_key.data()) == 0);
}

}  // namespace

int main() {
  if (sodium_init() < 0) {
    std::printf("libsodium does not start\n");
    return 1;
  }
  check_xwing();
  check_argon2id();
  check_hkdf();
  check_ed25519();
  return failures == 0 ? 0 : 1;
}
