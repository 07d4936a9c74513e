#include "client/lib/inbox.h"

#include <algorithm>

#include "client/lib/case_words.h"
#include "client/lib/escalations.h"
#include "client/lib/staff_box.h"
#include "crypto/label.h"
#include "crypto/written.h"

namespace meldpunt::client {

namespace {

constexpr std::uint8_t escalation_record = 1;
constexpr std::uint8_t withdrawal_record = 2;
constexpr std::uint8_t answer_record = 3;
constexpr std::uint8_t given_record = 4;
constexpr std::uint8_t refusal_record = 5;

constexpr std::size_t longest_record = 1 + crypto::escalation_max + crypto::xaead_overhead;
// A coordinator's clock may be ahead of ours by this much.
constexpr crypto::Hour clock_tolerance = 24;
constexpr crypto::Hour longest_review = 72;

// How what needs parts is cut, for what was cut so before.
std::optional<crypto::Hash> manifest_of(crypto::Bytes escalation) {
  if (escalation.size() <= crypto::escalation_in_one) return std::nullopt;
  const auto manifest = crypto::make_manifest(crypto::PartsKind::escalation, escalation,
                                              crypto::escalation_part_size);
  if (!manifest) return std::nullopt;
  return crypto::hash_of_manifest(*manifest);
}

}  // namespace

crypto::Said InboxEntry::state() const {
  const auto last = std::find_if(answers.rbegin(), answers.rend(),
                                 [](const auto& answer) { return decides(answer.said); });
  return last == answers.rend() ? crypto::Said::received : last->said;
}

bool InboxEntry::lapsed(crypto::Hour now) const {
  return state() == crypto::Said::received && now > escalation.valid_until;
}

std::string_view state_of(const InboxEntry& entry, crypto::Hour now) {
  if (entry.withdrawal) return "withdrawn";
  if (entry.lapsed(now)) return "lapsed";
  return name_of(entry.state());
}

Outcome<std::unique_ptr<Inbox>> Inbox::open(const Home& home, StaffLine& line, const Clock& clock) {
  auto rosters = RosterHistory::open(home);
  if (!rosters) return pass_on(rosters.error());
  auto file = RecordFile::open(home.path() / "inbox", longest_record);
  if (!file) return pass_on(file.error());
  std::unique_ptr<Inbox> inbox(new Inbox(home, line, clock, std::move(*rosters), std::move(*file)));
  if (const auto read = inbox->read_records(); !read) return pass_on(read.error());
  return inbox;
}

// ---- the home's records

crypto::Buffer Inbox::context() const {
  return crypto::bind("inbox", {home_.pin().region.view(), home_.keys().id.view()});
}

Outcome<void> Inbox::read_records() {
  if (const auto grown = file_.catch_up(); !grown) return pass_on(grown.error());
  for (; read_ < file_.size(); ++read_) {
    const auto sealed = file_.read(read_);
    if (!sealed) return pass_on(sealed.error());
    crypto::SecretBuffer record(
        sealed->size() > crypto::xaead_overhead ? sealed->size() - crypto::xaead_overhead : 0);
    if (record.size() == 0 ||
        !crypto::xaead_open(record.fill(), *sealed, context(), home_.keys().master) ||
        !read_record(record.view())) {
      return problem(EX_DATAERR,
                     "the inbox in " + home_.path().string() +
                         " is damaged or another device's: ask the coordinator to send again");
    }
  }
  return {};
}

bool Inbox::read_record(crypto::Bytes record) {
  crypto::Reader reader(record);
  const std::uint8_t kind = reader.u8();
  const crypto::Bytes content = reader.rest();
  if (kind == escalation_record) {
    auto escalation = crypto::decode_escalation(content);
    if (!escalation) return false;
    const auto id = escalation->id;
    if (const auto manifest = manifest_of(content)) came_in_parts_.emplace(*manifest, id);
    entries_[id].escalation = std::move(*escalation);
    return true;
  }
  if (kind == withdrawal_record) {
    auto withdrawal = crypto::decode_withdrawal(content);
    if (!withdrawal) return false;
    note(std::move(*withdrawal));
    return true;
  }
  if (kind == answer_record) {
    const auto answer = crypto::decode_answer(content);
    if (!answer) return false;
    to_give_[answer->id] = crypto::SecretBuffer::of(content);
    entries_[answer->escalation].answers.push_back(*answer);
    return true;
  }
  crypto::Reader rest(content);
  if (kind == given_record) return to_give_.erase(rest.id<crypto::AnswerId>()) == 1;
  if (kind != refusal_record) return false;
  const crypto::Hour hour = rest.u32();
  refusals_.push_back({hour, std::string(crypto::as_text(rest.rest()))});
  return true;
}

void Inbox::note(crypto::Withdrawal withdrawal) {
  const auto found = entries_.find(withdrawal.escalation);
  if (found == entries_.end()) {
    early_[withdrawal.escalation] = std::move(withdrawal);
  } else {
    found->second.withdrawal = std::move(withdrawal);
  }
}

Outcome<void> Inbox::keep(std::uint8_t kind, crypto::Bytes content) {
  crypto::SecretBuffer record(1 + content.size());
  crypto::Writer(record.fill()).u8(kind).bytes(content);
  crypto::Buffer sealed(record.size() + crypto::xaead_overhead);
  crypto::xaead_seal(sealed, record.view(), context(), home_.keys().master);
  if (const auto added = file_.add(sealed); !added) return pass_on(added.error());
  return read_records();
}

// ---- the box

Outcome<InboxCounts> Inbox::collect() {
  const auto changes = rosters_.refresh(line_);
  if (!changes) return pass_on(changes.error());
  std::ranges::copy(*changes, std::back_inserter(announcements_));
  InboxCounts counts;
  if (const auto tidied = tidy_parts(counts); !tidied) return pass_on(tidied.error());
  OwnBox box(home_, line_, rosters_);
  for (bool more = true; more;) {
    const auto taken = take_next(box, counts);
    if (!taken) return pass_on(taken.error());
    more = *taken;
  }
  if (const auto done = box.release_rest(); !done) return pass_on(done.error());
  if (const auto sent = send_answers(); !sent) return pass_on(sent.error());
  return counts;
}

// False when nothing more waits.
Outcome<bool> Inbox::take_next(OwnBox& box, InboxCounts& counts) {
  const auto item = box.next(crypto::day_of(now()));
  if (!item) return pass_on(item.error());
  if (!*item) return false;
  const auto& object = (*item)->object;
  if (!object && object.error() == crypto::Error::bad_signature) {
    announcements_.emplace_back(
        "refused: something in this device's box is not signed for this device by anybody who is "
        "enrolled today. It stays in the box: look at this device's clock, and call the "
        "coordinator");
    ++counts.left;
    return true;
  }
  const auto taken = object ? take(*object, counts) : refuse("it cannot be opened or read", counts);
  if (!taken) return pass_on(taken.error());
  const auto done = box.acknowledge((*item)->id);
  if (!done) return pass_on(done.error());
  return true;
}

Outcome<void> Inbox::take(const crypto::BoxedObject& object, InboxCounts& counts) {
  const crypto::Device* giver = rosters_.newest().find(object.from);
  if (giver == nullptr || giver->role != crypto::DeviceRole::coordinator) {
    return refuse("it was put there by '" + rosters_.name_of(object.from) +
                      "', which is no coordinator's device",
                  counts);
  }
  using crypto::ObjectKind;
  if (object.kind == ObjectKind::escalation) return take_escalation(object.content.view(), counts);
  if (object.kind == ObjectKind::withdrawal) return take_withdrawal(object, counts);
  if (object.kind == ObjectKind::manifest || object.kind == ObjectKind::part) {
    return take_piece(object, counts);
  }
  return refuse("it is neither an escalation nor a withdrawal", counts);
}

Outcome<void> Inbox::refuse(const std::string& why, InboxCounts& counts) {
  const std::string sentence = "refused: " + why;
  announcements_.push_back(sentence);
  ++counts.refused;
  crypto::Buffer content(4 + sentence.size());
  crypto::Writer(content).u32(now()).bytes(crypto::as_bytes(sentence));
  return keep(refusal_record, content);
}

Outcome<void> Inbox::take_escalation(crypto::Bytes content, InboxCounts& counts) {
  const auto escalation = crypto::decode_escalation(content);
  if (!escalation) return refuse("it is no escalation", counts);
  const auto known = entries_.find(escalation->id);
  if (known != entries_.end()) {
    const auto before = crypto::encode(known->second.escalation);
    if (before && crypto::equal_bytes(before->view(), content)) {
      return known_again(escalation->id, counts);
    }
    return refuse(
        "it has the number of an escalation that is here already, and says something "
        "else",
        counts);
  }
  if (const std::string why = why_not(*escalation); !why.empty()) return refuse(why, counts);
  if (auto kept = keep(escalation_record, content); !kept) return kept;
  ++counts.fresh;
  return say(escalation->id, crypto::Said::received, "");
}

Outcome<void> Inbox::known_again(const crypto::EscalationId& id, InboxCounts& counts) {
  ++counts.known;
  // The first time this was killed before it could say so.
  if (!entries_.at(id).answers.empty()) return {};
  return say(id, crypto::Said::received, "");
}

Outcome<void> Inbox::take_withdrawal(const crypto::BoxedObject& object, InboxCounts& counts) {
  const auto withdrawal = crypto::decode_withdrawal(object.content.view());
  if (!withdrawal) return refuse("it is no withdrawal", counts);
  if (withdrawal->recipient != organisation()) {
    return refuse("it withdraws what was sent to '" + withdrawal->recipient + "'", counts);
  }
  const auto* sender = coordinator(withdrawal->sender.device, withdrawal->hour);
  if (sender == nullptr ||
      !crypto::withdrawal_signed_by(object.content.view(), sender->signing, home_.pin().region)) {
    return refuse("its signature is by nobody who was a coordinator then", counts);
  }
  const auto known = entries_.find(withdrawal->escalation);
  if (early_.contains(withdrawal->escalation) ||
      (known != entries_.end() && known->second.withdrawal)) {
    ++counts.known;
    return {};
  }
  ++counts.withdrawn;
  if (auto dropped = parts_.drop(withdrawal->escalation); !dropped) return dropped;
  return keep(withdrawal_record, object.content.view());
}

// ---- what is believed

std::string Inbox::organisation() const {
  const crypto::Device* self = rosters_.newest().find(home_.keys().id);
  return self == nullptr ? std::string() : organisation_of(*self);
}

const crypto::Device* Inbox::coordinator(const crypto::DeviceId& id, crypto::Hour hour) const {
  const crypto::Device* found = rosters_.device(id, hour);
  return found == nullptr || found->role != crypto::DeviceRole::coordinator ? nullptr : found;
}

std::string Inbox::why_not(const crypto::Escalation& escalation) const {
  if (escalation.region != home_.pin().region) return "it is of another region";
  if (escalation.recipient != organisation()) {
    return "it is for '" + escalation.recipient + "', and not for this organisation";
  }
  if (escalation.hour > now() + clock_tolerance) {
    return "it is dated in the future: look at this device's clock";
  }
  if (now() > escalation.valid_until) {
    return "it is stale: its time has passed. Ask the coordinator whether it still holds";
  }
  if (early_.contains(escalation.id)) return "it was withdrawn before it came";
  const crypto::Device* sender = coordinator(escalation.sender.device, escalation.hour);
  if (sender == nullptr || !crypto::signed_by(escalation, sender->signing)) {
    return "its signature is by nobody who was a coordinator then";
  }
  return why_no_basis(escalation);
}

// Decoding has seen that a consent has its number and an override its reason and legal ground.
std::string Inbox::why_no_basis(const crypto::Escalation& escalation) const {
  if (const auto* consent = std::get_if<crypto::ByConsent>(&escalation.basis)) {
    if (consent->id.is_zero()) return "it has no consent and no override";
    return {};
  }
  const auto& without = std::get<crypto::Override>(escalation.basis);
  if (without.review_by) {
    if (*without.review_by <= escalation.hour + longest_review) return {};
    return "it was sent by one person, and is to be reviewed too late";
  }
  if (!escalation.second) return "it has no consent, and no second person has signed";
  if (escalation.second->device == escalation.sender.device) {
    return "it has no consent, and both signatures are one device's";
  }
  const crypto::Device* second = rosters_.device(escalation.second->device, escalation.hour);
  const bool may = second != nullptr && (second->role == crypto::DeviceRole::coordinator ||
                                         second->role == crypto::DeviceRole::approver);
  if (!may || !crypto::countersigned_by(escalation, second->signing)) {
    return "it has no consent, and its second signature is by nobody who may give it";
  }
  return {};
}

// ---- answers

Outcome<void> Inbox::answer(const crypto::EscalationId& id, crypto::Said said,
                            const std::string& text) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) {
    return problem(EX_NOINPUT, "there is no such escalation: see 'inbox'");
  }
  if (const std::string why = why_no_answer(found->second, said); !why.empty()) {
    return problem(EX_NOPERM, why);
  }
  if (auto kept = say(id, said, text); !kept) return kept;
  return send_answers();
}

