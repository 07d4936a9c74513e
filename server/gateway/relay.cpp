#include "server/gateway/relay.h"

#include <algorithm>
#include <utility>

#include "crypto/secret.h"

namespace meldpunt::gateway {
namespace {

FramePointer random_frame() {
  const auto frame = std::make_shared<crypto::Frame>();
  crypto::fill_random(*frame);
  return frame;
}

bool asks_for_notice(const crypto::Frame& frame) {
  return crypto::key_id_of(frame) == crypto::KeyId{};
}

}  // namespace

Relay::Relay(const Parts& parts)
    : parts_(parts),
      place_{.endpoint = parts.endpoint, .server = parts.pin.server},
      notices_({.loop = parts.loop,
                .place = place_,
                .pin = parts.pin,
                .counters = parts.counters,
                .now = parts.now,
                .unix_seconds = parts.unix_seconds,
                .patience = parts.web.answer}),
      queue_(parts.limits.frame_interval, parts.limits.memory) {
  for (std::size_t line = 0; line < parts.web.daemon_connections; ++line) {
    lines_.push_back(std::make_unique<FrameLine>(parts.loop, place_));
  }
}

void Relay::exchange(ConnectionId id, const Source& source, std::unique_ptr<crypto::Frame> frame,
                     const Answered& answered) {
  const FrameLine::Answered or_random = [this, answered](const FramePointer& answer) {
    ++(answer == nullptr ? parts_.counters.web_unanswered : parts_.counters.web_answers);
    answered(answer == nullptr ? random_frame() : answer);
  };
  if (asks_for_notice(*frame)) return notices_.ask(id, or_random);
  waiting_[id] = {std::move(frame), or_random, parts_.now() + parts_.web.answer};
  queue_.add(id, source, parts_.now());
  serve_next();
}

void Relay::forget(ConnectionId id) {
  queue_.remove(id);
  waiting_.erase(id);
  notices_.forget(id);
}

void Relay::serve_next() {
  while (queue_.size() > 0) {
    // The first that is free, so that few visitors need few connections.
    const auto line = std::ranges::find_if(lines_, [](const auto& each) { return !each->busy(); });
    if (line == lines_.end()) return;
    const auto id = queue_.take(parts_.now());
    const auto next = id ? waiting_.find(*id) : waiting_.end();
    if (next == waiting_.end()) continue;
    Waiting taken = std::move(next->second);
    waiting_.erase(next);
    ++parts_.counters.web_frames;
    (*line)->exchange(std::move(taken.frame), taken.until,
                      [this, answered = std::move(taken.answered)](const FramePointer& answer) {
                        answered(answer);
                        serve_next();
                      });
  }
}

void Relay::give_up(ConnectionId id) {
  const FrameLine::Answered answered = std::move(waiting_[id].answered);
  forget(id);
  answered(nullptr);
}

void Relay::tick() {
  const Time now = parts_.now();
  notices_.tick();
  for (const auto& line : lines_) line->tick(now);
  std::vector<ConnectionId> late;
  for (const auto& [id, visitor] : waiting_) {
    if (now >= visitor.until) late.push_back(id);
  }
  for (const ConnectionId id : late) give_up(id);
  queue_.forget(now);
}

void Relay::stop() {
  notices_.stop();
  for (const auto& line : lines_) line->disconnect();
}

}  // namespace meldpunt::gateway
