// The files that are written from the tables; a test compares them with what stands in the tree.
#pragma once

#include <string>

namespace meldpunt::config {

[[nodiscard]] std::string server_example();  // config/server.conf.example
// With the defaults of the reporters' instance, or of the staff's.
[[nodiscard]] std::string gateway_example(bool staff = false);  // config/gateway.conf.example
[[nodiscard]] std::string configuration_document();             // docs/configuration.md

}  // namespace meldpunt::config
