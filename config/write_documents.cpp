// write_documents ROOT: writes the files that come from the option tables into the tree at ROOT.
#include <sysexits.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "config/documents.h"

namespace {

bool write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) std::cerr << "write_documents: " << path.string() << " cannot be written\n";
  return !out.fail();
}

}  // namespace

int main(int count, char** words) {
  using namespace meldpunt::config;
  if (count != 2) {
    std::cerr << "usage: write_documents ROOT\n";
    return EX_USAGE;
  }
  const std::filesystem::path root = words[1];
  const bool written = write(root / "config/server.conf.example", server_example()) &&
                       write(root / "config/gateway.conf.example", gateway_example()) &&
                       write(root / "docs/configuration.md", configuration_document());
  return written ? EX_OK : EX_CANTCREAT;
}
