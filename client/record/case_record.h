// One case file as its events tell it: every item, with what stands, what contradicts it, and how
// it came about.
//
// Two coordinators may write without having seen each other's words: both stand, side by side,
// until somebody who has read both writes again. So nothing is ever overwritten unread, and since
// the fold depends on nothing but the journal's order, every device ends with the same file.
#pragma once

#include <set>
#include <utility>

#include "client/record/record_event.h"

namespace meldpunt::record {

// One writing of an item.
struct Version {
  Position position = 0;
  std::uint32_t hour = 0;  // hours since 1970
  crypto::DeviceId device;
  Position seen = 0;
  Fields fields;
  bool removed = false;
};

struct Item {
  ItemId id;
  std::vector<Version> history;         // in the journal's order
  std::vector<std::size_t> standing{};  // of the history: one, or more where they conflict

  // The newest that stands.
  [[nodiscard]] const Version& now() const { return history[standing.back()]; }
  [[nodiscard]] const Fields& fields() const { return now().fields; }
  [[nodiscard]] bool removed() const { return now().removed; }
  // What was written beside it, unseen by its writer, and says something else.
  [[nodiscard]] std::vector<const Version*> conflicts() const;
};

class CaseRecord {
 public:
  // In the journal's order. False when the change was counted before.
  bool add(Position position, std::uint32_t hour, const crypto::DeviceId& device,
           const RecordEvent& event);

  // Null when nothing of that kind has been written, or it was removed.
  [[nodiscard]] const Item* one(std::string_view kind) const;
  // Those that were not removed, in the order in which they were first written.
  [[nodiscard]] std::vector<const Item*> several(std::string_view kind) const;
  // Removed ones too; null when there never was one.
  [[nodiscard]] const Item* find(std::string_view kind, const ItemId& item) const;
  // The newest event of an item: what a writer who has read it has seen. 0: there is none.
  [[nodiscard]] Position newest(std::string_view kind, const ItemId& item) const;
  [[nodiscard]] std::size_t conflict_count() const;
  // Kinds of which there is something.
  [[nodiscard]] std::vector<std::string> kinds() const;
  [[nodiscard]] bool knows(const ChangeId& change) const { return changes_.contains(change); }
  [[nodiscard]] std::size_t size() const { return changes_.size(); }

 private:
  std::map<std::string, std::vector<Item>, std::less<>> items_;  // by kind
  std::set<ChangeId> changes_;
};

}  // namespace meldpunt::record
