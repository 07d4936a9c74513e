// Answers questions about our HPKE, one a line on standard input: a verb and its values in hex, "-"
// for an empty one. Built natively and as WebAssembly, for interop.mjs to ask both.
//
//   key SECRET                              public key
//   seal PUBLIC-KEY INFO PLAINTEXT CONTEXT  sealed message, exported secret
//   open SECRET INFO SEALED CONTEXT         plaintext, exported secret
//   thread CODE REGION                      thread id, address key, up key, down key, reply secret
//   words DIGITS                            canonical code (DIGITS is text)
//
// An answer is "ok" and values in hex, or "error".
#include <sodium.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "crypto/hpke.h"
#include "crypto/thread.h"

namespace meldpunt::crypto {
namespace {

using Values = std::vector<Buffer>;

std::optional<Buffer> from_hex(const std::string& hex) {
  if (hex == "-") return Buffer();
  Buffer bytes(hex.size() / 2);
  std::size_t size = 0;
  if (sodium_hex2bin(bytes.data(), bytes.size(), hex.data(), hex.size(), nullptr, &size, nullptr) !=
          0 ||
      size * 2 != hex.size()) {
    return std::nullopt;
  }
  return bytes;
}

Buffer buffer_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

template <std::size_t N>
std::optional<Block<N>> block(const Buffer& bytes) {
  if (bytes.size() != N) return std::nullopt;
  Block<N> out{};
  copy_bytes(bytes, out);
  return out;
}

Result<Values> key(const Values& asked) {
  const auto secret = block<32>(asked[0]);
  if (!secret) return fail(Error::malformed);
  return Values{buffer_of(OpeningKey<role::Epoch>::from_secret(*secret).public_key().view())};
}

Result<Values> seal(const Values& asked) {
  const auto recipient = block<kem_public_key_size>(asked[0]);
  if (!recipient) return fail(Error::malformed);
  Buffer sealed(hpke_enc_size + asked[2].size() + aead_tag_size);
  Buffer exported(32);
  const auto done = hpke_seal(SealingKey<role::Epoch>{*recipient}, asked[1], sealed,
                              [&](HpkeContext& context, MutableBytes ciphertext) {
                                context.export_secret(exported, asked[3]);
                                context.seal(ciphertext, asked[2]);
                              });
  if (!done) return fail(done.error());
  return Values{sealed, exported};
}

Result<Values> open(const Values& asked) {
  const auto secret = block<32>(asked[0]);
  if (!secret) return fail(Error::malformed);
  Buffer plaintext(asked[2].size() - std::min(asked[2].size(), hpke_enc_size + aead_tag_size));
  Buffer exported(32);
  const auto done = hpke_open(OpeningKey<role::Epoch>::from_secret(*secret), asked[1], asked[2],
                              [&](HpkeContext& context, Bytes ciphertext) {
                                context.export_secret(exported, asked[3]);
                                return context.open(plaintext, ciphertext);
                              });
  if (!done) return fail(done.error());
  return Values{plaintext, exported};
}

Result<Values> thread(const Values& asked) {
  const auto canonical = block<code_size>(asked[0]);
  const auto region = block<32>(asked[1]);
  if (!canonical || !region) return fail(Error::malformed);
  const auto code = Code::from_canonical(*canonical);
  if (!code) return fail(code.error());
  const auto keys = derive_thread(*code, RegionId{*region});
  if (!keys) return fail(keys.error());
  return Values{buffer_of(keys->shared.id.view()), buffer_of(keys->shared.address_key.view()),
                buffer_of(keys->shared.up_key.view()), buffer_of(keys->shared.down_key.view()),
                buffer_of(keys->reply.secret())};
}

Result<Values> words(const Values& asked) {
  const auto code = Code::parse(as_text(asked[0]), {});
  if (!code) return fail(code.error());
  return Values{buffer_of(code->canonical())};
}

struct Verb {
  std::string_view name;
  std::size_t values;
  Result<Values> (*answer)(const Values&);
};

constexpr std::array verbs{Verb{"key", 1, key}, Verb{"seal", 4, seal}, Verb{"open", 4, open},
                           Verb{"thread", 2, thread}, Verb{"words", 1, words}};

Result<Values> answer(const std::string& line) {
  std::vector<std::string> pieces(1);
  for (const char c : line) {
    if (c == ' ') {
      pieces.emplace_back();
    } else {
      pieces.back() += c;
    }
  }
  Values values;
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    auto value = from_hex(pieces[i]);
    if (!value) return fail(Error::malformed);
    values.push_back(std::move(*value));
  }
  for (const Verb& verb : verbs) {
    if (verb.name == pieces[0] && verb.values == values.size()) return verb.answer(values);
  }
  return fail(Error::malformed);
}

void print(const Result<Values>& answer) {
  std::fputs(answer ? "ok" : "error", stdout);
  if (answer) {
    for (const Buffer& value : *answer) {
      std::string hex(value.size() * 2 + 1, '\0');
      sodium_bin2hex(hex.data(), hex.size(), value.data(), value.size());
      std::printf(" %s", value.empty() ? "-" : hex.c_str());
    }
  }
  std::puts("");
}

}  // namespace
}  // namespace meldpunt::crypto

int main() {
  if (sodium_init() < 0) return 70;
  std::string line;
  for (int c = std::getchar(); c != EOF; c = std::getchar()) {
    if (c != '\n') {
      line += static_cast<char>(c);
      continue;
    }
    meldpunt::crypto::print(meldpunt::crypto::answer(line));
    line.clear();
  }
  return 0;
}
