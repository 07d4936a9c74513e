// What the screens list, as it was at one moment. The desk makes a new one after each change;
// whoever asks for a list reads the newest and waits for nobody, least of all for the server.
//
// Never changes, so any thread may read it.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "client/console/case_row.h"
#include "client/lib/terms.h"

namespace meldpunt::console {

struct View {
  std::uint64_t version = 0;  // rises when anything below has changed
  crypto::DeviceId self;
  std::vector<CaseRow> rows;
  nlohmann::json state;      // but for the version and what the door knows
  nlohmann::json approvals;  // what waits for a second person
  nlohmann::json inbox;      // what came for a partner
  nlohmann::json statistics;
  std::string figures;  // of a receiver, as JSON
  nlohmann::json partners;
  nlohmann::json colleagues;
  nlohmann::json terms;     // that the region goes by
  client::CaseTexts texts;  // shared with the casework's; what the search looks through

  // Of the case that it belongs to, where it was merged.
  [[nodiscard]] const CaseRow* find(const crypto::CaseId& subject) const;
};

// Where the line and the desk stand; what a view shows besides the journal.
struct DeskState {
  bool online = false;
  std::chrono::seconds synced{};  // 0: never yet
  std::string fault;              // why the journal is not read on; empty: it is
  bool removed = false;           // and that is because the region does not know this device
  struct Alarm {
    std::string kind;
    std::string sentence;
    friend bool operator==(const Alarm&, const Alarm&) = default;
  };
  std::vector<Alarm> alarms;
  std::vector<std::string> announcements;
  std::size_t unsent = 0;  // what was written in case files while nobody answered
};

// What a console says of itself, whoever sits there.
struct ShownRegion {
  std::string name;
  bool practice = false;
};
struct ShownDevice {
  crypto::DeviceId id;
  std::string name;
  std::optional<crypto::DeviceRole> role;  // nothing: no roster lists it
};
[[nodiscard]] nlohmann::json bare_state(const ShownRegion& region, const ShownDevice& device,
                                        const DeskState& desk);

// Of a device without a journal: which region, which device, how the line stands. Lists are empty.
[[nodiscard]] View bare_view(const client::Home& home, const client::RosterHistory& rosters,
                             const DeskState& desk);

// A coordinator's: all but the version. Reads proposals that wait from the journal on the disk.
client::Outcome<View> make_view(client::Casework& casework, const client::Terms& terms,
                                const EventLog& log, const DeskState& desk, crypto::Hour now);

// Whether a person could see a difference: the time of the last contact is none.
[[nodiscard]] bool looks_the_same(const View& a, const View& b);

}  // namespace meldpunt::console
