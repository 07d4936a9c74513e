// What the receiver of trends keeps. Of each region, in a directory of its own, two files that
// people and stewards made:
//
//   pin        the region's pin, as a person brought it
//   roster     the newest signed roster that came
//
// and of all regions one SQLite database, received.db:
//
//   entry      how each release, and what was not believed, came in; a kept one's document
//   object     sealed originals: of kept releases, and of those that are not whole yet. Of what was
//              refused only the hash, so that the same again gets the same receipt again.
//
// What a call returned from is on the disk: write-ahead log, every commit synced; what is deleted
// is overwritten. One process writes; any number may read meanwhile, each with a store of its own.
// A store belongs to one thread. A newer program takes the tables forward, an older one refuses
// them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/lib/file.h"
#include "client/trends/period.h"
#include "crypto/release.h"

namespace meldpunt::client {

struct ReceivedEntry {
  std::int64_t number = 0;  // of the entry, rising
  crypto::DeviceId giver;
  crypto::Buffer receipt;  // signed by this receiver
  crypto::ReleaseReceipt said;
  std::string reason;  // why it was not kept; empty otherwise

  [[nodiscard]] bool is_kept() const { return reason.empty(); }
};

struct KeptRelease {
  crypto::ReleaseHead head;
  std::string document;
};

// An object as it came, and the manifest that it is a piece of.
struct ArrivedObject {
  crypto::Bytes bytes;
  std::optional<crypto::Hash> manifest;
};

class ReceiverDatabase;

class ReceiverStore {
 public:
  // A receiver's home; makes the database where there is none. EX_DATAERR for one of a newer
  // program, and where an older program left its files.
  static Outcome<ReceiverStore> open(const Path& home);
  ReceiverStore(ReceiverStore&& other) noexcept;
  ReceiverStore& operator=(ReceiverStore&& other) noexcept;
  ReceiverStore(const ReceiverStore&) = delete;
  ReceiverStore& operator=(const ReceiverStore&) = delete;
  ~ReceiverStore();

  // ---- reading

  // In the order in which they came.
  Outcome<std::vector<ReceivedEntry>> entries(const crypto::RegionId& region) const;
  // By number.
  Outcome<std::vector<KeptRelease>> kept(const crypto::RegionId& region) const;
  // The newest entry of all regions; 0: none. While it is the same, so is everything above.
  Outcome<std::int64_t> newest() const;

  // ---- for who answers

  using Found = Outcome<std::optional<ReceivedEntry>>;
  // What was answered to this very object.
  Found answered(const crypto::RegionId& region, const crypto::Hash& object) const;
  // What was answered to this release, unless it could not be read: a newer program may.
  Found of_release(const crypto::RegionId& region, const crypto::Hash& release) const;
  Found of_manifest(const crypto::RegionId& region, const crypto::Hash& manifest) const;
  // Kept, with that number, or with a day of its series at the same cadence.
  Found clash(const crypto::RegionId& region, const crypto::ReleaseHead& head) const;
  // The highest number that is kept.
  Outcome<std::uint32_t> highest(const crypto::RegionId& region) const;
  Outcome<std::size_t> refused(const crypto::RegionId& region) const;

  // ---- writing

  // A piece of what is not whole yet.
  Outcome<void> keep_piece(const crypto::RegionId& region, const ArrivedObject& object);
  Outcome<std::vector<crypto::Buffer>> pieces(const crypto::RegionId& region) const;
  // Pieces that will not become whole.
  Outcome<void> drop_pieces(const crypto::RegionId& region, const crypto::Hash& manifest);
  // The end of a release: its entry, with its document and originals when it is kept.
  Outcome<void> add(const crypto::RegionId& region, const ReceivedEntry& entry,
                    crypto::Bytes document, const ArrivedObject& last);
  // It came again, sealed anew; `number`: of the entry that it already has.
  Outcome<void> repeat(const crypto::RegionId& region, std::int64_t number,
                       const ArrivedObject& last);

 private:
  explicit ReceiverStore(std::unique_ptr<ReceiverDatabase> database);

  std::unique_ptr<ReceiverDatabase> database_;
};

// The regions under a receiver's home: a directory for each, named by the beginning of its id.
[[nodiscard]] Path region_directory(const Path& home, const crypto::RegionId& region);
Outcome<std::vector<Path>> region_directories(const Path& home);

}  // namespace meldpunt::client
