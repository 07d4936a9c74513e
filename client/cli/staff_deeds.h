// The staff's commands, one function each; what they need of the world comes in the call.
#pragma once

#include "client/cli/command.h"

namespace meldpunt::client {

Outcome<void> steward_init(Call& call);
Outcome<void> steward_enrol(Call& call);
Outcome<void> steward_renew(Call& call);
Outcome<void> steward_revoke(Call& call);
Outcome<void> device_renew(Call& call);
Outcome<void> steward_recover(Call& call);
Outcome<void> steward_paper(Call& call);
Outcome<void> device_init(Call& call);
Outcome<void> duty(Call& call);
Outcome<void> open_console(Call& call);
Outcome<void> queue(Call& call);
Outcome<void> next(Call& call);
Outcome<void> cases(Call& call);
Outcome<void> show_case(Call& call);
Outcome<void> reply(Call& call);
Outcome<void> note(Call& call);
Outcome<void> consent(Call& call);
Outcome<void> escalate(Call& call);
Outcome<void> withdraw(Call& call);
Outcome<void> erase(Call& call);
Outcome<void> strike(Call& call);
Outcome<void> countersign(Call& call);
Outcome<void> paper_of_case(Call& call);
Outcome<void> audit(Call& call);
Outcome<void> case_file(Call& call);
Outcome<void> record_change(Call& call);
Outcome<void> merge(Call& call);
Outcome<void> split(Call& call);
Outcome<void> close_a_case(Call& call);
Outcome<void> reopen(Call& call);
Outcome<void> identity(Call& call);
Outcome<void> triage(Call& call);
Outcome<void> checklist(Call& call);
Outcome<void> retention(Call& call);
Outcome<void> show_terms(Call& call);
Outcome<void> tasks(Call& call);
Outcome<void> inbox(Call& call);
Outcome<void> accept(Call& call);
Outcome<void> refuse(Call& call);
Outcome<void> answer(Call& call);
Outcome<void> code(Call& call);
Outcome<void> release(Call& call);
Outcome<void> forward(Call& call);
Outcome<void> receive(Call& call);
Outcome<void> received(Call& call);
Outcome<void> receiver_region(Call& call);

[[nodiscard]] config::Table steward_init_options();
[[nodiscard]] config::Table steward_enrol_options();
[[nodiscard]] config::Table steward_renew_options();
[[nodiscard]] config::Table steward_revoke_options();
[[nodiscard]] config::Table device_renew_options();
[[nodiscard]] config::Table steward_recover_options();
[[nodiscard]] config::Table steward_paper_options();
[[nodiscard]] config::Table device_init_options();
[[nodiscard]] config::Table duty_options();
[[nodiscard]] config::Table console_options();
[[nodiscard]] config::Table case_options();
[[nodiscard]] config::Table reply_options();
[[nodiscard]] config::Table note_options();
[[nodiscard]] config::Table consent_options();
[[nodiscard]] config::Table escalate_options();
[[nodiscard]] config::Table withdraw_options();
[[nodiscard]] config::Table erase_options();
[[nodiscard]] config::Table strike_options();
[[nodiscard]] config::Table countersign_options();
[[nodiscard]] config::Table paper_options_of_case();
[[nodiscard]] config::Table audit_options();
[[nodiscard]] config::Table record_options();
[[nodiscard]] config::Table reason_given_options();
[[nodiscard]] config::Table close_options();
[[nodiscard]] config::Table checklist_options();
[[nodiscard]] config::Table retention_options();
[[nodiscard]] config::Table said_options();
[[nodiscard]] config::Table answer_options();
[[nodiscard]] config::Table code_options();
[[nodiscard]] config::Table release_options();
[[nodiscard]] config::Table forward_options();
[[nodiscard]] config::Table receive_options();
[[nodiscard]] config::Table received_options();
[[nodiscard]] config::Table receiver_region_options();

// What `next` and `case` show: everything in the case. Says that a person has read it.
Outcome<void> show_story(Call& call, class StaffDevice& staff, const crypto::CaseId& subject);

}  // namespace meldpunt::client
