// desk_bench [--disk DIRECTORY] [--cases N] [NAME...]: what a coordinator waits for, with 10,000
// reports in 2,000 cases and 60,000 events. Prints one JSON object a line; progress goes to
// standard error. With fewer cases there are fewer reports and events in proportion.
//
// Each process of the desk is a process of its own here, so that what the journal took to make is
// not counted as memory of the console.
#include <sodium.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>

#include "client/lib/recording.h"
#include "tests/bench/folder.h"
#include "tests/bench/large_journal.h"
#include "tests/bench/measure.h"

namespace {

using namespace meldpunt;
using bench::against_limit;
using bench::JournalSize;
using client::Path;
using client::test::must;
using Clock = std::chrono::steady_clock;

const std::vector<std::string> all_names{"first_sync_s", "replay_events_per_s", "console_ready_ms",
                                         "list_10k_ms",  "search_10k_ms",       "console_rss_mib"};

struct Wanted {
  std::vector<std::string> names;
  JournalSize size;

  void print(const bench::Measure& measure) const {
    const bool named = std::ranges::find(names, measure.name) != names.end();
    if (!names.empty() && !named) return;
    if (!measure.note.empty()) std::cerr << "  " << measure.name << ": " << measure.note << '\n';
    std::cout << measure;
  }
};

double milliseconds(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double median_of(int rounds, const std::function<void()>& work) {
  std::vector<double> all;
  for (int i = 0; i < rounds; ++i) all.push_back(milliseconds(work));
  return bench::median(std::move(all));
}

double resident_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  }
  throw std::runtime_error("there is no VmRSS here");
}

// Runs it as a process of its own.
void in_a_process(const std::function<void()>& work) {
  std::cout.flush();
  const pid_t child = fork();
  if (child == 0) {
    int code = EX_OK;
    try {
      work();
    } catch (const std::exception& error) {
      std::cerr << "failed: " << error.what() << '\n';
      code = EX_SOFTWARE;
    }
    std::cout.flush();
    _exit(code);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != EX_OK) throw std::runtime_error("a part failed");
}

// Leaves the deputy's home in `home`: what the first reading of the journal wrote.
void make_home(const Wanted& wanted, const Path& home) {
  client::test::Office office;
  office.enrol_device("deputy");
  std::cerr << "writing the journal ...";
  std::size_t events = 0;
  const double written =
      milliseconds([&] { events = bench::write_large_journal(office, wanted.size); });
  std::cerr << ' ' << events << " events, " << static_cast<int>(written / 1000) << " s\n";
  const auto seat = office.seat("deputy");
  const double taken = milliseconds([&] { must(seat->casework->sync()); });
  wanted.print(against_limit("first_sync_s", taken / 1000, "s", 60,
                             std::to_string(seat->casework->journal().size()) +
                                 " events from a server in the same process"));
  std::filesystem::rename(office.path_of("deputy"), home);
}

// One start of the console, without the line.
class Desk {
 public:
  explicit Desk(const Path& home)
      : clock_(std::chrono::hours(crypto::test::this_hour)),
        server_(clock_),
        seat_(home, server_, clock_) {}

  client::Casework& casework() { return *seat_.casework; }

 private:
  client::test::FakeClock clock_;
  client::test::FakeServer server_;
  client::test::Seat seat_;
};

// From the unlocked home (Argon2id is not counted) to a console that shows everything.
double ready_ms(std::unique_ptr<Desk>& desk, const Path& home) {
  double passphrase = milliseconds(
      [&] { must(client::Home::open(home, crypto::as_bytes(client::test::passphrase))); });
  const double all = milliseconds([&] {
    desk = std::make_unique<Desk>(home);
    must(desk->casework().recall());
  });
  return all - passphrase;
}

void replay(const Wanted& wanted, const Path& home) {
  std::filesystem::remove(home / "opened");
  std::unique_ptr<Desk> desk;
  const double taken = ready_ms(desk, home);
  const auto events = static_cast<double>(desk->casework().journal().size());
  // The budget is 60,000 events in 10 s.
  bench::Measure measure{"replay_events_per_s", events / taken * 1000, "1/s", 6000, 0, {}};
  measure.ratio = measure.value / measure.limit;
  measure.note = std::to_string(static_cast<int>(taken)) + " ms from the copy of the journal";
  wanted.print(measure);
}

void list_all(client::Casework& casework) {
  std::size_t due = 0;
  for (const auto& [id, entry] : casework.index().cases()) {
    const auto state = client::state_of(casework, id);
    due += state.due.size() + (entry.waits_for_answer() ? 1U : 0U);
  }
  if (due == 0) throw std::runtime_error("the list is empty");
}

void console(const Wanted& wanted, const Path& home) {
  std::unique_ptr<Desk> desk;
  const double ready = ready_ms(desk, home);
  client::Casework& casework = desk->casework();
  wanted.print(against_limit("console_ready_ms", ready, "ms", 2000,
                             std::to_string(casework.index().report_count()) + " reports, " +
                                 std::to_string(casework.index().cases().size()) + " threads"));
  const double rss = resident_mib();
  wanted.print(against_limit("list_10k_ms", median_of(5, [&] { list_all(casework); }), "ms", 200,
                             "where every case stands"));
  std::size_t hits = 0;
  // A rare word, two words, and one that nobody wrote.
  for (const std::string& query :
       {bench::a_rare_word(), std::string("de een"), std::string("zzyzx")}) {
    hits += casework.texts().find(query, 50).size();
  }
  const double found = median_of(7, [&] { (void)casework.texts().find(bench::a_rare_word(), 50); });
  wanted.print(against_limit("search_10k_ms", found, "ms", 100, std::to_string(hits) + " hits"));
  wanted.print(against_limit("console_rss_mib", std::max(rss, resident_mib()), "MiB", 300, ""));
}

void run(const Wanted& wanted, const Path& disk) {
  const bench::Folder folder(disk);
  const Path home = folder.path() / "home";
  in_a_process([&] { make_home(wanted, home); });
  in_a_process([&] { replay(wanted, home); });
  in_a_process([&] { console(wanted, home); });
}

std::string value_after(std::vector<std::string>& words, const std::string& option,
                        std::string otherwise) {
  const auto found = std::ranges::find(words, option);
  if (found == words.end() || std::next(found) == words.end()) return otherwise;
  std::string value = *std::next(found);
  words.erase(found, found + 2);
  return value;
}

bool is_no_name(const std::string& word) {
  return std::ranges::find(all_names, word) == all_names.end();
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> words(arguments + 1, arguments + count);
  const Path disk = value_after(words, "--disk", std::filesystem::temp_directory_path().string());
  const std::size_t cases = std::stoul(value_after(words, "--cases", "2000"));
  if (std::ranges::any_of(words, is_no_name)) {
    std::cerr << "usage: desk_bench [--disk DIRECTORY] [--cases N] [NAME...]; names:";
    for (const std::string& name : all_names) std::cerr << ' ' << name;
    std::cerr << '\n';
    return EX_USAGE;
  }
  if (sodium_init() < 0) return EX_SOFTWARE;
  try {
    run({words, {cases, cases * 5, cases * 30}}, disk);
  } catch (const std::exception& error) {
    std::cerr << "failed: " << error.what() << '\n';
    return EX_SOFTWARE;
  }
  return EX_OK;
}
