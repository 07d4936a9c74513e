// Whatever happens in whatever order: the vault changes, cases are erased, the server is restored
// from an older backup, devices stay away and come back, and any of it is killed between two steps.
//
// A living case never becomes unreadable. And an erased slot stays erased: once the vault key has
// next changed and every device has been opened since, no key on any device opens any value that
// the slot ever had, on the server, in a backup or in a device's copies.
//
// (The slot itself may live on where a backup of a history that was given up is restored: there it
// can have a newer version than the two people signed. What it holds opens nothing.)
//
// A restored server is visited first by the device that knows the most, as docs/operations.md asks;
// what happens otherwise is a fork, which restore_test.cpp looks at.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>

#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

const std::array<std::string, 3> names{"steward", "deputy", "third"};

// One region with three devices, and what has been seen of it.
class Months : public TwoDesks {
 public:
  Months() : TwoDesks(3) {
    office_.enrol_device("third");
    must(synced("third"));
    const auto steward = must(synced("steward"));
    const auto root_file = must(read_file(office_.path_of("out") / "root.key", 4096));
    const auto seed = *crypto::unlock_with_passphrase(root_file, crypto::as_bytes(passphrase));
    paper_ =
        must(make_paper(crypto::SigningKey<crypto::role::Root>::from_seed(seed.view().first<32>()),
                        office_.pin.region, 1, quick));
    must(keep_certificate(steward->home, paper_->certificate));
    backups_.push_back(office_.server.backup());
    for (std::uint8_t number = 1; number <= 3; ++number) know(number);
    look();
  }
  void TestBody() override {}

  // One of the things that happen, by a random device, perhaps killed and then done again.
  void step() {
    const auto& name = *rc::gen::elementOf(names);
    switch (*rc::gen::weightedElement<int>({{4, 0}, {4, 1}, {2, 2}, {2, 3}, {2, 4}, {3, 5}})) {
      case 0:
        return surely([&] { must(synced(name)); });
      case 1:
        return surely([&] { must(renew(name)); });
      case 2:
        return erase_one(name);
      case 3:
        return backups_.push_back(office_.server.backup());
      case 4:
        return restore();
      default:
        return take_one_in(name);
    }
  }

  // Everybody comes back, the vault changes once more, and everybody is opened again.
  void settle() {
    for (const auto& name : names) surely([&] { must(synced(name)); });
    must(renew("deputy"));
    for (const auto& name : names) must(synced(name));
    look();
  }

  void check() {
    for (const auto& name : names) {
      const auto seat = must(synced(name));
      for (const auto& [report, subject] : cases_) {
        const Case* entry = seat->casework->index().find(subject);
        RC_ASSERT(entry != nullptr);
        RC_ASSERT(entry->readable == !erased_.contains(subject));
        if (entry->readable) RC_ASSERT(tells(*seat, subject, report));
      }
      for (const auto& subject : erased_) RC_ASSERT(!opens_any(*seat, subject));
      RC_ASSERT(kept_on_disk_is_current(*seat));
    }
    RC_ASSERT(paper_holds_only_the_newest());
  }

 private:
  // A number, not a value: RapidCheck keeps what it drew, and another region's would mean nothing.
  static std::size_t any_of(std::size_t size) {
    return *rc::gen::inRange<std::size_t>(0, 1000) % size;
  }

  // Killed at a random request or not; then done again until it is done.
  void surely(const std::function<void()>& deed) {
    if (*rc::gen::inRange(0, 3) == 0) {
      office_.server.kill_at(*rc::gen::inRange(1, 40), *rc::gen::arbitrary<bool>()
                                                           ? FakeServer::Moment::before
                                                           : FakeServer::Moment::after);
      try {
        deed();
      } catch (const Killed&) {
      }
      office_.server.spare();
      office_.server.forget_leases();
      look();
    }
    deed();
    look();
  }

  void erase_one(const std::string& name) {
    std::vector<crypto::CaseId> living;
    for (const auto& [report, subject] : cases_) {
      if (!erased_.contains(subject)) living.push_back(subject);
    }
    if (living.size() < 2) return;
    const auto subject = living[any_of(living.size())];
    const std::string other = name == "steward" ? "deputy" : "steward";
    surely([&] {
      const auto first = must(synced(name));
      const auto second = office_.seat(other);
      if (first->casework->vault_history().erasure_of(subject) != nullptr) return;
      const auto there = office_.server.slots().find(slot(subject));
      if (there != office_.server.slots().end()) {
        statement_ = statement(*first, *second, subject, there->second.first);
      }
      erase_slot(*first, statement_);
      journal_erasure(*first, statement_);
    });
    erased_.insert(subject);
  }

