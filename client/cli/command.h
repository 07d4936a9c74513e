// One command per deed. A command is a row of a table (commands.cpp): its name, its options and the
// function that does it. What it needs of the world is handed to it.
#pragma once

#include <span>
#include <string_view>

#include "client/cli/terminal.h"
#include "client/lib/clock.h"
#include "client/lib/problem.h"
#include "client/lib/transport/zmq_line.h"
#include "config/options.h"

namespace meldpunt::client {

struct Call {
  const config::Options& options;
  Terminal& terminal;
  Clock& clock;
  Network& network;
};

struct Command {
  std::string_view name;      // "report"; two words are one name: "steward init"
  std::string_view operands;  // for the usage line, for example "CASE"; empty: none are taken
  std::string_view summary;   // one sentence
  config::Table options;
  Outcome<void> (*run)(Call& call);
};

// Each group of commands lists its own, in a file of its own.
[[nodiscard]] std::span<const Command> reporter_commands();
[[nodiscard]] std::span<const Command> staff_commands();
[[nodiscard]] std::span<const Command> all_commands();

// Finds the command that the first one or two words name, and runs it. Says on the terminal why
// nothing was done. Returns the exit code.
[[nodiscard]] int run_command(std::span<const char* const> arguments, Terminal& terminal,
                              Clock& clock, Network& network);

}  // namespace meldpunt::client
