// What the stories of releases share: a desk with cases that are due, a forwarder and a receiver.
#pragma once

#include <gtest/gtest.h>

#include "client/lib/approving.h"
#include "client/lib/countersigning.h"
#include "client/lib/forwarder.h"
#include "client/lib/receiver.h"
#include "client/lib/releases.h"
#include "client/lib/renewal.h"
#include "client/lib/staff_box.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {

// A desk whose cases of October 2024 can be released: it is November.
class TheTrends : public testing::Test {
 protected:
  explicit TheTrends(std::chrono::hours begins = std::chrono::hours(crypto::test::this_hour))
      : office_(begins), october_(trends::period_around(day_of(begins), trends::Cadence::month)) {
    office_.enrol_device("deputy");
    office_.enrol_device("forwarder", crypto::DeviceRole::forwarder);
    office_.enrol_device("comensha", crypto::DeviceRole::receiver);
    office_.send(
        office_.report(0x10, 1, {{"exploitation_form", {"LAB.UNPAID"}}, {"age_class", {"ADULT"}}}));
    office_.send(office_.report(0x20, 2, {{"gender", {"F"}}}));
    office_.send(office_.report(0x30, 3));
    must(office_.seat("steward")->duty.take_in());
    Receiver::add_region(
        must(Home::open(office_.path_of("comensha"), crypto::as_bytes(passphrase))),
        must(read_file(office_.path_of("out") / "pin", 4096)))
        .value();
  }

  void november() { office_.clock.pass(std::chrono::hours(24 * 28)); }

  // A process of a coordinator's device.
  struct Desk {
    Desk(std::unique_ptr<Seat> at, Office& office, std::string second)
        : seat(std::move(at)),
          releases(seat->home, *seat->casework, seat->staff, office.clock),
          office_(office),
          second_(std::move(second)) {
      must(seat->casework->sync());
    }
    // Proposes it, has the colleague sign, and draws it.
    Outcome<JournaledRelease> release(const ReleaseWish& wish) {
      if (seat->casework->releases().of(wish.series, wish.period) == nullptr) {
        const auto proposed = releases.propose(wish);
        if (!proposed) return pass_on(proposed.error());
        sign_all(office_, second_);
        must(seat->casework->sync());
      }
      return draw(wish);
    }
    Outcome<JournaledRelease> draw(const ReleaseWish& wish) {
      trends::SystemRandom bytes;
      trends::UniformFromBytes uniform(bytes);
      return releases.release(wish.series, wish.period, uniform);
    }
    // Of the newest proposal.
    [[nodiscard]] bool is_signed(const ReleaseWish& wish) {
      must(seat->casework->sync());
      const auto* proposed = seat->casework->releases().proposed(wish.series, wish.period);
      return proposed != nullptr && releases.is_signed(*proposed);
    }
    [[nodiscard]] ReleasePreview preview(const ReleaseWish& wish) const {
      return must(releases.preview(wish));
    }

    std::unique_ptr<Seat> seat;
    Releases releases;

   private:
    Office& office_;
    std::string second_;
  };
  std::unique_ptr<Desk> desk(const std::string& name = "steward") {
    return std::make_unique<Desk>(office_.seat(name), office_,
                                  name == "steward" ? "deputy" : "steward");
  }
  // That coordinator signs what waits, from the journal.
  static std::vector<SecondOutcome> sign_all(Office& office, const std::string& name) {
    const auto seat = office.seat(name);
    must(seat->casework->sync());
    std::vector<SecondOutcome> outcomes;
    for (const auto& request : must(waiting_for_second(*seat->casework))) {
      const auto second = must(sign_second(seat->home, request));
      outcomes.push_back(must(take_second(*seat->casework, seat->staff, second,
                                          seat->home.keys().id, hour_of(office.clock.now()))));
    }
    return outcomes;
  }
  // An approver's device does something with each request in its box; what they were.
  template <class Deed>
  std::vector<crypto::ToCountersign> approve(Deed deed) {
    Home home = must(Home::open(office_.path_of("approver"), crypto::as_bytes(passphrase)));
    const auto connection = office_.server.line(home.keys().curve.public_key());
    NoticeSource notices(home.pin(), office_.clock);
    StaffLine staff(*connection, notices, office_.clock);
    auto rosters = must(RosterHistory::open(home));
    must(rosters.refresh(staff));
    Approving approving(home, staff, rosters, office_.clock);
    std::vector<crypto::ToCountersign> requests;
    for (const RequestToSign& request : must(approving.collect())) {
      deed(approving, request);
      requests.push_back(request.request);
    }
    must(approving.leave_rest());
    return requests;
  }
  // The month, by itself.
  [[nodiscard]] ReleaseWish wish() const { return {crypto::Series::inflow, october_, "month", {}}; }
  [[nodiscard]] static ReleaseWish closures_of(const char* period, const char* schedule) {
    return {crypto::Series::closures, *trends::read_period(period), schedule, {}};
  }

  // The receiver as a process; the line to it, with faults.
  struct FarEnd {
    FarEnd(const Path& path, FakeClock& clock, const std::string& remark = {})
        : home(must(Home::open(path, crypto::as_bytes(passphrase)))),
          receiver(must(Receiver::open(home, clock, remark))) {}
    Home home;
    std::unique_ptr<Receiver> receiver;
  };
  void start_receiver(const std::string& remark = {}) {
    far_.reset();
    far_ = std::make_unique<FarEnd>(office_.path_of("comensha"), office_.clock, remark);
  }
  // One round of a forwarder's process. killed_at: the question to the receiver at which it, or its
  // answer, is lost for ever; 0: none.
  Outcome<ForwardCounts> forward(int killed_at = 0, bool after = false) {
    Home home = must(Home::open(office_.path_of("forwarder"), crypto::as_bytes(passphrase)));
    auto rosters = must(RosterHistory::open(home));
    const auto connection = office_.server.line(home.keys().curve.public_key());
    NoticeSource notices(home.pin(), office_.clock);
    StaffLine staff(*connection, notices, office_.clock);
    int asked = 0;
    LocalLine receiver([&](auto answer, auto question) {
      if (!far_) return Delivery::unreachable;
      ++asked;
      if (asked == killed_at && !after) throw Killed();
      far_->receiver->answer(answer, question);
      if (asked == killed_at && after) throw Killed();
      return Delivery::answered;
    });
    Forwarder forwarder(home, rosters, staff, receiver, std::chrono::seconds(1));
    return forwarder.run();
  }
  void take_in_receipts() {
    const auto there = desk();
    StaffBox box(there->seat->home, *there->seat->casework, there->seat->staff, office_.clock);
    must(box.take_in());
  }
  std::vector<ReceivedEntry> received() {
    return must(must(ReceiverStore::open(office_.path_of("comensha"))).entries(office_.pin.region));
  }

  Office office_;
  trends::Period october_;
  std::unique_ptr<FarEnd> far_;
};

// The same in December, so that a quarter and a year are over when it is January.
class AtTheYearsEnd : public TheTrends {
 protected:
  AtTheYearsEnd()
      : TheTrends(std::chrono::hours(crypto::test::this_hour + 67 * 24)), december_(october_) {}

  void january() { november(); }

  trends::Period december_;
};

}  // namespace meldpunt::client::test
