// The server is blind: what people write is in no byte of it, on disk or in memory, under load.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

#include "client/lib/transport/sealed_exchange.h"
#include "tests/integration/a_region.h"
#include "tests/integration/crowd.h"

namespace meldpunt::tests {
namespace {

using namespace std::chrono_literals;

std::string a_marker() {
  std::string marker = "MARKER-";
  crypto::Block<16> random{};
  crypto::fill_random(random);
  for (const std::uint8_t byte : random) marker += static_cast<char>('a' + byte % 26);
  return marker;
}

bool holds(std::string_view bytes, std::string_view marker) {
  return bytes.find(marker) != std::string_view::npos;
}

// Every readable mapping, as root; those that go away meanwhile are passed over.
bool memory_holds(pid_t process, std::string_view marker, std::size_t& searched) {
  const std::string place = "/proc/" + std::to_string(process);
  std::istringstream maps(read_text(place + "/maps"));
  const int memory = ::open((place + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
  if (memory < 0) throw std::runtime_error("cannot read " + place + "/mem; run as root");
  bool found = false;
  for (std::string line; !found && std::getline(maps, line);) {
    std::size_t from = 0;
    std::size_t to = 0;
    char dash = 0;
    std::string rights;
    std::istringstream(line) >> std::hex >> from >> dash >> to >> rights;
    if (rights.empty() || rights[0] != 'r' || line.ends_with("[vvar]") ||
        line.ends_with("[vsyscall]")) {
      continue;
    }
    std::string bytes(to - from, '\0');
    const auto read = ::pread(memory, bytes.data(), bytes.size(), static_cast<off_t>(from));
    if (read <= 0) continue;
    searched += static_cast<std::size_t>(read);
    found = holds(std::string_view(bytes).substr(0, static_cast<std::size_t>(read)), marker);
  }
  ::close(memory);
  return found;
}

std::vector<std::string> files_that_hold(const std::filesystem::path& folder,
                                         std::string_view marker) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && holds(read_text(entry.path()), marker)) {
      found.push_back(entry.path());
    }
  }
  return found;
}

class BlindServer : public testing::Test {
 protected:
  // What the server has: its data with the log, a backup, and what it printed.
  std::vector<std::string> server_files_that_hold(std::string_view marker) {
    const auto backup = region_.folder() / "server-backup";
    std::filesystem::remove(backup);
    EXPECT_EQ(run({MELDPUNT_DAEMON_PROGRAM, "--data", region_.data(), "--backup", backup}).status,
              0);
    auto found = files_that_hold(region_.data(), marker);
    for (const auto& file : {backup, region_.folder() / "daemon.log",
                             region_.folder() / "reporters.log", region_.folder() / "staff.log"}) {
      if (holds(read_text(file), marker)) found.push_back(file);
    }
    return found;
  }
  bool server_memory_holds(std::string_view marker) {
    std::size_t searched = 0;
    bool found = false;
    for (Child* child : {&region_.daemon(), &region_.gateway(), &region_.staff_gateway()}) {
      found = memory_holds(child->id(), marker, searched) || found;
    }
    EXPECT_GT(searched, std::size_t{8} << 20) << "the search saw next to nothing";
    return found;
  }

  // How long the journal's rows are on the disk: every length that there is, shortest first.
  std::vector<std::size_t> lengths_of_journal_rows() {
    const auto backup = region_.folder() / "journal-backup";
    EXPECT_EQ(run({MELDPUNT_DAEMON_PROGRAM, "--data", region_.data(), "--backup", backup}).status,
              0);
    const auto journal = std::to_string(static_cast<int>(crypto::MailboxKind::journal));
    const auto told =
        run({"/usr/bin/sqlite3", "-readonly", backup,
             "SELECT DISTINCT length(bytes) FROM item WHERE kind = " + journal + " ORDER BY 1"});
    EXPECT_EQ(told.status, 0) << told.output;
    std::istringstream words(told.output);
    return {std::istream_iterator<std::size_t>(words), {}};
  }
  // What the steward's device writes, with text on its standard input.
  void write(const std::string& command, std::vector<std::string> more, const std::string& input) {
    const auto answer = region_.staff(command, more, "steward", input);
    EXPECT_EQ(answer.status, 0) << command << ": " << answer.output;
  }
  void write_record(const std::string& subject, const std::string& kind, const Json& fields) {
    write("record", {subject, kind, "--fields-file", "-"}, fields.dump());
  }
  std::string taken_case() {
    region_.duty_once();
    return region_.staff("next").event("case").at("case");
  }

