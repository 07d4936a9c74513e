#include "client/lib/enclosures.h"

#include <utility>

namespace meldpunt::client {

namespace {

Enclosure put_together(const crypto::Manifest& manifest, const std::vector<StoryEntry>& story) {
  crypto::Assembly assembly(manifest);
  for (const StoryEntry& entry : story) {
    const auto* report = std::get_if<StoryReport>(&entry.what);
    if (report == nullptr) continue;
    // A part of something else is refused, and changes nothing.
    const auto* part = std::get_if<crypto::Part>(&report->report.body);
    if (part != nullptr) (void)assembly.add(*part);
  }
  Enclosure enclosure;
  enclosure.kind = manifest.kind;
  enclosure.size = manifest.size;
  enclosure.parts = manifest.parts.size();
  enclosure.missing = assembly.missing();
  if (auto whole = assembly.whole()) enclosure.whole = std::move(*whole);
  return enclosure;
}

std::string size_of(std::size_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " bytes";
  return std::to_string((bytes + 500) / 1000) + " kB";
}

}  // namespace

std::vector<Enclosure> enclosures_of(const crypto::Statement& statement,
                                     const std::vector<StoryEntry>& story) {
  std::vector<Enclosure> enclosures;
  for (const crypto::Manifest& manifest : statement.enclosed) {
    enclosures.push_back(put_together(manifest, story));
  }
  return enclosures;
}

std::string describe(const Enclosure& enclosure) {
  std::string line = enclosure.kind == crypto::PartsKind::image ? "image, " : "more text, ";
  line += size_of(enclosure.size);
  if (enclosure.missing > 0) {
    return line + ", " + std::to_string(enclosure.missing) + " of " +
           std::to_string(enclosure.parts) + " parts missing";
  }
  return line + (enclosure.whole.size() == 0 ? ", not what it says" : ", complete");
}

}  // namespace meldpunt::client
