// What the receiver of trends keeps of one region, in a directory of its own:
//
//   pin        the region's pin, as a person brought it
//   roster     the newest signed roster that came
//   sealed/    every object of a release that was kept, as it came, named by its hash
//   figures/   each release's JSON-stat, named by its number and period
//   list       records: how each release, and what was not believed, came in
//
//   record:  kind 1 (1 a release, 2 not believed) | giver 16 | receipt, field | reason, field |
//   name
//            of the figures, field (empty where none are kept)
//
// A release is kept when its record is in the list; everything else is on the disk before that.
#pragma once

#include <optional>
#include <string>

#include "client/lib/file.h"
#include "client/trends/period.h"
#include "crypto/release.h"

namespace meldpunt::client {

struct ReceivedEntry {
  crypto::DeviceId giver;
  crypto::Buffer receipt;  // signed by this receiver
  crypto::ReleaseReceipt said;
  std::string reason;   // why it was not believed; empty otherwise
  std::string figures;  // the file's name

  [[nodiscard]] bool is_kept() const { return !figures.empty(); }
};

class ReceiverList {
 public:
  // A directory of a region.
  static Outcome<ReceiverList> open(const Path& directory);

  [[nodiscard]] const std::vector<ReceivedEntry>& entries() const { return entries_; }
  [[nodiscard]] const ReceivedEntry* of(const crypto::Hash& release) const;
  // Kept, and with a day or the number of `head`.
  [[nodiscard]] const ReceivedEntry* clash(const crypto::ReleaseHead& head) const;
  [[nodiscard]] std::uint32_t highest() const;
  [[nodiscard]] std::size_t not_believed() const;

  Outcome<void> add(ReceivedEntry entry);

 private:
  explicit ReceiverList(RecordFile file) : file_(std::move(file)) {}

  RecordFile file_;
  std::vector<ReceivedEntry> entries_;
};

// The regions under a receiver's home: a directory for each, named by the beginning of its id.
[[nodiscard]] Path region_directory(const Path& home, const crypto::RegionId& region);
Outcome<std::vector<Path>> region_directories(const Path& home);

}  // namespace meldpunt::client
