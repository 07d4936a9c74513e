// The receiver of trends: takes releases from any number of regions, each known by a pin that a
// person brought, and keeps sealed originals and figures.
//
// What is acknowledged is on the disk. The same release again gets the same signed receipt again;
// other figures of a period or under a number that is kept are refused with a receipt that says so;
// a number that is missing is noted and told. What was not signed by a coordinator of the region,
// or does not open, or is no release, or whose figures are not laid out by our code lists, is
// listed and never kept.
//
// No clock and no socket of its own: frames come in and go out. One thread, one process at a time.
#pragma once

#include <deque>
#include <map>
#include <memory>

#include "client/lib/clock.h"
#include "client/lib/home.h"
#include "client/lib/receiver_store.h"
#include "crypto/boxed.h"
#include "crypto/parts.h"
#include "crypto/wire/delivery.h"

namespace meldpunt::client {

// What happened, for a log or a screen.
struct ReceivedNews {
  std::string region;  // its name
  ReceivedEntry entry;
};

class Receiver {
 public:
  // Both must outlive it. EX_NOINPUT when no region is there. `remark` travels in every receipt.
  static Outcome<std::unique_ptr<Receiver>> open(const Home& home, const Clock& clock,
                                                 std::string remark);
  // Adds a region; EX_DATAERR for a damaged pin, or one that does not follow the one that is here.
  static Outcome<crypto::Pin> add_region(const Home& home, crypto::Bytes pin);

  void answer(crypto::FrameSpan answer, crypto::FrameView question);
  [[nodiscard]] crypto::DeliveryAnswer answer(const crypto::DeliveryQuestion& question);

  // Since the last time.
  [[nodiscard]] std::vector<ReceivedNews> take_news() { return std::exchange(news_, {}); }

 private:
  struct Incoming {
    std::uint64_t number = 0;  // rises with each that began
    std::optional<crypto::Manifest> manifest;
    std::vector<crypto::Part> parts;
  };
  struct Region {
    Path directory;
    crypto::Pin pin;
    std::optional<crypto::Roster> roster;
    std::map<crypto::Hash, Incoming> incoming;  // by manifest, of what is not whole yet
    std::uint64_t begun = 0;                    // that many have been
    // By manifest, in the order in which they came: a stranger's push out the oldest only.
    std::deque<std::pair<crypto::Hash, crypto::Assembly>> rosters;
  };
  // What opening an object came to: the bytes of a release, or why there are none yet or ever.
  struct Opened {
    crypto::DeviceId giver;
    std::optional<crypto::Buffer> release;
    std::string reason;                    // not to be believed
    std::optional<crypto::Hash> manifest;  // that it is a piece of
  };

  Receiver(const Home& home, const Clock& clock, std::string remark, ReceiverStore store)
      : home_(home), clock_(clock), remark_(std::move(remark)), store_(std::move(store)) {}

  Outcome<void> open_region(const Path& directory);
  Outcome<void> take_up_again(Region& region);
  crypto::DeliveryStatus expect_roster(Region& region, crypto::Manifest manifest);
  crypto::DeliveryAnswer take_roster(Region& region, const crypto::DeliveryQuestion& question);
  Outcome<void> keep_roster(Region& region, crypto::Bytes bytes);
  crypto::DeliveryAnswer take_object(Region& region, const crypto::DeliveryQuestion& question);
  // The receipt; nothing while pieces of it are missing.
  Outcome<std::optional<crypto::Buffer>> take(Region& region, crypto::Bytes object);
  Opened open_object(Region& region, crypto::Bytes object);
  Incoming& incoming_of(Region& region, const crypto::Hash& manifest);
  Opened collect(Region& region, const crypto::BoxedObject& piece);
  Outcome<crypto::Buffer> judge(Region& region, const Opened& opened, crypto::Bytes object);
  Outcome<crypto::Buffer> judge_release(Region& region, const Opened& opened,
                                        const ArrivedObject& last, crypto::ReleaseReceipt receipt);
  Outcome<crypto::Buffer> note(Region& region, ReceivedEntry entry, crypto::Bytes document,
                               const ArrivedObject& last);

  const Home& home_;
  const Clock& clock_;
  std::string remark_;
  ReceiverStore store_;
  std::map<crypto::RegionId, Region> regions_;
  std::vector<ReceivedNews> news_;
};

}  // namespace meldpunt::client
