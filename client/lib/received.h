// What came through the staff's box and concerns no case, as the journal tells it: receipts of
// releases, successors of a device's keys, and what nobody expected.
//
// An object is here once, whatever device took it in. Its giver was a device of the roster whose
// role may give that kind; what was not believed is counted and has no content.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "crypto/case_events.h"

namespace meldpunt::client {

struct ReceivedObject {
  crypto::Hash object;
  crypto::DeviceId giver;
  crypto::Buffer content;
};

class ReceivedObjects {
 public:
  void add(const crypto::Received& event) {
    if (!seen_.insert(event.object).second) return;
    if (!event.kind || event.content.size() == 0) {
      ++not_believed_;
      return;
    }
    const crypto::Bytes content = event.content.view();
    objects_[*event.kind].push_back({event.object, event.giver, {content.begin(), content.end()}});
  }
  // It lies in the journal elsewhere: under a case.
  void mark_seen(const crypto::Hash& object) { seen_.insert(object); }

  [[nodiscard]] bool knows(const crypto::Hash& object) const { return seen_.contains(object); }
  // In the order of the journal.
  [[nodiscard]] const std::vector<ReceivedObject>& of(crypto::ObjectKind kind) const {
    static const std::vector<ReceivedObject> none;
    const auto found = objects_.find(kind);
    return found == objects_.end() ? none : found->second;
  }
  [[nodiscard]] std::size_t not_believed() const { return not_believed_; }

 private:
  std::set<crypto::Hash> seen_;
  std::map<crypto::ObjectKind, std::vector<ReceivedObject>> objects_;
  std::size_t not_believed_ = 0;
};

}  // namespace meldpunt::client
