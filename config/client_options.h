// The options that the commands of meldpunt share. A command's table is
// join(common_options, session_options, its own rows); secrets come from a prompt, a file or
// standard input ("-"), never from the line itself.
#pragma once

#include "config/options.h"

namespace meldpunt::config {

// Every command.
inline constexpr std::array common_options{
    Option{"pin", Type::path, "", "The region's pin; a home that has one needs no other."},
    Option{"json", Type::flag, "", "Print one JSON object instead of sentences."},
    deed("help", Type::flag, "Print this, and end."),
};

// Commands that talk to the region's server.
inline constexpr std::array session_options{
    Option{"beat", Type::milliseconds, "5000",
           "Time between two exchanges; anything but the default tells the network who you are."},
    Option{"beats", Type::number, "0",
           "End the visit after this many exchanges; 0 leaves it to the command."},
    Option{"endpoint", Type::text, "", "Connect here instead of the pin's endpoint."},
    Option{"timeout", Type::seconds, "60", "Give up when nothing has answered for this long."},
};

// Commands of a reporter.
inline constexpr std::array reporter_options{
    Option{"code-file", Type::path, "",
           "Read the code from this file, or - for standard input; otherwise it is asked for."},
    Option{"words", Type::text, "en", "The list to show a new code in: en or nl."},
    Option{"language", Type::text, "en", "The language you write in, as a BCP 47 tag."},
    Option{"answers", Type::path, "",
           "Read the answers and the text from this JSON file, or - for standard input."},
    Option{"no-way-back", Type::flag, "", "Keep no code: nothing can be answered."},
};

// Commands that use a device's keys.
inline constexpr std::array device_options{
    Option{"home", Type::path, "",
           "The device's directory: its keys, and its copy of the journal."},
    Option{
        "passphrase-file", Type::path, "",
        "Read the passphrase from this file, or - for standard input; otherwise it is asked for."},
};

}  // namespace meldpunt::config
