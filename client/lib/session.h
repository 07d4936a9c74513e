// A session is a metronome: it fetches the notice, then makes one exchange per beat for as long as
// it is open (docs/protocol.md, "The session of a reporter"). A beat carries whatever waits, or a
// GET of a random address, which even the server cannot tell from a miss. Who watches the line sees
// how long the session was open, and nothing else.
//
// A session lasts a whole number of visits, 12 answers each unless set otherwise: what does not fit
// one visit, because it has many parts or the server was busy, takes as many more visits as it
// needs. An answer that is late for the next beat moves it to the first one after. Everything is
// sealed between beats, right after an answer, never when the beat is due.
//
// An answer that cannot be opened means that the request key has changed: the next beat fetches
// the notice and a later one tries again. A busy server is asked again after the beats it named.
// Nothing is sent twice: what is tried again is sealed again.
//
// What is sent when is decided in beats.h; this keeps the time and waits on the line.
#pragma once

#include "client/lib/beats.h"

namespace meldpunt::client {

class Session {
 public:
  using Draw = Beats::Draw;

  // All must outlive it.
  Session(Line& line, NoticeSource& source, Clock& clock, Rhythm rhythm, Draw draw,
          SessionView& view);

  // Carries the errands, in their order, until the visit in which the last is done has ended. With
  // none it is a visit that only reads.
  SessionEnd run(std::span<Errand* const> errands);

 private:
  Line& line_;
  Clock& clock_;
  std::chrono::milliseconds patience_;
  Beats beats_;
  crypto::Frame answer_{};
};

// The system generator, for programs.
[[nodiscard]] Session::Draw random_draw();

}  // namespace meldpunt::client