  ARegion region_;
  const std::string marker_ = a_marker();
};

TEST_F(BlindServer, HoldsNoByteOfReportsRepliesAndNotes) {
  Crowd crowd(region_.pin(), region_.reporters_endpoint());
  crowd.start(8, 1'000'000, marker_);
  const std::string words = region_.report(marker_);
  region_.duty_once();
  const std::string subject = region_.staff("next").event("case").at("case");
  ASSERT_EQ(region_.staff("reply", {subject, "--text-file", "-"}, "steward", marker_).status, 0);
  ASSERT_EQ(region_.staff("note", {subject, "--text-file", "-"}, "steward", marker_).status, 0);
  bool in_memory = false;
  await("load", [&] {
    in_memory = server_memory_holds(marker_) || in_memory;
    return crowd.acknowledged().size() > 200;
  });
  const auto files = server_files_that_hold(marker_);
  crowd.stop();

  EXPECT_FALSE(in_memory);
  EXPECT_TRUE(files.empty()) << files.front();
  for (const char* what : {"127.0.0.1", words.c_str()}) {
    EXPECT_FALSE(holds(region_.log(), what)) << what;
  }
}

TEST_F(BlindServer, HoldsNoByteOfACaseFile) {
  region_.enrol("KADERA desk", "partner");
  region_.report("one");
  region_.report("two");
  const std::string other = taken_case();
  const std::string subject = taken_case();
  const auto today = "2026-11-22";
  const std::vector<std::pair<std::string, Json>> items{
      {"identity", {{"name", marker_}, {"contact", marker_}, {"safety", marker_}}},
      {"need", {{"need", "P1.SHELTER"}, {"state", "ASKED"}, {"remark", marker_}}},
      {"risk", {{"urgency", "HIGH"}, {"signals", {"G01"}}, {"remark", marker_}}},
      {"place", {{"role", "STAYS"}, {"municipality", "GM0148"}, {"remark", marker_}}},
      {"right", {{"pillar", "P1"}, {"told", marker_}, {"on", today}}},
      {"task", {{"text", marker_}}},
      {"check", {{"list", marker_}, {"text", marker_}}},
      {"bottleneck", {{"side", "WITHIN"}, {"text", marker_}}},
      {"shared_note", {{"text", marker_ + std::string(3000, ' ') + marker_}}}};
  for (const auto& [kind, fields] : items) write_record(subject, kind, fields);
  write("identity", {subject, "--reason", marker_}, "");
  write("note", {subject, "--text-file", "-"}, marker_);
  write("reply", {subject, "--text-file", "-"}, marker_);
  const std::vector<std::string> shared{"--purpose", "REFER", "--field", "summary"};
  const auto with = [&](std::vector<std::string> words) {
    words.insert(words.end(), shared.begin(), shared.end());
    return words;
  };
  write("consent", with({subject, "--given", "--recipient", "KADERA", "--text-file", "-"}),
        marker_);
  write("escalate", with({subject, "--to", "KADERA", "--values", "-", "--yes"}),
        Json{{"summary", marker_}}.dump());
  const std::string paper = region_.folder() / "client-file.html";
  write("paper", {subject, "client-file", "--save", paper, "--reason", marker_}, "");
  write("audit", {subject, "--save", region_.folder() / "audit.jsonl", "--reason", marker_}, "");
  write("reply", {other, "--text-file", "-"}, marker_);  // what is unread is not erased
  write("merge", {other, subject, "--reason", marker_}, "");
  write("erase", {other, "--reason", "-", "--yes"}, marker_);
  region_.duty_once();

  EXPECT_FALSE(server_memory_holds(marker_));
  const auto files = server_files_that_hold(marker_);
  EXPECT_TRUE(files.empty()) << files.front();
  EXPECT_FALSE(holds(region_.log(), "KADERA"));
  // It was written: who has the keys reads it back.
  EXPECT_TRUE(holds(region_.staff("file", {subject}).output, marker_));
  EXPECT_TRUE(holds(region_.staff("inbox", {}, "KADERA desk").output, marker_));
  EXPECT_TRUE(holds(read_text(paper), marker_));
  EXPECT_NE(
      region_.staff("paper", {subject, "client-file", "--save", paper, "--reason", "x"}).status, 0)
      << "it writes over nothing";
  write("audit", {"--verify", region_.folder() / "audit.jsonl"}, "");
  // Whatever was written, its row is of one of three lengths.
  EXPECT_EQ(lengths_of_journal_rows(),
            (std::vector<std::size_t>{crypto::event_small_size, crypto::event_middle_size,
                                      crypto::event_full_size}));
}

// The control: the same search finds a marker that somebody stores in the clear.
TEST_F(BlindServer, IsSearchedWellEnoughToFindAMarkerInTheClear) {
  const auto pin = crypto::trust_pin(crypto::as_bytes(read_text(region_.pin()))).value();
  client::Network network;
  client::SystemClock clock;
  const auto line = network.line({region_.reporters_endpoint(), pin.server, ""});
  client::NoticeSource source(pin, clock);
  ASSERT_TRUE(client::fetch_notice(source, *line, 5s));
  crypto::PutReport put;
  put.tick = source.notice()->digest.tick;
  for (std::size_t i = 0; i < put.sealed.size(); ++i) {
    put.sealed[i] = static_cast<std::uint8_t>(marker_[i % marker_.size()]);
  }
  crypto::copy_bytes(source.notice()->bundle.epoch.view(), put.sealed);
  const auto request =
      client::SealedRequest::seal(put, source.notice()->digest, pin.region).value();
  crypto::Frame answer{};
  ASSERT_EQ(line->exchange(answer, request.frame(), 5s), client::Delivery::answered);
  ASSERT_EQ(request.open(answer).value().status, crypto::Status::ok);

  EXPECT_FALSE(server_files_that_hold(marker_).empty());
  EXPECT_TRUE(server_memory_holds(marker_));
}

}  // namespace
}  // namespace meldpunt::tests
