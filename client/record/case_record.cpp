#include "client/record/case_record.h"

#include <algorithm>

namespace meldpunt::record {

namespace {

bool says_the_same(const Version& a, const Version& b) {
  return a.removed == b.removed && a.fields == b.fields;
}

}  // namespace

std::vector<const Version*> Item::conflicts() const {
  std::vector<const Version*> others;
  for (const std::size_t index : standing) {
    if (!says_the_same(history[index], now())) others.push_back(&history[index]);
  }
  return others;
}

bool CaseRecord::add(Position position, std::uint32_t hour, const crypto::DeviceId& device,
                     const RecordEvent& event) {
  if (!changes_.insert(event.change).second) return false;
  auto& items = items_[event.kind];
  auto found = std::ranges::find(items, event.item, &Item::id);
  if (found == items.end()) found = items.insert(items.end(), Item{event.item, {}, {}});
  // A device has read what it wrote itself, also while that was not sent yet.
  std::erase_if(found->standing, [&](std::size_t index) {
    const Version& before = found->history[index];
    return before.position <= event.seen || before.device == device;
  });
  found->standing.push_back(found->history.size());
  found->history.push_back({position, hour, device, event.seen, event.fields, event.removed});
  return true;
}

const Item* CaseRecord::find(std::string_view kind, const ItemId& item) const {
  const auto items = items_.find(kind);
  if (items == items_.end()) return nullptr;
  const auto found = std::ranges::find(items->second, item, &Item::id);
  return found == items->second.end() ? nullptr : &*found;
}

const Item* CaseRecord::one(std::string_view kind) const {
  const Item* item = find(kind, {});
  return item == nullptr || item->removed() ? nullptr : item;
}

std::vector<const Item*> CaseRecord::several(std::string_view kind) const {
  std::vector<const Item*> all;
  const auto items = items_.find(kind);
  if (items == items_.end()) return all;
  for (const Item& item : items->second) {
    if (!item.removed() || !item.conflicts().empty()) all.push_back(&item);
  }
  return all;
}

Position CaseRecord::newest(std::string_view kind, const ItemId& item) const {
  const Item* found = find(kind, item);
  return found == nullptr ? 0 : found->history.back().position;
}

std::size_t CaseRecord::conflict_count() const {
  std::size_t count = 0;
  for (const auto& [kind, items] : items_) {
    for (const Item& item : items) count += item.conflicts().empty() ? 0U : 1U;
  }
  return count;
}

std::vector<std::string> CaseRecord::kinds() const {
  std::vector<std::string> names;
  for (const auto& [kind, items] : items_) names.push_back(kind);
  return names;
}

}  // namespace meldpunt::record
