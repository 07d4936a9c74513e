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
                  "Where clients connect over ZeroMQ: tcp://ADDRESS:PORT or unix:///PATH; none "
                  "turns it off."},
    GatewayOption{"listen-proxied", Type::text, "", "",
                  "A second place, where every connection begins with a PROXY header (Tor's "
                  "HiddenServiceExportCircuitID haproxy, or a load balancer)."},
    GatewayOption{"daemon", Type::text, "ipc:///run/meldpunt/reporters.sock",
                  "ipc:///run/meldpunt/staff.sock",
                  "The unix socket where meldpuntd listens. For the web alone (listen = none) also "
                  "tcp://ADDRESS:PORT, another gateway that stands before it."},
    GatewayOption{
        "http-listen", Type::text, "", "",
        "Where browsers, or the reverse proxy that ends their TLS, connect over HTTP/1.1: "
        "tcp://ADDRESS:PORT or unix:///PATH; empty turns the web off."},
    GatewayOption{"http-listen-proxied", Type::text, "", "",
                  "A second place for the web, where every connection begins with a PROXY header."},
    GatewayOption{
        "page", Type::path, "", "",
        "Directory of the built page: page.html, page.html.gz, page.html.br, page.headers. "
        "Empty: frames are passed and no page is shown."},
    GatewayOption{"path", Type::text, "/", "/",
                  "The one path of the page and of its frames; everything else is not found."},
    GatewayOption{"pin", Type::path, "", "",
                  "The region's pin, for the daemon's key; needed with http-listen."},
    GatewayOption{
        "daemon-connections", Type::number, "48", "8",
        "Connections to the daemon that all web visitors share, one frame at a time each."},
    GatewayOption{
        "daemon-answer-ms", Type::milliseconds, "15000", "15000",
        "How long a web visitor's frame waits for its answer; then it gets random bytes."},
    GatewayOption{"metrics-port", Type::number, "9701", "9702",
                  "Port on 127.0.0.1 for Prometheus; 0 turns it off."},
    GatewayOption{"connections", Type::number, "4096", "128",
                  "Connections at once; needs twice as many open files."},
    GatewayOption{"web-connections", Type::number, "1024", "128",
                  "Connections from the web at once."},
    GatewayOption{"http-head-ms", Type::milliseconds, "10000", "10000",
                  "Time for the head of a request, from its first byte."},
    GatewayOption{"http-body-ms", Type::milliseconds, "30000", "30000",
                  "Time for the frame that follows it."},
    GatewayOption{"http-send-ms", Type::milliseconds, "600000", "600000",
                  "Time for taking one answer, which may be the whole page."},
    GatewayOption{"unanswered", Type::number, "2", "2",
                  "Full frames one connection may have unanswered."},
    GatewayOption{"small-frames", Type::number, "64", "64",
                  "Small frames one connection may send between two answers."},
    GatewayOption{"burst", Type::number, "8", "512",
                  "Full frames, or requests, one connection may send at once: one visit."},
    GatewayOption{"frame-interval-ms", Type::milliseconds, "1000", "5",
                  "And then one per this many milliseconds."},
    GatewayOption{"handshake-ms", Type::milliseconds, "10000", "10000",
                  "Time for the greeting, and again for the handshake."},
    GatewayOption{"idle-ms", Type::milliseconds, "60000", "900000",
                  "Time without a full frame, or between two requests, before a cut."},
    GatewayOption{"drain-ms", Type::milliseconds, "30000", "30000",
                  "Time a client may take to read what is ready for it."},
    GatewayOption{"socket-buffer", Type::number, "32768", "32768", "Bytes of each kernel buffer."},
    GatewayOption{"dial-burst", Type::number, "256", "64", "Connections let in at once."},
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
