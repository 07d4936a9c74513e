// Requests and responses, sealed.
#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/puzzle.h"
#include "crypto/wire/frame.h"
#include "tests/vectors/example.h"

namespace meldpunt::crypto::example {

void Example::show(const Taken& taken, std::string_view of) {
  const std::string name(of);
  walk_.value(name + ", X-Wing shared secret", taken.shared);
  walk_.value(name + ", HPKE key", taken.key);
  walk_.value(name + ", HPKE base nonce", taken.nonce);
  walk_.value(name + ", HPKE exporter secret", taken.exporter);
}

void Example::send_the_request() {
  walk_.chapter("6. The request that carries the report");
  exchange("put report", PutReport{digest_.tick, digest_.effort, answer_, report_},
           Response{Status::ok, 0, 0, 0, 0, {}});
}

// What travels inside the frames, which are made as those of the first exchange were.
void Example::exchange_inside(std::string_view of, const Request& request,
                              const Response& response) {
  const std::string name(of);
  Block<request_plaintext_size> asked{};
  need(encode_request(asked, request), name);
  walk_.padded(name + ", request plaintext", asked);
  Block<response_plaintext_size> answered{};
  need(encode_response(answered, response), name);
  walk_.padded(name + ", response plaintext", answered);
}

// One request and its response, both ways, with everything in between.
void Example::exchange(std::string_view of, const Request& request, const Response& response) {
  const std::string name(of);
  Block<request_plaintext_size> plaintext{};
  need(encode_request(plaintext, request), name);
  const auto seed = chosen<64>(name + " encapsulation");
  const EncapsulationSeed as_seed(seed);
  Frame frame{};
  const auto asked = need(seal_request(frame, plaintext, digest_.request_key_id,
                                       digest_.request_key, pin_.region, &as_seed),
                          name);
  const Buffer info = bind("request", {pin_.region.view(), digest_.request_key_id.view()});
  const Bytes sealed = Bytes(frame).subspan(key_id_size);
  const Taken taken = take_apart(sealed, request_key_.secret(), info);
  must(equal_bytes(open_by_hand(taken, sealed.subspan(hpke_enc_size)), plaintext), name);

  walk_.value(name + ", encapsulation seed", seed);
  walk_.value(name + ", bind(\"request\", region id, key id)", info);
  show(taken, name);
  walk_.padded(name + ", request plaintext", plaintext);
  walk_.value(name + ", request", frame);

  Block<request_plaintext_size> received{};
  const auto answering = need(open_request(received, frame, request_key_, pin_.region), name);
  Block<response_plaintext_size> answer{};
  need(encode_response(answer, response), name);
  Frame answered{};
  answering.seal(answered, answer);

  Block<32> exported{};
  taken.exported(exported, "meldpunt/1 response");
  Buffer salt(sealed.begin(), sealed.begin() + hpke_enc_size);
  salt.insert(salt.end(), answered.begin(), answered.begin() + response_nonce_size);
  Block<32> prk{};
  hkdf_extract(prk, salt, {exported});
  Taken keys;
  hkdf_expand(keys.key, prk, {as_bytes("key")});
  hkdf_expand(keys.nonce, prk, {as_bytes("nonce")});
  must(equal_bytes(open_by_hand(keys, Bytes(answered).subspan(response_nonce_size)), answer), name);

  walk_.value(name + ", response secret", exported);
  walk_.value(name + ", response nonce", Bytes(answered).first(response_nonce_size));
  walk_.value(name + ", response prk", prk);
  walk_.value(name + ", response key", keys.key);
  walk_.value(name + ", response AEAD nonce", keys.nonce);
  walk_.padded(name + ", response plaintext", answer);
  walk_.value(name + ", response", answered);

  Block<response_plaintext_size> read{};
  need(asked.open(read, answered), name);
  need(decode_response(read), name);
}

void Example::answer_the_request() {
  walk_.say(
      "The daemon holds the answer until a multiple of 250 ms after the request came. The reporter "
      "reads status 0: the report is on disk.");
}

}  // namespace meldpunt::crypto::example
