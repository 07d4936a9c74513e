// Every text of every case, in memory while the device is unlocked: what searching looks through.
//
// A search goes through all of it: some ten megabytes for ten thousand reports, which takes a few
// milliseconds and needs no index that could be wrong. Upper and lower case of the Latin, Greek and
// Cyrillic alphabets are the same, so are letters with and without their common accents.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "client/lib/case_index.h"

namespace meldpunt::client {

enum class TextKind : std::uint8_t { report, reply, note, file };

struct CaseText {
  Position position = 0;
  TextKind kind{};
  std::string text;
  std::string folded;
};

struct TextHit {
  crypto::CaseId subject;
  Position position = 0;
  TextKind kind{};
  std::string excerpt;  // some words before and after
};

class CaseTexts {
 public:
  void add(Position position, const crypto::CaseId& subject, TextKind kind, std::string text);
  void erased(const crypto::CaseId& subject) { cases_.erase(subject); }

  [[nodiscard]] const std::vector<CaseText>& of(const crypto::CaseId& subject) const;
  // Texts that hold every word, the newest first; at most `most`. Nothing for an empty query.
  [[nodiscard]] std::vector<TextHit> find(std::string_view query, std::size_t most) const;

 private:
  std::map<crypto::CaseId, std::vector<CaseText>> cases_;
};

[[nodiscard]] std::string_view name_of(TextKind kind);
// Lower case, without common accents.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace meldpunt::client
