// What `meldpunt doctor` found: one line that says what holds or what does not, and what to do.
#pragma once

#include <cstdint>
#include <string>

namespace meldpunt::client {

enum class Verdict : std::uint8_t { good, note, wrong };

struct Finding {
  std::string what;  // one word: what was looked at
  Verdict verdict = Verdict::good;
  std::string sentence;
  int exit_code = 0;  // of sysexits.h, of what is wrong
};

}  // namespace meldpunt::client
