// A blind mailbox server in memory, for tests of the client: the same frames, the same answers, and
// faults on demand. It is a model of the protocol's document, not the daemon: client and server
// meet in tests/integration only.
#pragma once

#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <vector>

#include "client/lib/clock.h"
#include "client/lib/transport/local_line.h"
#include "crypto/report.h"
#include "crypto/wire/messages.h"
#include "crypto/wire/notice.h"

namespace meldpunt::client::test {

// How densely a story is killed: at every step with MELDPUNT_LONG, at every nth otherwise.
inline int every(int nth) { return std::getenv("MELDPUNT_LONG") != nullptr ? 1 : nth; }

// Time that passes when somebody sleeps, or when a test says so.
class FakeClock : public Clock {
 public:
  explicit FakeClock(std::chrono::seconds now) : now_(now) {}

  [[nodiscard]] std::chrono::seconds now() const override { return now_; }
  [[nodiscard]] Steady steady() const override { return steady_; }
  void sleep_until(Steady time) override {
    if (time > steady_) pass(std::chrono::ceil<std::chrono::seconds>(time - steady_));
  }
  void pass(std::chrono::seconds duration) {
    now_ += duration;
    steady_ += duration;
  }

 private:
  std::chrono::seconds now_;
  Steady steady_{std::chrono::hours(1)};
};

// What kill -9 is to a process: thrown from an exchange, caught by the test alone.
struct Killed : std::runtime_error {
  Killed() : std::runtime_error("killed") {}
};

class FakeServer {
 public:
  explicit FakeServer(FakeClock& clock) : clock_(clock) {}

  // daemon.public, and what `founding` brings.
  [[nodiscard]] crypto::Buffer public_keys() const;
  void found(const crypto::Pin& pin, crypto::Bytes founding);

  // A device's line, or a stranger's.
  [[nodiscard]] std::unique_ptr<Line> line(const crypto::CurveKey& device);
  [[nodiscard]] std::unique_ptr<Line> stranger();

  void next_tick() { ++tick_; }
  void change_request_key();
  void forget_leases();
  // Shows strangers a bundle of the day that the steward did not issue.
  void show_strangers(crypto::Buffer bundle) { strangers_bundle_ = std::move(bundle); }
  void put_report(const crypto::SealedReport& sealed);

  // The process that makes the `request`-th request from now on (1: the next) is killed: before the
  // server has done it, or after, with the answer lost.
  enum class Moment { before, after };
  void kill_at(int request, Moment moment);
  void spare() { kill_at_ = 0; }
  // Called before a put into the journal is done: a moment for somebody else to be first.
  void before_append(std::function<void()> intrude) { intrude_ = std::move(intrude); }

  // What a backup holds, and a server that is started from one: its generation rises.
  struct Backup;
  [[nodiscard]] std::shared_ptr<const Backup> backup() const;
  void restore(const Backup& backup);
  void raise_generation();
  // The same state again, for a test that tries something twice.
  void restore_quietly(const Backup& backup);
  // What `meldpuntd --write-authority` writes.
  [[nodiscard]] crypto::Buffer authority_file() const;

  // What lies where.
  [[nodiscard]] std::size_t waiting() const { return intake_.size(); }
  [[nodiscard]] std::vector<crypto::Buffer>& journal() { return journal_; }
  [[nodiscard]] const std::map<crypto::MailboxName, crypto::Buffer>& addresses() const {
    return addresses_;
  }
  [[nodiscard]] std::size_t boxed() const;
  // Every grant and object on its way.
  [[nodiscard]] std::vector<crypto::Buffer> boxed_bytes() const;
  [[nodiscard]] std::map<crypto::Day, crypto::Buffer>& bundles() { return bundles_; }
  // Every payload that this device was ever answered with.
  [[nodiscard]] const std::vector<crypto::Buffer>& told(const crypto::CurveKey& device) {
    return told_[device];
  }
  // Version and value of each living slot.
  using Slots = std::map<crypto::MailboxName, std::pair<std::uint64_t, crypto::Buffer>>;
  [[nodiscard]] const Slots& slots() const { return slots_; }
  // A server that lies: the slot is there, and it says erased.
  void call_erased(const crypto::MailboxName& slot, bool says) {
    says ? void(called_erased_.insert(slot)) : void(called_erased_.erase(slot));
  }
  [[nodiscard]] bool erased(const crypto::MailboxName& slot) const {
    return erased_.contains(slot);
  }
  [[nodiscard]] int requests() const { return requests_; }

