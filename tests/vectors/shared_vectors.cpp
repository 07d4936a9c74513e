// shared_vectors FILE: an extra run over HPKE test vectors in the JSON of the CFRG, which lie
// outside the tree: KEM 0x647a, KDF 0x0001, AEAD 0x0003, base mode. Our own vectors are the proof.
#include <sodium.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "crypto/hpke.h"

namespace meldpunt::crypto {
namespace {

using nlohmann::json;

Buffer bytes(const json& object, const char* key) {
  const auto hex = object.at(key).get<std::string>();
  Buffer out(hex.size() / 2);
  std::size_t size = 0;
  if (sodium_hex2bin(out.data(), out.size(), hex.data(), hex.size(), nullptr, &size, nullptr) !=
      0) {
    throw std::runtime_error(std::string("no hex: ") + key);
  }
  return out;
}

template <std::size_t N>
Block<N> block(const json& object, const char* key) {
  const Buffer value = bytes(object, key);
  if (value.size() != N) throw std::runtime_error(std::string("wrong size: ") + key);
  Block<N> out{};
  copy_bytes(value, out);
  return out;
}

int checks = 0;

void must(bool right, const char* what) {
  ++checks;
  if (!right) throw std::runtime_error(std::string("differs: ") + what);
}

void check_exchange(const json& vector) {
  const auto key = OpeningKey<role::Epoch>::from_secret(block<32>(vector, "skRm"));
  must(equal_bytes(key.public_key().view(), bytes(vector, "pkRm")), "public key");
  const auto seed = block<64>(vector, "ikmE");
  const EncapsulationSeed view(seed);
  Block<hpke_enc_size> enc{};
  Block<32> shared{};
  must(detail::encapsulate(enc, shared, key.public_key().view(), &view).has_value(), "sent");
  must(equal_bytes(enc, bytes(vector, "enc")), "enc");
  must(equal_bytes(shared, bytes(vector, "shared_secret")), "shared secret of the sender");
  shared = {};
  must(detail::decapsulate(shared, enc, key.expanded()).has_value(), "received");
  must(equal_bytes(shared, bytes(vector, "shared_secret")), "shared secret of the recipient");
}

void check_messages(const json& vector) {
  const auto shared = block<32>(vector, "shared_secret");
  const Buffer info = bytes(vector, "info");
  HpkeContext sender(shared, info);
  HpkeContext recipient(shared, info);
  for (const json& message : vector.at("encryptions")) {
    const Buffer plaintext = bytes(message, "pt");
    const Buffer aad = bytes(message, "aad");
    const Buffer expected = bytes(message, "ct");
    Buffer sealed(plaintext.size() + aead_tag_size);
    sender.seal(sealed, plaintext, aad);
    must(sealed == expected, "ciphertext");
    Buffer opened(plaintext.size());
    must(recipient.open(opened, expected, aad) && opened == plaintext, "plaintext");
  }
  for (const json& entry : vector.at("exports")) {
    Buffer exported(entry.at("L").get<std::size_t>());
    sender.export_secret(exported, bytes(entry, "exporter_context"));
    must(exported == bytes(entry, "exported_value"), "export");
  }
}

}  // namespace
}  // namespace meldpunt::crypto

int main(int count, char** words) {
  using namespace meldpunt::crypto;
  if (count != 2 || sodium_init() < 0) {
    std::cerr << "shared_vectors FILE\n";
    return 64;
  }
  try {
    std::ifstream file(words[1]);
    const auto vectors = json::parse(file);
    for (const json& vector : vectors) {
      check_exchange(vector);
      check_messages(vector);
    }
  } catch (const std::exception& wrong) {
    std::cerr << wrong.what() << '\n';
    return 1;
  }
  std::cout << checks << " values as they should be\n";
  return checks > 0 ? 0 : 1;
}
