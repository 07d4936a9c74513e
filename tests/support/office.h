// A region at work, over the server in memory: a steward and the devices that she enrols, each with
// a home of its own on the disk, and reporters who send what a test says.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "client/lib/duty_rounds.h"
#include "client/lib/steward.h"
#include "tests/support/fake_server.h"
#include "tests/support/fixed_thread.h"

namespace meldpunt::client::test {

using crypto::test::fixed_thread;
using crypto::test::id_of;

// Deleted, with all in it, when it goes.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "meldpunt-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const Path& path() const { return path_; }

 private:
  Path path_;
};

inline const crypto::PassphraseCost quick{1, 8};
inline const std::string_view passphrase = "a passphrase of some length";

// Throws where a test cannot go on.
template <class T>
T must(Outcome<T> outcome) {
  if (!outcome) throw std::runtime_error(outcome.error().sentence);
  if constexpr (!std::is_void_v<T>) return std::move(*outcome);
}

// One device at work: as much as one process has.
struct Seat {
  Seat(const Path& path, FakeServer& server, FakeClock& clock)
      : home(must(Home::open(path, crypto::as_bytes(passphrase)))),
        line(server.line(home.keys().curve.public_key())),
        notices(home.pin(), clock),
        staff(*line, notices, clock),
        casework(must(Casework::open(home, staff, clock))),
        duty(home, *casework, staff, clock, must(read_state(home)).tick_written) {}

  Home home;
  std::unique_ptr<Line> line;
  NoticeSource notices;
  StaffLine staff;
  std::unique_ptr<Casework> casework;
  Duty duty;
};

class Office {
 public:
  explicit Office(std::chrono::hours begins = std::chrono::hours(crypto::test::this_hour))
      : clock(begins) {
    Founding founding;
    founding.region = "IJsselland";
    founding.device_name = "steward";
    founding.endpoints = {"tcp://127.0.0.1:7400", "tcp://127.0.0.1:7401"};
    founding.demonstration = true;
    must(read_daemon_public(server.public_keys(), founding));
    const auto secret = crypto::as_bytes(passphrase);
    const Home steward = must(found_region(founding, path_of("steward"), path_of("out"),
                                           {secret, secret, quick}, clock.now()));
    pin = steward.pin();
    team =
        steward.keyring().epoch_of_day(crypto::day_of(hour_of(clock.now())))->secret.public_key();
    server.found(pin, must(read_file(path_of("out") / "founding", std::size_t{1} << 20)));
  }

  [[nodiscard]] Path path_of(const std::string& name) const { return directory.path() / name; }

  // A process of that device starts.
  [[nodiscard]] std::unique_ptr<Seat> seat(const std::string& name) {
    return std::make_unique<Seat>(path_of(name), server, clock);
  }

  // A new device, enrolled by the steward.
  void enrol_device(const std::string& name,
                    crypto::DeviceRole role = crypto::DeviceRole::coordinator) {
    make_device(name);
    const auto steward = seat("steward");
    must(steward->casework->sync());
    const auto file = must(read_file(path_of(name) / "enrolment", 4096));
    must(enrol(steward->home, *steward->casework, steward->staff, must(read_enrolment(file, pin)),
               role, nullptr, clock.now()));
  }
  void make_device(const std::string& name) {
    must(Home::make(path_of(name), must(read_file(path_of("out") / "pin", 4096)), name,
                    crypto::as_bytes(passphrase), quick));
  }

  // What a reporter of thread `thread` sends: a report with that number, answers and text.
  [[nodiscard]] crypto::Report report(std::uint8_t thread, std::uint8_t number,
                                      std::vector<crypto::Answer> answers = {}) const {
    crypto::Report made;
    made.id = id_of<crypto::ReportId>(number);
    made.thread = fixed_thread(thread).shared.clone();
    made.visit = id_of<crypto::VisitId>(number);
    made.hour = hour_of(clock.now());
    made.body = crypto::Statement{"nl", std::move(answers), "report " + std::to_string(number), {}};
    return made;
  }
  void send(const crypto::Report& made) {
    const auto sealed = crypto::seal_report(made, team, pin.region);
    if (!sealed) throw std::runtime_error("the report cannot be sealed");
    server.put_report(*sealed);
  }

  TemporaryDirectory directory;
  FakeClock clock;
  FakeServer server{clock};
  crypto::Pin pin;
  crypto::SealingKey<crypto::role::Epoch> team;
};

}  // namespace meldpunt::client::test
