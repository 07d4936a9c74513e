// The policy of each mailbox kind: who may do what (DESIGN 4). There is one table, and one question
// asked of it; what an allowed request then does is the dispatcher's.
#pragma once

#include <optional>

#include "crypto/hierarchy.h"
#include "crypto/wire/messages.h"
#include "server/storage/store.h"

namespace meldpunt::server {

enum class Door : std::uint8_t { reporters, staff };

// Who asks. A device is known by its CURVE key on the staff door, and only while the roster in
// force has it; on the reporters' door everyone is a stranger.
struct Caller {
  Door door = Door::reporters;
  const crypto::Device* device = nullptr;  // valid today, or null

  [[nodiscard]] bool is_coordinator() const {
    return device != nullptr && device->role == crypto::DeviceRole::coordinator;
  }
  [[nodiscard]] bool is_steward() const { return is_coordinator() && device->steward; }
};

enum class Access : std::uint8_t {
  nobody,
  anyone,
  device,      // any device of the roster
  addressee,   // boxes: coordinators into any, every device into the staff's
  staff_only,  // boxes: coordinators, of the staff's
  owner,       // boxes: whose name it is; the staff's: coordinators
  coordinator,
  steward,
};

struct Policy {
  MailboxKind kind;
  Access put;
  Access get;
  Access take;  // and acknowledge, release
  Access burn;
  Access erase;
  Rule rule;  // what a put does to the row
};

[[nodiscard]] const Policy& policy_of(MailboxKind kind);

[[nodiscard]] bool allowed(const Caller& caller, crypto::Verb verb, MailboxKind kind,
                           const MailboxName& name);

}  // namespace meldpunt::server
