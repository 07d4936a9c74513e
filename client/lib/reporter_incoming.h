// What waits for a reporter: which replies live, read newest first, and burned when wished.
//
// Which addresses may hold something is found on this device, from the notice: an address that
// holds nothing is never asked for, because asking again and again would be a pseudonym.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "client/lib/beats.h"
#include "crypto/reply.h"

namespace meldpunt::client {

enum class ChainLink : std::uint8_t {
  first,    // reply 0
  follows,  // the reply before it was read, and is the one it names
  unknown,  // the reply before it has expired or was burned
  broken,   // the reply before it is another than it names: an alarm
};

struct ReceivedReply {
  crypto::Reply reply;
  ChainLink link = ChainLink::unknown;
};

// Both references must outlive it.
class ReadReplies : public Errand {
 public:
  ReadReplies(const crypto::ThreadKeys& thread, const crypto::RegionId& region);

  std::optional<crypto::Request> prepare(const crypto::Notice& notice) override;
  void answered(const crypto::Response& response) override;
  [[nodiscard]] bool done() const override { return looked_ && living_.empty(); }

  // There is another notice: what it shows and has not been read is asked for, once more.
  void look_again();
  // Of a reply that was burned nothing is kept but its place in the chain.
  void forget_text(std::uint16_t index);

  // What has been read so far, newest first.
  [[nodiscard]] std::vector<ReceivedReply> replies() const;
  // Addresses of this thread at which something else than a reply to it lies: an alarm.
  [[nodiscard]] std::size_t unreadable() const { return unreadable_; }

 private:
  struct Opened {
    crypto::Reply reply;
    crypto::Hash hash;
  };
  [[nodiscard]] ChainLink link_of(const crypto::Reply& reply) const;
  void look(const crypto::Digest& digest);

  const crypto::ThreadKeys& thread_;
  const crypto::RegionId& region_;
  bool looked_ = false;
  std::vector<std::uint16_t> living_;  // rising; the last is asked for next
  std::map<std::uint16_t, Opened> opened_;
  std::size_t unreadable_ = 0;
};

// Burns what `read`, which goes before it in the same session, has read: the token stands in the
// reply itself.
class BurnReplies : public Errand {
 public:
  // `only`: this reply; otherwise all. The references must outlive it.
  BurnReplies(const ReadReplies& read, const crypto::ThreadKeys& thread,
              const crypto::RegionId& region, std::optional<std::uint16_t> only = std::nullopt);

  std::optional<crypto::Request> prepare(const crypto::Notice& notice) override;
  void answered(const crypto::Response& response) override;
  [[nodiscard]] bool done() const override;

  [[nodiscard]] const std::vector<std::uint16_t>& burned() const { return burned_; }
  [[nodiscard]] bool refused() const { return refused_; }

 private:
  [[nodiscard]] std::optional<crypto::Reply> next() const;

  const ReadReplies& read_;
  const crypto::ThreadKeys& thread_;
  const crypto::RegionId& region_;
  std::optional<std::uint16_t> only_;
  std::vector<std::uint16_t> burned_;
  bool refused_ = false;
};

}  // namespace meldpunt::client
