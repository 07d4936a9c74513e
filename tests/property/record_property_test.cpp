// Two coordinators who write in one case file, each with and without the line, in any order: both
// end with the same file, nothing that anybody wrote is lost, and nothing is replaced by somebody
// who had not read it.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "client/record/case_record.h"

namespace meldpunt::record::test {
namespace {

struct Line {
  crypto::DeviceId device;
  RecordEvent change;
};

// What the server holds.
using Shared = std::vector<Line>;

class Desk {
 public:
  explicit Desk(std::uint8_t number) { device_.bytes[0] = number; }

  // With what it has read by now, whether or not the line is there.
  void write(const std::string& kind, const ItemId& item, Fields fields, bool removed) {
    RecordEvent change;
    change.kind = kind;
    change.item = item;
    change.fields = std::move(fields);
    change.removed = removed;
    change.change.bytes[0] = device_.bytes[0];
    change.change.bytes[1] = static_cast<std::uint8_t>(written_ >> 8);
    change.change.bytes[2] = static_cast<std::uint8_t>(written_);
    ++written_;
    change.seen = record_.newest(kind, item);
    drafts_.push_back(std::move(change));
  }
  void read(const Shared& shared) {
    for (; read_ < shared.size(); ++read_) {
      record_.add(read_ + 1, 1, shared[read_].device, shared[read_].change);
    }
  }
  // Some of what waits; the last perhaps without being crossed off, as if killed in between.
  void send(Shared& shared, std::size_t most, bool killed) {
    for (std::size_t i = 0; i < most && !drafts_.empty(); ++i) {
      read(shared);
      shared.push_back({device_, drafts_.front()});
      const bool last = i + 1 == most || drafts_.size() == 1;
      if (last && killed) break;
      drafts_.erase(drafts_.begin());
    }
    read(shared);
  }
  [[nodiscard]] std::size_t written() const { return written_; }
  [[nodiscard]] const CaseRecord& record() const { return record_; }

 private:
  crypto::DeviceId device_;
  CaseRecord record_;
  std::vector<RecordEvent> drafts_;
  std::size_t read_ = 0;
  std::size_t written_ = 0;
};

const std::vector<std::string> kinds{"risk", "need"};

ItemId any_item(const std::string& kind) {
  ItemId item;
  if (kind == "need") item.bytes[0] = *rc::gen::inRange<std::uint8_t>(1, 4);
  return item;
}

void step(Desk& desk, Shared& shared) {
  switch (*rc::gen::weightedElement<int>({{5, 0}, {2, 1}, {3, 2}})) {
    case 0: {
      const auto kind = *rc::gen::elementOf(kinds);
      const auto value = *rc::gen::elementOf(std::vector<std::string>{"a", "b", "c"});
      return desk.write(kind, any_item(kind), {{"value", value}}, *rc::gen::inRange(0, 8) == 0);
    }
    case 1:
      return desk.read(shared);
    default:
      return desk.send(shared, *rc::gen::inRange<std::size_t>(1, 4), *rc::gen::inRange(0, 4) == 0);
  }
}

std::vector<const Item*> items_of(const CaseRecord& record) {
  std::vector<const Item*> items;
  if (const Item* risk = record.find("risk", {})) items.push_back(risk);
  for (std::uint8_t number = 1; number < 4; ++number) {
    ItemId id;
    id.bytes[0] = number;
    if (const Item* need = record.find("need", id)) items.push_back(need);
  }
  return items;
}

std::vector<std::string> told(const CaseRecord& record) {
  std::vector<std::string> lines;
  for (const Item* item : items_of(record)) {
    for (const Version& version : item->history) {
      lines.push_back(std::to_string(version.position) + " " + text_in(version.fields, "value") +
                      (version.removed ? " removed" : ""));
    }
    for (const std::size_t index : item->standing) lines.push_back(std::to_string(index));
  }
  return lines;
}

std::size_t history_size(const CaseRecord& record) {
  std::size_t size = 0;
  for (const Item* item : items_of(record)) size += item->history.size();
  return size;
}

// Each version stands, or was seen by one that came after it.
bool was_read_by_what_replaced_it(const Item& item) {
  for (std::size_t i = 0; i < item.history.size(); ++i) {
    if (std::ranges::find(item.standing, i) != item.standing.end()) continue;
    const auto& replaced = item.history[i];
    const bool seen =
        std::any_of(item.history.begin() + static_cast<std::ptrdiff_t>(i) + 1, item.history.end(),
                    [&](const Version& later) {
                      return later.seen >= replaced.position || later.device == replaced.device;
                    });
    if (!seen) return false;
  }
  return true;
}

// Before RapidCheck looks.
const bool configured = [] {
  const bool long_run = std::getenv("MELDPUNT_LONG") != nullptr;
  setenv("RC_PARAMS", long_run ? "max_success=50000" : "max_success=5000", 0);
  return true;
}();

RC_GTEST_PROP(TwoCoordinators, EndWithTheSameFileAndNothingIsLostOrReplacedUnread, ()) {
  Shared shared;
  Desk one(1);
  Desk other(2);
  const int steps = *rc::gen::inRange(1, 40);
  for (int i = 0; i < steps; ++i) step(*rc::gen::arbitrary<bool>() ? one : other, shared);
  // The line is there for good.
  one.send(shared, 1000, false);
  other.send(shared, 1000, false);
  one.read(shared);

  RC_ASSERT(told(one.record()) == told(other.record()));
  RC_ASSERT(history_size(one.record()) == one.written() + other.written());
  for (const Item* item : items_of(one.record())) {
    RC_ASSERT(!item->standing.empty());
    RC_ASSERT(was_read_by_what_replaced_it(*item));
  }
}

}  // namespace
}  // namespace meldpunt::record::test
