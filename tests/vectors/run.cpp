// run VECTOR...: checks each vector and prints one line for it. A plain program without test
// framework or exceptions, so that the same source runs natively and as WebAssembly.
#include <sodium.h>

#include <array>
#include <cstdio>
#include <optional>
#include <string>

#include "tests/vectors/cases.h"

namespace meldpunt::crypto::vectors {
namespace {

struct Kind {
  std::string_view name;
  Outcome (*check)(const Vector&);
};

constexpr std::array kinds{
    Kind{"hpke", check_hpke},
    Kind{"request", check_request},
    Kind{"response", check_response},
    Kind{"notice", check_notice},
    Kind{"puzzle", check_puzzle},
    Kind{"parts", check_parts},
    Kind{"pin", check_pin},
    Kind{"bundle", check_bundle},
    Kind{"roster", check_roster},
    Kind{"enrolment", check_enrolment},
    Kind{"code", check_code},
    Kind{"thread", check_thread},
    Kind{"report", check_report},
    Kind{"reply", check_reply},
    Kind{"event", check_event},
    Kind{"case_event", check_case_event},
    Kind{"slot", check_slot},
    Kind{"grant", check_grant},
    Kind{"key_file", check_key_file},
    Kind{"coding", check_coding},
    Kind{"release", check_release},
    Kind{"release_record", check_release_record},
    Kind{"release_event", check_release_event},
    Kind{"release_proposal", check_release_proposal},
    Kind{"receipt", check_receipt},
    Kind{"delivery", check_delivery},
    Kind{"escalation", check_escalation},
    Kind{"handover", check_handover},
    Kind{"successor", check_successor},
    Kind{"paper_code", check_paper_code},
    Kind{"recovery", check_recovery},
};

std::optional<std::string> read_file(const char* path) {
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 65536> block{};
  while (const std::size_t size = std::fread(block.data(), 1, block.size(), file)) {
    text.append(block.data(), size);
  }
  std::fclose(file);
  return text;
}

// Empty when everything is as the vector says; else what is not.
std::string judge(const Vector& vector, const Outcome& outcome) {
  if (!vector.complete()) return "the vector lacks a value, or has one of a wrong size";
  if (!outcome) {
    const std::string found(word_of(outcome.error()));
    if (vector.expect() == class_of(outcome.error()) && vector.error() == found) return {};
    return "expected " + vector.expect() + ' ' + vector.error() + ", found " + found;
  }
  if (vector.expect() != "opened") return "expected " + vector.expect() + ", but it opened";
  if (!outcome->empty()) return "wrong value: " + *outcome;
  return {};
}

std::string fault_in(const char* path) {
  const auto text = read_file(path);
  if (!text) return "cannot be read";
  const auto vector = Vector::parse(*text);
  if (!vector) return "is not written as a vector";
  for (const Kind& kind : kinds) {
    if (kind.name == vector->kind()) return judge(*vector, kind.check(*vector));
  }
  return "is of a kind that nobody knows";
}

}  // namespace
}  // namespace meldpunt::crypto::vectors

int main(int count, char** words) {
  if (sodium_init() < 0 || count < 2) {
    std::puts("run VECTOR...");
    return 64;
  }
  int failed = 0;
  for (int i = 1; i < count; ++i) {
    const std::string fault = meldpunt::crypto::vectors::fault_in(words[i]);
    std::printf("%s %s %s\n", fault.empty() ? "ok" : "WRONG", words[i], fault.c_str());
    if (!fault.empty()) ++failed;
  }
  std::printf("%d vectors, %d wrong\n", count - 1, failed);
  return failed == 0 ? 0 : 1;
}