  void take_one_in(const std::string& name) {
    if (cases_.size() >= 7) return;
    const auto number = static_cast<std::uint8_t>(cases_.size() + 1);
    send(number);
    know(number);
    surely([&] { must(must(synced(name))->duty.take_in()); });
    surely([&] {
      const auto seat = must(synced(name));
      if (seat->casework->index().report_count() < number) must(seat->duty.take_in());
    });
  }

  // By the operator; then the device that knows the most is opened.
  void restore() {
    office_.server.restore(*backups_[any_of(backups_.size())]);
    std::string most;
    std::uint64_t events = 0;
    for (const auto& name : names) {
      const auto size = must(RecordFile::open(office_.path_of(name) / "journal", 20'000)).size();
      if (size >= events) {
        events = size;
        most = name;
      }
    }
    surely([&] { must(synced(most)); });
  }

  // Every value that a slot has now, on the server and in the devices' copies.
  void look() {
    for (const auto& [name, value] : office_.server.slots()) seen_[name].insert(value.second);
    for (const auto& device : names) {
      const auto kept = must(RecordFile::open(office_.path_of(device) / "slots", 4096));
      for (std::size_t i = 0; i < kept.size(); ++i) {
        const auto record = must(kept.read(i));
        crypto::CaseId subject;
        crypto::copy_bytes(crypto::Bytes(record).first(16), subject.fill());
        seen_[slot(subject)].insert({record.begin() + 16, record.end()});
      }
    }
  }

  // Its report has been taken in, or will be.
  void know(std::uint8_t number) {
    const auto home = must(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)));
    const auto thread = fixed_thread(static_cast<std::uint8_t>(number * 0x10)).shared.id;
    cases_[number] = crypto::case_of(thread, *home.keyring().vault(1), office_.pin.region);
  }

  static bool tells(Seat& seat, const crypto::CaseId& subject, std::uint8_t report) {
    const auto story = seat.casework->story(subject);
    if (!story || story->empty()) return false;
    const auto* first = std::get_if<StoryReport>(&story->front().what);
    return first != nullptr && std::get<crypto::Statement>(first->report.body).text ==
                                   "report " + std::to_string(report);
  }

  bool opens_any(const Seat& seat, const crypto::CaseId& subject) {
    const auto id = crypto::slot_of(subject, office_.pin.region);
    for (const auto& value : seen_[slot(subject)]) {
      for (const auto& vault : seat.home.keyring().vaults) {
        if (crypto::unwrap_case_key(value, id, vault, office_.pin.region)) return true;
      }
    }
    return false;
  }

  bool kept_on_disk_is_current(const Seat& seat) {
    const auto kept = must(RecordFile::open(seat.home.path() / "slots", 4096));
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const auto record = must(kept.read(i));
      const auto version = crypto::vault_version_of(crypto::Bytes(record).subspan(16));
      if (*version != 0 && *version != seat.home.keyring().in_force) return false;
    }
    return true;
  }

  bool paper_holds_only_the_newest() {
    const auto seat = office_.seat("steward");
    const auto& object =
        office_.server.slots().at(crypto::recovery_slot(office_.pin.region).bytes).second;
    const auto head = crypto::read_recovery_head(object);
    const auto key = crypto::recovery_key(paper_->code, office_.pin.region, quick);
    const auto* writer = seat->casework->rosters().writer(head->from, head->hour);
    const auto secrets = crypto::open_recovery(object, *key, *writer, office_.pin.region);
    return secrets && secrets->vaults.size() == 1 &&
           secrets->vaults.front().version == seat->home.keyring().in_force;
  }

  std::optional<Paper> paper_;
  std::vector<std::shared_ptr<const FakeServer::Backup>> backups_;
  std::map<crypto::MailboxName, std::set<crypto::Buffer>> seen_;
  std::map<std::uint8_t, crypto::CaseId> cases_;
  std::set<crypto::CaseId> erased_;
  crypto::Erasure statement_;
};

// Before RapidCheck looks. Homes lie where writing is quick.
const bool configured = [] {
  const bool thousands = std::getenv("MELDPUNT_LONG") != nullptr;
  setenv("RC_PARAMS", thousands ? "max_success=2000" : "max_success=25", 0);
  if (std::filesystem::is_directory("/dev/shm")) setenv("TMPDIR", "/dev/shm", 0);
  return true;
}();

RC_GTEST_PROP(TheVaultThroughTheMonths, KeepsLivingCasesReadableAndErasedOnesClosed, ()) {
  Months months;
  const auto steps = *rc::gen::inRange(5, 25);
  for (int i = 0; i < steps; ++i) months.step();
  months.settle();
  months.check();
}

}  // namespace
}  // namespace meldpunt::client::test