 private:
  struct Queued {
    crypto::Buffer bytes;
    std::optional<crypto::CurveKey> lease;
    Clock::Steady until{};
    std::set<crypto::CurveKey> passed_over;  // until that device is told that nothing waits
  };
  using Queue = std::map<std::uint64_t, Queued>;
  using Caller = std::optional<crypto::CurveKey>;

  Delivery exchange(const Caller& caller, std::span<std::uint8_t, crypto::frame_size> answer,
                    crypto::FrameView request);
  crypto::Frame notice(const Caller& caller) const;
  crypto::Response respond(const Caller& caller, const crypto::Request& request);
  crypto::Response put(const crypto::Put& put);
  crypto::Response append(const crypto::Put& put);
  crypto::Response put_bundle(const crypto::Put& put);
  crypto::Response get_bundle(std::uint64_t day) const;
  crypto::Response count_under(const crypto::Get& get) const;
  crypto::Response put_slot(const crypto::Put& put);
  crypto::Response erase(const crypto::Erase& erase);
  crypto::Response put_address(const crypto::Put& put);
  crypto::Response get(const crypto::Get& get) const;
  crypto::Response get_journal(std::uint64_t position) const;
  crypto::Response take(const Caller& caller, const crypto::Take& take);
  crypto::Response take_duty(const crypto::CurveKey& caller);
  crypto::Response finish(const Caller& caller, crypto::MailboxKind kind,
                          const crypto::MailboxName& name, std::uint64_t id, bool remove);
  [[nodiscard]] bool is_staff(const Caller& caller) const;
  Queue& queue(crypto::MailboxKind kind, const crypto::MailboxName& name);
  void read_rosters();

  FakeClock& clock_;
  crypto::SigningKey<crypto::role::Daemon> daemon_ =
      crypto::SigningKey<crypto::role::Daemon>::generate();
  crypto::CurveSecret curve_ = crypto::CurveSecret::generate();
  crypto::OpeningKey<crypto::role::Request> request_key_ =
      crypto::OpeningKey<crypto::role::Request>::generate();
  std::uint8_t request_key_number_ = 1;
  crypto::Pin pin_;
  std::uint32_t tick_ = 100;
  std::uint32_t generation_ = 1;
  std::map<crypto::Day, crypto::Buffer> bundles_;
  std::optional<crypto::Buffer> strangers_bundle_;
  std::map<std::uint64_t, crypto::Buffer> roster_parts_;
  std::optional<crypto::Roster> roster_;
  std::uint64_t next_id_ = 1;
  Queue intake_;
  std::map<crypto::MailboxName, Queue> boxes_;
  std::vector<crypto::Buffer> journal_;
  Slots slots_;
  std::set<crypto::MailboxName> erased_;
  std::set<crypto::MailboxName> called_erased_;
  [[nodiscard]] bool says_erased(const crypto::MailboxName& slot) const {
    return erased_.contains(slot) || called_erased_.contains(slot);
  }
  std::map<crypto::CurveKey, std::vector<crypto::Buffer>> told_;
  std::map<crypto::MailboxName, crypto::Buffer> addresses_;
  std::optional<crypto::CurveKey> on_duty_;
  Clock::Steady duty_until_{};
  int requests_ = 0;
  int kill_at_ = 0;
  Moment moment_ = Moment::before;
  std::function<void()> intrude_;
};

struct FakeServer::Backup {
  std::map<crypto::Day, crypto::Buffer> bundles;
  std::map<std::uint64_t, crypto::Buffer> roster_parts;
  std::optional<crypto::Roster> roster;
  Queue intake;
  std::map<crypto::MailboxName, Queue> boxes;
  std::vector<crypto::Buffer> journal;
  Slots slots;
  std::set<crypto::MailboxName> erased;
  std::map<crypto::MailboxName, crypto::Buffer> addresses;
};

}  // namespace meldpunt::client::test
