// The client's seals against their primitives, and what one report cannot cost the server less
// than.
#pragma once

#include "tests/bench/measure.h"

namespace meldpunt::bench {

// CPU microseconds of the parts of one report that no server of this protocol can leave out.
struct UnavoidableParts {
  double decapsulation = 0;  // X-Wing, of the request
  double open_frame = 0;     // ChaCha20-Poly1305 over the request's plaintext
  double seal_frame = 0;     // and over the response's
  double hash_envelope = 0;  // BLAKE2b-256 over the sealed report
  double curve = 0;          // XSalsa20-Poly1305 over the frame, opened and sealed
  double row = 0;            // one row in a batch of 100, raw SQLite with its checkpoints

  [[nodiscard]] double sum() const {
    return decapsulation + open_frame + seal_frame + hash_envelope + curve + row;
  }
};

// All but the row.
[[nodiscard]] UnavoidableParts measure_cryptography();

// seal, open: seal_report and open_report over X-Wing, one AEAD pass and, for seal, one HMAC pass.
Measure measure_seal();
Measure measure_open();

}  // namespace meldpunt::bench
