// An office with two coordinators and some cases, for tests of what happens to keys over months.
#pragma once

#include <gtest/gtest.h>

#include "client/lib/recovery.h"
#include "client/lib/vault_renewal.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {

class TwoDesks : public testing::Test {
 protected:
  explicit TwoDesks(std::uint8_t cases = 3) {
    office_.enrol_device("deputy");
    for (std::uint8_t i = 1; i <= cases; ++i) send(i);
    must(office_.seat("steward")->duty.take_in());
    must(synced("deputy"));
  }

  void send(std::uint8_t number) {
    office_.send(office_.report(static_cast<std::uint8_t>(number * 0x10), number));
  }
  Outcome<std::unique_ptr<Seat>> synced(const std::string& name) {
    auto seat = office_.seat(name);
    if (const auto done = seat->casework->sync(); !done) return pass_on(done.error());
    return seat;
  }
  Outcome<VaultRenewed> renew(const std::string& name, VaultReason reason = VaultReason::at_once) {
    const auto seat = office_.seat(name);
    return renew_vault(seat->home, *seat->casework, seat->staff, office_.clock.now(), reason);
  }
  // The case of report `number`.
  static crypto::CaseId case_of(Seat& seat, std::uint8_t number) {
    for (const auto& [id, entry] : seat.casework->index().cases()) {
      for (const auto& report : entry.reports) {
        if (report.id == id_of<crypto::ReportId>(number)) return id;
      }
    }
    throw std::runtime_error("no such case");
  }
  [[nodiscard]] crypto::MailboxName slot(const crypto::CaseId& subject) const {
    return crypto::slot_of(subject, office_.pin.region).bytes;
  }
  // How many cases that device can read to the last word.
  std::size_t readable(Seat& seat) {
    std::size_t count = 0;
    for (const auto& [id, entry] : seat.casework->index().cases()) {
      if (entry.readable && seat.casework->story(id)) ++count;
    }
    return count;
  }
  std::size_t readable(const std::string& name) { return readable(*must(synced(name))); }

  // As `erase` does it: the slot first, then the event with both statements.
  static crypto::Erasure statement(Seat& first, Seat& second, const crypto::CaseId& subject,
                                   std::uint64_t version) {
    const auto& region = first.home.pin().region;
    const auto name = crypto::slot_of(subject, region).bytes;
    const auto body = crypto::erase_statement(name, version);
    const auto sign = [&](const Seat& seat) {
      return crypto::Countersignature{seat.home.keys().id,
                                      seat.home.keys().signing.sign("erase slot", region, body)};
    };
    return {subject, version, {sign(first), sign(second)}};
  }
  void erase_slot(Seat& by, const crypto::Erasure& erasure) {
    const auto done = must(by.staff.ask(crypto::Erase{
        crypto::MailboxKind::slot, slot(erasure.subject), erasure.version, erasure.signatures}));
    ASSERT_TRUE(done.status == crypto::Status::ok || done.status == crypto::Status::same);
  }
  static void journal_erasure(Seat& by, const crypto::Erasure& erasure) {
    must(by.casework->append([&]() -> Outcome<std::optional<Draft>> {
      if (by.casework->vault_history().erasure_of(erasure.subject) != nullptr) return std::nullopt;
      return Draft{crypto::EventKind::erasure, {}, *crypto::encode(erasure), std::nullopt};
    }));
  }
  void erase(Seat& by, Seat& with, const crypto::CaseId& subject) {
    const auto erasure =
        statement(by, with, subject, office_.server.slots().at(slot(subject)).first);
    erase_slot(by, erasure);
    journal_erasure(by, erasure);
  }

  Office office_;
};

}  // namespace meldpunt::client::test
