#include "client/lib/session.h"

#include <sodium.h>

#include <utility>

namespace meldpunt::client {

Session::Session(Line& line, NoticeSource& source, Clock& clock, Rhythm rhythm, Draw draw,
                 SessionView& view)
    : line_(line),
      clock_(clock),
      patience_(rhythm.patience),
      beats_(source, rhythm, std::move(draw), view) {}

SessionEnd Session::run(std::span<Errand* const> errands) {
  beats_.begin(clock_.steady());
  for (;;) {
    const crypto::Frame& frame = beats_.prepare(errands);
    clock_.sleep_until(beats_.due());
    const Delivery delivery = line_.exchange(answer_, frame, patience_);
    if (delivery == Delivery::answered) {
      beats_.take(answer_, clock_.steady());
    } else {
      beats_.not_delivered(delivery, clock_.steady());
    }
    if (const auto end = beats_.ended(errands)) return *end;
  }
}

Session::Draw random_draw() {
  return [](std::uint32_t limit) { return randombytes_uniform(limit); };
}

}  // namespace meldpunt::client
