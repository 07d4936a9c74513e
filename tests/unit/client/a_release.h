// What the stories of releases share: a desk with cases that are due, a forwarder and a receiver.
#pragma once

#include <gtest/gtest.h>

#include "client/lib/forwarder.h"
#include "client/lib/receiver.h"
#include "client/lib/releases.h"
#include "client/lib/staff_box.h"
#include "client/trends/one_way_geometric.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {

// A desk whose cases of October 2024 can be released: it is November.
class TheTrends : public testing::Test {
 protected:
  TheTrends() {
    office_.enrol_device("deputy");
    office_.enrol_device("forwarder", crypto::DeviceRole::forwarder);
    office_.enrol_device("comensha", crypto::DeviceRole::receiver);
    office_.send(
        office_.report(0x10, 1, {{"exploitation_form", {"LAB.UNPAID"}}, {"age_class", {"ADULT"}}}));
    office_.send(office_.report(0x20, 2, {{"gender", {"F"}}}));
    office_.send(office_.report(0x30, 3));
    must(office_.seat("steward")->duty.take_in());
    october_ = *trends::read_period("2024-10");
    Receiver::add_region(
        must(Home::open(office_.path_of("comensha"), crypto::as_bytes(passphrase))),
        must(read_file(office_.path_of("out") / "pin", 4096)))
        .value();
  }

  void november() { office_.clock.pass(std::chrono::hours(24 * 28)); }

  // A process of a coordinator's device.
  struct Desk {
    explicit Desk(std::unique_ptr<Seat> at, FakeClock& clock)
        : seat(std::move(at)), releases(seat->home, *seat->casework, seat->staff, clock) {
      must(seat->casework->sync());
    }
    Outcome<JournaledRelease> release(const ReleaseWish& wish) {
      trends::SystemRandom bytes;
      trends::UniformFromBytes uniform(bytes);
      return releases.release(wish, trends::OneWayGeometric(), uniform);
    }
    std::unique_ptr<Seat> seat;
    Releases releases;
  };
  std::unique_ptr<Desk> desk(const std::string& name = "steward") {
    return std::make_unique<Desk>(office_.seat(name), office_.clock);
  }
  [[nodiscard]] ReleaseWish wish() const { return {october_, {}}; }

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
    return must(ReceiverList::open(
                    region_directory(office_.path_of("comensha"), office_.pin.region)))
        .entries();
  }

  Office office_;
  trends::Period october_;
  std::unique_ptr<FarEnd> far_;
};

}  // namespace meldpunt::client::test
