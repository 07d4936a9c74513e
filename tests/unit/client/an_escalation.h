// A region with a partner, and what tests of escalations ask of it.
#pragma once

#include <gtest/gtest.h>

#include "client/lib/escalation_words.h"
#include "tests/support/partner_desk.h"

namespace meldpunt::client::test {

using crypto::ConsentChoice;
using crypto::ObjectKind;
using crypto::Said;

class AnEscalation : public testing::Test {
 protected:
  // What a fresh process says of it.
  std::string state(const crypto::EscalationId& id) {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    const auto* entry = seat->casework->escalations().find(id);
    return entry == nullptr ? "unknown" : std::string(state_of(*entry, office_.now()));
  }
  std::vector<TaskKind> tasks() {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    std::vector<TaskKind> kinds;
    for (const Task& task : tasks_of(*seat->casework, Terms::as_shipped(), office_.now()))
      kinds.push_back(task.kind);
    return kinds;
  }
  InboxCounts collect(const std::string& device = partner_device) {
    const auto desk = office_.desk(device);
    const auto counts = must(desk->inbox->collect());
    said_ = desk->inbox->take_announcements();
    return counts;
  }
  bool said(std::string_view part) const {
    return std::ranges::any_of(
        said_, [&](const auto& line) { return line.find(part) != std::string::npos; });
  }
  // The last one that the inbox holds.
  InboxEntry held() {
    const auto desk = office_.desk();
    return desk->inbox->entries().empty() ? InboxEntry{} : desk->inbox->entries().begin()->second;
  }
  // An escalation that a coordinator's device made with other tools than ours: changed, and signed
  // again.
  crypto::Escalation made(const std::function<void(crypto::Escalation&)>& change,
                          EscalationDraft of = PartnerOffice::draft()) {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    auto escalation = must(prepare_escalation(*seat->casework, office_.subject, of, office_.now()));
    change(escalation);
    const auto& keys = seat->home.keys();
    escalation.sender = crypto::sign_escalation(crypto::body_of(escalation)->view(), keys.id,
                                                keys.signing, office_.pin.region);
    return escalation;
  }
  void put(const crypto::Escalation& escalation, const std::string& from = "steward") {
    office_.put_to_partner(ObjectKind::escalation, crypto::encode(escalation)->view(), from);
  }
  void expect_refused(const crypto::Escalation& escalation, std::string_view why) {
    SCOPED_TRACE(why);
    put(escalation);

    EXPECT_EQ(collect().refused, 1U);

    EXPECT_TRUE(said(why)) << (said_.empty() ? "silent" : said_.back());
    EXPECT_EQ(office_.server.boxed(), 0U) << "nothing is answered, nothing stays";
    EXPECT_FALSE(office_.desk()->inbox->entries().contains(escalation.id));
  }

  PartnerOffice office_;
  std::vector<std::string> said_;
};

}  // namespace meldpunt::client::test
