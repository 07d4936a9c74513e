#include "client/lib/home_state.h"

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t state_size = 4 + 8 + 4 + 4 + 4;

Path state_path(const Home& home) { return home.path() / "state"; }

}  // namespace

Outcome<HomeState> read_state(const Home& home) {
  const auto bytes = read_file(state_path(home), state_size);
  if (!bytes && bytes.error().exit_code == EX_NOINPUT) return HomeState{};
  if (!bytes) return pass_on(bytes.error());
  crypto::Reader reader(*bytes);
  HomeState state;
  state.mark.generation = reader.u32();
  state.mark.time = reader.u64();
  state.mark.day = reader.u32();
  state.mark.bundle_generation = reader.u32();
  state.tick_written = reader.u32();
  if (!reader.finished()) {
    return problem(EX_DATAERR, state_path(home).string() + " is damaged: remove it");
  }
  return state;
}

Outcome<void> update_state(const Home& home, const std::function<void(HomeState&)>& change) {
  const auto lock = lock_file(home.path() / "lock");
  if (!lock) return pass_on(lock.error());
  auto known = read_state(home);
  if (!known) return pass_on(known.error());
  const HomeState before = *known;
  HomeState& state = *known;
  change(state);
  if (state == before) return {};
  crypto::Block<state_size> bytes{};
  crypto::Writer(bytes)
      .u32(state.mark.generation)
      .u64(state.mark.time)
      .u32(state.mark.day)
      .u32(state.mark.bundle_generation)
      .u32(state.tick_written);
  return write_durably(state_path(home), bytes);
}

}  // namespace meldpunt::client
