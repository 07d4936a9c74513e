#include "client/lib/vault_chain.h"

#include <algorithm>

#include "crypto/case_events.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

struct Found {
  crypto::Buffer event;    // the one asked for; empty beyond the head
  std::uint64_t head = 0;  // of the journal
};

Outcome<Found> fetch(StaffLine& line, std::uint64_t position) {
  const auto response = line.ask(crypto::Get{crypto::MailboxKind::journal, {}, position});
  if (!response) return pass_on(response.error());
  Found found;
  found.head = response->position;
  if (response->status == crypto::Status::nothing) return found;
  if (response->status != crypto::Status::ok) {
    return unexpected_status("read the journal", response->status);
  }
  const crypto::Bytes event = crypto::Reader(response->payload).field();
  found.event.assign(event.begin(), event.end());
  return found;
}

tl::unexpected<Problem> broken_chain(crypto::VaultVersion version) {
  return problem(EX_PROTOCOL,
                 "the journal on the server does not say how its version " +
                     std::to_string(version) +
                     " began: tell your steward; a device that was there before reads on");
}

// The first event of that version or a later one: versions never fall.
Outcome<crypto::Buffer> first_of(StaffLine& line, crypto::VaultVersion version) {
  const auto probe = fetch(line, 1);
  if (!probe) return pass_on(probe.error());
  std::uint64_t low = 1;
  std::uint64_t high = probe->head + 1;
  crypto::Buffer found;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    auto there = fetch(line, middle);
    if (!there) return pass_on(there.error());
    const auto of_event = crypto::vault_version_of_event(there->event);
    if (!of_event) return broken_chain(version);
    if (*of_event >= version) {
      high = middle;
      found = std::move(there->event);
    } else {
      low = middle + 1;
    }
  }
  return found;
}

// The secret before `vault`, without its vault key; cannot_open when another secret of that version
// began it.
crypto::Result<crypto::VaultSecret> secret_before(crypto::Bytes event,
                                                  const crypto::VaultSecret& vault,
                                                  const crypto::RegionId& region) {
  const auto outer = crypto::detail::decrypt_event(event, vault, region);
  if (!outer) return crypto::fail(outer.error());
  if (outer->outer.head.kind != crypto::EventKind::vault) {
    return crypto::fail(crypto::Error::malformed);
  }
  const auto content =
      crypto::open_content(outer->outer, crypto::region_content_key(vault, region), region);
  if (!content) return crypto::fail(content.error());
  auto changed = crypto::decode_vault_changed(content->view());
  if (!changed) return crypto::fail(changed.error());
  if (changed->before + 1 != vault.version) return crypto::fail(crypto::Error::malformed);
  return crypto::VaultSecret{changed->before, std::nullopt, std::move(changed->journal_key)};
}

// By whichever of this device's secrets of that version fits.
std::optional<crypto::VaultSecret> secret_before(const crypto::Buffer& event, const Home& home,
                                                 crypto::VaultVersion version) {
  for (const auto& vault : home.keyring().vaults) {
    if (vault.version != version) continue;
    auto secret = secret_before(event, vault, home.pin().region);
    if (secret) return std::move(*secret);
  }
  return std::nullopt;
}

}  // namespace

Outcome<void> unroll_vault(Home& home, StaffLine& line, crypto::VaultVersion version) {
  while (home.keyring().vault(version) == nullptr) {
    const auto newer = std::ranges::find_if(
        home.keyring().vaults, [&](const auto& vault) { return vault.version > version; });
    if (newer == home.keyring().vaults.end()) return {};
    const crypto::VaultVersion next = newer->version;
    const auto event = first_of(line, next);
    if (!event) return pass_on(event.error());
    auto before = secret_before(*event, home, next);
    if (!before) return broken_chain(next);
    const auto kept =
        home.change_keyring([&](Keyring& keyring) { return keyring.add(std::move(*before)); });
    if (!kept) return pass_on(kept.error());
  }
  return {};
}

}  // namespace meldpunt::client
