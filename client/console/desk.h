// The desk: one thread that owns the device and its casework. It does what the screens ask, one
// job after the other, and between jobs it keeps in step with the server, sends what was written
// while nobody answered, and is on duty when it was told to.
//
//   a list       is read from the newest view, by any thread, at once
//   a job        waits for the jobs before it; the answer goes out when the new view is there
//   a turn       sync, or a round of duty; never while a job waits. While nobody answers it gives
//                up after a moment, so that what is on the disk can be read
//
// A history of the server that is not this device's (a fork, a rollback) stops deeds, with an
// explanation; reading goes on.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "client/console/http.h"
#include "client/console/on_duty.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

struct DeskSettings {
  std::chrono::milliseconds sync_every{5000};
  std::chrono::milliseconds after_failure{10'000};
  // While the line holds; a busy server is not waited for as long as a command would.
  client::StaffPatience patience{std::chrono::milliseconds(5000), 2, 2};
  client::StaffPatience while_away{std::chrono::milliseconds(1500), 1, 1};
  bool duty = false;
  // For duty: a line to the reporters' door; null: it is not looked at.
  std::function<std::unique_ptr<client::Line>()> door{};
  // What a case as a zaak says of the municipality; empty: it is refused, and says what to fill in.
  client::ZaakSettings zaak{};
};

class Desk {
 public:
  using Job = std::function<Response(Workplace& place)>;
  static constexpr std::size_t jobs_most = 64;

  // The clock must outlive it. `published` is called on the desk's thread when a new view is there.
  Desk(std::unique_ptr<client::StaffDevice> device, client::Clock& clock, DeskSettings settings,
       std::function<void()> published);
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;
  ~Desk();

  // Reads what the disk holds, then starts the thread. EX_TEMPFAIL where a key that is not on the
  // disk has to be asked for, and nobody answers.
  client::Outcome<void> start();
  // Finishes the job at hand, refuses those that wait, gives the duty lease back.
  void stop();

  // Never null after start().
  [[nodiscard]] std::shared_ptr<const View> view() const;
  // 503 at once when too many wait.
  void ask(Job job, Answer answer);
  // The next turn is now.
  void hurry();

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Waiting {
    Job job;
    Answer answer;
  };

  void run();
  [[nodiscard]] std::optional<Waiting> next_job(Time until);
  void do_job(const Waiting& waiting);
  void turn();
  client::Outcome<void> sync();
  void hear(const client::Outcome<void>& done);
  void collect_announcements();
  void publish();
  void set_view(View view);
  void remember();

  std::unique_ptr<client::StaffDevice> device_;
  DeskSettings settings_;
  std::function<void()> published_;
  Workplace place_;
  std::unique_ptr<OnDuty> duty_;
  Time next_turn_{};
  // What the newest view was made from: while it is the same, so is the view.
  struct Basis {
    client::Position events = 0;
    crypto::Hour hour = 0;
    std::uint32_t roster = 0;
    bool online = false;
    std::chrono::seconds synced{};
    std::size_t told = 0;
    std::string fault;
    friend bool operator==(const Basis&, const Basis&) = default;
  };
  [[nodiscard]] Basis basis() const;
  Basis shown_basis_;
  client::NoticeMark kept_mark_;
  crypto::Hour kept_at_ = 0;
  std::thread thread_;

  mutable std::mutex mutex_;  // guards everything below
  std::condition_variable woken_;
  std::deque<Waiting> jobs_;
  std::shared_ptr<const View> view_;
  bool hurried_ = false;
  bool stopping_ = false;
};

}  // namespace meldpunt::console
