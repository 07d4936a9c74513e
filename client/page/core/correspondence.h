// The thread of one code, while a visit lasts: which replies were read, and which are burned.
#pragma once

#include <memory>
#include <vector>

#include "client/lib/reporter_incoming.h"
#include "crypto/thread.h"

namespace meldpunt::page {

class Correspondence {
 public:
  // `region` must outlive it.
  Correspondence(crypto::ThreadKeys keys, const crypto::RegionId& region);

  [[nodiscard]] const crypto::ThreadKeys& keys() const { return keys_; }
  // From now on, and again with every new notice.
  void start_reading() { reading_ = true; }
  // Looks again when it is another tick's.
  void notice_taken(const crypto::Digest& digest);
  // False for a reply that was not read.
  bool burn(std::uint16_t index);
  // After each answer: burns that are over go. `let_go` hears of each before it is destroyed.
  void settle(client::Beats& beats);
  // What waits, in the order of sending.
  void add_errands(std::vector<client::Errand*>& errands);
  // Everything of it that may be on its way.
  void let_go(client::Beats& beats) const;

  [[nodiscard]] bool looked() const { return looked_; }
  [[nodiscard]] std::size_t unreadable() const { return read_.unreadable(); }
  [[nodiscard]] const std::vector<std::uint16_t>& burned() const { return burned_; }
  [[nodiscard]] std::vector<client::ReceivedReply> replies() const { return read_.replies(); }
  // For what is sent back.
  [[nodiscard]] std::uint16_t last_read() const;

 private:
  struct Burning {
    std::uint16_t index;
    client::BurnReplies errand;
    Burning(std::uint16_t reply, const client::ReadReplies& read, const crypto::ThreadKeys& keys,
            const crypto::RegionId& region)
        : index(reply), errand(read, keys, region, reply) {}
  };

  crypto::ThreadKeys keys_;
  const crypto::RegionId& region_;
  client::ReadReplies read_;
  std::vector<std::unique_ptr<Burning>> burning_;
  std::vector<std::uint16_t> burned_;
  std::uint32_t tick_ = 0;  // of the notice under which it looked last
  bool reading_ = false;
  bool looked_ = false;  // once to the end
};

}  // namespace meldpunt::page
