// What each kind of vector asks of the core. A function opens or decodes the vector's object, and
// says why that failed or which value came out otherwise.
#pragma once

#include "tests/vectors/vector.h"

namespace meldpunt::crypto::vectors {

// wire_cases.cpp
Outcome check_hpke(const Vector& vector);
Outcome check_request(const Vector& vector);
Outcome check_response(const Vector& vector);
Outcome check_notice(const Vector& vector);
Outcome check_puzzle(const Vector& vector);
Outcome check_parts(const Vector& vector);

// hierarchy_cases.cpp
Outcome check_pin(const Vector& vector);
Outcome check_bundle(const Vector& vector);
Outcome check_roster(const Vector& vector);
Outcome check_enrolment(const Vector& vector);

// thread_cases.cpp
Outcome check_code(const Vector& vector);
Outcome check_thread(const Vector& vector);
Outcome check_report(const Vector& vector);
Outcome check_reply(const Vector& vector);

// release_cases.cpp
Outcome check_coding(const Vector& vector);
Outcome check_release(const Vector& vector);
Outcome check_release_record(const Vector& vector);
Outcome check_release_event(const Vector& vector);
Outcome check_release_proposal(const Vector& vector);
Outcome check_receipt(const Vector& vector);
Outcome check_delivery(const Vector& vector);

// vault_cases.cpp
Outcome check_event(const Vector& vector);
Outcome check_case_event(const Vector& vector);
Outcome check_slot(const Vector& vector);
Outcome check_grant(const Vector& vector);
Outcome check_key_file(const Vector& vector);
Outcome check_successor(const Vector& vector);

// handover_cases.cpp
Outcome check_escalation(const Vector& vector);
Outcome check_handover(const Vector& vector);
// recovery_cases.cpp
Outcome check_paper_code(const Vector& vector);
Outcome check_recovery(const Vector& vector);

}  // namespace meldpunt::crypto::vectors
