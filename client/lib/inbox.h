// A partner's desk: what came for this device, checked and kept sealed in its home, and what was
// answered.
//
// An escalation is believed when it is for this organisation and this region, still valid, new,
// signed by a device that was a coordinator's when it was signed, and has either a consent or a
// complete override: reason, legal ground, and the signature of a second device (or the promise of
// a review within three days). Anything else is refused with a sentence, and the refusal is kept.
//
//   home/inbox   records, each XSeal(master key, bind("inbox", region id, device id), kind 1 |
//                content):
//     1 escalation   as it was sent
//     2 withdrawal   as it was sent
//     3 answer       as it was signed, before it goes
//     4 given        answer id 16: it lies in the staff's box
//     5 refusal      hour 4 | sentence
//
// Taking is: take, check, keep, acknowledge; answering is: keep, give, note. Killed in between, the
// rest is done the next time, and nothing is there twice. What comes in parts is kept aside
// (kept_parts.h) until it is whole, and is then checked like any other.
#pragma once

#include <map>
#include <memory>

#include "client/lib/clock.h"
#include "client/lib/kept_parts.h"
#include "client/lib/own_box.h"
#include "crypto/handover_events.h"

namespace meldpunt::client {

struct InboxEntry {
  crypto::Escalation escalation;
  std::optional<crypto::Withdrawal> withdrawal;
  std::vector<crypto::EscalationAnswer> answers;  // in their order

  // What a person said last: accepted, refused or done; or `received`.
  [[nodiscard]] crypto::Said state() const;
  // Nobody has answered while it was valid: the coordinator must send it again.
  [[nodiscard]] bool lapsed(crypto::Hour now) const;
};

// One word for a list: withdrawn, lapsed, received, accepted, refused, done.
[[nodiscard]] std::string_view state_of(const InboxEntry& entry, crypto::Hour now);

struct InboxRefusal {
  crypto::Hour hour = 0;
  std::string sentence;
};

struct InboxCounts {
  std::size_t fresh = 0;
  std::size_t withdrawn = 0;
  std::size_t known = 0;
  std::size_t refused = 0;
  std::size_t parts = 0;  // kept, of something that was not whole by then
  std::size_t left = 0;   // signed by nobody for this device: it stays in the box
};

class Inbox {
 public:
  // All must outlive it. Reads what the home keeps.
  static Outcome<std::unique_ptr<Inbox>> open(const Home& home, StaffLine& line,
                                              const Clock& clock);

  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;
  ~Inbox() = default;

  // The roster, this device's box, and answers that have not gone yet.
  Outcome<InboxCounts> collect();
  // EX_NOINPUT when there is no such escalation; EX_NOPERM to accept or to print what was
  // withdrawn, and for anything that has lapsed. EX_TEMPFAIL: it is kept, and goes when the server
  // answers.
  Outcome<void> answer(const crypto::EscalationId& id, crypto::Said said, const std::string& text);

  [[nodiscard]] const std::map<crypto::EscalationId, InboxEntry>& entries() const {
    return entries_;
  }
  [[nodiscard]] const std::vector<InboxRefusal>& refusals() const { return refusals_; }
  // Answers that the server has not got yet.
  [[nodiscard]] std::size_t unsent() const { return to_give_.size(); }
  // How much the home keeps: while it is the same, nothing has changed.
  [[nodiscard]] std::size_t records() const { return read_; }
  [[nodiscard]] const RosterHistory& rosters() const { return rosters_; }
  // What a person should be told. Told once.
  [[nodiscard]] std::vector<std::string> take_announcements();

 private:
  Inbox(const Home& home, StaffLine& line, const Clock& clock, RosterHistory rosters,
        RecordFile file)
      : home_(home),
        line_(line),
        clock_(clock),
        rosters_(std::move(rosters)),
        file_(std::move(file)),
        parts_(home) {}

  Outcome<void> read_records();
  bool read_record(crypto::Bytes record);
  void note(crypto::Withdrawal withdrawal);
  Outcome<void> keep(std::uint8_t kind, crypto::Bytes content);
  Outcome<bool> take_next(OwnBox& box, InboxCounts& counts);
  Outcome<void> take(const crypto::BoxedObject& object, InboxCounts& counts);
  Outcome<void> take_escalation(crypto::Bytes content, InboxCounts& counts);
  Outcome<void> take_piece(const crypto::BoxedObject& object, InboxCounts& counts);
  Outcome<void> take_whole(const KeptParts::Key& key, InboxCounts& counts);
  Outcome<void> tidy_parts(InboxCounts& counts);
  Outcome<void> known_again(const crypto::EscalationId& id, InboxCounts& counts);
  Outcome<void> take_withdrawal(const crypto::BoxedObject& object, InboxCounts& counts);
  Outcome<void> refuse(const std::string& why, InboxCounts& counts);
  [[nodiscard]] std::string why_no_answer(const InboxEntry& entry, crypto::Said said) const;
  Outcome<void> say(const crypto::EscalationId& id, crypto::Said said, const std::string& text);
  Outcome<void> send_answers();
  [[nodiscard]] std::string why_not(const crypto::Escalation& escalation) const;
  [[nodiscard]] std::string why_no_basis(const crypto::Escalation& escalation) const;
  [[nodiscard]] const crypto::Device* coordinator(const crypto::DeviceId& id,
                                                  crypto::Hour hour) const;
  [[nodiscard]] std::string organisation() const;
  [[nodiscard]] crypto::Buffer context() const;
  [[nodiscard]] crypto::Hour now() const { return hour_of(clock_.now()); }

  const Home& home_;
  StaffLine& line_;
  const Clock& clock_;
  RosterHistory rosters_;
  RecordFile file_;
  KeptParts parts_;
  std::map<crypto::Hash, crypto::EscalationId> came_in_parts_;  // by manifest
  std::size_t read_ = 0;
  std::map<crypto::EscalationId, InboxEntry> entries_;
  std::map<crypto::EscalationId, crypto::Withdrawal> early_;  // came before what they withdraw
  std::map<crypto::AnswerId, crypto::SecretBuffer> to_give_;
  std::vector<InboxRefusal> refusals_;
  std::vector<std::string> announcements_;
};

}  // namespace meldpunt::client
