#include "server/gateway/web_connection.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace meldpunt::gateway {
namespace {

// One connection's steps before the others get their turn.
constexpr int steps_in_a_row = 4;
constexpr std::chrono::seconds leaving_max{2};
// A little more than what may be on the way when the answer is sent.
constexpr std::size_t thrown_away_max = 131'072;

}  // namespace

WebConnection::WebConnection(boost::asio::io_context& loop, Keeper& keeper, const WebRoom& room,
                             const Arriving& arriving)
    : keeper_(keeper),
      room_(room),
      id_(arriving.id),
      source_(arriving.source),
      stage_(arriving.proxied ? Stage::arriving : Stage::reading),
      since_(keeper.now()),
      progress_(since_),
      client_(loop, arriving.socket),
      arrival_(arriving.proxied, Arrival::Expects::http),
      reader_(room.site.path(), room.site.has_page()),
      bucket_(room.limits.burst, room.limits.frame_interval) {}

template <typename Step>
void WebConnection::guarded(Step step) {
  try {
    if (stage_ != Stage::ended) step();
  } catch (const std::exception&) {
    end(Ending::fault);
  }
}

void WebConnection::enter(Stage stage) {
  stage_ = stage;
  since_ = keeper_.now();
}

void WebConnection::start() {
  guarded([this] { arm(Descriptor::wait_read); });
}

void WebConnection::run() {
  // Who calls from inside a step goes on with the next one.
  if (std::exchange(running_, true)) return;
  bool more = true;
  for (int taken = 0; more && taken < steps_in_a_row; ++taken) more = step();
  running_ = false;
  // More may be there; the others first.
  if (!more || stage_ == Stage::ended || stage_ == Stage::token) return;
  arm(stage_ == Stage::writing ? Descriptor::wait_write : Descriptor::wait_read);
}

// Whether the next step can follow at once; else something has been armed, or somebody will call.
bool WebConnection::step() {
  switch (stage_) {
    case Stage::arriving:
      return arrive();
    case Stage::reading:
      return read();
    case Stage::token:
      return take_token();
    case Stage::writing:
      return write();
    case Stage::leaving:
      return leave();
    case Stage::turn:
    case Stage::exchanging:
    case Stage::ended:
      return false;
  }
  return false;
}

void WebConnection::arm(Descriptor::wait_type event) {
  if (std::exchange(armed_, true)) return;
  client_.async_wait(event, [self = shared_from_this()](const boost::system::error_code& error) {
    self->armed_ = false;
    if (!error) self->guarded([&] { self->run(); });
  });
}

bool WebConnection::await(Descriptor::wait_type event) {
  arm(event);
  return false;
}

bool WebConnection::over(Ending ending) {
  end(ending);
  return false;
}

bool WebConnection::arrive() {
  const auto room = keeper_.shared().first(arrival_.room());
  const Transfer read = receive(client_.native_handle(), room);
  if (read.state == Transfer::State::ended) return over(Ending::client_left);
  if (read.state == Transfer::State::would_block) return await(Descriptor::wait_read);
  const auto outcome = arrival_.take(room.first(read.bytes));
  if (outcome == Arrival::Outcome::more) return true;
  if (outcome != Arrival::Outcome::greeted) return over(Ending::proxy_header);
  source_ = *arrival_.source();
  keeper_.identified(id_, source_);
  enter(Stage::reading);
  const auto bytes = arrival_.release();
  return bytes.empty() || follow(reader_.take(bytes));
}

bool WebConnection::read() {
  const bool first = reader_.idle();
  const auto shared = keeper_.shared();
  const auto room = shared.first(std::min(reader_.room(), shared.size()));
  const Transfer read = receive(client_.native_handle(), room);
  if (read.state == Transfer::State::ended) return over(Ending::client_left);
  if (read.state == Transfer::State::would_block) return await(Descriptor::wait_read);
  // The time for a head begins with its first byte; that of the first one, with the connection.
  if (first && settled_) since_ = keeper_.now();
  return follow(reader_.take(room.first(read.bytes)));
}

bool WebConnection::follow(RequestReader::Outcome outcome) {
  switch (outcome) {
    case RequestReader::Outcome::more:
      return true;
    case RequestReader::Outcome::head:
      enter(settled_ ? Stage::token : Stage::turn);
      if (!settled_) keeper_.greeted(id_);
      return stage_ == Stage::token;
    case RequestReader::Outcome::complete:
      serve();
      return stage_ == Stage::writing;
  }
  return false;
}

