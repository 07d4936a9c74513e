// One report and its answer, from founding a region to burning the reply, with every value on the
// way.
//
//   worked_example check|write    run from the root of the tree
//
// Writes, or compares with what stands there, docs/protocol-example.md and
// tests/vectors/worked_example.values. Every secret and every random value is chosen here, so the
// result is the same on every machine; and where a function of crypto/ does several steps of the
// specification in one, the steps are done here once more by hand and must agree.
#include <sodium.h>

#include <fstream>
#include <string>

#include "tests/vectors/example.h"

namespace meldpunt::crypto::example {
namespace {

// Stands in for the system's generator: each draw is chosen by its number.
struct Generator {
  static inline std::uint64_t draw = 0;

  static const char* name() { return "worked example"; }
  static std::uint32_t random() {
    Block<4> word{};
    buffer(word.data(), word.size());
    return static_cast<std::uint32_t>(word[0]) << 24 | static_cast<std::uint32_t>(word[1]) << 16 |
           static_cast<std::uint32_t>(word[2]) << 8 | word[3];
  }
  static void buffer(void* out, std::size_t size) {
    choose({static_cast<std::uint8_t*>(out), size}, "draw " + std::to_string(draw++));
  }
};

void replace_generator() {
  static randombytes_implementation chosen_generator{Generator::name, Generator::random, nullptr,
                                                     nullptr,         Generator::buffer, nullptr};
  randombytes_set_implementation(&chosen_generator);
}

int finish(const std::string& deed, const Walk& walk) {
  const std::pair<const char*, std::string> files[] = {
      {"docs/protocol-example.md", walk.page()},
      {"tests/vectors/worked_example.values", walk.values()},
  };
  for (const auto& [path, text] : files) {
    if (deed == "write") {
      std::ofstream out(path, std::ios::binary | std::ios::trunc);
      out << text;
      out.close();
      must(!out.fail(), std::string(path) + " cannot be written");
    } else {
      must(contents(path) == text, std::string(path) + " is another; run worked_example write");
    }
  }
  return 0;
}

}  // namespace
}  // namespace meldpunt::crypto::example

int main(int count, char** words) {
  using namespace meldpunt::crypto::example;
  const std::string deed = count == 2 ? words[1] : "";
  if (deed != "check" && deed != "write") stop("usage: worked_example check|write");
  if (sodium_init() < 0) stop("libsodium does not start");
  replace_generator();
  return finish(deed, Example().run());
}
