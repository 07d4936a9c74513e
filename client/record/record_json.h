// A record's fields as JSON, for its events, for scripts and for the console.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "client/record/record_event.h"

namespace meldpunt::record {

// Strings, lists of strings, true and false; what is empty is left out.
[[nodiscard]] nlohmann::json json_of(const Fields& fields);
// nullopt: not an object, or a member is none of these.
[[nodiscard]] std::optional<Fields> fields_of(const nlohmann::json& object);

// The table of kinds, with labels in both languages and the choices that no scheme has.
[[nodiscard]] nlohmann::json json_of_kinds();

}  // namespace meldpunt::record
