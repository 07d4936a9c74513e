// A region with a partner: an office in which an organisation's device and an approver's are
// enrolled, and a case whose reporter can be asked for consent.
#pragma once

#include "client/lib/consenting.h"
#include "client/lib/countersigning.h"
#include "client/lib/escalating.h"
#include "client/lib/inbox.h"
#include "client/lib/tasks.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {

inline const std::string partner_device = "KADERA desk";

// A partner's device at work.
struct Desk {
  Desk(const Path& path, FakeServer& server, FakeClock& clock)
      : home(must(Home::open(path, crypto::as_bytes(passphrase)))),
        line(server.line(home.keys().curve.public_key())),
        notices(home.pin(), clock),
        staff(*line, notices, clock),
        inbox(must(Inbox::open(home, staff, clock))) {}

  Home home;
  std::unique_ptr<Line> line;
  NoticeSource notices;
  StaffLine staff;
  std::unique_ptr<Inbox> inbox;
};

// Nothing unread in it keeps it from being erased any more.
inline void answer_reporter(Casework& casework, const crypto::CaseId& subject) {
  must(casework.reply(subject, {crypto::ReplyStatus::answer, false, "", "Thank you.", {}}));
}

class PartnerOffice : public Office {
 public:
  PartnerOffice() {
    enrol_device(partner_device, crypto::DeviceRole::partner);
    enrol_device("approver", crypto::DeviceRole::approver);
    send(report(0x10, 1, {{"age_class", {"ADULT"}}, {"need", {"P1.SHELTER"}}}));
    round("steward");
    const auto steward = seat("steward");
    must(steward->casework->sync());
    subject = steward->casework->index().cases().begin()->first;
  }

  [[nodiscard]] crypto::Hour now() const { return hour_of(clock.now()); }
  [[nodiscard]] std::unique_ptr<Desk> desk(const std::string& name = partner_device) {
    return std::make_unique<Desk>(path_of(name), server, clock);
  }
  // Intake, staff's box, and what waits for partners' boxes, by a fresh process.
  std::vector<std::string> round(const std::string& name) {
    const auto on_duty = seat(name);
    must(on_duty->duty.take_in());
    must(on_duty->duty.take_staff_box());
    return on_duty->duty.take_alarms();
  }

  [[nodiscard]] static crypto::ConsentQuestion question() {
    return {{}, "KADERA", "REFER", {"age_class", "need"}};
  }
  [[nodiscard]] static EscalationDraft draft() {
    EscalationDraft made;
    made.recipient = "KADERA";
    made.purpose = "REFER";
    made.fields = {{"age_class", "ADULT"}, {"need", "P1.SHELTER"}};
    return made;
  }
  [[nodiscard]] static EscalationDraft override_draft() {
    EscalationDraft made = draft();
    made.without_consent = crypto::Override{"VITAL", "in danger tonight", {}};
    return made;
  }

  crypto::ConsentId ask() {
    const auto steward = seat("steward");
    must(steward->casework->sync());
    return must(ask_consent(*steward->casework, subject, question(), "May we?", false));
  }
  // What the reporter sends in a visit of her own, at this hour.
  void answer(const crypto::ConsentId& id, crypto::ConsentChoice choice, std::uint8_t number,
              std::uint8_t thread = 0x10) {
    auto made = report(thread, number);
    made.kind = crypto::ReportKind::consent_answer;
    made.body = crypto::ConsentAnswer{id, choice, ""};
    send(made);
    round("steward");
  }
  crypto::ConsentId consented() {
    const auto id = ask();
    answer(id, crypto::ConsentChoice::given, 2);
    return id;
  }
  // By a fresh process; carried at once.
  crypto::Escalation escalate(const EscalationDraft& of = draft()) {
    const auto steward = seat("steward");
    must(steward->casework->sync());
    const auto made = must(prepare_escalation(*steward->casework, subject, of, now()));
    must(commit_escalation(*steward->casework, subject, made));
    must(carry(*steward->casework, steward->staff, now()));
    return made;
  }
  // Puts whatever a coordinator's device could seal into the partner's box.
  void put_to_partner(crypto::ObjectKind kind, crypto::Bytes content,
                      const std::string& from = "steward") {
    const auto giver = seat(from);
    must(giver->casework->sync());
    const auto device = devices_of(giver->casework->rosters(), "KADERA", crypto::day_of(now()));
    must(put_into_box(giver->home, giver->staff, device.at(0), kind, content));
  }

  crypto::CaseId subject;
};

}  // namespace meldpunt::client::test
