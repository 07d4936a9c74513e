// Every secret and random value of the worked example, chosen by its name; and what stops the
// program when something does not hold.
#pragma once

#include <sodium.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "crypto/keys.h"

namespace meldpunt::crypto::example {

[[noreturn]] inline void stop(std::string_view what) {
  std::fprintf(stderr, "worked_example: %.*s\n", static_cast<int>(what.size()), what.data());
  std::exit(1);
}

inline void must(bool holds, std::string_view what) {
  if (!holds) stop(what);
}

template <class Value>
Value need(Result<Value> result, std::string_view what) {
  if (!result) stop(std::string(what) + ": " + std::string(describe(result.error())));
  return std::move(*result);
}

inline void need(const Result<void>& result, std::string_view what) {
  must(result.has_value(), what);
}

// Chosen bytes: ChaCha20 keyed by BLAKE2b-256 of the name. Any others would do as well.
inline void choose(MutableBytes out, std::string_view name) {
  Block<randombytes_SEEDBYTES> seed{};
  crypto_generichash(seed.data(), seed.size(), as_bytes(name).data(), name.size(), nullptr, 0);
  randombytes_buf_deterministic(out.data(), out.size(), seed.data());
}

template <std::size_t N>
Block<N> chosen(std::string_view name) {
  Block<N> out{};
  choose(out, name);
  return out;
}

template <class FixedId>
FixedId chosen_id(std::string_view name) {
  FixedId id;
  choose(id.fill(), name);
  return id;
}

template <class Role>
SigningKey<Role> signing(std::string_view name) {
  return SigningKey<Role>::from_seed(chosen<signing_seed_size>(name));
}

template <class Role>
OpeningKey<Role> opening(std::string_view name) {
  return OpeningKey<Role>::from_secret(chosen<kem_secret_key_size>(name));
}

inline SecretBytes<32> secret(std::string_view name) {
  SecretBytes<32> out;
  choose(out.fill(), name);
  return out;
}

// A file of the tree.
inline std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace meldpunt::crypto::example
