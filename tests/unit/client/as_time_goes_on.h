// A region in which days pass, and what its tests ask of it.
#pragma once

#include <gtest/gtest.h>

#include "client/lib/renewal.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {

using std::chrono::hours;

class AsTimeGoesOn : public testing::Test {
 protected:
  static constexpr hours a_day{24};

  [[nodiscard]] crypto::Day today() const { return crypto::day_of(hour_of(office_.clock.now())); }
  void days_pass(int days) { office_.clock.pass(a_day * days); }

  std::unique_ptr<Seat> synced(const std::string& name) {
    auto seat = office_.seat(name);
    must(seat->casework->sync());
    return seat;
  }
  Renewed renew_now(const RenewalWishes& wishes = {}) {
    const auto seat = synced("steward");
    return must(renew(seat->home, *seat->casework, seat->staff, wishes, office_.clock.now()));
  }
  Outcome<Renewed> revoke_now(const std::string& name, int* vault_changes = nullptr) {
    const auto seat = synced("steward");
    const auto device = must(Home::open(office_.path_of(name), crypto::as_bytes(passphrase)));
    return revoke(
        seat->home, *seat->casework, seat->staff, device.keys().id,
        [&]() -> Outcome<void> {
          if (vault_changes != nullptr) ++*vault_changes;
          return {};
        },
        office_.clock.now());
  }
  [[nodiscard]] crypto::Bundle bundle_of(crypto::Day day) {
    return crypto::verify_bundle(office_.server.bundles().at(day), office_.pin).value();
  }
  // A report as a reporter of today would seal it.
  void send_today(std::uint8_t thread, std::uint8_t number) {
    office_.team = bundle_of(today()).team;
    office_.send(office_.report(thread, number));
  }
  RootKey root() {
    return must(open_root_key(must(read_file(office_.path_of("out") / "root.key", 4096)),
                              crypto::as_bytes(passphrase), office_.pin));
  }
  RootKey next_root() {
    return must(open_root_key(must(read_file(office_.path_of("out") / "next-root.key", 4096)),
                              crypto::as_bytes(passphrase), office_.pin, WhichRoot::next));
  }
  std::vector<std::string> told(Seat& seat) { return seat.casework->take_announcements(); }
  static bool says(const std::vector<std::string>& sentences, std::string_view part) {
    return std::ranges::any_of(sentences, [&](const std::string& sentence) {
      return sentence.find(part) != std::string::npos;
    });
  }

  Office office_;
};

}  // namespace meldpunt::client::test