std::string Inbox::why_no_answer(const InboxEntry& entry, crypto::Said said) const {
  const bool uses_it = said == crypto::Said::accepted || said == crypto::Said::printed;
  if (uses_it && entry.withdrawal) {
    return "this has been withdrawn: it can no longer be accepted or printed. Do nothing further "
           "with it";
  }
  if (entry.lapsed(now())) {
    return "this has lapsed: nobody answered it in time. Ask the coordinator to send it again";
  }
  return {};
}

Outcome<void> Inbox::say(const crypto::EscalationId& id, crypto::Said said,
                         const std::string& text) {
  const auto& keys = home_.keys();
  const auto answer = crypto::sign_answer(
      {id, crypto::random_id<crypto::AnswerId>(), said, now(), text, {keys.id, {}}}, keys.signing,
      home_.pin().region);
  if (!answer) {
    return problem(EX_DATAERR, "this text (at most about 13,000 bytes, no control characters)",
                   answer.error());
  }
  return keep(answer_record, answer->view());
}

Outcome<void> Inbox::send_answers() {
  while (!to_give_.empty()) {
    const crypto::AnswerId id = to_give_.begin()->first;
    auto given = give_to_staff(home_, line_, crypto::ObjectKind::escalation_answer,
                               to_give_.begin()->second.view());
    if (!given) return given;
    if (auto kept = keep(given_record, id.view()); !kept) return kept;
  }
  return {};
}

std::vector<std::string> Inbox::take_announcements() { return std::exchange(announcements_, {}); }

}  // namespace meldpunt::client