void WebConnection::turn() {
  guarded([this] {
    settled_ = true;
    keeper_.settled(id_);
    enter(Stage::token);
    run();
  });
}

bool WebConnection::take_token() {
  if (!bucket_.take(keeper_.now())) return false;  // tick() tries again
  enter(Stage::reading);
  head_read_ = true;
  return follow(reader_.go_on());
}

void WebConnection::serve() {
  const Wish& wish = reader_.wish();
  if (wish.kind == Wish::Kind::frame) return exchange();
  ++(wish.kind == Wish::Kind::page ? room_.counters.pages : room_.counters.not_found);
  answer(room_.site.head(wish), room_.site.body(wish));
}

void WebConnection::exchange() {
  enter(Stage::exchanging);
  room_.relay.exchange(id_, source_, reader_.take_frame(),
                       [weak = weak_from_this()](const FramePointer& frame) {
                         const auto self = weak.lock();
                         if (!self) return;
                         self->guarded([&] {
                           self->frame_ = frame;
                           self->answer(self->room_.site.head(self->reader_.wish()), *frame);
                           self->run();
                         });
                       });
}

void WebConnection::answer(std::span<const std::uint8_t> head, std::span<const std::uint8_t> body) {
  enter(Stage::writing);
  progress_ = since_;
  head_ = head;
  body_ = body;
}

bool WebConnection::write() {
  const Transfer sent = send(client_.native_handle(), head_, body_);
  if (sent.state == Transfer::State::ended) return over(Ending::client_left);
  if (sent.state == Transfer::State::would_block) return await(Descriptor::wait_write);
  progress_ = keeper_.now();
  const std::size_t of_head = std::min(sent.bytes, head_.size());
  head_ = head_.subspan(of_head);
  body_ = body_.subspan(sent.bytes - of_head);
  return !head_.empty() || !body_.empty() || answered();
}

bool WebConnection::answered() {
  const Wish wish = reader_.wish();
  frame_.reset();
  keeper_.exchanged(id_, 0, 0);  // what passed is the relay's to count
  if (wish.last || ends_when_answered_) {
    shutdown(client_.native_handle(), SHUT_WR);
    enter(Stage::leaving);
    return true;
  }
  enter(Stage::reading);
  head_read_ = false;
  return follow(reader_.next());
}

bool WebConnection::leave() {
  const Transfer read = receive(client_.native_handle(), keeper_.shared());
  thrown_away_ += read.bytes;
  if (read.state == Transfer::State::would_block) return await(Descriptor::wait_read);
  if (read.state == Transfer::State::done && thrown_away_ < thrown_away_max) return true;
  return over(last_ending());
}

void WebConnection::tick() {
  guarded([this] {
    if (const auto ending = overdue(keeper_.now())) return end(*ending);
    if (stage_ == Stage::token) run();
  });
}

std::optional<Ending> WebConnection::overdue(Time now) const {
  const Duration taken = now - since_;
  const auto after = [&](Duration limit, Ending ending) {
    return taken > limit ? std::optional(ending) : std::nullopt;
  };
  switch (stage_) {
    case Stage::arriving:
      return after(room_.web.head, Ending::request_slow);
    case Stage::reading:
      if (head_read_) return after(room_.web.body, Ending::request_slow);
      if (settled_ && reader_.idle()) return after(room_.limits.idle, Ending::idle);
      return after(room_.web.head, Ending::request_slow);
    case Stage::writing:
      if (now - progress_ > room_.limits.drain) return Ending::slow_reader;
      return after(room_.web.send, Ending::slow_reader);
    case Stage::leaving:
      return after(leaving_max, last_ending());
    case Stage::turn:
    case Stage::token:
    case Stage::exchanging:
    case Stage::ended:
      return std::nullopt;
  }
  return std::nullopt;
}

Ending WebConnection::last_ending() const {
  return reader_.wish().kind == Wish::Kind::refused ? Ending::request : Ending::served;
}

void WebConnection::end_when_answered() {
  ends_when_answered_ = true;
  const bool pending = stage_ == Stage::exchanging || stage_ == Stage::writing;
  if (!pending && stage_ != Stage::leaving) end(Ending::stopping);
}

void WebConnection::end(Ending ending) {
  if (stage_ == Stage::ended) return;
  const bool waits = stage_ == Stage::exchanging;
  stage_ = Stage::ended;
  if (waits) room_.relay.forget(id_);
  boost::system::error_code ignored;
  client_.close(ignored);
  keeper_.ended(id_, ending);
}

}  // namespace meldpunt::gateway
