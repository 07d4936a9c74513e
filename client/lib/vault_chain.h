// From the newest journal key back to the first. A device that is enrolled, or recovered from
// paper, is given the newest vault secret alone; the first event under each version carries the
// journal key of the one before, and the versions stand in clear in the events, in rising order. So
// a few events are fetched ahead of the others, and what they say is checked again when the journal
// is read in order.
#pragma once

#include "client/lib/home.h"
#include "client/lib/staff_line.h"

namespace meldpunt::client {

// Adds the journal key of that version, and of those between it and the next newer one that the
// home has; does nothing when there is no newer one. EX_PROTOCOL when the server's journal does not
// hold what it must.
Outcome<void> unroll_vault(Home& home, StaffLine& line, crypto::VaultVersion version);

}  // namespace meldpunt::client
