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
  bool told = false;
  const auto tell = [&] {
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
