#include "client/lib/staff_device.h"
#include "crypto/boxed.h"
#include "tests/unit/client/as_time_goes_on.h"

namespace meldpunt::client::test {
namespace {

class ADeviceRenewed : public AsTimeGoesOn {
 protected:
  // What duty would have journaled of the staff's box.
  std::vector<WaitingSuccessor> waiting() {
    const auto steward = synced("steward");
    std::vector<crypto::Buffer> contents;
    std::vector<ReceivedSuccessor> received;
    contents.reserve(16);
    for (const crypto::Buffer& boxed : office_.server.boxed_bytes()) {
      const auto epoch = crypto::epoch_of_boxed(boxed);
      if (!epoch) continue;
      const auto* key = steward->home.keyring().epoch(*epoch);
      const auto object = crypto::open_boxed(boxed, *key, steward->casework->rosters().newest(),
                                             today(), office_.pin.region);
      if (!object || object->kind != crypto::ObjectKind::device_successor) continue;
      contents.emplace_back(object->content.view().begin(), object->content.view().end());
      received.push_back({object->from, contents.back()});
    }
    return waiting_successors(received, steward->casework->rosters().newest(), office_.pin.region);
  }
  DeviceRenewal ask(const std::string& name) {
    const auto seat = office_.seat(name);
    return must(renew_device(seat->home, seat->staff, office_.clock.now()));
  }
};

TEST_F(ADeviceRenewed, WorksWithItsOldKeysUntilTheRosterListsTheNewOnes) {
  office_.enrol_device("deputy");
  const auto first = synced("deputy")->home.keys().signing.public_key();
  days_pass(30);
  renew_now();
  days_pass(20);
  EXPECT_TRUE(says(told(*synced("deputy")), "this device's keys end on"));

  const DeviceRenewal asked = ask("deputy");
  const DeviceRenewal again = ask("deputy");
  EXPECT_FALSE(asked.in_force);
  EXPECT_EQ(asked.keys, again.keys);
  EXPECT_EQ(synced("deputy")->home.keys().signing.public_key(), first);

  const auto successors = waiting();
  ASSERT_EQ(successors.size(), 1U);
  EXPECT_EQ(hash_of_successor(successors.front().keys, office_.pin.region), asked.keys);
  const Renewed renewed = renew_now({nullptr, nullptr, successors});
  EXPECT_EQ(renewed.confirmed, 1U);
  EXPECT_TRUE(waiting().empty());

  auto deputy = office_.seat("deputy");
  ASSERT_FALSE(deputy->casework->sync()) << "its old connection key is unknown now";
  ASSERT_TRUE(deputy->home.try_successor());
  deputy->line = office_.server.line(deputy->home.keys().curve.public_key());
  Home home = must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase)));
  ASSERT_TRUE(home.try_successor());
  NoticeSource notices(office_.pin, office_.clock);
  StaffLine staff(*deputy->line, notices, office_.clock);
  const auto settled = must(renew_device(home, staff, office_.clock.now()));
  EXPECT_TRUE(settled.in_force);
  EXPECT_EQ(settled.until, today() - 1 + crypto::coordinator_days);

  const auto after = synced("deputy");
  EXPECT_NE(after->home.keys().signing.public_key(), first);
  EXPECT_FALSE(after->home.keyring().successor);
  send_today(0x10, 1);
  EXPECT_EQ(must(office_.seat("deputy")->duty.take_in()).fresh, 1U);
}

// To a server that knows the keys, or to nobody: then it adds up how long was waited.
class WaitingLine : public Line {
 public:
  WaitingLine(std::unique_ptr<Line> line, std::chrono::milliseconds& waited)
      : line_(std::move(line)), waited_(waited) {}
  Delivery exchange(std::span<std::uint8_t, crypto::frame_size> answer, crypto::FrameView request,
                    std::chrono::milliseconds patience) override {
    if (line_) return line_->exchange(answer, request, patience);
    waited_ += patience;
    return Delivery::unreachable;
  }

 private:
  std::unique_ptr<Line> line_;
  std::chrono::milliseconds& waited_;
};

