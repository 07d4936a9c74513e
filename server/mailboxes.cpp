#include "server/mailboxes.h"

#include <algorithm>
#include <array>

namespace meldpunt::server {

namespace {

using enum Access;

// In the order of the kinds' numbers.
constexpr std::array<Policy, crypto::mailbox_kinds> policies{{
    // kind               put          get          take         burn    erase
    {MailboxKind::intake, anyone, coordinator, coordinator, nobody, nobody, Rule::add},
    {MailboxKind::address, coordinator, anyone, nobody, anyone, nobody, Rule::put_once},
    {MailboxKind::box, addressee, staff_only, owner, nobody, nobody, Rule::add},
    {MailboxKind::journal, coordinator, coordinator, nobody, nobody, nobody, Rule::append},
    {MailboxKind::slot, coordinator, coordinator, nobody, nobody, coordinator, Rule::replace},
    {MailboxKind::notice, steward, device, nobody, nobody, nobody, Rule::supersede},
    {MailboxKind::roster, steward, device, nobody, nobody, nobody, Rule::supersede},
    {MailboxKind::duty, nobody, nobody, coordinator, nobody, nobody, Rule::add},
}};

Access needed(const Policy& policy, crypto::Verb verb) {
  switch (verb) {
    case crypto::Verb::put:
      return policy.put;
    case crypto::Verb::get:
      return policy.get;
    case crypto::Verb::take:
    case crypto::Verb::acknowledge:
    case crypto::Verb::release:
      return policy.take;
    case crypto::Verb::burn:
      return policy.burn;
    case crypto::Verb::erase:
      return policy.erase;
  }
  return nobody;
}

}  // namespace

const Policy& policy_of(MailboxKind kind) { return policies[static_cast<std::size_t>(kind) - 1]; }

bool allowed(const Caller& caller, crypto::Verb verb, MailboxKind kind, const MailboxName& name) {
  const bool to_staff = name == crypto::staff_box();
  switch (needed(policy_of(kind), verb)) {
    case nobody:
      return false;
    case anyone:
      return true;
    case device:
      return caller.device != nullptr;
    case addressee:
      return caller.is_coordinator() || (to_staff && caller.device != nullptr);
    case staff_only:
      return to_staff && caller.is_coordinator();
    case owner:
      if (to_staff) return caller.is_coordinator();
      return caller.device != nullptr && name == crypto::box_of(caller.device->id);
    case coordinator:
      return caller.is_coordinator();
    case steward:
      return caller.is_steward();
  }
  return false;
}

}  // namespace meldpunt::server
