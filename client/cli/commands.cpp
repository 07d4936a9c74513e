#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "client/cli/command.h"
#include "config/nearest.h"

namespace meldpunt::client {

namespace {

std::string usage_of(const Command& command) {
  std::string usage = "meldpunt " + std::string(command.name) + " [OPTION]...";
  if (!command.operands.empty()) usage += " " + std::string(command.operands);
  return usage;
}

std::string overview() {
  std::string text = "usage: meldpunt COMMAND [OPTION]...\n\n";
  for (const Command& command : all_commands()) {
    std::string name(command.name);
    name.resize(std::max<std::size_t>(name.size() + 2, 16), ' ');
    text += "  " + name + std::string(command.summary) + "\n";
  }
  return text + "\n`meldpunt COMMAND --help` tells a command's options.";
}

// The command and how many words name it.
std::pair<const Command*, std::size_t> find(std::span<const char* const> arguments) {
  std::string name;
  for (std::size_t words = 1; words <= 2 && words <= arguments.size(); ++words) {
    if (words > 1) name += ' ';
    name += arguments[words - 1];
    for (const Command& command : all_commands()) {
      if (command.name == name) return {&command, words};
    }
  }
  return {nullptr, 0};
}

int unknown_command(std::string_view word, Terminal& terminal) {
  std::vector<std::string_view> names;
  for (const Command& command : all_commands()) names.push_back(command.name);
  std::string sentence = "There is no command \"" + std::string(word) + "\".";
  if (const auto near = config::nearest(word, names); !near.empty()) {
    sentence += " Did you mean \"" + std::string(near) + "\"?";
  }
  terminal.complain(sentence);
  return EX_USAGE;
}

int finish(const Outcome<void>& outcome, Terminal& terminal) {
  if (outcome) return EX_OK;
  terminal.print({{"event", "problem"},
                  {"exit_code", outcome.error().exit_code},
                  {"sentence", printable(outcome.error().sentence)}});
  if (!outcome.error().sentence.empty()) terminal.complain(outcome.error().sentence);
  return outcome.error().exit_code;
}

}  // namespace

std::span<const Command> all_commands() {
  static const std::vector<Command> commands = [] {
    std::vector<Command> all;
    for (const auto& group : {reporter_commands(), staff_commands()}) {
      all.insert(all.end(), group.begin(), group.end());
    }
    return all;
  }();
  return commands;
}

int run_command(std::span<const char* const> arguments, Terminal& terminal, Clock& clock,
                Network& network) {
  if (arguments.empty() || std::string_view(arguments[0]) == "--help" ||
      std::string_view(arguments[0]) == "help") {
    terminal.say(overview());
    return arguments.empty() ? EX_USAGE : EX_OK;
  }
  const auto [command, words] = find(arguments);
  if (command == nullptr) return unknown_command(arguments[0], terminal);
  const auto taken =
      command->operands.empty() ? config::Positional::refused : config::Positional::taken;
  const auto options = config::parse(command->options, arguments.subspan(words), taken);
  if (!options) {
    terminal.complain(options.error().sentence);
    return options.error().exit_code();
  }
  if (options->flag("help")) {
    terminal.say(config::help_text(usage_of(*command), command->options));
    return EX_OK;
  }
  terminal.use_json(options->flag("json"));
  Call call{*options, terminal, clock, network};
  return finish(command->run(call), terminal);
}

}  // namespace meldpunt::client
