#include "client/page/core/page.h"

#include <algorithm>
#include <array>
#include <utility>

namespace meldpunt::page {

using namespace crypto;

namespace {

// Nobody can answer: these keys are of no code, and are forgotten with the last put.
ThreadSecrets keys_that_nobody_keeps() {
  const auto reply = OpeningKey<role::Reply>::generate();
  return {random_id<ThreadId>(), SecretBytes<32>::random(), SecretBytes<32>::random(),
          SecretBytes<32>::random(), reply.public_key()};
}

client::Rhythm rhythm_of(std::chrono::milliseconds beat) {
  client::Rhythm rhythm;
  rhythm.beat = beat;
  rhythm.follow_ticks = true;
  return rhythm;
}

}  // namespace

Page::Page(Pin pin, WordLists words, std::chrono::seconds now, Beats::Steady steady,
           std::chrono::milliseconds beat)
    : words_(std::move(words)),
      time_(now),
      source_(std::move(pin), time_),
      beats_(
          source_, rhythm_of(beat), [this](std::uint32_t limit) { return draw_ % limit; }, *this),
      steady_(steady) {
  beats_.begin(steady);
}

Result<Code> Page::parse_code(std::string_view typed) const {
  const std::array<const WordList*, 2> lists{&words_.english, &words_.dutch};
  return Code::parse(typed, lists);
}

void Page::take_keys(ThreadKeys keys) {
  if (correspondence_) correspondence_->let_go(beats_);
  correspondence_ = std::make_unique<Correspondence>(std::move(keys), region());
}

Result<std::size_t> Page::send(client::Outgoing outgoing, bool way_back) {
  if (way_back && !correspondence_) return fail(Error::malformed);
  if (way_back) outgoing.last_reply_read = correspondence_->last_read();
  auto reports = way_back ? client::compose(std::move(outgoing), correspondence_->keys().shared)
                          : client::compose(std::move(outgoing), keys_that_nobody_keeps());
  if (!reports) return fail(reports.error());
  Sent sent;
  sent.last.total = reports->size();
  sent.put = std::make_unique<client::PutReports>(std::move(*reports), region(), puzzle_);
  sent_.push_back(std::move(sent));
  return sent_.size() - 1;
}

std::optional<Sending> Page::sending(std::size_t number) const {
  if (number >= sent_.size()) return std::nullopt;
  const Sent& sent = sent_[number];
  Sending now = sent.last;
  if (!sent.put) return now;
  now.acknowledged = sent.put->acknowledged();
  if (sent.put->solving()) {
    now.state = SendingState::solving;
  } else if (now.acknowledged > 0 || beats_.carries(*sent.put)) {
    now.state = SendingState::sending;
  }
  return now;
}

bool Page::cancel(std::size_t number) {
  if (number >= sent_.size()) return false;
  if (sent_[number].put) end(sent_[number], SendingState::cancelled);
  return true;
}

void Page::end(Sent& sent, SendingState state) {
  sent.last.state = state;
  sent.last.acknowledged = sent.put->acknowledged();
  beats_.let_go(*sent.put);
  sent.put.reset();
}

std::vector<client::Errand*> Page::errands() {
  std::vector<client::Errand*> errands;
  if (correspondence_) correspondence_->add_errands(errands);
  for (const Sent& sent : sent_) {
    if (sent.put) errands.push_back(sent.put.get());
  }
  return errands;
}

const Frame& Page::prepare() {
  const auto all = errands();
  const Frame& frame = beats_.prepare(all);
  settle();  // a report that cannot be sealed is refused at once
  return frame;
}

void Page::take(FrameView answer, std::chrono::seconds now, Beats::Steady steady) {
  time_.set(now);
  steady_ = steady;
  if (notice_ == NoticeState::unreachable) {
    notice_ = source_.notice() == nullptr ? NoticeState::waiting : NoticeState::taken;
  }
  beats_.take(answer, steady);
  settle();
}

void Page::not_delivered(client::Delivery why, Beats::Steady steady) {
  steady_ = steady;
  beats_.not_delivered(why, steady);
}

void Page::change_beat(std::chrono::milliseconds beat, Beats::Steady steady) {
  steady_ = steady;
  beats_.change_beat(beat, steady);
}

void Page::settle() {
  if (correspondence_) correspondence_->settle(beats_);
  for (Sent& sent : sent_) {
    if (sent.put && sent.put->done()) {
      end(sent, sent.put->arrived() ? SendingState::arrived : SendingState::refused);
    }
  }
}

void Page::notice_taken(const client::NoticeSource& source) {
  notice_ = NoticeState::taken;
  alarm_ = alarm_ || !source.alarms().empty();
  if (correspondence_) correspondence_->notice_taken(source.notice()->digest);
}

void Page::notice_refused(Error /*why*/) { notice_ = NoticeState::refused; }

void Page::not_delivered(client::Delivery /*why*/) { notice_ = NoticeState::unreachable; }

void Page::busy(std::chrono::seconds wait) { busy_until_ = steady_ + wait; }

Line Page::line(std::chrono::seconds now) {
  time_.set(now);
  Line line;
  line.notice = notice_;
  line.alarm = alarm_;
  if (busy_until_ > steady_) {
    line.busy = std::chrono::ceil<std::chrono::seconds>(busy_until_ - steady_);
  }
  if (source_.notice() == nullptr) return line;
  line.clock_is_off = source_.clock_is_off();
  line.daemon_time = source_.daemon_time();
  return line;
}

}  // namespace meldpunt::page
