#include "tests/bench/large_journal.h"

#include <random>

#include "client/lib/word_lists.h"
#include "client/record/record_event.h"
#include "crypto/coding.h"
#include "crypto/hexadecimal.h"

namespace meldpunt::bench {
namespace {

using client::test::must;
using client::test::Office;
using client::test::Seat;

template <class Value>
Value made(crypto::Result<Value> result) {
  if (!result) throw std::runtime_error("an event of the large journal cannot be made");
  return std::move(*result);
}

// One reporter.
struct Thread {
  crypto::CaseId subject;
  crypto::SymmetricKey key;
  crypto::ThreadKeys keys;
  std::uint16_t replies = 0;
  crypto::ReportId last_report;
};

class Author {
 public:
  std::string text(std::size_t words) {
    std::string all;
    for (std::size_t i = 0; i < words; ++i) {
      if (i > 0) all += i % 12 == 0 ? ". " : " ";
      all += client::dutch_words().word(dice_() % crypto::word_list_size);
    }
    return all;
  }
  // As people write: most are short.
  std::string text_between(std::size_t least, std::size_t most) {
    const double share = std::generate_canonical<double, 32>(dice_);
    return text(least +
                static_cast<std::size_t>(share * share * static_cast<double>(most - least)));
  }
  std::size_t below(std::size_t end) { return dice_() % end; }
  std::string one_of(std::initializer_list<const char*> choices) {
    return std::data(choices)[below(choices.size())];
  }

 private:
  std::mt19937 dice_{7};
};

class Writing {
 public:
  explicit Writing(Office& office) : office_(office), seat_(office.seat("steward")) {
    must(seat_->casework->sync());
    head_ = seat_->casework->journal().head();
  }

  [[nodiscard]] std::size_t size() const { return office_.server.journal().size(); }
  Author& author() { return author_; }

  Thread begin_thread() {
    Thread thread{crypto::random_id<crypto::CaseId>(),
                  crypto::SymmetricKey::random(),
                  crypto::test::fixed_thread(),
                  0,
                  {}};
    thread.keys.shared.id = crypto::random_id<crypto::ThreadId>();
    const auto slot = crypto::slot_of(thread.subject, region());
    const auto value = crypto::wrap_case_key(thread.key, slot, vault(), region());
    must(seat_->staff.ask(crypto::Put{
        crypto::MailboxKind::slot, slot.bytes, 1, 0, {}, {value.begin(), value.end()}}));
    return thread;
  }

  void report(Thread& thread) {
    crypto::Report report = office_.report(0x10, 1);
    report.id = thread.last_report = crypto::random_id<crypto::ReportId>();
    report.thread = thread.keys.shared.clone();
    report.visit = crypto::random_id<crypto::VisitId>();
    std::vector<crypto::Answer> answers{
        {"exploitation_form", {author_.one_of({"LAB.UNPAID", "LAB.HOURS", "SEX"})}},
        {"urgency", {author_.one_of({"NORMAL", "NORMAL", "NORMAL", "HIGH"})}},
        {"age_class", {author_.one_of({"ADULT", "ADULT", "ADULT", "MINOR"})}}};
    report.body = crypto::Statement{"nl", std::move(answers), author_.text_between(20, 500), {}};
    const auto sealed = made(crypto::seal_report(report, team_.public_key(), region()));
    auto opened = made(crypto::open_report(sealed, team_, region()));
    append(crypto::EventKind::taken_in, thread,
           crypto::encode(crypto::TakenIn{std::move(opened), true}));
  }

  void reply(Thread& thread) {
    crypto::ReplyWritten reply;
    reply.guard = crypto::random_id<crypto::Hash>();
    crypto::fill_random(reply.sealed);
    reply.index = thread.replies++;
    reply.last_seen = thread.last_report;
    reply.expires = hour() + 30 * 24;
    reply.text = author_.text_between(10, 150);
    append(crypto::EventKind::reply, thread, crypto::encode(reply));
    append(crypto::EventKind::posted, thread, crypto::encode(crypto::Posted{reply.index}));
  }

  void assigned(const Thread& thread) {
    append(crypto::EventKind::assigned, thread,
           crypto::encode(crypto::Assigned{seat_->home.keys().id}));
  }
  void note(const Thread& thread) {
    append(crypto::EventKind::note, thread,
           crypto::encode(crypto::Note{author_.text_between(5, 120)}));
  }
  void coded(const Thread& thread) {
    append(crypto::EventKind::coding, thread,
           crypto::encode(crypto::Coding{"1", false, {{"form", "LAB.UNPAID"}}}));
  }

