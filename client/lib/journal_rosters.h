// Who may write the journal: every roster that the region has had, fetched in parts, checked, and
// kept in the home.
//
// An event is judged by the rosters that were in force at its hour, and by the one that the journal
// itself named last before it: hours are coarse, and a writer's clock may be ahead. A roster that
// the journal does not name is one that nobody admits to.
#pragma once

#include <string>
#include <vector>

#include "client/lib/home.h"
#include "client/lib/staff_line.h"

namespace meldpunt::client {

// Where the parts of a roster lie; index 0 is the manifest.
[[nodiscard]] constexpr std::uint64_t roster_position(std::uint32_t number, std::uint16_t index) {
  return std::uint64_t{number} << 16 | index;
}

class RosterHistory {
 public:
  // Reads what the home keeps; EX_DATAERR when it does not verify.
  static Outcome<RosterHistory> open(const Home& home);

  // Fetches what is newer. Returns a sentence for each change, to be shown: a device that appears
  // unannounced is how a stolen operations key would be noticed.
  Outcome<std::vector<std::string>> refresh(StaffLine& line);

  [[nodiscard]] bool empty() const { return rosters_.empty(); }
  // There must be one.
  [[nodiscard]] const crypto::Roster& newest() const { return rosters_.back(); }
  // The first to the newest.
  [[nodiscard]] const std::vector<crypto::Roster>& all() const { return rosters_; }
  [[nodiscard]] const crypto::Hash& newest_hash() const { return newest_hash_; }
  // As it was signed; numbers count from 1.
  Outcome<crypto::Buffer> signed_roster(std::uint32_t number) const {
    return file_.read(number - 1);
  }
  // Null when this device was no coordinator's, or not valid, at that hour.
  [[nodiscard]] const crypto::VerifyKey<crypto::role::Device>* writer(
      const crypto::DeviceId& device, crypto::Hour hour) const;
  // Every key with which that device could have signed then.
  [[nodiscard]] std::vector<crypto::VerifyKey<crypto::role::Device>> writers(
      const crypto::DeviceId& device, crypto::Hour hour) const;

  // What the journal says of a roster. False when it is another than the one that the server has.
  [[nodiscard]] bool note_journaled(std::uint32_t number, const crypto::Hash& hash);
  [[nodiscard]] std::uint32_t journaled() const { return journaled_; }
  // Null when there is none with that number.
  [[nodiscard]] const crypto::Hash* hash_of(std::uint32_t number) const;

  // The device as it was enrolled at that hour; null when it was not, or not valid.
  [[nodiscard]] const crypto::Device* device(const crypto::DeviceId& id, crypto::Hour hour) const;
  // From any roster, the newest first; the id's first bytes when it is in none.
  [[nodiscard]] std::string name_of(const crypto::DeviceId& device) const;

 private:
  RosterHistory(crypto::Pin pin, RecordFile file) : pin_(std::move(pin)), file_(std::move(file)) {}

  Outcome<void> take(crypto::Bytes signed_roster);
  Outcome<crypto::Buffer> fetch(StaffLine& line, std::uint32_t number);

  crypto::Pin pin_;
  RecordFile file_;
  std::vector<crypto::Roster> rosters_;
  std::vector<crypto::Hash> hashes_;
  crypto::Hash newest_hash_;
  std::uint32_t journaled_ = 1;  // the founding's needs no event
};

}  // namespace meldpunt::client
