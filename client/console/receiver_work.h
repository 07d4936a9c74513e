// A receiver's work: the figures that regions have sent, as the store beside it holds them. It
// takes nothing in itself: whoever receives writes, this reads (client/lib/receiver_store.h).
#pragma once

#include "client/console/work.h"
#include "client/lib/received_figures.h"

namespace meldpunt::console {

struct ReceiverPlace : Place {
  ReceiverPlace(const client::Home& its_home, client::Clock& its_clock)
      : Place(Role::receiver, its_clock), home(its_home) {}

  const client::Home& home;
  std::optional<client::ReceiverStore> store{};  // there once it starts
  std::vector<client::RegionFigures> regions{};
  std::int64_t newest = -1;  // of the entries that `regions` was read with

  // Reads what came since.
  client::Outcome<void> look();
};

class ReceiverWork : public Work {
 public:
  // Both must outlive it.
  ReceiverWork(const client::Home& home, client::Clock& clock) : place_(home, clock) {}

  [[nodiscard]] Place& place() override { return place_; }
  client::Outcome<void> start() override;
  client::Outcome<void> turn() override { return place_.look(); }
  [[nodiscard]] std::chrono::milliseconds pause(std::chrono::milliseconds otherwise) const override;
  [[nodiscard]] client::Outcome<View> view() override;
  [[nodiscard]] std::uint64_t contents() const override {
    return static_cast<std::uint64_t>(place_.newest + 1);
  }

 private:
  ReceiverPlace place_;
};

}  // namespace meldpunt::console
