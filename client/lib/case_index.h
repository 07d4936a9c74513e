// Every case as the journal tells it, in memory: enough for lists and decisions. Its texts are
// elsewhere (case_texts.h), what coordinators write down in case_files.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "client/lib/case_coding.h"
#include "crypto/case_events.h"

namespace meldpunt::client {

using Position = std::uint64_t;

struct ReportEntry {
  Position position = 0;
  crypto::ReportId id;
  crypto::ReportKind kind = crypto::ReportKind::report;
  bool continues = false;  // its MAC fits the thread's first report
};

struct ReplyEntry {
  Position position = 0;
  crypto::ReplyStatus status = crypto::ReplyStatus::answer;
  bool urgent = false;
  bool posted = false;      // lies at its address, or did
  bool superseded = false;  // "read", overtaken by a later reply that says more
  crypto::Hour expires = 0;
  crypto::Hash hash;
};

struct Case {
  crypto::CaseId id;
  std::vector<ReportEntry> reports;  // in the order taken in; the first names the thread's keys
  std::vector<ReplyEntry> replies;   // by index
  std::vector<Position> notes;
  crypto::DeviceId assigned;  // zero: nobody
  crypto::Hour oldest = 0;    // when its first report was taken in
  bool acute = false;
  bool minor = false;
  CaseCoding coding;
  // What the reports of the thread say, by question.
  std::map<std::string, std::vector<std::string>> answers;
  bool readable = true;  // false: its key has been erased

  // The newest report came after the newest reply that a person wrote.
  [[nodiscard]] bool waits_for_answer() const;
};

// A reply that no address holds yet.
struct WaitingReply {
  crypto::CaseId subject;
  std::uint16_t index = 0;
  Position position = 0;
};

struct IssuedBundle {
  crypto::Day day = 0;
  std::uint32_t generation = 0;
  crypto::Hash hash;
};

class CaseIndex {
 public:
  // What the journal says, in its order.
  void taken_in(Position position, crypto::Hour hour, const crypto::CaseId& subject,
                const crypto::Report& report, bool continues);
  void assigned(const crypto::CaseId& subject, const crypto::DeviceId& device);
  // `sealed`: hash_of_reply.
  void reply(Position position, const crypto::CaseId& subject, const crypto::ReplyWritten& reply,
             const crypto::Hash& sealed);
  void posted(const crypto::CaseId& subject, std::uint16_t index);
  void note(Position position, const crypto::CaseId& subject);
  void coded(const crypto::CaseId& subject, const crypto::Coding& coding);
  void junk(const crypto::Junk& junk) { junk_.insert(junk.envelope); }
  void bundle(const IssuedBundle& bundle);
  void erased(const crypto::CaseId& subject);
  // It goes on as another: there is no such case any more. Its reports stay known.
  void went_on(const crypto::CaseId& subject) { cases_.erase(subject); }
  // A report that is known, and is told again of the case that goes on.
  void tell_again(const crypto::ReportId& report) { seen_.erase(report); }

  [[nodiscard]] const Case* find(const crypto::CaseId& subject) const;
  [[nodiscard]] const std::map<crypto::CaseId, Case>& cases() const { return cases_; }
  // Taken in and not assigned: acute first, then minors, then the oldest.
  [[nodiscard]] std::vector<const Case*> queue() const;
  // What to write at the next tick: urgent first, then the oldest. A "read" whose thread has a
  // later reply waiting is not written on its own. Those in `left_out` (positions) are passed over.
  [[nodiscard]] std::optional<WaitingReply> next_to_post(const std::set<Position>& left_out) const;
  [[nodiscard]] std::size_t waiting_replies() const { return waiting_.size(); }

  [[nodiscard]] bool knows(const crypto::ReportId& report) const { return seen_.contains(report); }
  [[nodiscard]] bool knows_junk(const crypto::Hash& envelope) const {
    return junk_.contains(envelope);
  }
  [[nodiscard]] std::size_t junk_count() const { return junk_.size(); }
  [[nodiscard]] std::size_t report_count() const { return seen_.size(); }
  // The newest bundle that the stewards journaled for the day.
  [[nodiscard]] const IssuedBundle* bundle_of(crypto::Day day) const;
  // Zero when none was journaled.
  [[nodiscard]] crypto::Day last_bundle_day() const {
    return bundles_.empty() ? 0 : bundles_.rbegin()->first;
  }
  // Of all days: the next one issued again is higher.
  [[nodiscard]] std::uint32_t highest_bundle_generation() const;

 private:
  std::map<crypto::CaseId, Case> cases_;
  std::set<crypto::ReportId> seen_;
  std::set<crypto::Hash> junk_;
  std::map<crypto::Day, IssuedBundle> bundles_;
  // Ordered as they are written: not urgent last, then by position.
  std::map<std::pair<bool, Position>, WaitingReply> waiting_;
};

}  // namespace meldpunt::client
