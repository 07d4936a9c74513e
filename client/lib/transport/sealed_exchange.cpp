#include "client/lib/transport/sealed_exchange.h"

#include <utility>

namespace meldpunt::client {

using namespace crypto;

Result<SealedRequest> SealedRequest::seal(const Request& request, const Digest& digest,
                                          const RegionId& region) {
  SecretBytes<request_plaintext_size> plaintext;
  if (const auto encoded = encode_request(plaintext.fill(), request); !encoded) {
    return fail(encoded.error());
  }
  auto frame = std::make_unique<Frame>();
  auto key =
      seal_request(*frame, plaintext.view(), digest.request_key_id, digest.request_key, region);
  if (!key) return fail(key.error());
  return SealedRequest(std::move(frame), std::move(*key));
}

Result<Response> SealedRequest::open(FrameView answer) const {
  SecretBytes<response_plaintext_size> plaintext;
  if (const auto opened = key_.open(plaintext.fill(), answer); !opened) {
    return fail(opened.error());
  }
  return decode_response(plaintext.view());
}

}  // namespace meldpunt::client
