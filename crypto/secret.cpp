#include "crypto/secret.h"

#include <algorithm>
#include <cstdlib>

namespace meldpunt::crypto {

namespace {

#ifdef __wasm__

// There are no pages to guard, and nothing to gain.
std::uint8_t* take_kept(std::size_t /*size*/) { return nullptr; }
bool keep(std::uint8_t* /*memory*/, std::size_t /*size*/) { return false; }

#else

// Set for good when a thread's kept pages have gone: secrets of static duration go later.
thread_local bool gone = false;

// Wiped pages of one thread, for secrets of exactly the same size: then the guard page begins where
// the secret ends.
class KeptPages {
 public:
  KeptPages() = default;
  KeptPages(const KeptPages&) = delete;
  KeptPages& operator=(const KeptPages&) = delete;
  ~KeptPages() {
    gone = true;
    for (const Page& page : pages_) sodium_free(page.memory);
  }

  std::uint8_t* take(std::size_t size) {
    for (Page& page : pages_) {
      if (page.memory != nullptr && page.size == size) return std::exchange(page.memory, nullptr);
    }
    return nullptr;
  }
  // The one that was kept longest gives way.
  void keep(std::uint8_t* memory, std::size_t size) {
    Page& page = pages_[next_++ % pages_.size()];
    sodium_free(page.memory);
    page = {memory, size};
  }

 private:
  struct Page {
    std::uint8_t* memory = nullptr;
    std::size_t size = 0;
  };
  std::array<Page, 16> pages_{};
  std::size_t next_ = 0;
};

constexpr std::size_t largest_kept = std::size_t{16} * 1024;

KeptPages& kept_pages() {
  thread_local KeptPages pages;
  return pages;
}

std::uint8_t* take_kept(std::size_t size) {
  return gone || size > largest_kept ? nullptr : kept_pages().take(size);
}

bool keep(std::uint8_t* memory, std::size_t size) {
  if (gone || size > largest_kept) return false;
  kept_pages().keep(memory, size);
  return true;
}

#endif

}  // namespace

namespace detail {

GuardedMemory guarded(std::size_t size) {
  auto* memory = take_kept(size);
  if (memory == nullptr) {
    memory = static_cast<std::uint8_t*>(sodium_malloc(std::max<std::size_t>(size, 1)));
  }
  if (memory == nullptr) std::abort();
  sodium_memzero(memory, size);
  return {memory, WipeAndRelease{size}};
}

void WipeAndRelease::operator()(std::uint8_t* memory) const {
  sodium_memzero(memory, size);
  if (!keep(memory, size)) sodium_free(memory);
}

}  // namespace detail

bool same_secret(Bytes a, Bytes b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void fill_random(MutableBytes out) { randombytes_buf(out.data(), out.size()); }

SecretBuffer SecretBuffer::of(Bytes bytes) {
  SecretBuffer buffer(bytes.size());
  copy_bytes(bytes, buffer.fill());
  return buffer;
}

void SecretBuffer::shrink(std::size_t size) {
  if (size >= size_) return;
  sodium_memzero(memory_.get() + size, size_ - size);
  size_ = size;
}

}  // namespace meldpunt::crypto
