// Whom the daemon believes: the pin it was started with, the steward's bundles and the roster in
// force. What is here has been verified; it is read by every worker and replaced whole.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "crypto/hierarchy.h"
#include "server/storage/store.h"

namespace meldpunt::server {

// Where the parts of a roster lie: number << 16 | index; index 0 is the manifest.
constexpr std::uint64_t roster_position(std::uint32_t number, std::uint32_t index) {
  return std::uint64_t{number} << 16 | index;
}

class Authority {
 public:
  // Reads bundles from `today` - 40 on, and the newest roster. Throws StoreFailure.
  Authority(crypto::Pin pin, StoreReader& reader, crypto::Day today);

  [[nodiscard]] const crypto::Pin& pin() const { return pin_; }
  [[nodiscard]] std::shared_ptr<const crypto::Roster> roster() const;
  // The signed bytes of the day's bundle; nullopt when the steward has sent none.
  [[nodiscard]] std::optional<crypto::Buffer> bundle(crypto::Day day) const;
  // Days in a row, from `today` on, for which there is a bundle.
  [[nodiscard]] crypto::Day days_left(crypto::Day today) const;
  [[nodiscard]] crypto::Day last_day() const;
  // True for the epoch of today's bundle and for the one before it.
  [[nodiscard]] bool takes_epoch(const crypto::EpochId& epoch, crypto::Day today) const;

  // What a put of these bytes would be: ok, same, or conflict (not newer than what is there).
  // An Error when they do not verify.
  crypto::Result<crypto::Status> consider_bundle(crypto::Day day, crypto::Bytes bytes) const;
  // After it is durable.
  void take_bundle(crypto::Day day, crypto::Buffer bytes);

  // True for a part of the roster that would follow the one in force.
  [[nodiscard]] bool next_roster(std::uint64_t position) const;
  // After a part is durable: when all of the next roster is there and it verifies, it is in force.
  void try_roster(StoreReader& reader);

 private:
  struct KnownBundle {
    crypto::Buffer bytes;
    crypto::Bundle bundle;
  };

  std::uint32_t number() const;

  const crypto::Pin pin_;
  mutable std::mutex mutex_;  // guards all below
  std::map<crypto::Day, KnownBundle> bundles_;
  std::shared_ptr<const crypto::Roster> roster_;
  crypto::Hash roster_hash_;
};

}  // namespace meldpunt::server
