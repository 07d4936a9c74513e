// After a restore of the server: where its journal is how this device's began, and its generation
// has risen since this device was last in step with it, what it lost is appended again, byte for
// byte. Anything else is a fork. The other half, what lies outside the journal, is mended by
// casework_repair.cpp.
//
// In the home, the file `in_step`: generation 4 | first event that the server had lost 8 (0: there
// is nothing to mend). It is written before anything is appended, so that a device that is killed
// in the middle knows what remains to be done.
#include "client/lib/journal.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

struct InStep {
  std::uint32_t generation = 0;
  Journal::Position lost = 0;
};

constexpr std::size_t in_step_size = 4 + 8;

Path in_step_path(const Home& home) { return home.path() / "in_step"; }

// Nothing for a device that has never been in step.
Outcome<std::optional<InStep>> read_in_step(const Home& home) {
  const auto bytes = read_file(in_step_path(home), in_step_size);
  if (!bytes && bytes.error().exit_code == EX_NOINPUT) return std::optional<InStep>();
  if (!bytes) return pass_on(bytes.error());
  crypto::Reader reader(*bytes);
  InStep known;
  known.generation = reader.u32();
  known.lost = reader.u64();
  if (!reader.finished()) {
    return problem(EX_DATAERR, in_step_path(home).string() + " is damaged: tell your steward");
  }
  return std::optional<InStep>(known);
}

Outcome<void> write_in_step(const Home& home, const InStep& known) {
  crypto::Block<in_step_size> bytes{};
  crypto::Writer(bytes).u32(known.generation).u64(known.lost);
  return write_durably(in_step_path(home), bytes);
}

Outcome<std::uint32_t> generation_of(StaffLine& line) {
  const auto notice = line.notice();
  if (!notice) return pass_on(notice.error());
  return (*notice)->digest.generation;
}

}  // namespace

Outcome<Journal::Position> Journal::to_mend() {
  const auto generation = generation_of(*line_);
  if (!generation) return pass_on(generation.error());
  const auto known = read_in_step(*home_);
  if (!known) return pass_on(known.error());
  if (!*known) return Position{0};
  if ((*known)->lost > 0) return (*known)->lost;
  return *generation > (*known)->generation ? size_ + 1 : Position{0};
}

Outcome<void> Journal::mended() {
  const auto generation = generation_of(*line_);
  if (!generation) return pass_on(generation.error());
  const auto known = read_in_step(*home_);
  if (!known) return pass_on(known.error());
  if (*known && (*known)->generation == *generation && (*known)->lost == 0) return {};
  return write_in_step(*home_, {*generation, 0});
}

// `lost_after`: how many events the server has, fewer than this device.
Outcome<void> Journal::append_again(Position lost_after) {
  const auto generation = generation_of(*line_);
  if (!generation) return pass_on(generation.error());
  const auto known = read_in_step(*home_);
  if (!known) return pass_on(known.error());
  const bool restored = *known && (*generation > (*known)->generation || (*known)->lost > 0);
  if (!restored) {
    return forked("the server has " + std::to_string(lost_after) + " events, this device " +
                  std::to_string(size_) + ", and it does not say that it was restored");
  }
  if (const auto same = check_last(lost_after); !same) return pass_on(same.error());
  // What another process of this home had begun stays to be mended from where it began.
  const Position lost =
      (*known)->lost > 0 ? std::min((*known)->lost, lost_after + 1) : lost_after + 1;
  if (const auto kept = write_in_step(*home_, {(*known)->generation, lost}); !kept) {
    return pass_on(kept.error());
  }
  for (Position position = lost_after + 1; position <= size_; ++position) {
    if (const auto done = put_again(position); !done) return pass_on(done.error());
  }
  return {};
}

// The last event of a restored server is this device's own at that place.
Outcome<void> Journal::check_last(Position last) {
  if (last == 0) return {};
  const auto there = line_->ask(crypto::Get{crypto::MailboxKind::journal, {}, last});
  if (!there) return pass_on(there.error());
  const auto here = file_.read(last - 1);
  if (!here) return pass_on(here.error());
  if (crypto::equal_bytes(crypto::Reader(there->payload).field(), *here)) return {};
  return forked("the server was restored, and event " + std::to_string(last) +
                " is another one there");
}

Outcome<void> Journal::put_again(Position position) {
  auto event = file_.read(position - 1);
  if (!event) return pass_on(event.error());
  const auto response =
      line_->ask(crypto::Put{crypto::MailboxKind::journal, {}, position, 0, {}, std::move(*event)});
  if (!response) return pass_on(response.error());
  if (response->status == crypto::Status::conflict) {
    return forked("the server was restored, and event " + std::to_string(position) +
                  " was written anew by another device");
  }
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("append to the journal", response->status);
  }
  return {};
}

}  // namespace meldpunt::client