  // One of a kind that a case may have several of, or replacing what stands.
  void change(const Thread& thread, const std::string& kind, bool several, record::Fields fields) {
    record::RecordEvent event;
    event.kind = kind;
    event.change = crypto::random_id<record::ChangeId>();
    if (several) event.item = crypto::random_id<record::ItemId>();
    event.seen = size();
    event.fields = std::move(fields);
    append(crypto::EventKind::casework, thread,
           crypto::SecretBuffer::of(crypto::as_bytes(record::encode(event))));
  }

 private:
  void append(crypto::EventKind kind, const Thread& thread,
              crypto::Result<crypto::SecretBuffer> content) {
    const bool full = kind == crypto::EventKind::taken_in || kind == crypto::EventKind::reply;
    const crypto::EventHead head{head_, thread.subject, kind, hour(), seat_->home.keys().id};
    const auto bytes = made(std::move(content));
    auto event = made(crypto::seal_event(head, bytes.view(), thread.key, vault(),
                                         seat_->home.keys().signing, region(), full));
    head_ = crypto::hash_of_event(event, region());
    office_.server.journal().push_back(std::move(event));
  }
  [[nodiscard]] crypto::Hour hour() const { return client::hour_of(office_.clock.now()); }
  [[nodiscard]] const crypto::RegionId& region() const { return office_.pin.region; }
  [[nodiscard]] const crypto::VaultSecret& vault() const {
    return *seat_->home.keyring().newest_vault();
  }

  Office& office_;
  std::unique_ptr<Seat> seat_;
  crypto::OpeningKey<crypto::role::Epoch> team_ =
      crypto::OpeningKey<crypto::role::Epoch>::generate();
  crypto::Hash head_;
  Author author_;
};

void open_file(Writing& writing, const Thread& thread) {
  Author& author = writing.author();
  writing.change(thread, "triage", false, {{"as", "CASE"}});
  writing.change(thread, "phase", false, {{"open", std::vector<std::string>{"F0", "F1"}}});
  writing.change(thread, "risk", false,
                 {{"urgency", author.one_of({"NORMAL", "HIGH"})}, {"remark", author.text(20)}});
  writing.change(thread, "classification", false,
                 {{"forms", std::vector<std::string>{"LAB.UNPAID"}},
                  {"sectors", std::vector<std::string>{"HOSPITALITY"}}});
  writing.change(thread, "identity", false,
                 {{"name", author.text(2)}, {"contact", author.text(6)}});
  writing.change(thread, "place", true, {{"role", "FOUND"}, {"municipality", "GM0193"}});
}

// What a month of work adds.
void work_on(Writing& writing, const Thread& thread, std::size_t round) {
  Author& author = writing.author();
  switch (round % 5) {
    case 0:
      return writing.change(
          thread, "need", true,
          {{"need", "P1.SHELTER"}, {"state", "ASKED"}, {"remark", author.text(12)}});
    case 1:
      return writing.change(thread, "task", true,
                            {{"text", author.text(6)}, {"due", "2026-12-01"}, {"done", false}});
    case 2:
      return writing.change(thread, "review", false,
                            {{"on", "2026-12-15"}, {"intensity", "NORMAL"}});
    case 3:
      return writing.change(thread, "right", true,
                            {{"pillar", "P2"}, {"told", author.text(15)}, {"on", "2026-11-01"}});
    default:
      return writing.note(thread);
  }
}

}  // namespace

std::size_t write_large_journal(Office& office, const JournalSize& size) {
  Writing writing(office);
  std::vector<Thread> threads;
  for (std::size_t i = 0; i < size.cases; ++i) {
    threads.push_back(writing.begin_thread());
    writing.report(threads.back());
    writing.assigned(threads.back());
    writing.reply(threads.back());
    open_file(writing, threads.back());
    if (i % 4 != 0) continue;
    const std::string head = crypto::hexadecimal(threads.back().subject.view());
    threads.push_back(writing.begin_thread());
    writing.report(threads.back());
    writing.change(threads.back(), "membership", false, {{"of", head}, {"reason", "same family"}});
  }
  for (std::size_t i = threads.size(); i < size.reports; ++i) {
    Thread& thread = threads[i % threads.size()];
    writing.report(thread);
    writing.reply(thread);
  }
  for (const Thread& thread : threads) writing.coded(thread);
  for (std::size_t i = 0; writing.size() < size.events; ++i) {
    work_on(writing, threads[i % threads.size()], i / threads.size());
  }
  return writing.size();
}

std::string a_rare_word() { return std::string(client::dutch_words().word(4000)); }

}  // namespace meldpunt::bench
