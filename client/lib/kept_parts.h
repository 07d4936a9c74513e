// Parts of escalations that are too long for one object, kept sealed in the home until all are
// there: a partner's, and those that an approver is asked to sign.
//
//   home/parts/NAME   XSeal(master key, bind("kept part", region id, device id), order 8 | hour 4 |
//                     giver's device id 16 | kind 1 | manifest or part as it came)
//
// A name is 32 random hexadecimal digits. Parts come in any order; what is here is on the disk, so
// the box may be told. They are kept apart for each giver, so that none spoils another's, and of
// each giver a bounded number of escalations: a newer one pushes out the oldest.
#pragma once

#include <functional>
#include <map>
#include <tuple>
#include <vector>

#include "client/lib/home.h"
#include "client/lib/pieces.h"
#include "crypto/handover_events.h"

namespace meldpunt::client {

inline constexpr std::size_t kept_of_each_giver = 16;
// What is not whole by then never will be: who stopped in between was followed by somebody who
// carried all of it again.
inline constexpr crypto::Hour kept_hours = 7 * 24;

class KeptParts {
 public:
  struct Key {
    crypto::DeviceId giver;
    crypto::Hash manifest;
    friend bool operator<(const Key& a, const Key& b) {
      return std::tie(a.giver, a.manifest) < std::tie(b.giver, b.manifest);
    }
  };

  // What came of an object.
  struct Taken {
    std::string refused;         // why; empty: it is kept, now or before
    std::size_t pushed_out = 0;  // escalations that were given up for it
    std::optional<Key> whole;    // all is there
  };

  explicit KeptParts(const Home& home) : home_(home) {}

  // Reads what the home keeps; again whenever another process may have changed it. EX_DATAERR for
  // what this device did not seal.
  Outcome<void> read();
  Outcome<Taken> take(const crypto::BoxedObject& object, const ArrivedPiece& piece,
                      crypto::Hour now);

  // All that are complete, oldest first; what two givers brought, once.
  [[nodiscard]] std::vector<Key> wholes() const;
  // EX_DATAERR when the parts do not make it up.
  Outcome<crypto::SecretBuffer> open(const Key& key) const;

  // Whoever gave it.
  Outcome<void> drop(const crypto::Hash& manifest);
  // What is here of this escalation, as far as its first part tells.
  Outcome<void> drop(const crypto::EscalationId& id);
  // What came before `hour` and is not whole. Returns how many escalations.
  Outcome<std::size_t> drop_older_than(crypto::Hour hour);

 private:
  struct Record;
  // The pieces of one escalation.
  struct Kept {
    std::uint64_t order = 0;  // of the first that came
    crypto::Hour hour = 0;    // of the last
    std::optional<crypto::Manifest> manifest;
    std::optional<crypto::EscalationId> escalation;  // as the first part begins
    std::map<std::uint16_t, Path> parts;
    std::vector<Path> files;

    [[nodiscard]] bool whole() const { return manifest && parts.size() == manifest->parts.size(); }
    [[nodiscard]] bool has(const ArrivedPiece& piece) const;
  };

  [[nodiscard]] std::string why_not(const ArrivedPiece& piece, const Kept* kept) const;
  Outcome<Record> read_record(const Path& path) const;
  Outcome<Path> write_record(const Record& record) const;
  void add(const Path& path, const Record& record);
  Outcome<void> drop_strangers(Kept& kept) const;
  Outcome<std::size_t> drop_those(const std::function<bool(const Key&, const Kept&)>& these);
  Outcome<std::size_t> make_room(const crypto::DeviceId& giver);
  [[nodiscard]] Path directory() const { return home_.path() / "parts"; }
  [[nodiscard]] crypto::Buffer context() const;

  const Home& home_;
  std::map<Key, Kept> kept_;
  std::uint64_t next_ = 0;
};

}  // namespace meldpunt::client
