#include "tests/integration/case_file.h"

#include <stdexcept>

#include "client/lib/casework.h"
#include "client/lib/transport/zmq_line.h"

namespace meldpunt::tests {

namespace {

template <class Value>
Value value_of(client::Outcome<Value> outcome) {
  if (!outcome) throw std::runtime_error(outcome.error().sentence);
  return std::move(*outcome);
}

}  // namespace

std::map<std::string, int> case_file(const ARegion& region, const std::string& home_name) {
  auto home = value_of(
      client::Home::open(region.folder() / home_name, crypto::as_bytes("only for this test")));
  client::Network network;
  client::SystemClock clock;
  const auto line =
      network.line({region.staff_endpoint(), home.pin().server, ""}, &home.keys().curve);
  client::NoticeSource notices(home.pin(), clock);
  client::StaffLine staff(*line, notices, clock);
  const auto casework = value_of(client::Casework::open(home, staff, clock));
  if (const auto synced = casework->sync(); !synced) {
    throw std::runtime_error(synced.error().sentence);
  }
  std::map<std::string, int> texts;
  for (const auto& [subject, entry] : casework->index().cases()) {
    for (const client::StoryEntry& told : value_of(casework->story(subject))) {
      const auto* report = std::get_if<client::StoryReport>(&told.what);
      if (report == nullptr) continue;
      ++texts[std::get<crypto::Statement>(report->report.body).text];
    }
  }
  return texts;
}

}  // namespace meldpunt::tests
