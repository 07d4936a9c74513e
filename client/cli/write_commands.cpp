// write_commands ROOT: writes docs/commands.md into the tree at ROOT.
#include <sysexits.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "client/cli/commands_document.h"

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: write_commands ROOT\n";
    return EX_USAGE;
  }
  const std::filesystem::path path = std::filesystem::path(words[1]) / "docs/commands.md";
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << meldpunt::client::commands_document();
  out.close();
  if (out.fail()) {
    std::cerr << "write_commands: " << path.string() << " cannot be written\n";
    return EX_CANTCREAT;
  }
  return EX_OK;
}
