// Everything that meldpuntd can be told.
#pragma once

#include "config/options.h"

namespace meldpunt::config {

inline constexpr std::array server_options{
    Option{"config", Type::path, "", "A file with these options, one NAME = VALUE a line."},
    Option{"pin", Type::path, "", "The region's pin, as the steward published it."},
    Option{"keys", Type::path, "", "The daemon's secret keys (daemon.keys, made by --make-keys)."},
    Option{"founding", Type::path, "",
           "What the steward's ceremony made: first bundles and roster; missing rows are put at "
           "each start."},
    Option{"data", Type::path, "",
           "The directory of the database; only the daemon's user may read it."},
    Option{"run", Type::path, "/run/meldpunt",
           "The directory of the two sockets, reporters.sock and staff.sock (mode 0700)."},
    Option{
        "reporters-endpoint", Type::text, "",
        "Where the reporters' gateway connects, when not ipc in the run directory; loopback only."},
    Option{"staff-endpoint", Type::text, "",
           "Where the staff gateway connects, when not ipc in the run directory; loopback only."},
    Option{"metrics", Type::number, "9700", "Port on 127.0.0.1 for Prometheus; 0 turns it off."},
    Option{"tick-seconds", Type::seconds, "600",
           "How long a notice stays the same; shorter than 60 is for demonstrations and tests."},
    Option{"hold-ms", Type::milliseconds, "250",
           "Answers to reporters leave at whole multiples of this after the request came."},
    Option{"workers", Type::number, "0", "Threads that open requests; 0 takes one per core."},
    Option{"quota", Type::number, "50000",
           "Reports that may wait; the puzzle begins at half, and above it the answer is busy."},
    Option{"queue", Type::number, "1024", "Requests that may wait inside the daemon at once."},
    Option{"check-interval-hours", Type::number, "24",
           "How often every page of the database is read and checked; 0 never."},
    Option{"log-level", Type::text, "info", "What is logged: error, warning, info or debug."},
    deed("make-keys", Type::path, "Make daemon.keys and daemon.public in this directory."),
    deed("check-config", Type::flag, "Read options, pin and keys, say what is wrong, and end."),
    deed("check-database", Type::flag, "Read and check the whole database, and end."),
    deed("backup", Type::path, "Write a backup to this new file, and end; the daemon may run."),
    deed("restore", Type::path,
         "Put this backup into an empty data directory under a higher generation, and end."),
    deed("write-authority", Type::path,
         "Write rosters and bundles to this new file, for a steward who recovers, and end; the "
         "daemon must not run."),
    deed("replace", Type::flag, "With --restore: set aside the database that is there."),
    deed("print-example", Type::flag, "Print a configuration file with every default, and end."),
    deed("version", Type::flag, "Print the version, and end."),
    deed("help", Type::flag, "Print this, and end."),
};

}  // namespace meldpunt::config
