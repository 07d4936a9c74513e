// A report that a coordinator enters for somebody who has no internet: the same report, sealed the
// same way, under a code that is made here, read out or printed, and kept nowhere.
//
// It goes in through the staff's line, in one exchange and without a metronome: the server already
// sees which staff device is active, and there is no reporter on the line to be hidden. What the
// server does learn is that this one was entered by a coordinator.
#pragma once

#include <memory>

#include "client/lib/reporter_answers.h"
#include "client/lib/reporter_outgoing.h"
#include "client/lib/reporter_puzzle.h"
#include "client/lib/staff_line.h"
#include "crypto/code.h"

namespace meldpunt::client {

// The answer by which colleagues see who typed it.
inline constexpr std::string_view entered_question = "entered";
inline constexpr std::string_view entered_for_caller = "CALLER";
void mark_as_entered_for_caller(Answers& answers);

class CallerReport {
 public:
  // Makes the code and its keys, which takes 64 MiB and a tenth of a second. EX_DATAERR for what no
  // report can hold.
  static Outcome<CallerReport> make(Answers answers, const crypto::Pin& pin);

  // To be told before it is sent: who hangs up keeps it.
  [[nodiscard]] const crypto::Code& code() const { return code_; }

  // Until it is acknowledged, which is when it is on the server's disk. May be called again after
  // EX_TEMPFAIL: it stays the same report. EX_PROTOCOL when the server will not have it.
  Outcome<void> send(StaffLine& line, Clock& clock);

 private:
  CallerReport(crypto::Code code, std::vector<crypto::Report> reports,
               const crypto::RegionId& region);

  crypto::Code code_;
  std::unique_ptr<PuzzleWorker> puzzle_;
  std::unique_ptr<PutReports> put_;
};

}  // namespace meldpunt::client
