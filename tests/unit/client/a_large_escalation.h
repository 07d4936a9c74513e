// An escalation that needs five parts, and what tests of it ask.
#pragma once

#include "client/lib/approving.h"
#include "client/lib/pieces.h"
#include "tests/unit/client/an_escalation.h"

namespace meldpunt::client::test {

// A text of its own at every place, so that no part can stand for another.
inline std::string long_text(std::size_t size) {
  std::string text;
  for (int i = 0; text.size() < size; ++i) text += "line " + std::to_string(i) + " of it\n";
  text.resize(size);
  return text;
}

class ALargeEscalation : public AnEscalation {
 protected:
  static constexpr std::size_t size_of_text = 60'000;
  static constexpr std::size_t parts = 5;

  static EscalationDraft with_text(EscalationDraft draft) {
    draft.fields[1].value = long_text(size_of_text);
    return draft;
  }
  static EscalationDraft draft() { return with_text(PartnerOffice::draft()); }
  static EscalationDraft override_draft() { return with_text(PartnerOffice::override_draft()); }

  // What an approver's device does with its box: the escalations that it signed.
  std::vector<crypto::Escalation> approve() {
    const auto desk = office_.desk("approver");
    auto rosters = must(RosterHistory::open(desk->home));
    must(rosters.refresh(desk->staff));
    Approving approving(desk->home, desk->staff, rosters, office_.clock);
    std::vector<crypto::Escalation> shown;
    for (const auto& request : must(approving.collect())) {
      must(approving.sign(request));
      shown.push_back(std::get<crypto::Escalation>(request.request));
    }
    must(approving.leave_rest());
    return shown;
  }
  static std::vector<Piece> pieces_of(const crypto::Escalation& escalation) {
    return must(client::pieces_of(ObjectKind::escalation, crypto::PartsKind::escalation,
                                  crypto::encode(escalation)->view(), crypto::escalation_in_one));
  }
  void put(const Piece& piece, const std::string& from = "steward") {
    office_.put_to_partner(piece.kind, piece.content.view(), from);
  }
  [[nodiscard]] Path parts_of(const std::string& device) const {
    return office_.path_of(device) / "parts";
  }
  [[nodiscard]] std::size_t files(const std::string& device = partner_device) const {
    std::error_code none;
    const std::filesystem::directory_iterator all(parts_of(device), none);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
  void expect_held(const crypto::Escalation& made) {
    const auto desk = office_.desk();
    const auto found = desk->inbox->entries().find(made.id);
    ASSERT_NE(found, desk->inbox->entries().end());
    EXPECT_TRUE(crypto::equal_bytes(crypto::encode(found->second.escalation)->view(),
                                    crypto::encode(made)->view()));
  }
};

}  // namespace meldpunt::client::test
