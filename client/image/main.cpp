// meldpunt-image: a photo in, the same pixels as a new JPEG file out. It reads what strangers made,
// so it is a program of its own that can reach nothing: no key, no file, no network.
#include <array>
#include <new>

#include "client/image/decode.h"
#include "client/image/encode.h"
#include "client/image/ending.h"
#include "client/image/sandbox.h"

namespace {

using namespace meldpunt::image;

std::vector<std::uint8_t> read_all() {
  std::vector<std::uint8_t> file;
  std::array<std::uint8_t, 65536> block{};
  for (;;) {
    const ssize_t got = ::read(STDIN_FILENO, block.data(), block.size());
    if (got < 0) end(Ending::lost);
    if (got == 0) return file;
    file.insert(file.end(), block.begin(), block.begin() + got);
    if (file.size() > file_longest) end(Ending::too_large);
  }
}

void write_all(Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (put <= 0) end(Ending::lost);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
}

std::array<std::uint8_t, size_field> size_of(Bytes file) {
  std::array<std::uint8_t, size_field> size{};
  for (std::size_t i = 0; i < size.size(); ++i) {
    size[i] = static_cast<std::uint8_t>(file.size() >> (8 * (size.size() - 1 - i)));
  }
  return size;
}

void make_anew() {
  const auto file = encode(decode(read_all()));
  write_all(size_of(file));
  write_all(file);
}

}  // namespace

int main() {
  // libjpeg looks up what the processor can do when it is first used, on some by reading a file.
  (void)encode({{1, 1}, std::vector<std::uint8_t>(channels)});
  // Throwing would need more calls than the sandbox leaves.
  std::set_new_handler([] { end(Ending::too_large); });
  if (!enter_sandbox()) end(Ending::no_sandbox);
  make_anew();
  end(Ending::done);
}
