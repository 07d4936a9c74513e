#include "client/console/place.h"

#include <algorithm>

namespace meldpunt::console {

namespace {

constexpr std::size_t alarms_most = 20;
constexpr std::size_t announcements_most = 50;

}  // namespace

void Place::tell(std::vector<std::string> sentences) {
  for (std::string& sentence : sentences) {
    if (state.announcements.size() == announcements_most) {
      state.announcements.erase(state.announcements.begin());
    }
    state.announcements.push_back(std::move(sentence));
  }
}

void add_alarm(DeskState& state, const std::string& kind, const std::string& sentence) {
  const DeskState::Alarm alarm{kind, sentence};
  if (std::ranges::find(state.alarms, alarm) != state.alarms.end()) return;
  if (state.alarms.size() == alarms_most) state.alarms.erase(state.alarms.begin());
  state.alarms.push_back(alarm);
}

}  // namespace meldpunt::console