TEST_F(ADeviceRenewed, ItsFirstStartWithConfirmedKeysHardlyWaitsForTheOldOnes) {
  office_.enrol_device("deputy");
  days_pass(30);
  renew_now();
  ask("deputy");
  std::chrono::milliseconds waited{};
  const auto opened = [&](bool away) {
    const auto roster = synced("steward")->casework->rosters().newest();
    const auto dial = [&, away](const Home& home) {
      const auto key = home.keys().curve.public_key();
      const bool known = !away && roster.find(key) != nullptr;
      return std::make_unique<WaitingLine>(known ? office_.server.line(key) : nullptr, waited);
    };
    return must(
        StaffDevice::open(must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase))),
                          dial, office_.clock, {}));
  };

  EXPECT_TRUE(opened(false)->home.keyring().successor) << "nobody has confirmed them";
  EXPECT_EQ(waited, std::chrono::seconds(0));
  renew_now({nullptr, nullptr, waiting()});
  EXPECT_TRUE(opened(true)->home.keyring().successor) << "nobody has answered";
  waited = {};
  const auto deputy = opened(false);

  EXPECT_LE(waited, std::chrono::seconds(2));
  EXPECT_FALSE(deputy->home.keyring().successor);
  EXPECT_TRUE(deputy->casework->sync());
}

TEST_F(ADeviceRenewed, AnOperationsKeyThatEndsIsRenewedWithTheRoot) {
  const RootKey root_key = root();
  for (int month = 0; month < 6; ++month) {
    days_pass(month == 5 ? 25 : 30);
    ask("steward");
    EXPECT_EQ(renew_now({nullptr, nullptr, waiting()}).confirmed, 1U) << "her own device's keys";
  }
  EXPECT_TRUE(says(told(*synced("steward")), "operations key and its certificate end on"));
  const Renewed cut = renew_now();
  EXPECT_TRUE(cut.cut_short);
  EXPECT_EQ(office_.server.bundles().rbegin()->first, cut.certificate_until);

  const Renewed renewed = renew_now({&root_key, nullptr, {}});

  EXPECT_EQ(renewed.certificate_until, today() - 1 + crypto::operations_days);
  EXPECT_EQ(renewed.last_day, today() + 34);
  EXPECT_FALSE(renewed.cut_short);
}

TEST_F(ADeviceRenewed, AfterTheOperationsKeyHasEndedOnlyTheRootHelps) {
  const RootKey root_key = root();
  for (int month = 0; month < 6; ++month) {
    days_pass(30);
    ask("steward");
    renew_now({nullptr, nullptr, waiting()});
  }
  days_pass(4);
  const auto steward = office_.seat("steward");
  ASSERT_FALSE(steward->casework->sync()) << "its last bundle was yesterday's";

  Renewed renewed;
  const auto refused =
      renew_for_operator(steward->home, *steward->casework, {}, office_.clock.now(), renewed);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().exit_code, EX_CONFIG);
  EXPECT_NE(refused.error().sentence.find("--root-key"), std::string::npos);
  EXPECT_TRUE(renew_for_operator(steward->home, *steward->casework, {&root_key, nullptr, {}},
                                 office_.clock.now(), renewed));
  EXPECT_EQ(renewed.bundles, 35U);
}

TEST_F(ADeviceRenewed, IsNotBelievedWithKeysThatItDoesNotHave) {
  office_.enrol_device("deputy");
  const auto deputy = synced("deputy");
  const auto theirs = DeviceKeySet::generate();
  const auto other = DeviceKeySet::generate();
  const auto statement = crypto::sign_successor(theirs.public_keys(), deputy->home.keys().id,
                                                office_.pin.region, other.signing);
  const auto of_another = crypto::sign_successor(
      theirs.public_keys(), synced("steward")->home.keys().id, office_.pin.region, theirs.signing);
  const auto& roster = deputy->casework->rosters().newest();
  const auto& id = deputy->home.keys().id;

  EXPECT_TRUE(waiting_successors({{id, statement}}, roster, office_.pin.region).empty());
  EXPECT_TRUE(waiting_successors({{id, of_another}}, roster, office_.pin.region).empty());
}

}  // namespace
}  // namespace meldpunt::client::test
