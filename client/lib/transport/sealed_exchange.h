// One operation as it crosses a line: the request sealed to the daemon's request key, the response
// opened with the key that only its asker has (docs/protocol.md, "Frames").
#pragma once

#include <memory>

#include "client/lib/transport.h"
#include "crypto/result.h"
#include "crypto/wire/messages.h"
#include "crypto/wire/notice.h"

namespace meldpunt::client {

// A request that is ready to be sent, once.
class SealedRequest {
 public:
  // too_long when the request does not fit its frame.
  static crypto::Result<SealedRequest> seal(const crypto::Request& request,
                                            const crypto::Digest& digest,
                                            const crypto::RegionId& region);

  [[nodiscard]] const crypto::Frame& frame() const { return *frame_; }
  // cannot_open also for the random bytes that say: fetch the notice, the request key has changed.
  [[nodiscard]] crypto::Result<crypto::Response> open(crypto::FrameView answer) const;

 private:
  SealedRequest(std::unique_ptr<crypto::Frame> frame, crypto::ResponseKey key)
      : frame_(std::move(frame)), key_(std::move(key)) {}

  std::unique_ptr<crypto::Frame> frame_;
  crypto::ResponseKey key_;
};

}  // namespace meldpunt::client
