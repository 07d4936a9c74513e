// What a steward hands to the server, as a file: bundles and rosters as they would be put. Founding
// makes one for the operator; a renewal makes one for itself, so that it can be finished after a
// kill, and for the operator when the server has no bundle left to be reached with.
//
//   one after another:  mailbox kind 1 | position 8 | length 4 | bytes
#pragma once

#include <vector>

#include "client/lib/file.h"
#include "crypto/hierarchy.h"
#include "crypto/wire/messages.h"

namespace meldpunt::client {

struct FoundingRecord {
  crypto::MailboxKind kind{};
  std::uint64_t position = 0;
  crypto::Buffer bytes;
};

// A roster in parts: the manifest last, so that whoever sees it finds every part.
Outcome<std::vector<FoundingRecord>> roster_records(std::uint32_t number,
                                                    crypto::Bytes signed_roster);

void add_to_founding(crypto::Buffer& file, crypto::MailboxKind kind, std::uint64_t position,
                     crypto::Bytes bytes);
Outcome<void> add_roster_to_founding(crypto::Buffer& file, std::uint32_t number,
                                     crypto::Bytes signed_roster);
[[nodiscard]] crypto::Buffer encode(const std::vector<FoundingRecord>& records);
// EX_DATAERR for anything but such a file.
Outcome<std::vector<FoundingRecord>> read_founding_file(crypto::Bytes file);

}  // namespace meldpunt::client
