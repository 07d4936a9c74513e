// What needs two people: an escalation without consent, erasing a case or striking from it, closing
// the case of a minor, and releasing figures.
//
// The first person's deed is a proposal in the journal. The second is a coordinator, who signs from
// the journal, or an approver, whose device is sent exactly what it signs and answers through the
// staff's box. The two must be different devices; both signatures are checked before anything is
// done with them.
#pragma once

#include "client/lib/casework.h"

namespace meldpunt::client {

// What came of a second signature.
enum class SecondOutcome : std::uint8_t {
  done,
  known,         // it was done before, or there is nothing that waits for it
  outdated,      // it has changed since (a new key, a new message): it must be proposed again
  not_believed,  // not a signature over what was proposed, or by who proposed it
};

// The first person's half of erasing a case, or of striking something from it (redaction.h, which
// checks the strikes). EX_NOINPUT when there is no such case, EX_NOPERM when two people have agreed
// on striking before and that is not finished, and for all of it while its newest message is unread
// (recording.h).
Outcome<void> propose_erasure(Casework& casework, StaffLine& line, const crypto::CaseId& subject,
                              const std::string& reason, std::vector<crypto::Strike> strikes = {});
// Puts the request into the box of every approver's device of today. Returns how many were asked.
Outcome<std::size_t> ask_approvers(const Casework& casework, StaffLine& line,
                                   const crypto::ToCountersign& request, crypto::Hour now);
// Of what was proposed; none are asked when nothing waits.
Outcome<std::size_t> ask_to_countersign_erasure(Casework& casework, StaffLine& line,
                                                const crypto::CaseId& subject, crypto::Hour now);

// A second signature that came: for an escalation it is sent (or reviewed), for an erasure the slot
// is erased and the journal says so; a closing or a release has it written down.
Outcome<SecondOutcome> take_second(Casework& casework, StaffLine& line,
                                   const crypto::SecondSignature& second,
                                   const crypto::DeviceId& from, crypto::Hour now);

// What an answer to that request names, still without a signature.
[[nodiscard]] crypto::SecondSignature answered_by_second(const crypto::ToCountersign& request);
// Signs as the second person, with this device's key.
Outcome<crypto::SecondSignature> sign_second(const Home& home,
                                             const crypto::ToCountersign& request);

// What waits for a second person, as it would be sent to an approver.
Outcome<std::vector<crypto::ToCountersign>> waiting_for_second(Casework& casework);
[[nodiscard]] crypto::DeviceId proposer_of(const crypto::ToCountersign& request);
// Whether that device is a coordinator's or an approver's, and valid at that hour.
[[nodiscard]] bool may_second(const RosterHistory& rosters, const crypto::DeviceId& device,
                              crypto::Hour now);

// Whether it signed that with a key that it had when it could second something, in the 30 days
// before the hour at which that was journaled: a device that was killed may say only later that it
// was done. Who had been removed by then has signed nothing.
[[nodiscard]] bool signed_when_it_could(const RosterHistory& rosters, crypto::Hour journaled,
                                        const crypto::Countersignature& by, std::string_view label,
                                        const crypto::RegionId& region, crypto::Bytes statement);
// Whether an erasure, journaled at that hour, bears the signatures of two such devices.
[[nodiscard]] bool signed_by_two(const crypto::Erasure& erasure, const RosterHistory& rosters,
                                 crypto::Hour journaled, const crypto::RegionId& region);

}  // namespace meldpunt::client
