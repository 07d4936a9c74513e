// regress SEEDS: gives each target its seeds, and many small changes of each, always the same ones.
// A plain program for any compiler and sanitizer; libFuzzer searches further.
#include <sodium.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>

#include "tests/fuzz/targets.h"

namespace meldpunt::crypto::fuzz {
namespace {

constexpr int changes_a_seed = 40;

Buffer changed(Buffer bytes, std::mt19937& random) {
  if (bytes.empty()) return {static_cast<std::uint8_t>(random())};
  const std::size_t at = random() % bytes.size();
  // Most fields lie at the front, where random places seldom fall.
  const std::size_t front = random() % std::min<std::size_t>(bytes.size(), 96);
  switch (random() % 5) {
    case 0:
      bytes[at] ^= static_cast<std::uint8_t>(1U << random() % 8);
      break;
    case 1:
      bytes[front] = static_cast<std::uint8_t>(random());
      break;
    case 2:
      bytes.resize(at);
      break;
    case 3:
      bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(front),
                   static_cast<std::uint8_t>(random()));
      break;
    default:
      bytes[front] = random() % 2 == 0 ? 0x00 : 0xff;
      bytes[at] = 0xff;
  }
  return bytes;
}

// Returns how many inputs there were.
int run(const Target& target, const std::filesystem::path& folder) {
  int count = 0;
  std::mt19937 random(1);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const Buffer seed{std::istreambuf_iterator<char>(file), {}};
    target.run(seed);
    for (int i = 0; i < changes_a_seed; ++i) target.run(changed(seed, random));
    count += 1 + changes_a_seed;
  }
  return count;
}

}  // namespace
}  // namespace meldpunt::crypto::fuzz

int main(int count, char** words) {
  using namespace meldpunt::crypto::fuzz;
  if (count != 2 || sodium_init() < 0) {
    std::cerr << "regress SEEDS\n";
    return 64;
  }
  for (const Target& target : targets) {
    std::cout << target.name << std::flush;
    const auto folder = std::filesystem::path(words[1]) / target.name;
    const int inputs = std::filesystem::is_directory(folder) ? run(target, folder) : 0;
    std::cout << ' ' << inputs << " inputs\n";
    if (inputs == 0) return 1;
  }
  return 0;
}
