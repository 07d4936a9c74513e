// The staff's line to the daemon: one request and its response at a time, as fast as they come. It
// is no metronome: which staff device is active is not hidden from the server (DESIGN 3).
//
// The notice is fetched and checked first, and again when an answer cannot be opened: the daemon's
// request key has then changed. A request without an answer is sealed again and sent again, so
// everything asked here must be safe to ask twice. One thread at a time.
#pragma once

#include "client/lib/notice_source.h"
#include "client/lib/problem.h"
#include "client/lib/transport.h"
#include "crypto/wire/messages.h"

namespace meldpunt::client {

struct StaffPatience {
  std::chrono::milliseconds answer{10'000};  // for one exchange
  int tries = 3;                             // exchanges for one request
  int busy_tries = 20;                       // times that "busy" is waited out
};

class StaffLine {
 public:
  // All three must outlive it.
  StaffLine(Line& line, NoticeSource& notices, Clock& clock, StaffPatience patience = {})
      : line_(line), notices_(notices), clock_(clock), patience_(patience) {}

  // EX_TEMPFAIL when nothing answers or the server stays busy, EX_PROTOCOL when what answers is
  // not our server. Any other status is the caller's to judge.
  Outcome<crypto::Response> ask(const crypto::Request& request);

  // From the next request on: shorter while nobody answers, so that reading goes on.
  void be_patient(const StaffPatience& patience) { patience_ = patience; }

  // Fetches the notice anew.
  Outcome<void> refresh();
  // The newest one; fetched when there is none.
  Outcome<const crypto::Notice*> notice();

  [[nodiscard]] const NoticeSource& notices() const { return notices_; }

 private:
  Outcome<crypto::Response> ask_once(const crypto::Request& request);

  Line& line_;
  NoticeSource& notices_;
  Clock& clock_;
  StaffPatience patience_;
};

// "the server refuses to ...": what a status that nobody expects means.
tl::unexpected<Problem> unexpected_status(const std::string& deed, crypto::Status status);

}  // namespace meldpunt::client
