#include "client/lib/caller_report.h"

#include "crypto/thread.h"

namespace meldpunt::client {

namespace {

constexpr std::chrono::milliseconds puzzle_pause{20};
// A cheap phone solves the dearest in ten seconds.
constexpr std::chrono::seconds longest_puzzle{60};

}  // namespace

void mark_as_entered_for_caller(Answers& answers) {
  answers.statement.answers.push_back(
      {std::string(entered_question), {std::string(entered_for_caller)}});
}

CallerReport::CallerReport(crypto::Code code, std::vector<crypto::Report> reports,
                           const crypto::RegionId& region)
    : code_(std::move(code)),
      puzzle_(std::make_unique<PuzzleWorker>()),
      put_(std::make_unique<PutReports>(std::move(reports), region, *puzzle_)) {}

Outcome<CallerReport> CallerReport::make(Answers answers, const crypto::Pin& pin) {
  crypto::Code code = crypto::Code::generate();
  const auto thread = crypto::derive_thread(code, pin.region);
  if (!thread) return problem(EX_OSERR, "the keys of a code", thread.error());
  mark_as_entered_for_caller(answers);
  auto reports = compose({answers.kind, std::move(answers.statement)}, thread->shared);
  if (!reports) return problem(EX_DATAERR, "this report", reports.error());
  return CallerReport(std::move(code), std::move(*reports), pin.region);
}

Outcome<void> CallerReport::send(StaffLine& line, Clock& clock) {
  // The staff's notice may be hours old, and its puzzle with it.
  if (const auto fresh = line.refresh(); !fresh) return pass_on(fresh.error());
  const auto give_up = clock.steady() + longest_puzzle;
  while (!put_->done() && clock.steady() < give_up) {
    const auto notice = line.notice();
    if (!notice) return pass_on(notice.error());
    const auto request = put_->prepare(**notice);
    if (!request) {
      clock.sleep_until(clock.steady() + puzzle_pause);
      continue;
    }
    const auto answer = line.ask(*request);
    if (!answer) return pass_on(answer.error());
    put_->answered(*answer);
  }
  if (put_->arrived()) return {};
  if (put_->refused()) {
    return problem(EX_PROTOCOL,
                   "the server refused the report: check that this program is of the region's "
                   "version");
  }
  return problem(EX_TEMPFAIL, "the report has not arrived: try again");
}

}  // namespace meldpunt::client
