// The one size on the wire: sealed requests and their responses (docs/protocol.md, "Frames").
//
//   request:   key id 4 | enc 1120 | ciphertext of 15,244 with tag
//   response:  nonce 32 | ciphertext of 16,336 with tag
//
// A response is keyed by a secret exported from its request's HPKE context, as in RFC 9458:
//   secret = Export("meldpunt/1 response", 32); prk = HKDF-Extract(enc | nonce, secret);
//   key, nonce = HKDF-Expand(prk, "key", 32), HKDF-Expand(prk, "nonce", 12)
//
// A request whose key id is zero asks for the notice; the rest of it is random.
#pragma once

#include <memory>

#include "crypto/hpke.h"

namespace meldpunt::crypto {

using Frame = Block<frame_size>;
using FrameView = std::span<const std::uint8_t, frame_size>;
using RequestPlaintext = std::span<const std::uint8_t, request_plaintext_size>;
using ResponsePlaintext = std::span<const std::uint8_t, response_plaintext_size>;

// Binds one response to one request; wiped when it goes. Not shared between threads.
class ResponseKey {
 public:
  ResponseKey(const HpkeContext& context, Enc enc);

  // A fresh nonce each time: a response that is sent twice differs.
  void seal(std::span<std::uint8_t, frame_size> out, ResponsePlaintext plaintext) const;
  Result<void> open(std::span<std::uint8_t, response_plaintext_size> plaintext,
                    FrameView response) const;

 private:
  struct Kept {
    Transient<32> secret;
    Block<hpke_enc_size> enc{};
  };
  struct Keys;
  void derive(Keys& keys, Bytes nonce) const;

  std::unique_ptr<Kept> kept_;
};

// Fills `out`; keep the key to open the response. malformed when the request key is no key.
Result<ResponseKey> seal_request(std::span<std::uint8_t, frame_size> out,
                                 RequestPlaintext plaintext, const KeyId& id,
                                 const SealingKey<role::Request>& key, const RegionId& region,
                                 const EncapsulationSeed* seed = nullptr);

// The key id in clear: which request key to try. Zero asks for the notice.
[[nodiscard]] KeyId key_id_of(FrameView request);

// cannot_open for a wrong key and for any altered byte alike.
Result<ResponseKey> open_request(std::span<std::uint8_t, request_plaintext_size> plaintext,
                                 FrameView request, const OpeningKey<role::Request>& key,
                                 const RegionId& region);

// Asks for the notice: no two are alike.
void ask_for_notice(std::span<std::uint8_t, frame_size> out);

}  // namespace meldpunt::crypto
