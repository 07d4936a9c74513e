#include "server/gateway/notice_desk.h"

#include <utility>

namespace meldpunt::gateway {

NoticeDesk::NoticeDesk(const Parts& parts)
    : parts_(parts), memory_(parts.pin), line_(parts.loop, parts.place) {
  memory_.forget(parts_.now());
  line_.watch([this](server::DaemonLine::News news) { heard(news); });
}

void NoticeDesk::ask(ConnectionId id, FrameLine::Answered answered) {
  if (memory_.current() != nullptr) return answered(memory_.current());
  waiting_[id] = {std::move(answered), parts_.now() + parts_.patience};
}

// Gone or here again: either way another daemon may stand there, with another notice. What went out
// on a connection that is gone will not be answered.
void NoticeDesk::heard(server::DaemonLine::News news) {
  memory_.forget(parts_.now());
  if (news == server::DaemonLine::News::went) line_.abandon();
  fetch();
}

void NoticeDesk::fetch() {
  if (line_.busy()) return;
  auto question = std::make_unique<crypto::Frame>();
  crypto::ask_for_notice(*question);
  ++parts_.counters.notices_fetched;
  line_.exchange(std::move(question), parts_.now() + parts_.patience,
                 [this](const FramePointer& answer) { fetched(answer); });
}

void NoticeDesk::fetched(const FramePointer& answer) {
  if (answer == nullptr) {
    memory_.forget(parts_.now());
    memory_.missed(parts_.now());
    return;  // each visitor who waits has a time of his own
  }
  // A daemon without a notice sends random bytes; everyone gets others.
  const bool kept = memory_.take(answer, parts_.now(), parts_.unix_seconds());
  answer_all(kept ? answer : nullptr);
}

void NoticeDesk::answer_all(const FramePointer& answer) {
  const auto visitors = std::exchange(waiting_, {});
  for (const auto& [id, visitor] : visitors) visitor.answered(answer);
}

void NoticeDesk::tick() {
  const Time now = parts_.now();
  line_.tick(now);
  if (memory_.due(now)) fetch();
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    if (now < entry->second.until) {
      ++entry;
      continue;
    }
    const Visitor late = std::move(entry->second);
    entry = waiting_.erase(entry);
    late.answered(nullptr);
  }
}

void NoticeDesk::stop() { line_.disconnect(); }

}  // namespace meldpunt::gateway
