// Everything that meldpunt-gateway can be told, and what each instance takes where nothing is said.
//
// Two instances run beside each other: `reporters`, which anyone may reach, and `staff`, where a
// few known devices stream a journal. The name chooses the defaults; any of them can be set by
// itself.
#pragma once

#include "config/options.h"

namespace meldpunt::config {

struct GatewayOption {
  std::string_view name;
  Type type = Type::text;
  std::string_view reporters;  // default of this instance
  std::string_view staff;      // and of this one
  std::string_view help;
};

inline constexpr std::array gateway_settings{
    GatewayOption{"instance", Type::text, "reporters", "staff",
                  "Which defaults to use: reporters or staff."},
    GatewayOption{"listen", Type::text, "tcp://127.0.0.1:7700", "tcp://127.0.0.1:7701",
                  "Where clients connect: tcp://ADDRESS:PORT or unix:///PATH."},
    GatewayOption{"listen-proxied", Type::text, "", "",
                  "A second place, where every connection begins with a PROXY header (Tor's "
                  "HiddenServiceExportCircuitID haproxy, or a load balancer)."},
    GatewayOption{"daemon", Type::text, "ipc:///run/meldpunt/reporters.sock",
                  "ipc:///run/meldpunt/staff.sock", "The unix socket where meldpuntd listens."},
    GatewayOption{"metrics-port", Type::number, "9701", "9702",
                  "Port on 127.0.0.1 for Prometheus; 0 turns it off."},
    GatewayOption{"connections", Type::number, "4096", "128",
                  "Connections at once; needs twice as many open files."},
    GatewayOption{"unanswered", Type::number, "2", "2",
                  "Full frames one connection may have unanswered."},
    GatewayOption{"small-frames", Type::number, "64", "64",
                  "Small frames one connection may send between two answers."},
    GatewayOption{"burst", Type::number, "8", "512",
                  "Full frames one connection may send at once: one visit."},
    GatewayOption{"frame-interval-ms", Type::milliseconds, "1000", "5",
                  "And then one full frame per this many milliseconds."},
    GatewayOption{"handshake-ms", Type::milliseconds, "10000", "10000",
                  "Time for the greeting, and again for the handshake."},
    GatewayOption{"idle-ms", Type::milliseconds, "60000", "900000",
                  "Time without a full frame before a cut."},
    GatewayOption{"drain-ms", Type::milliseconds, "30000", "30000",
                  "Time a client may take to read what is ready for it."},
    GatewayOption{"socket-buffer", Type::number, "32768", "32768", "Bytes of each kernel buffer."},
    GatewayOption{"dial-burst", Type::number, "256", "64",
                  "Connections made to the daemon at once."},
    GatewayOption{"dial-interval-ms", Type::milliseconds, "5", "20",
                  "And then one connection per this many milliseconds."},
    GatewayOption{"turn-ms", Type::milliseconds, "5000", "1000",
                  "A source that connects more often than this comes after newcomers."},
    GatewayOption{"memory-ms", Type::milliseconds, "30000", "30000",
                  "How long a source is held back at most."},
};

inline constexpr std::array gateway_deeds{
    Option{"config", Type::path, "", "A file with these options, one NAME = VALUE a line."},
    deed("check-config", Type::flag, "Read the options, say what is wrong, and end."),
    deed("print-example", Type::flag, "Print a configuration file with every default, and end."),
    deed("version", Type::flag, "Print the version, and end."),
    deed("help", Type::flag, "Print this, and end."),
};

constexpr auto gateway_table(std::string_view GatewayOption::*instance) {
  std::array<Option, gateway_settings.size()> rows{};
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const GatewayOption& from = gateway_settings[at];
    rows[at] = {from.name, from.type, from.*instance, from.help};
  }
  return join(rows, gateway_deeds);
}

inline constexpr auto gateway_reporters_options = gateway_table(&GatewayOption::reporters);
inline constexpr auto gateway_staff_options = gateway_table(&GatewayOption::staff);

}  // namespace meldpunt::config
