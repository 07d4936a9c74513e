#include "client/page/core/page_core.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "client/page/core/page.h"
#include "client/page/core/page_bytes.h"
#include "client/page/core/page_drafts.h"

namespace {

using namespace meldpunt;
using namespace meldpunt::page;
using crypto::Bytes;
using crypto::Error;
using crypto::Reader;

constexpr std::uint32_t input_max = std::uint32_t{8} << 20;

enum Failure : std::int32_t {
  no_start = -1,
  malformed = -2,
  too_long = -3,
  bad_checksum = -4,
  no_memory = -5,
  no_keys = -6,
};

std::int32_t failure_of(Error error) {
  switch (error) {
    case Error::too_long:
    case Error::too_many:
      return too_long;
    case Error::bad_checksum:
      return bad_checksum;
    case Error::no_memory:
      return no_memory;
    case Error::malformed:
    case Error::cannot_open:
    case Error::bad_signature:
    case Error::wrong_region:
    case Error::not_yet_valid:
    case Error::expired:
    case Error::wrong_passphrase:
    case Error::unknown_word:
    case Error::incomplete:
      return malformed;
  }
  return malformed;
}

// One visit an instance: the page has one thread, and makes another instance for another visit.
struct Instance {
  crypto::Buffer input;
  Output output;
  std::unique_ptr<Page> page;
};

Instance& instance() {
  static Instance made;
  return made;
}

// What the page wrote for this call; wiped when the call is over.
class Input {
 public:
  explicit Input(std::uint32_t size) : bytes_(std::exchange(instance().input, {})) {
    fits_ = size <= bytes_.size();
    if (fits_) bytes_.resize(size);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  ~Input() { sodium_memzero(bytes_.data(), bytes_.size()); }

  [[nodiscard]] Bytes bytes() const { return fits_ ? Bytes(bytes_) : Bytes(); }

 private:
  crypto::Buffer bytes_;
  bool fits_ = false;
};

Page* the_page() { return instance().page.get(); }

Output& fresh_output() {
  instance().output.clear();
  return instance().output;
}

std::int32_t length() { return static_cast<std::int32_t>(instance().output.written().size()); }

// The page's clocks are its own: what is no moment at all counts as the beginning of time.
std::int64_t whole(double value) {
  constexpr double furthest = 9e15;
  return value >= 0 && value <= furthest ? static_cast<std::int64_t>(value) : 0;
}
std::chrono::seconds unix_seconds(double time) { return std::chrono::seconds(whole(time)); }
Beats::Steady steady_moment(double time) {
  // Nanoseconds must not overflow: a thousand years are enough.
  constexpr std::int64_t furthest = std::int64_t{1'000} * 365 * 86'400 * 1'000 / 4;
  return Beats::Steady(std::chrono::milliseconds(std::min(whole(time), furthest)));
}

std::int32_t send(client::Outgoing outgoing, bool way_back) {
  if (way_back && the_page()->correspondence() == nullptr) return no_keys;
  const auto number = the_page()->send(std::move(outgoing), way_back);
  if (!number) return failure_of(number.error());
  return static_cast<std::int32_t>(*number);
}

std::int32_t send(const std::optional<client::Outgoing>& outgoing, bool way_back) {
  return outgoing ? send(*outgoing, way_back) : malformed;
}

}  // namespace

uint8_t* page_input(uint32_t size) {
  crypto::Buffer& input = instance().input;
  input = {};
  if (size > input_max) return nullptr;
  input.resize(std::max<std::uint32_t>(size, 1));
  return input.data();
}

const uint8_t* page_output() { return instance().output.written().data(); }

int32_t page_start(uint32_t size, double unix_time, double steady, uint32_t beat_ms) {
  const Input input(size);
  if (sodium_init() < 0) return no_memory;
  instance().page.reset();
  Reader reader(input.bytes());
  const Bytes pin_bytes = bytes_of_text(reader);
  const Bytes english = bytes_of_text(reader);
  const Bytes dutch = bytes_of_text(reader);
  if (!reader.finished()) return malformed;
  auto pin = crypto::trust_pin(pin_bytes);
  auto english_list = crypto::WordList::parse(crypto::as_text(english));
  auto dutch_list = crypto::WordList::parse(crypto::as_text(dutch));
  if (!pin || !english_list || !dutch_list) return malformed;
  instance().page = std::make_unique<Page>(
      std::move(*pin), WordLists{std::move(*english_list), std::move(*dutch_list)},
      unix_seconds(unix_time), steady_moment(steady), std::chrono::milliseconds(beat_ms));
  fresh_output();
  return 0;
}

int32_t page_new_code() {
  if (the_page() == nullptr) return no_start;
  const auto code = crypto::Code::generate();
  const WordLists& words = the_page()->words();
  fresh_output()
      .bytes(code.canonical())
      .bytes(the_page()->region().view())
      .text(code.words(words.english))
      .text(code.words(words.dutch))
      .text(code.digits());
  return length();
}

int32_t page_parse_code(uint32_t size) {
  const Input input(size);
  if (the_page() == nullptr) return no_start;
  const auto code = the_page()->parse_code(crypto::as_text(input.bytes()));
  if (!code) return failure_of(code.error());
  fresh_output().bytes(code->canonical()).bytes(the_page()->region().view());
  return length();
}

int32_t page_complete(uint32_t size, uint32_t list, uint32_t limit) {
  const Input input(size);
  if (the_page() == nullptr) return no_start;
  if (list > 1) return malformed;
  const WordLists& words = the_page()->words();
  std::string lines;
  for (const auto word :
       (list == 0 ? words.english : words.dutch).complete(crypto::as_text(input.bytes()), limit)) {
    lines.append(word).push_back('\n');
  }
  fresh_output().bytes(crypto::as_bytes(lines));
  return length();
}

int32_t page_derive(uint32_t size) {
  const Input input(size);
  if (sodium_init() < 0) return no_memory;
  Reader reader(input.bytes());
  const Bytes canonical = reader.bytes(crypto::code_size);
  const auto region = reader.id<crypto::RegionId>();
  if (!reader.finished()) return malformed;
  const auto code = crypto::Code::from_canonical(canonical.first<crypto::code_size>());
  if (!code) return failure_of(code.error());
  const auto keys = crypto::derive_thread(*code, region);
  if (!keys) return failure_of(keys.error());
  write_keys(fresh_output(), *keys);
  return length();
}

int32_t page_take_keys(uint32_t size) {
  const Input input(size);
  if (the_page() == nullptr) return no_start;
  Reader reader(input.bytes());
  auto keys = read_keys(reader);
  if (!keys) return malformed;
  the_page()->take_keys(std::move(*keys));
  return 0;
}

int32_t page_send(uint32_t size, uint32_t way_back) {
  const Input input(size);
  if (the_page() == nullptr) return no_start;
  Reader reader(input.bytes());
  return send(read_draft(reader), way_back != 0);
}

int32_t page_consent(uint32_t size) {
  const Input input(size);
  if (the_page() == nullptr) return no_start;
  Reader reader(input.bytes());
  return send(read_consent(reader), true);
}

int32_t page_erase(uint32_t size) {
  const Input input(size);
  if (the_page() == nullptr) return no_start;
  return send(erase_request(crypto::as_text(input.bytes())), true);
}

int32_t page_sending(uint32_t number) {
  if (the_page() == nullptr) return no_start;
  const auto sending = the_page()->sending(number);
  if (!sending) return malformed;
  fresh_output()
      .u8(static_cast<std::uint8_t>(sending->state))
      .u16(sending->acknowledged)
      .u16(sending->total);
  return length();
}

int32_t page_cancel(uint32_t number) {
  if (the_page() == nullptr) return no_start;
  return the_page()->cancel(number) ? 0 : malformed;
}

int32_t page_read() {
  if (the_page() == nullptr) return no_start;
  if (the_page()->correspondence() == nullptr) return no_keys;
  the_page()->correspondence()->start_reading();
  return 0;
}

int32_t page_thread() {
  if (the_page() == nullptr) return no_start;
  if (the_page()->correspondence() == nullptr) return no_keys;
  write_thread(fresh_output(), *the_page()->correspondence());
  return length();
}

int32_t page_burn(uint32_t index) {
  if (the_page() == nullptr) return no_start;
  if (the_page()->correspondence() == nullptr) return no_keys;
  const bool known = index < crypto::reply_indices &&
                     the_page()->correspondence()->burn(static_cast<std::uint16_t>(index));
  return known ? 0 : malformed;
}

int32_t page_prepare() {
  if (the_page() == nullptr) return no_start;
  fresh_output().bytes(the_page()->prepare());
  return length();
}

double page_due() {
  if (the_page() == nullptr) return 0;
  const auto due = the_page()->due().time_since_epoch();
  return static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(due).count());
}

int32_t page_take(uint32_t size, double unix_time, double steady, uint32_t draw) {
  const Input input(size);
  if (the_page() == nullptr) return no_start;
  the_page()->draw(draw);
  if (input.bytes().size() == crypto::frame_size) {
    the_page()->take(input.bytes().first<crypto::frame_size>(), unix_seconds(unix_time),
                     steady_moment(steady));
  } else {
    the_page()->not_delivered(client::Delivery::not_a_frame, steady_moment(steady));
  }
  return 0;
}

int32_t page_not_delivered(double steady, uint32_t draw) {
  if (the_page() == nullptr) return no_start;
  the_page()->draw(draw);
  the_page()->not_delivered(client::Delivery::no_answer, steady_moment(steady));
  return 0;
}

int32_t page_resume(double steady, uint32_t draw) {
  if (the_page() == nullptr) return no_start;
  the_page()->draw(draw);
  the_page()->resume(steady_moment(steady));
  return 0;
}

int32_t page_beat(uint32_t beat_ms, double steady, uint32_t draw) {
  if (the_page() == nullptr) return no_start;
  the_page()->draw(draw);
  the_page()->change_beat(std::chrono::milliseconds(beat_ms), steady_moment(steady));
  return 0;
}

int32_t page_line(double unix_time) {
  if (the_page() == nullptr) return no_start;
  const Line line = the_page()->line(unix_seconds(unix_time));
  fresh_output()
      .u8(static_cast<std::uint8_t>(line.notice))
      .u8(line.clock_is_off ? 1 : 0)
      .u16(static_cast<std::size_t>(line.busy.count()))
      .u64(static_cast<std::uint64_t>(line.daemon_time.count()))
      .u8(line.alarm ? 1 : 0);
  return length();
}

int32_t page_puzzle() {
  if (the_page() == nullptr) return no_start;
  const auto asked = the_page()->puzzle().asked();
  Output& output = fresh_output();
  if (asked) {
    output.u32(the_page()->puzzle().number())
        .u8(asked->effort)
        .bytes(asked->challenge.view())
        .bytes(asked->region.view())
        .bytes(asked->envelope.view());
  }
  return length();
}

int32_t page_solve(uint32_t size, double from, uint32_t tries) {
  const Input input(size);
  if (sodium_init() < 0) return no_memory;
  Reader reader(input.bytes());
  const std::uint8_t effort = reader.u8();
  const auto challenge = reader.id<crypto::Challenge>();
  const auto region = reader.id<crypto::RegionId>();
  const auto envelope = reader.id<crypto::Hash>();
  if (!reader.finished() || effort > crypto::effort_max) return malformed;
  const auto answer = crypto::solve(effort, challenge, region, envelope,
                                    static_cast<std::uint64_t>(whole(from)), tries);
  Output& output = fresh_output();
  if (answer) output.bytes(answer->view());
  return length();
}

int32_t page_solved(uint32_t size) {
  const Input input(size);
  if (the_page() == nullptr) return no_start;
  Reader reader(input.bytes());
  const std::uint32_t number = reader.u32();
  const auto answer = reader.id<crypto::PuzzleAnswer>();
  if (!reader.finished()) return malformed;
  the_page()->puzzle().solved(number, answer);
  return 0;
}
