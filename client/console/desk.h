// The desk: one thread that owns the work. It does what the screens ask, one job after the other,
// and between jobs what the role's own work is (work.h): keeping in step with the server.
//
//   a list       is read from the newest view, by any thread, at once
//   a job        waits for the jobs before it; the answer goes out when the new view is there
//   a turn       of the work; never while a job waits. While nobody answers it gives up after a
//                moment, so that what is on the disk can be read
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
#include "client/console/work.h"

namespace meldpunt::console {

struct DeskSettings {
  std::chrono::milliseconds sync_every{5000};
  std::chrono::milliseconds after_failure{10'000};
  // While the line holds; a busy server is not waited for as long as a command would.
  client::StaffPatience patience{std::chrono::milliseconds(5000), 2, 2};
  client::StaffPatience while_away{std::chrono::milliseconds(1500), 1, 1};
  WorkSettings work{};
};

class Desk {
 public:
  // The place is of the role that this device has.
  using Job = std::function<Response(Place& place)>;
  static constexpr std::size_t jobs_most = 64;

  // Whose device it is, and what is done there; called once, by start().
  using Begin = std::function<client::Outcome<std::unique_ptr<Work>>()>;

  // `published` is called on the desk's thread when a new view is there.
  Desk(Begin begin, DeskSettings settings, std::function<void()> published);
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;
  ~Desk();

  // Finds out whose device it is, reads what the disk holds, then starts the thread. Fails as
  // `begin` and the start() of its work do.
  client::Outcome<void> start();
  // Finishes the job at hand, refuses those that wait, gives the duty lease back.
  void stop();

  // Of the device, after start().
  [[nodiscard]] Role role() const { return work_->place().role; }
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
  void hear(const client::Outcome<void>& done);
  void look_at_notice();
  void publish();
  void set_view(View view);
  void remember();

  Begin begin_;
  DeskSettings settings_;
  std::function<void()> published_;
  std::unique_ptr<Work> work_;
  Time next_turn_{};
  // What the newest view was made from: while it is the same, so is the view.
  struct Basis {
    std::uint64_t contents = 0;
    crypto::Hour hour = 0;
    bool online = false;
    std::chrono::seconds synced{};
    std::size_t told = 0;
    std::string fault;
    friend bool operator==(const Basis&, const Basis&) = default;
  };
  [[nodiscard]] Basis basis() const;
  Basis shown_basis_;
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
