#include "client/lib/personal_notes.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "crypto/hexadecimal.h"
#include "crypto/text.h"

namespace meldpunt::client {

namespace {

using nlohmann::json;

std::optional<PersonalNote> read_personal_note(const json& entry) {
  PersonalNote note;
  if (!entry.is_object()) return std::nullopt;
  const auto hour = entry.find("hour");
  if (hour == entry.end() || !hour->is_number_unsigned()) return std::nullopt;
  for (const char* name : {"id", "case", "text"}) {
    if (!entry.contains(name) || !entry.at(name).is_string()) return std::nullopt;
  }
  if (!crypto::from_hexadecimal(entry.at("id").get<std::string>(), note.id.fill()) ||
      !crypto::from_hexadecimal(entry.at("case").get<std::string>(), note.subject.fill())) {
    return std::nullopt;
  }
  note.hour = hour->get<crypto::Hour>();
  note.text = entry.at("text").get<std::string>();
  return note;
}

}  // namespace

PersonalNotes::PersonalNotes(const Home& home)
    : file_(home, "personal-notes", "your personal notes cannot be read") {}

Outcome<PersonalNotes> PersonalNotes::open(const Home& home) {
  PersonalNotes notes(home);
  const auto list = notes.file_.read();
  if (!list) return pass_on(list.error());
  if (const auto taken = notes.take(*list); !taken) return pass_on(taken.error());
  return notes;
}

Outcome<void> PersonalNotes::take(const json& list) {
  notes_.clear();
  for (const json& entry : list) {
    auto note = read_personal_note(entry);
    if (!note) return file_.damaged();
    notes_.push_back(std::move(*note));
  }
  return {};
}

Outcome<void> PersonalNotes::rewrite(
    const std::function<Outcome<void>(std::vector<PersonalNote>&)>& change) {
  return file_.rewrite([&](json& list) -> Outcome<void> {
    if (const auto taken = take(list); !taken) return pass_on(taken.error());
    if (const auto changed = change(notes_); !changed) return pass_on(changed.error());
    list = json::array();
    for (const PersonalNote& note : notes_) {
      list.push_back({{"id", crypto::hexadecimal(note.id.view())},
                      {"case", crypto::hexadecimal(note.subject.view())},
                      {"hour", note.hour},
                      {"text", note.text}});
    }
    return {};
  });
}

Outcome<void> PersonalNotes::add(const crypto::CaseId& subject, crypto::Hour hour,
                                 const std::string& text) {
  if (text.empty() || !crypto::is_text(crypto::as_bytes(text))) {
    return problem(EX_DATAERR, "a note is text (UTF-8) without control characters, and not empty");
  }
  return rewrite([&](std::vector<PersonalNote>& notes) -> Outcome<void> {
    if (notes.size() >= personal_notes_most) {
      return problem(EX_TEMPFAIL, "there are " + std::to_string(personal_notes_most) +
                                      " personal notes already: remove some first");
    }
    notes.push_back({crypto::random_id<PersonalNoteId>(), subject, hour, text});
    return {};
  });
}

Outcome<void> PersonalNotes::remove(const PersonalNoteId& id) {
  return rewrite([&](std::vector<PersonalNote>& notes) -> Outcome<void> {
    if (std::erase_if(notes, [&](const PersonalNote& note) { return note.id == id; }) > 0) {
      return {};
    }
    return problem(EX_NOINPUT, "there is no such personal note: it may have been removed");
  });
}

Outcome<void> PersonalNotes::forget_erased(const VaultHistory& history) {
  const auto goes = [&](const PersonalNote& note) {
    return history.erasure_of(note.subject) != nullptr;
  };
  if (std::ranges::none_of(notes_, goes)) return {};
  return rewrite([&](std::vector<PersonalNote>& notes) -> Outcome<void> {
    std::erase_if(notes, goes);
    return {};
  });
}

std::vector<PersonalNote> PersonalNotes::of(const crypto::CaseId& subject) const {
  std::vector<PersonalNote> notes;
  std::ranges::copy_if(notes_, std::back_inserter(notes),
                       [&](const PersonalNote& note) { return note.subject == subject; });
  return notes;
}

}  // namespace meldpunt::client
