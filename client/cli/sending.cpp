#include "client/cli/sending.h"

#include <array>
#include <nlohmann/json.hpp>

#include "client/cli/interview.h"
#include "client/lib/reporter_puzzle.h"

namespace meldpunt::client {

namespace {

Outcome<void> judge(const Outcome<void>& ended, const PutReports& put) {
  if (put.arrived()) return {};
  if (put.refused()) {
    return problem(EX_PROTOCOL,
                   "The server refused it. Check that this program is of the region's version.");
  }
  if (!ended) return pass_on(ended.error());
  return problem(EX_TEMPFAIL, "It has not arrived. Try again later.");
}

// A person who sees how long it takes does not close the lid halfway.
void foretell(Call& call, std::size_t parts) {
  if (parts < 2) return;
  const Tongue tongue = tongue_of(call.options);
  const auto whole = call.options.milliseconds("beat") * static_cast<long>(parts);
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(whole).count();
  call.terminal.say(std::to_string(parts) + " " + std::string(text::parts_to_send.in(tongue)) +
                    " " + std::to_string(minutes) + " " + std::string(text::minutes.in(tongue)));
}

void tell_parts(Call& call, const PutReports& put) {
  call.terminal.say(std::to_string(put.acknowledged()) + " / " + std::to_string(put.total()) + " " +
                    std::string(text::parts_arrived.in(tongue_of(call.options))));
  call.terminal.print(
      {{"event", "part_arrived"}, {"arrived", put.acknowledged()}, {"frames", put.total()}});
}

}  // namespace

Outcome<void> send(Call& call, const crypto::Pin& pin, Outgoing outgoing,
                   const crypto::ThreadSecrets& thread) {
  const Tongue tongue = tongue_of(call.options);
  auto reports = compose(std::move(outgoing), thread);
  if (!reports) return problem(EX_DATAERR, "The text", reports.error());
  PuzzleWorker puzzle;
  PutReports put(std::move(*reports), pin.region, puzzle);
  Visit visit(call, pin);
  call.terminal.say(text::sending.in(tongue));
  foretell(call, put.total());
  bool told = false;
  std::size_t arrived = 0;
  const auto tell = [&] {
    if (!put.arrived() && std::exchange(arrived, put.acknowledged()) != put.acknowledged()) {
      tell_parts(call, put);
    }
    if (!put.arrived() || std::exchange(told, true)) return;
    call.terminal.say(text::arrived_now.in(tongue));
    call.terminal.print({{"event", "arrived"}, {"frames", put.total()}});
  };
  const std::array<Errand*, 1> errands{&put};
  auto outcome = judge(visit.run(errands, tell), put);
  while (!outcome && !put.refused() && call.terminal.interactive()) {
    call.terminal.complain(outcome.error().sentence);
    if (!confirmed(call.terminal, text::try_again.in(tongue))) break;
    outcome = judge(visit.run(errands, tell), put);
  }
  return outcome;
}

}  // namespace meldpunt::client
