// What a coordinator's desk works with: what it knows of the journal, and what was prepared and not
// sent yet.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "client/console/event_log.h"
#include "client/console/place.h"
#include "client/lib/caller_report.h"
#include "client/lib/image_program.h"
#include "client/lib/outbox.h"
#include "client/lib/personal_notes.h"
#include "client/lib/taking_out.h"

namespace meldpunt::console {

// Sixteen random bytes, in hexadecimal digits.
[[nodiscard]] std::string new_ticket();

// What was prepared and shown, and waits for "send it". Of many the oldest go.
template <class Prepared>
class Tickets {
 public:
  // The number by which it is found.
  [[nodiscard]] std::string keep(Prepared prepared) {
    if (waiting_.size() == most) waiting_.pop_front();
    waiting_.emplace_back(new_ticket(), std::move(prepared));
    return waiting_.back().first;
  }
  // Null when it is not there any more; otherwise good until the next is kept.
  [[nodiscard]] Prepared* find(std::string_view ticket) {
    const auto found = std::ranges::find(waiting_, ticket, &Waiting::first);
    return found == waiting_.end() ? nullptr : &found->second;
  }
  // Good once.
  [[nodiscard]] std::optional<Prepared> take(std::string_view ticket) {
    Prepared* found = find(ticket);
    if (found == nullptr) return std::nullopt;
    std::optional<Prepared> prepared(std::move(*found));
    std::erase_if(waiting_, [&](const Waiting& each) { return each.first == ticket; });
    return prepared;
  }

 private:
  static constexpr std::size_t most = 16;
  using Waiting = std::pair<std::string, Prepared>;
  std::deque<Waiting> waiting_;
};

struct PreparedEscalation {
  crypto::CaseId subject;
  crypto::Escalation escalation;
};

struct Workplace : StaffPlace {
  Workplace(client::StaffDevice& its_device, client::Clock& its_clock)
      : StaffPlace(Role::coordinator, its_device, its_clock) {}

  client::Terms terms = client::Terms::as_shipped();  // the region's, once it starts
  EventLog log{};
  Tickets<PreparedEscalation> tickets{};
  Tickets<client::CallerReport> callers{};
  Tickets<client::PreparedPaper> papers{};
  client::ZaakSettings zaak{};
  std::optional<client::Outbox> outbox{};        // of what is written; there once it starts
  std::optional<client::PersonalNotes> notes{};  // the same
  client::ImageProgram photos = client::ImageProgram::beside_this_one();

  [[nodiscard]] client::Casework& casework() const { return *device.casework; }
};

}  // namespace meldpunt::console
