// Every text of every case, in memory while the device is unlocked: what searching looks through.
//
// A search goes through all of it: some ten megabytes for ten thousand reports, which takes a few
// milliseconds and needs no index that could be wrong. Upper and lower case of the Latin, Greek and
// Cyrillic alphabets are the same, so are letters with and without their common accents.
#pragma once

#include <map>
#include <memory>
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

// A copy shares the texts, which never change: other threads may search it.
class CaseTexts {
 public:
  using Texts = std::vector<std::shared_ptr<const CaseText>>;

  void add(Position position, const crypto::CaseId& subject, TextKind kind, std::string text);
  void erased(const crypto::CaseId& subject) { cases_.erase(subject); }

  [[nodiscard]] const Texts& of(const crypto::CaseId& subject) const;
  // Texts that hold every word, the newest first; at most `most`. Nothing for an empty query.
  [[nodiscard]] std::vector<TextHit> find(std::string_view query, std::size_t most) const;
  // Whether one of the case's texts has it; folded.
  [[nodiscard]] bool has_word(const crypto::CaseId& subject, const std::string& word) const;

 private:
  std::map<crypto::CaseId, Texts> cases_;
};

[[nodiscard]] std::string_view name_of(TextKind kind);
// Lower case, without common accents.
[[nodiscard]] std::string folded(std::string_view text);
[[nodiscard]] std::vector<std::string> folded_words(std::string_view text);

}  // namespace meldpunt::client
