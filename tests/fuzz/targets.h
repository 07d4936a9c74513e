// One function for each decoder that reads what a stranger sent. Each takes any bytes, decodes
// them, and ends the program when what was decoded does not encode to the same bytes again.
//
// Where a signature or a seal stands before a decoder, the target makes it, so that the decoder
// itself is reached. libFuzzer, the regression run and the property tests call the same functions.
#pragma once

#include <array>
#include <string_view>

#include "crypto/bytes.h"

namespace meldpunt::crypto::fuzz {

// wire_targets.cpp
void frame(Bytes bytes);
void request(Bytes bytes);
void response(Bytes bytes);
void notice(Bytes bytes);
void parts(Bytes bytes);

// hierarchy_targets.cpp
void pin(Bytes bytes);
void bundle(Bytes bytes);
void roster(Bytes bytes);
void enrolment(Bytes bytes);

// thread_targets.cpp
void report(Bytes bytes);
void reply(Bytes bytes);
void code(Bytes bytes);
void word_list(Bytes bytes);

// vault_targets.cpp
void event(Bytes bytes);
void case_event(Bytes bytes);
void slot(Bytes bytes);
void grant(Bytes bytes);
void key_file(Bytes bytes);
void successor(Bytes bytes);

// handover_targets.cpp
void escalation(Bytes bytes);
void handover(Bytes bytes);
// recovery_targets.cpp
void recovery(Bytes bytes);
void paper_code(Bytes bytes);

// release_targets.cpp
void coding(Bytes bytes);
void release(Bytes bytes);
void release_record(Bytes bytes);
void release_event(Bytes bytes);
void receipt(Bytes bytes);
void delivery(Bytes bytes);

struct Target {
  std::string_view name;
  void (*run)(Bytes);
};

inline constexpr std::array targets{
    Target{"frame", frame},
    Target{"request", request},
    Target{"response", response},
    Target{"notice", notice},
    Target{"parts", parts},
    Target{"pin", pin},
    Target{"bundle", bundle},
    Target{"roster", roster},
    Target{"enrolment", enrolment},
    Target{"report", report},
    Target{"reply", reply},
    Target{"code", code},
    Target{"word_list", word_list},
    Target{"event", event},
    Target{"case_event", case_event},
    Target{"slot", slot},
    Target{"grant", grant},
    Target{"key_file", key_file},
    Target{"coding", coding},
    Target{"release", release},
    Target{"release_record", release_record},
    Target{"release_event", release_event},
    Target{"receipt", receipt},
    Target{"delivery", delivery},
    Target{"escalation", escalation},
    Target{"handover", handover},
    Target{"successor", successor},
    Target{"recovery", recovery},
    Target{"paper_code", paper_code},
};

// Ends the program, so that the fuzzer keeps the input.
void must(bool true_or_not);

// `bytes` cut or filled up with zeros to N.
template <std::size_t N>
Block<N> sized(Bytes bytes) {
  Block<N> block{};
  copy_bytes(bytes.first(std::min(N, bytes.size())), block);
  return block;
}

inline Buffer joined(Bytes first, Bytes second) {
  Buffer out(first.begin(), first.end());
  out.insert(out.end(), second.begin(), second.end());
  return out;
}

}  // namespace meldpunt::crypto::fuzz
