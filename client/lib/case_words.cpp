#include "client/lib/case_words.h"

#include "crypto/label.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

std::string words_of(const crypto::Hash& hash, const crypto::WordList& words, int count) {
  std::uint64_t rest = crypto::Reader(hash.view()).u64();
  std::string said;
  for (int i = 0; i < count; ++i) {
    if (i > 0) said += '-';
    said += words.word(static_cast<std::size_t>(rest % crypto::word_list_size));
    rest /= crypto::word_list_size;
  }
  return said;
}

}  // namespace

std::string case_name(const crypto::CaseId& subject, const crypto::WordList& words) {
  return words_of(crypto::hash("case name", {subject.view()}), words, 2);
}

std::string name_at_partner(const crypto::Block<16>& reference, const crypto::WordList& words) {
  return words_of(crypto::hash("name at a partner", {reference}), words, 2);
}

std::string five_words(const crypto::Hash& hash, const crypto::WordList& words) {
  return words_of(hash, words, 5);
}

crypto::Hash hash_of_enrolment(crypto::Bytes signed_enrolment, const crypto::RegionId& region) {
  return crypto::hash("enrolment words", {region.view(), signed_enrolment});
}

}  // namespace meldpunt::client
