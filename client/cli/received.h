// An entry of what a receiver took in, for a person and for a script.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "client/lib/receipt_names.h"
#include "client/lib/receiver_store.h"

namespace meldpunt::client {

[[nodiscard]] std::string line_of(const std::string& region, const ReceivedEntry& entry);
[[nodiscard]] nlohmann::json json_of(const std::string& region, const ReceivedEntry& entry);

}  // namespace meldpunt::client
