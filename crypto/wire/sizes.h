// Every length on the wire, in bytes; each is the sum of named others.
#pragma once

#include <cstddef>

namespace meldpunt::crypto {

// Primitives (RFC 9180 names; suite 0x647a, 0x0001, 0x0003).
inline constexpr std::size_t kem_public_key_size = 1216;  // X-Wing
inline constexpr std::size_t kem_secret_key_size = 32;
inline constexpr std::size_t kem_expanded_key_size = 2400 + 32 + 32;  // in memory only
inline constexpr std::size_t hpke_enc_size = 1120;
inline constexpr std::size_t aead_key_size = 32;
inline constexpr std::size_t aead_nonce_size = 12;   // ChaCha20-Poly1305
inline constexpr std::size_t xaead_nonce_size = 24;  // XChaCha20-Poly1305
inline constexpr std::size_t aead_tag_size = 16;
inline constexpr std::size_t mac_size = 32;  // HMAC-SHA-256
inline constexpr std::size_t signature_size = 64;
inline constexpr std::size_t curve_key_size = 32;

// The frame: the one size that crosses the wire, for every operation, outcome and error.
inline constexpr std::size_t frame_size = 16384;

// Request: key id | enc | ciphertext with tag.
inline constexpr std::size_t key_id_size = 4;
inline constexpr std::size_t request_plaintext_size =
    frame_size - key_id_size - hpke_enc_size - aead_tag_size;
static_assert(request_plaintext_size == 15244);

// Response: nonce | ciphertext with tag.
inline constexpr std::size_t response_nonce_size = 32;
inline constexpr std::size_t response_plaintext_size =
    frame_size - response_nonce_size - aead_tag_size;
static_assert(response_plaintext_size == 16336);

// Inside a request: verb and mailbox kind, then the verb's fields.
inline constexpr std::size_t operation_size = 2;

// Put into the intake: operation | tick | effort | puzzle answer | inner envelope.
inline constexpr std::size_t tick_size = 4;
inline constexpr std::size_t effort_size = 1;
inline constexpr std::size_t puzzle_answer_size = 8;
inline constexpr std::size_t inner_envelope_size =
    request_plaintext_size - operation_size - tick_size - effort_size - puzzle_answer_size;

// Sealed report: epoch id | enc | ciphertext with tag. It fills its request exactly.
inline constexpr std::size_t epoch_id_size = 4;
inline constexpr std::size_t sealed_report_size = inner_envelope_size;
inline constexpr std::size_t report_plaintext_size =
    sealed_report_size - epoch_id_size - hpke_enc_size - aead_tag_size;
static_assert(report_plaintext_size == 14089);

// Journal event: vault version | nonce | ciphertext with tag; three sizes and no other.
inline constexpr std::size_t vault_version_size = 4;
inline constexpr std::size_t position_size = 8;
inline constexpr std::size_t event_full_size = 15104;
inline constexpr std::size_t event_middle_size = 4096;
inline constexpr std::size_t event_small_size = 512;
// Put anywhere else: operation | name 32 | position | expires 4 | guard 32 | length 2 | bytes.
inline constexpr std::size_t put_overhead = operation_size + 32 + position_size + 4 + 32 + 2;
inline constexpr std::size_t put_bytes_max = request_plaintext_size - put_overhead;
static_assert(event_full_size <= put_bytes_max);

inline constexpr std::size_t event_seal_overhead =
    vault_version_size + xaead_nonce_size + aead_tag_size;
// previous 32 | case 16 | kind 1 | hour 4 | device 16 | content length 2 | content | signature 64
inline constexpr std::size_t event_outer_overhead = 32 + 16 + 1 + 4 + 16 + 2 + signature_size;
inline constexpr std::size_t event_content_overhead = xaead_nonce_size + aead_tag_size;
inline constexpr std::size_t event_content_max =
    event_full_size - event_seal_overhead - event_outer_overhead - event_content_overhead;
// A report taken in: plaintext, the exported value that its MAC binds, and the epoch it came under.
static_assert(report_plaintext_size + 64 <= event_content_max, "a report fits one journal event");

// Reply: enc | ciphertext with tag. Half a frame, because its journal event keeps both the sealed
// bytes and the text.
inline constexpr std::size_t reply_plaintext_size = 6816;
inline constexpr std::size_t sealed_reply_size =
    hpke_enc_size + reply_plaintext_size + aead_tag_size;
static_assert(sealed_reply_size + reply_plaintext_size + 96 <= event_content_max,
              "a reply fits one journal event, sealed and in words");

// Notice: bundle with its length, padded | digest.
inline constexpr std::size_t digest_tag_size = 4;
inline constexpr std::size_t digest_tags = 2816;
// time 8 | tick 4 | tick seconds 2 | generation 4 | key id 4 | request key | challenge 32 |
// effort 1 | salt 16 | tags | signature
inline constexpr std::size_t digest_size = 8 + 4 + 2 + 4 + key_id_size + kem_public_key_size + 32 +
                                           1 + 16 + digest_tags * digest_tag_size + signature_size;
inline constexpr std::size_t bundle_area_size = frame_size - digest_size;
static_assert(bundle_area_size >= 3072, "a bundle with its certificate and endpoints fits");

// Response plaintext: status 1 | wait 2 | id 8 | position 8 | expires 4 | length 2 | payload.
inline constexpr std::size_t response_overhead = 1 + 2 + 8 + 8 + 4 + 2;
inline constexpr std::size_t response_payload_max = response_plaintext_size - response_overhead;
static_assert(sealed_report_size <= response_payload_max && put_bytes_max <= response_payload_max);

// The outer ZMTP frame that carries one frame over CURVE: what the gateway meters.
inline constexpr std::size_t curve_message_overhead = 33;
inline constexpr std::size_t zmq_message_size = frame_size + curve_message_overhead;
static_assert(zmq_message_size == 16417);

}  // namespace meldpunt::crypto
