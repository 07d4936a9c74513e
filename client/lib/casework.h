// What a coordinator does with cases: one journal, replayed into an index, and the deeds that add
// to it. Every deed is an event appended by compare-and-swap, decided anew when somebody else was
// first: two coordinators never get the same case, and no reply's number is given twice.
//
// One thread at a time. Several processes may use one home at once (duty beside the commands).
#pragma once

#include <memory>
#include <set>
#include <string>
#include <variant>

#include "client/lib/case_files.h"
#include "client/lib/case_index.h"
#include "client/lib/case_keys.h"
#include "client/lib/case_texts.h"
#include "client/lib/clock.h"
#include "client/lib/consent_ledger.h"
#include "client/lib/escalations.h"
#include "client/lib/journal.h"
#include "client/lib/opened_copy.h"
#include "client/lib/received.h"
#include "client/lib/release_ledger.h"
#include "client/lib/retained_events.h"
#include "client/lib/vault_history.h"

namespace meldpunt::client {

// One thing that happened in a case, with its text.
struct StoryReport {
  crypto::Report report;
  bool continues = false;
};
struct StoryReply {
  crypto::ReplyWritten reply;
  bool posted = false;
};
struct StoryNote {
  std::string text;
};
struct StoryEntry {
  Position position = 0;
  crypto::Hour hour = 0;
  crypto::DeviceId device;
  using What = std::variant<StoryReport, StoryReply, StoryNote>;
  What what;
};

struct ReplyDraft {
  crypto::ReplyStatus status = crypto::ReplyStatus::answer;
  bool urgent = false;
  std::string text_module;
  std::string text;
  std::optional<crypto::ConsentQuestion> consent{};  // asked with it
};

// 30 days, give or take 7, from now.
[[nodiscard]] crypto::Hour fuzzy_expiry(crypto::Hour now);

class Casework {
 public:
  // All three must outlive it. Reads the home's copies; talks to nobody yet.
  static Outcome<std::unique_ptr<Casework>> open(Home& home, StaffLine& line, const Clock& clock);

  Casework(const Casework&) = delete;
  Casework& operator=(const Casework&) = delete;
  ~Casework() = default;

  // The roster, what lies in this device's box, and the journal. Before the first deed, and again
  // whenever what others did should be seen. Puts right what a restored server has lost, and does
  // this device's part of a change of the vault.
  Outcome<void> sync();

  [[nodiscard]] const CaseIndex& index() const { return index_; }
  [[nodiscard]] const ConsentLedger& consents() const { return consents_; }
  [[nodiscard]] const Escalations& escalations() const { return escalations_; }
  // What came through the staff's box and concerns no case, by kind.
  [[nodiscard]] const ReceivedObjects& received() const { return received_; }
  // As the journal tells them; releases.h adds what the receiver says.
  [[nodiscard]] const ReleaseLedger& releases() const { return releases_; }
  // The case files, and which threads are one case.
  [[nodiscard]] const CaseFiles& files() const { return files_; }
  [[nodiscard]] const CaseTexts& texts() const { return texts_; }
  [[nodiscard]] const Journal& journal() const { return *journal_; }
  [[nodiscard]] const RosterHistory& rosters() const { return rosters_; }
  [[nodiscard]] const Home& home() const { return home_; }
  [[nodiscard]] crypto::Hour hour() const { return hour_of(clock_.now()); }
  [[nodiscard]] const VaultHistory& vault_history() const { return vault_history_; }
  // What a person should be told: devices enrolled or removed, grants that came. Told once.
  [[nodiscard]] std::vector<std::string> take_announcements();

  // Assigns the first of the queue to this device; nullopt when nothing waits. The reporter is told
  // that a person has read it.
  Outcome<std::optional<crypto::CaseId>> next();
  // Everything in the case, in order. EX_NOINPUT when there is no such case.
  Outcome<std::vector<StoryEntry>> story(const crypto::CaseId& subject);
  // Tells the reporter that a person has read it, unless something was said before.
  Outcome<void> mark_read(const crypto::CaseId& subject);
  // Returns the reply's index. It waits for its tick.
  Outcome<std::uint16_t> reply(const crypto::CaseId& subject, const ReplyDraft& draft);
  Outcome<void> note(const crypto::CaseId& subject, const std::string& text);
  // The same for what waited without the line (outbox.h): not written once more where this device
  // has written the same after position `since`, in a try whose outcome nobody knew. True when
  // something was appended.
  Outcome<bool> reply_once(const crypto::CaseId& subject, const ReplyDraft& draft, Position since);
  Outcome<bool> note_once(const crypto::CaseId& subject, const std::string& text, Position since);
  // Whether this device has written that reply after position `since`.
  Outcome<bool> has_replied(const crypto::CaseId& subject, const ReplyDraft& draft, Position since);

