#include <algorithm>

#include "client/lib/pieces.h"
#include "client/lib/releases.h"

namespace meldpunt::client {

Outcome<void> Releases::put(const crypto::Device& forwarder, const crypto::Device& receiver,
                            crypto::ObjectKind kind, crypto::Bytes content) {
  const DeviceKeys& keys = home_.keys();
  auto boxed = crypto::seal_to_device(kind, content, receiver, keys.id, keys.signing, region());
  if (!boxed) return problem(EX_SOFTWARE, "the release", boxed.error());
  const auto response = line_.ask(crypto::Put{
      crypto::MailboxKind::box, crypto::box_of(forwarder.id), 0, 0, {}, std::move(*boxed)});
  if (!response) return pass_on(response.error());
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("put the release into the forwarder's box", response->status);
  }
  return {};
}

// One object, or a manifest and its parts; how many there were.
Outcome<std::size_t> Releases::put_all(const crypto::Device& forwarder,
                                       const crypto::Device& receiver, crypto::Bytes release) {
  const auto pieces = pieces_of(crypto::ObjectKind::release, crypto::PartsKind::release, release);
  if (!pieces) return pass_on(pieces.error());
  for (const Piece& piece : *pieces) {
    const auto done = put(forwarder, receiver, piece.kind, piece.content.view());
    if (!done) return pass_on(done.error());
  }
  return pieces->size();
}

Outcome<SentRelease> Releases::send(const JournaledRelease& release, const std::string& receiver) {
  const crypto::Day today = day_of(clock_.now());
  const auto find = [&](crypto::DeviceRole role, const std::string& name) -> const crypto::Device* {
    const auto& devices = casework_.rosters().newest().devices;
    const auto found = std::ranges::find_if(devices, [&](const crypto::Device& device) {
      return device.role == role && device.valid_on(today) && (name.empty() || device.name == name);
    });
    return found == devices.end() ? nullptr : &*found;
  };
  const auto* to = find(crypto::DeviceRole::receiver, receiver);
  const auto* through = find(crypto::DeviceRole::forwarder, {});
  if (to == nullptr || through == nullptr) {
    return problem(EX_CONFIG,
                   std::string("the release is in the journal and was not sent: no ") +
                       (to == nullptr ? "receiver of trends" : "forwarder") +
                       " is enrolled today. Have the steward enrol it, and run the command again");
  }
  const auto objects = put_all(*through, *to, release.bytes);
  if (!objects) return pass_on(objects.error());
  return SentRelease{to->name, *objects};
}

}  // namespace meldpunt::client
