// Secret memory: kept out of swap and core files where the system allows it, and wiped at the end
// of its scope.
//
// SecretBytes<N> and SecretBuffer lie in guarded pages of their own (sodium_malloc); use them for
// what lives longer than one call. Transient<N> lies on the stack, for intermediate values.
// Such pages cost some hundred microseconds to make and give back, so a thread keeps the last few,
// wiped, for what it makes next; guards and locks stay as they are.
// None can be copied, printed or compared by accident; `view()` is the word a reviewer looks for.
#pragma once

#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "crypto/bytes.h"

namespace meldpunt::crypto {

namespace detail {
struct WipeAndRelease {
  std::size_t size = 0;
  void operator()(std::uint8_t* memory) const;
};
using GuardedMemory = std::unique_ptr<std::uint8_t[], WipeAndRelease>;

// Never returns null: with no memory left the program ends here rather than go on unprotected.
GuardedMemory guarded(std::size_t size);
}  // namespace detail

// Equal in constant time.
[[nodiscard]] bool same_secret(Bytes a, Bytes b);

// Fills from the system generator.
void fill_random(MutableBytes out);

// A fresh identifier from the system generator.
template <class RandomId>
[[nodiscard]] RandomId random_id() {
  RandomId id;
  fill_random(id.fill());
  return id;
}

template <std::size_t N>
class SecretBytes {
 public:
  static constexpr std::size_t size = N;

  SecretBytes() : memory_(detail::guarded(N)) {}

  static SecretBytes random() {
    SecretBytes secret;
    fill_random(secret.fill());
    return secret;
  }

  [[nodiscard]] std::span<const std::uint8_t, N> view() const {
    return std::span<const std::uint8_t, N>(memory_.get(), N);
  }
  [[nodiscard]] std::span<std::uint8_t, N> fill() {
    return std::span<std::uint8_t, N>(memory_.get(), N);
  }
  // A second copy, where two owners are meant.
  [[nodiscard]] SecretBytes clone() const {
    SecretBytes copy;
    std::copy_n(memory_.get(), N, copy.memory_.get());
    return copy;
  }

 private:
  detail::GuardedMemory memory_;
};

class SecretBuffer {
 public:
  SecretBuffer() = default;
  explicit SecretBuffer(std::size_t size) : memory_(detail::guarded(size)), size_(size) {}

  // Copies; the caller's own copy stays the caller's to wipe.
  static SecretBuffer of(Bytes bytes);

  SecretBuffer(SecretBuffer&& other) noexcept
      : memory_(std::move(other.memory_)), size_(std::exchange(other.size_, 0)) {}
  SecretBuffer& operator=(SecretBuffer&& other) noexcept {
    memory_ = std::move(other.memory_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }
  SecretBuffer(const SecretBuffer&) = delete;
  SecretBuffer& operator=(const SecretBuffer&) = delete;
  ~SecretBuffer() = default;

  [[nodiscard]] Bytes view() const { return {memory_.get(), size_}; }
  [[nodiscard]] MutableBytes fill() { return {memory_.get(), size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  // Forgets all after `size`, which must not be larger than size().
  void shrink(std::size_t size);

 private:
  detail::GuardedMemory memory_;
  std::size_t size_ = 0;
};

template <std::size_t N>
class Transient {
 public:
  Transient() = default;
  Transient(const Transient&) = delete;
  Transient& operator=(const Transient&) = delete;
  ~Transient() { sodium_memzero(bytes_.data(), N); }

  [[nodiscard]] std::span<const std::uint8_t, N> view() const {
    return std::span<const std::uint8_t, N>(bytes_);
  }
  [[nodiscard]] std::span<std::uint8_t, N> fill() { return std::span<std::uint8_t, N>(bytes_); }

 private:
  Block<N> bytes_{};
};

}  // namespace meldpunt::crypto
