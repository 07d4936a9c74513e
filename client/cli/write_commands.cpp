// write_commands ROOT: writes the pages that come from the client's tables into the tree at ROOT.
#include <sysexits.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "client/cli/commands_document.h"
#include "client/record/kinds_document.h"

namespace {

bool write_page(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out.fail()) std::cerr << "write_commands: " << path.string() << " cannot be written\n";
  return !out.fail();
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: write_commands ROOT\n";
    return EX_USAGE;
  }
  const auto docs = std::filesystem::path(words[1]) / "docs";
  const bool written = write_page(docs / "commands.md", meldpunt::client::commands_document()) &&
                       write_page(docs / "casework-kinds.md", meldpunt::record::kinds_document());
  return written ? EX_OK : EX_CANTCREAT;
}
