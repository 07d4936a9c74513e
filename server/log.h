// The daemon's log: a closed list of events, each with at most one number or one sentence made by
// the store or the start-up. None has a place for message bytes, addresses or IP addresses.
#pragma once

#include <cstdint>
#include <string_view>

namespace meldpunt::server {

enum class Event : std::uint8_t {
  started,  // number: generation
  stopping,
  stopped,        // number: writes since the start
  store_failed,   // sentence of the store
  store_damaged,  // sentence of the background check
  check_passed,
  bundle_missing,   // no bundle for today: no notice, nobody can report
  bundles_run_out,  // number: days left
  bundle_taken,     // number: day
  roster_taken,     // number of the roster
  roster_refused,   // number of the roster
  intake_half_full,
  intake_full,
  digest_full,
  request_key_renewed,
  clock_jumped,
};

void tell(Event event);
void tell(Event event, std::uint64_t number);
// The sentence comes from this program, never from a message.
void tell(Event event, std::string_view sentence);

}  // namespace meldpunt::server