  // For duty: files an opened report, exactly once. True when it is new.
  struct Filed {
    bool fresh = false;
    bool continues = true;
    crypto::CaseId subject;
  };
  Outcome<Filed> take_in(crypto::OpenedReport opened, const crypto::Report& report);
  Outcome<bool> file_junk(const crypto::Junk& junk);
  // The put that brings a waiting reply to its address, and the event that it lies there.
  Outcome<crypto::Put> address_of(const WaitingReply& waiting);
  Outcome<void> mark_posted(const WaitingReply& waiting);
  // Looks into the box again: epoch secrets may have come.
  Outcome<void> collect_grants();

  // What this home knows without the server.
  Outcome<void> recall();
  // Told of the head of every event, in order: those of the disk when they are recalled, then what
  // comes. `previous` is not there, and where a copy was damaged it begins with the first once
  // more. Before recall() or sync().
  using HeadReader = std::function<void(Position, const crypto::EventHead&)>;
  void tell_heads(HeadReader reader) { head_reader_ = std::move(reader); }
  // Ends the epochs that are due and of which the server holds nothing (casework_keys.cpp).
  Outcome<void> close_epochs();
  // The device with the newest sealing key that it published: where secrets for it are sealed to.
  [[nodiscard]] crypto::Device with_newest_sealing_key(const crypto::Device& device) const;
  // Announces what is new.
  Outcome<void> refresh_rosters();
  // Journal::append, at this hour.
  Outcome<bool> append(const std::function<Outcome<std::optional<Draft>>()>& decide) {
    return journal_->append(hour(), decide);
  }

  // For deeds that have files of their own: appends one event to a case, or to none (a zero
  // subject), by compare-and-swap. `decide` is asked again when somebody else was first; nullopt:
  // nothing is left to do. True when something was appended.
  using Decide = std::function<Outcome<std::optional<crypto::Result<crypto::SecretBuffer>>>()>;
  Outcome<bool> append(crypto::EventKind kind, const crypto::CaseId& subject, const Decide& decide);
  // What one event of a case says.
  Outcome<crypto::SecretBuffer> content_of(Position position, const crypto::CaseId& subject) {
    return content_at(position, subject);
  }
  // An escalation as it was proposed or sent at that position, in one event or in parts.
  Outcome<crypto::Escalation> escalation_at(Position position, const crypto::CaseId& subject);
  // What was copied of cases from which something is or was struck (redaction.h).
  [[nodiscard]] const RetainedEvents& retained() const { return retained_; }
  // The next of that thread's cases, whose key is another. EX_CONFIG without the region's first
  // vault.
  Outcome<crypto::CaseId> case_after(const crypto::CaseId& subject) const;
  // For redaction.h alone: what an event of a case says as it lies in the journal, and one event
  // more of a case that is not told yet.
  Outcome<crypto::SecretBuffer> raw_content(const crypto::OuterEvent& event);
  Outcome<Draft> draft_for_new(crypto::EventKind kind, const crypto::CaseId& subject,
                               crypto::Result<crypto::SecretBuffer> content);
  // EX_NOINPUT when there is no such case, EX_UNAVAILABLE when it has been erased: append() too.
  Outcome<crypto::SymmetricKey> key_of(const crypto::CaseId& subject);

 private:
  Casework(Home& home, StaffLine& line, const Clock& clock, RosterHistory rosters, CaseKeys keys)
      : home_(home),
        line_(line),
        clock_(clock),
        rosters_(std::move(rosters)),
        keys_(std::move(keys)),
        copy_(home) {}

  // An event of a case, and whether the copy has it, shortened, or the journal.
  struct Told {
    Position position = 0;
    const crypto::EventHead& head;
    crypto::Bytes content;
    bool from_copy = false;
  };

