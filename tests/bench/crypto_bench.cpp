#include "tests/bench/crypto_bench.h"

#include <sodium.h>

#include <stdexcept>

#include "crypto/report.h"
#include "tests/support/fixed_thread.h"

namespace meldpunt::bench {
namespace {

namespace fixed = crypto::test;

constexpr int pairs = 61;
constexpr int calls = 50;

void must(bool worked) {
  if (!worked) throw std::logic_error("a primitive failed");
}

struct Exchange {
  crypto::Block<crypto::kem_public_key_size> public_key{};
  crypto::Block<crypto::kem_secret_key_size> secret_key{};
  crypto::Block<crypto::hpke_enc_size> enc{};
  crypto::Block<32> shared{};

  Exchange() {
    crypto_kem_xwing_keypair(public_key.data(), secret_key.data());
    encapsulate();
  }
  void encapsulate() {
    must(crypto_kem_xwing_enc(enc.data(), shared.data(), public_key.data()) == 0);
  }
  void decapsulate() {
    must(crypto_kem_xwing_dec(shared.data(), enc.data(), secret_key.data()) == 0);
  }
};

// One AEAD pass over `size` bytes, both ways.
class Pass {
 public:
  explicit Pass(std::size_t size) : plain_(size), sealed_(size + crypto::aead_tag_size) { seal(); }
  void seal() {
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed_.data(), nullptr, plain_.data(), plain_.size(),
                                              nullptr, 0, nullptr, nonce_.data(), key_.data());
  }
  void open() {
    must(crypto_aead_chacha20poly1305_ietf_decrypt(plain_.data(), nullptr, nullptr, sealed_.data(),
                                                   sealed_.size(), nullptr, 0, nonce_.data(),
                                                   key_.data()) == 0);
  }

 private:
  crypto::Buffer plain_;
  crypto::Buffer sealed_;
  crypto::Block<crypto::aead_nonce_size> nonce_{};
  crypto::Block<crypto::aead_key_size> key_{};
};

double curve_both_ways() {
  crypto::Buffer plain(crypto::frame_size);
  crypto::Buffer sealed(crypto::frame_size + crypto_box_MACBYTES);
  const crypto::Block<crypto_box_BEFORENMBYTES> key{};
  const crypto::Block<crypto_box_NONCEBYTES> nonce{};
  const auto seal = [&] {
    crypto_box_easy_afternm(sealed.data(), plain.data(), plain.size(), nonce.data(), key.data());
  };
  const auto open = [&] {
    must(crypto_box_open_easy_afternm(plain.data(), sealed.data(), sealed.size(), nonce.data(),
                                      key.data()) == 0);
  };
  return cost_of(seal) + cost_of(open);
}

double hmac_pass() {
  crypto::Buffer plain(crypto::report_plaintext_size);
  crypto::Block<crypto::mac_size> mac{};
  const crypto::Block<32> key{};
  const auto pass = [&] {
    crypto_auth_hmacsha256(mac.data(), plain.data(), plain.size(), key.data());
  };
  return cost_of(pass, calls, 1);
}

Measure over_primitives(const char* name, const std::function<void()>& whole,
                        const std::function<double()>& primitives) {
  const auto compared = compare(
      pairs, [&] { return cost_of(whole, calls, 1); }, primitives);
  return {name, compared.value, "us",
          1.15, compared.ratio, "primitives " + std::to_string(compared.other) + " us"};
}

}  // namespace

UnavoidableParts measure_cryptography() {
  Exchange exchange;
  Pass request(crypto::request_plaintext_size);
  Pass response(crypto::response_plaintext_size);
  crypto::SealedReport envelope{};
  UnavoidableParts parts;
  parts.decapsulation = cost_of([&] { exchange.decapsulate(); });
  parts.open_frame = cost_of([&] { request.open(); });
  parts.seal_frame = cost_of([&] { response.seal(); });
  parts.hash_envelope = cost_of([&] {
    crypto::Block<32> hash{};
    crypto_generichash(hash.data(), hash.size(), envelope.data(), envelope.size(), nullptr, 0);
    envelope[0] = hash[0];
  });
  parts.curve = curve_both_ways();
  return parts;
}

Measure measure_seal() {
  const crypto::RegionId region = fixed::id_of<crypto::RegionId>(1);
  const auto team = crypto::OpeningKey<crypto::role::Epoch>::generate();
  const crypto::Report report = fixed::a_report();
  Exchange exchange;
  Pass pass(crypto::report_plaintext_size);
  return over_primitives(
      "seal", [&] { must(crypto::seal_report(report, team.public_key(), region).has_value()); },
      [&] {
        return cost_of([&] { exchange.encapsulate(); }, calls, 1) +
               cost_of([&] { pass.seal(); }, calls, 1) + hmac_pass();
      });
}

Measure measure_open() {
  const crypto::RegionId region = fixed::id_of<crypto::RegionId>(1);
  const auto team = crypto::OpeningKey<crypto::role::Epoch>::generate();
  const auto sealed = crypto::seal_report(fixed::a_report(), team.public_key(), region).value();
  Exchange exchange;
  Pass pass(crypto::report_plaintext_size);
  return over_primitives(
      "open", [&] { must(crypto::open_report(sealed, team, region).has_value()); },
      [&] {
        return cost_of([&] { exchange.decapsulate(); }, calls, 1) +
               cost_of([&] { pass.open(); }, calls, 1);
      });
}

}  // namespace meldpunt::bench
