// meldpunt: the client, one command per deed.
#include <sysexits.h>
#include <unistd.h>

#include <exception>
#include <iostream>

#include "client/cli/command.h"
#include "config/harden.h"

int main(int count, char** arguments) {
  namespace client = meldpunt::client;
  try {
    meldpunt::config::harden_process();
    client::Terminal terminal(std::cin, std::cout, std::cerr);
    terminal.set_interactive(::isatty(STDIN_FILENO) == 1);
    client::SystemClock clock;
    client::Network network;
    const std::span<const char* const> words(arguments, static_cast<std::size_t>(count));
    return client::run_command(words.empty() ? words : words.subspan(1), terminal, clock, network);
  } catch (const std::exception& unexpected) {
    std::cerr << "meldpunt: " << client::printable(unexpected.what()) << std::endl;
    return EX_SOFTWARE;
  }
}
