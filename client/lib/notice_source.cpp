#include "client/lib/notice_source.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace meldpunt::client {

using std::chrono::seconds;

std::string describe(NoticeAlarm alarm) {
  switch (alarm) {
    case NoticeAlarm::generation_fell:
      return "The server shows an older state than before. Tell the steward of the region.";
    case NoticeAlarm::bundle_fell:
      return "The server shows older keys of the region than before. Tell the steward of the "
             "region.";
    case NoticeAlarm::time_fell:
      return "The server's clock ran backwards. Tell the steward of the region.";
  }
  return {};
}

NoticeSource::NoticeSource(crypto::Pin pin, const WallClock& clock, NoticeMark mark)
    : pin_(std::move(pin)), clock_(clock), mark_(mark) {}

crypto::Result<void> NoticeSource::take(crypto::FrameView answer) {
  auto notice = crypto::verify_notice(answer, pin_);
  if (!notice) return crypto::fail(notice.error());
  compare({notice->digest.generation, notice->digest.time, notice->bundle.day,
           notice->bundle.generation});
  // A clock beyond what seconds can count is the daemon's lie, not a reason to overflow.
  const std::uint64_t time = std::min<std::uint64_t>(notice->digest.time, std::uint64_t{1} << 40);
  offset_ = seconds(static_cast<std::int64_t>(time)) - clock_.now();
  notice_ = std::make_unique<crypto::Notice>(std::move(*notice));
  return {};
}

void NoticeSource::compare(const NoticeMark& now) {
  alarms_.clear();
  if (now.generation < mark_.generation) alarms_.push_back(NoticeAlarm::generation_fell);
  const bool same_daemon = now.generation == mark_.generation;
  const auto tolerance = static_cast<std::uint64_t>(clock_tolerance.count());
  if (same_daemon && now.time + tolerance < mark_.time) alarms_.push_back(NoticeAlarm::time_fell);
  if (now.day == mark_.day && now.bundle_generation < mark_.bundle_generation) {
    alarms_.push_back(NoticeAlarm::bundle_fell);
  }
  mark_.generation = std::max(mark_.generation, now.generation);
  mark_.time = now.time;  // said once: a clock that was set right again is no alarm for days
  if (std::tie(mark_.day, mark_.bundle_generation) < std::tie(now.day, now.bundle_generation)) {
    mark_.day = now.day;
    mark_.bundle_generation = now.bundle_generation;
  }
}

seconds NoticeSource::daemon_time() const { return clock_.now() + offset_; }

tl::expected<void, NoticeFailure> fetch_notice(NoticeSource& source, Line& line,
                                               std::chrono::milliseconds patience) {
  const auto request = std::make_unique<crypto::Frame>();
  const auto answer = std::make_unique<crypto::Frame>();
  crypto::ask_for_notice(*request);
  const Delivery delivery = line.exchange(*answer, *request, patience);
  if (delivery != Delivery::answered) return tl::unexpected(NoticeFailure{delivery, {}});
  const auto taken = source.take(*answer);
  if (!taken) return tl::unexpected(NoticeFailure{Delivery::answered, taken.error()});
  return {};
}

}  // namespace meldpunt::client
