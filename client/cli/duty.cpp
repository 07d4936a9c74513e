#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/cli/stopping.h"
#include "client/lib/duty_rounds.h"

namespace meldpunt::client {

namespace {

constexpr std::array duty_own_options{
    config::Option{"once", config::Type::flag, "",
                   "Take in everything, write this tick's address, and end."},
    config::Option{"on-new", config::Type::text, "",
                   "Run this program with one word, new or acute, when reports came; never more."},
    config::Option{"look-every", config::Type::milliseconds, "2000",
                   "Time between two looks at the intake."},
    config::Option{"public-endpoint", config::Type::text, "",
                   "Check the reporters' door here instead of at the pin's endpoint."},
};

// Runs a program beside duty; collects those that have ended, so that none stays a zombie.
class Bell {
 public:
  explicit Bell(std::string program) : program_(std::move(program)) {}

  // False when it cannot be started.
  bool ring(const char* word) {
    collect();
    if (program_.empty()) return true;
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    // Standard output is a script's to read: it gets our events and nothing else.
    posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
    std::string argument(word);
    std::array<char*, 3> arguments{program_.data(), argument.data(), nullptr};
    pid_t child = 0;
    const int failed =
        posix_spawnp(&child, program_.c_str(), &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed == 0) children_.push_back(child);
    return failed == 0;
  }

 private:
  void collect() {
    std::erase_if(children_, [](pid_t child) { return waitpid(child, nullptr, WNOHANG) != 0; });
  }

  std::string program_;
  std::vector<pid_t> children_;
};

class Telling : public DutyWatcher {
 public:
  explicit Telling(Call& call) : terminal_(call.terminal), bell_(call.options.text("on-new")) {}

  void taken_in(const TakenInCounts& counts) override {
    terminal_.say(std::to_string(counts.fresh) + " taken in, " + std::to_string(counts.acute) +
                  " acute, " + std::to_string(counts.junk) + " no reports, " +
                  std::to_string(counts.without_secret) + " left for another device");
    terminal_.print({{"event", "taken_in"},
                     {"new", counts.fresh},
                     {"acute", counts.acute},
                     {"known", counts.known},
                     {"junk", counts.junk},
                     {"without_secret", counts.without_secret}});
    if (counts.fresh == 0) return;
    if (!bell_.ring(counts.acute > 0 ? "acute" : "new"))
      alarm("--on-new: that program cannot be run");
  }
  void received(const StaffBoxCounts& counts) override {
    terminal_.say(std::to_string(counts.fresh) +
                  " came from partners, approvers and devices: " + "see 'tasks'");
    terminal_.print({{"event", "received"}, {"new", counts.fresh}, {"doubted", counts.doubted}});
  }
  void wrote(Written written) override {
    if (written == Written::nothing) return;
    // What was written is not said: a log must not tell a reply from a dummy.
    terminal_.print({{"event", "address_written"}});
  }
  void alarm(const std::string& sentence) override {
    terminal_.complain(sentence);
    terminal_.print({{"event", "alarm"}, {"sentence", printable(sentence)}});
  }
  void waits(const std::string& sentence) override {
    terminal_.complain(sentence);
    terminal_.print({{"event", "waits"}, {"sentence", printable(sentence)}});
  }

 private:
  Terminal& terminal_;
  Bell bell_;
};

void say_what_waits(Terminal& terminal, std::size_t waiting) {
  terminal.print({{"event", "duty_ended"}, {"replies_waiting", waiting}});
  if (waiting == 0) return;
  terminal.complain(
      std::to_string(waiting) + (waiting == 1 ? " reply waits" : " replies wait") +
      " for a tick, and nobody posts them now: go on duty again, or ask a colleague.");
}

}  // namespace

config::Table duty_options() {
  static constexpr auto all = config::join(staff_options, duty_own_options);
  return all;
}

Outcome<void> duty(Call& call) {
  stop_on_signals();
  const auto opened = open_staff(call);
  if (!opened) return pass_on(opened.error());
  StaffDevice& staff = **opened;
  const auto state = read_state(staff.home);
  if (!state) return pass_on(state.error());
  const crypto::Pin& pin = staff.home.pin();
  const auto door =
      call.network.line({call.options.has("public-endpoint") ? call.options.text("public-endpoint")
                                                             : pin.endpoints.reporters,
                         pin.server, call.options.text("proxy")});
  Duty deeds(staff.home, *staff.casework, staff.line, call.clock, state->tick_written);
  Telling telling(call);
  DutyRhythm rhythm;
  rhythm.once = call.options.flag("once");
  rhythm.look_every = call.options.milliseconds("look-every");
  DutyRounds rounds(deeds, *staff.casework, staff.line, call.clock, door.get(), telling, rhythm);
  auto done = rounds.run([] { return stop_asked(); });
  say_what_waits(call.terminal, deeds.waiting_replies());
  const auto kept = staff.remember();
  if (done && !kept) return pass_on(kept.error());
  return done;
}

}  // namespace meldpunt::client
