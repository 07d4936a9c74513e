// `meldpunt doctor`: what is wrong with pin, keys, clock, connection or photos, and what to do
// about it; with --page with a served page, and with --home with that device, whose journal ends in
// five words. On the line to the region's server it is a visit like any other.
#pragma once

#include "client/cli/command.h"
#include "client/cli/finding.h"
#include "client/lib/image_program.h"

namespace meldpunt::client {

Outcome<void> doctor(Call& call);
[[nodiscard]] config::Table doctor_options();

// Whether photos can be made anew on this device. Text goes without.
[[nodiscard]] Finding examine_photos(const ImageProgram& program, Clock& clock);

}  // namespace meldpunt::client
