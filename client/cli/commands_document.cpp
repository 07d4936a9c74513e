#include "client/cli/commands_document.h"

#include <algorithm>
#include <vector>

#include "client/cli/command.h"
#include "client/cli/visit.h"
#include "config/client_options.h"

namespace meldpunt::client {

namespace {

bool has_row(config::Table table, std::string_view name) {
  return std::ranges::find(table, name, &config::Option::name) != table.end();
}

// Those that docs/configuration.md tells once for all commands.
bool is_shared(std::string_view name) {
  return has_row(config::common_options, name) || has_row(config::session_options, name) ||
         has_row(config::reporter_options, name) || has_row(config::device_options, name) ||
         has_row(proxy_options, name);
}

std::string section(const Command& command) {
  std::string out = "\n### " + std::string(command.name) + "\n\n    meldpunt " +
                    std::string(command.name) + " [OPTION]...";
  if (!command.operands.empty()) out += " " + std::string(command.operands);
  out += "\n\n" + std::string(command.summary) + "\n";
  std::vector<config::Option> own;
  std::ranges::copy_if(command.options, std::back_inserter(own),
                       [](const config::Option& row) { return !is_shared(row.name); });
  if (!own.empty()) out += "\n" + config::markdown_rows(own);
  return out;
}

std::string sections(std::span<const Command> commands) {
  std::string out;
  for (const Command& command : commands) out += section(command);
  return out;
}

}  // namespace

std::string commands_document() {
  return R"(# Commands

This page is written from the tables of `client/cli/*_commands.cpp` by the program `write_commands`; a test compares
them. Each command is one deed of `meldpunt`. What many share (`--home`, `--passphrase-file`, `--pin`, `--endpoint`,
`--beat`, `--json`, `--proxy` and others) and the exit codes stand in [configuration.md](configuration.md#meldpunt).
No secret is ever an option: a command asks for it, or is told the file that holds it (`-` is standard input).

## A reporter
)" + sections(reporter_commands()) +
         "\n## An enrolled device\n" + sections(staff_commands());
}

}  // namespace meldpunt::client
