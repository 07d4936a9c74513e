#include "crypto/hierarchy.h"
#include "tests/vectors/cases.h"

namespace meldpunt::crypto::vectors {

Outcome check_pin(const Vector& vector) {
  const auto first = trust_pin(vector.bytes("pin"));
  if (!first) return fail(first.error());
  const auto pin = vector.has("next pin") ? follow_pin(vector.bytes("next pin"), *first) : first;
  if (!pin) return fail(pin.error());
  return Comparison(vector)
      .number("number", pin->number)
      .same("region", pin->region.view())
      .same("name", pin->name)
      .same("root", pin->root.view())
      .same("next root", pin->next_root.view())
      .same("reporters", pin->endpoints.reporters)
      .same("staff", pin->endpoints.staff)
      .same("server", pin->server.view())
      .outcome();
}

Outcome check_bundle(const Vector& vector) {
  const auto pin = trust_pin(vector.bytes("pin"));
  if (!pin) return fail(pin.error());
  const auto bundle = verify_bundle(vector.bytes("bundle"), *pin);
  if (!bundle) return fail(bundle.error());
  return Comparison(vector)
      .number("day", bundle->day)
      .number("generation", bundle->generation)
      .same("epoch", bundle->epoch.view())
      .same("team", bundle->team.view())
      .same("daemon", bundle->daemon.view())
      .same("reporters", bundle->endpoints.reporters)
      .outcome();
}

Outcome check_roster(const Vector& vector) {
  const auto pin = trust_pin(vector.bytes("pin"));
  if (!pin) return fail(pin.error());
  const auto roster = verify_roster(vector.bytes("roster"), *pin);
  if (!roster) return fail(roster.error());
  if (roster->devices.empty()) return fail(Error::incomplete);
  return Comparison(vector)
      .number("number", roster->number)
      .number("issued", roster->issued)
      .number("devices", roster->devices.size())
      .same("hash", hash_of_roster(vector.bytes("roster")).view())
      .same("first device", roster->devices.front().id.view())
      .same("first name", roster->devices.front().name)
      .outcome();
}

Outcome check_enrolment(const Vector& vector) {
  const auto enrolment = verify_enrolment(vector.bytes("enrolment"), vector.id<RegionId>("region"));
  if (!enrolment) return fail(enrolment.error());
  const Device& device = enrolment->device;
  return Comparison(vector)
      .same("device", device.id.view())
      .same("name", device.name)
      .same("signing", device.signing.view())
      .same("sealing", device.sealing.view())
      .same("curve", device.curve.view())
      .outcome();
}

}  // namespace meldpunt::crypto::vectors