  // casework_reading.cpp
  void forget_all();
  Outcome<void> recall_from(const OpenedCopy::Reach& reach);
  Outcome<OpenedCopy::Reach> read_copy();
  Outcome<void> read_copied(Position position, const OpenedCopy::Entry& entry);
  Outcome<void> read_and_copy(Position position, const crypto::OuterEvent& event);
  Outcome<bool> is_readable(const crypto::CaseId& subject);
  void begin_event(Position position, const crypto::EventHead& head);
  // What was read of it, where the copy may keep that.
  Outcome<std::optional<crypto::SecretBuffer>> read_event(Position position,
                                                          const crypto::OuterEvent& event);
  Outcome<void> read_region_event(Position position, const crypto::OuterEvent& event);
  // casework_vault.cpp
  Outcome<void> find_journal_key(crypto::VaultVersion version);
  Outcome<void> read_vault_event(Position position, const crypto::OuterEvent& event);
  Outcome<void> read_erasure(Position position, const crypto::OuterEvent& event,
                             crypto::Bytes content);
  [[nodiscard]] bool may_write() const;
  void hear_of_erasure(const crypto::CaseId& subject);
  Outcome<void> catch_up_with_vault();
  Outcome<void> destroy_older_than(crypto::VaultVersion version);
  Outcome<bool> renew_slots();
  Outcome<void> tell_destroyed();
  // casework_repair.cpp
  Outcome<void> mend();
  Outcome<std::size_t> post_again(Position first);
  Outcome<std::optional<WaitingReply>> living_reply_posted_at(Position position);
  Outcome<std::size_t> erase_again();
  Outcome<bool> erase_again(const VaultHistory::Erased& erased);
  Outcome<void> raise_slot(const crypto::MailboxName& slot, std::uint64_t from, std::uint64_t to);
  Outcome<std::size_t> publish_rosters_again();
  Outcome<void> read_case_event(const Told& told);
  Outcome<void> read_report(const Told& told);
  Outcome<void> read_reply(const Told& told);
  Outcome<void> read_handover_event(const Told& told);
  Outcome<void> read_record_event(const Told& told);
  // casework_redaction.cpp
  Outcome<bool> read_copy_of_event(Position position, const crypto::OuterEvent& event,
                                   crypto::Bytes content);
  Outcome<void> tell_retained(const crypto::CaseId& before);
  Outcome<void> tell_copy(const crypto::CaseId& subject, Position original);
  Outcome<void> end_own_copying();
  Outcome<void> read_escalation_event(Position position, const crypto::CaseId& subject,
                                      crypto::Bytes content);
  // nullopt when its parts do not come together.
  Outcome<std::optional<crypto::Escalation>> put_together(const crypto::CaseId& subject,
                                                          const crypto::Manifest& manifest);
  void forget(const crypto::CaseId& subject);
  Outcome<void> announce_bundles();
  Outcome<bool> collect_grant();
  crypto::Result<crypto::Grant> open_grant(crypto::Bytes boxed,
                                           crypto::SealingKey<crypto::role::Device>& under) const;
  Outcome<void> keep_grant(crypto::Grant grant,
                           const crypto::SealingKey<crypto::role::Device>& under);
  Outcome<void> read_key_event(const crypto::OuterEvent& event, crypto::Bytes content);
  Outcome<void> settle_keys();
  Outcome<void> announce_roster();
  void doubt_roster();
  Outcome<void> renew_sealing_key();
  Outcome<void> publish_sealing_key();
  Outcome<std::uint64_t> stored_under(const crypto::EpochId& epoch);
  void warn_of_ends();
  [[nodiscard]] crypto::Day today() const;
  Outcome<crypto::SecretBuffer> content_at(Position position, const crypto::CaseId& subject,
                                           crypto::EventHead* head = nullptr);
  Outcome<void> tell(std::vector<StoryEntry>& story, Position position,
                     const crypto::CaseId& subject,
                     const std::function<crypto::Result<StoryEntry::What>(crypto::Bytes)>& decode);
  Outcome<crypto::CaseId> living_case(crypto::CaseId subject);
  Outcome<crypto::Report> first_report(const Case& entry);
  Outcome<const Case*> find(const crypto::CaseId& subject) const;
  Outcome<std::optional<Draft>> draft(crypto::EventKind kind, const crypto::CaseId& subject,
                                      crypto::Result<crypto::SecretBuffer> content);
  Outcome<std::optional<Draft>> draft_reply(const crypto::CaseId& subject, const ReplyDraft& reply);
  Outcome<std::optional<Draft>> draft_note(const crypto::CaseId& subject, const std::string& text);
  Outcome<bool> has_noted(const Case& entry, const std::string& text, Position since);
  [[nodiscard]] const crypto::RegionId& region() const { return home_.pin().region; }

  Home& home_;
  StaffLine& line_;
  const Clock& clock_;
  RosterHistory rosters_;
  CaseKeys keys_;
  CaseIndex index_;
  ConsentLedger consents_;
  Escalations escalations_;
  ReceivedObjects received_;
  ReleaseLedger releases_;
  VaultHistory vault_history_;
  RetainedEvents retained_;
  CaseFiles files_;
  CaseTexts texts_;
  OpenedCopy copy_;
  // While the journal is read on; then what is to leave the copy leaves it at the end, at once.
  bool reading_on_ = false;
  std::set<crypto::CaseId> readable_;  // while the copy is read: cases whose key is here
  std::optional<Journal> journal_;
  std::map<crypto::DeviceId, crypto::SealingKey<crypto::role::Device>> sealing_keys_;
  std::set<crypto::CaseId> doubted_erasures_;
  bool replayed_ = false;
  std::uint32_t doubted_roster_ = 0;
  crypto::Day warned_on_ = 0;
  crypto::Hour asked_in_vain_ = 0;  // when an epoch that is due could not be closed
  std::vector<std::string> announcements_;
  HeadReader head_reader_;
};

}  // namespace meldpunt::client
