// The reporter's commands over a real ZeroMQ line, to a daemon in the same process.
#include <gmock/gmock.h>
#include <unistd.h>
#include <zmq.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "client/cli/command.h"
#include "client/cli/doctor.h"
#include "client/cli/interview.h"
#include "client/image/agreement.h"
#include "client/lib/page_texts.h"
#include "tests/support/photos.h"
#include "tests/unit/client/a_daemon.h"

namespace meldpunt::client {
namespace {

using namespace testing;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

// Answers on a unix socket until it goes.
class Served {
 public:
  explicit Served(Daemon& daemon, const crypto::CurveSecret& key)
      : directory_(std::filesystem::temp_directory_path() /
                   ("meldpunt-cli-" + std::to_string(::getpid()))),
        context_(zmq_ctx_new()),
        router_(zmq_socket(context_, ZMQ_ROUTER)) {
    std::filesystem::create_directories(directory_);
    const int one = 1;
    const int patience = 50;
    zmq_setsockopt(router_, ZMQ_CURVE_SERVER, &one, sizeof one);
    zmq_setsockopt(router_, ZMQ_RCVTIMEO, &patience, sizeof patience);
    zmq_setsockopt(router_, ZMQ_CURVE_SECRETKEY, key.secret().data(), crypto::curve_key_size);
    EXPECT_EQ(zmq_bind(router_, endpoint().c_str()), 0);
    thread_ = std::jthread([this, &daemon](const std::stop_token& stop) {
      while (!stop.stop_requested()) serve_one(daemon);
    });
  }
  ~Served() {
    thread_ = {};
    const int zero = 0;
    zmq_setsockopt(router_, ZMQ_LINGER, &zero, sizeof zero);
    zmq_close(router_);
    zmq_ctx_term(context_);
    std::filesystem::remove_all(directory_);
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
  [[nodiscard]] std::string endpoint() const { return "ipc://" + (directory_ / "sock").string(); }

 private:
  void serve_one(Daemon& daemon) {
    crypto::Frame request{};
    crypto::Frame answer{};
    zmq_msg_t peer;
    zmq_msg_init(&peer);
    if (zmq_msg_recv(&peer, router_, 0) >= 0 &&
        zmq_recv(router_, request.data(), request.size(), 0) == static_cast<int>(request.size()) &&
        daemon(answer, request) == Delivery::answered) {
      zmq_msg_send(&peer, router_, ZMQ_SNDMORE);
      zmq_send(router_, answer.data(), answer.size(), 0);
    }
    zmq_msg_close(&peer);
  }

  std::filesystem::path directory_;
  void* context_;
  void* router_;
  std::jthread thread_;
};

class Cli : public ::testing::Test {
 protected:
  Cli() {
    clock_.wall = daemon_clock_.wall = std::chrono::seconds(test_time);
    const auto pin = crypto::sign_pin(region_.pin, region_.root);
    write("pin", crypto::as_text(pin));
  }

  void write(const std::string& name, std::string_view content) const {
    std::ofstream(path(name), std::ios::binary) << content;
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (served_.directory() / name).string();
  }

  // A command as somebody types it, with the pin and a quick beat; standard input is `typed`.
  int run(std::vector<std::string> words, const std::string& typed = "", bool person = false) {
    if (words.size() > 0) {
      const std::vector<std::string> common{"--pin", path("pin"),  "--beat",
                                            "1",     "--endpoint", served_.endpoint()};
      words.insert(words.begin() + 1, common.begin(), common.end());
    }
    return run_as_typed(words, typed, person);
  }
  int run_as_typed(const std::vector<std::string>& words, const std::string& typed = "",
                   bool person = false) {
    std::vector<const char*> arguments;
    for (const std::string& word : words) arguments.push_back(word.c_str());
    std::istringstream in(typed);
    std::ostringstream out;
    std::ostringstream complaints;
    Terminal terminal(in, out, complaints);
    terminal.set_interactive(person);
    const int code = run_command(arguments, terminal, clock_, network_);
    out_ = out.str();
    complaints_ = complaints.str();
    return code;
  }

  // The objects that the last command printed, by their event; the last of each.
  [[nodiscard]] json event(const std::string& name) const {
    std::istringstream lines(out_);
    json found;
    for (std::string line; std::getline(lines, line);) {
      const json object = json::parse(line);
      if (object["event"] == name) found = object;
    }
    return found;
  }

  crypto::Report taken_in(std::size_t index) const {
    const auto opened =
        crypto::open_report(daemon_.intake.at(index), region_.team, region_.pin.region);
    return crypto::decode_report(opened.value().plaintext.view()).value();
  }

  Region region_;
  VirtualClock daemon_clock_;
  VirtualClock clock_;
  Daemon daemon_{region_, daemon_clock_};
  Served served_{daemon_, region_.curve};
  Network network_;
  std::string out_;
  std::string complaints_;
};

TEST_F(Cli, AReporterReportsComesBackReadsAddsAndBurns) {
  write("answers", R"({"kind":"SIGNAL","language":"nl","text":"iets gezien"})");
  ASSERT_EQ(run({"report", "--json", "--answers", path("answers")}), EX_OK) << complaints_;
  write("code", event("code")["words"].get<std::string>() + "\n");
  EXPECT_EQ(event("arrived")["frames"], 1);
  ASSERT_EQ(daemon_.intake.size(), 1U);
  const auto first = taken_in(0);
  EXPECT_EQ(std::get<crypto::Statement>(first.body).text, "iets gezien");

  ASSERT_EQ(run({"check", "--json", "--code-file", path("code")}), EX_OK) << complaints_;
  EXPECT_EQ(event("checked")["replies"], 0);

  auto reply = a_reply(0);
  reply.consent = {crypto::random_id<crypto::ConsentId>(), "SHELTER", "P1", {"needs"}};
  daemon_.post(first.thread, reply);
  ASSERT_EQ(run({"check", "--json", "--code-file", path("code")}), EX_OK) << complaints_;
  EXPECT_EQ(event("reply")["text"], "answer 0");
  EXPECT_EQ(event("checked")["chain"]["0"], "first");

  const std::string question = event("reply")["consent"]["id"];
  ASSERT_EQ(run({"message", "--json", "--code-file", path("code"), "--consent", question, "given"}),
            EX_OK)
      << complaints_;
  const auto answer = taken_in(1);
  EXPECT_EQ(answer.thread.id, first.thread.id);
  EXPECT_EQ(std::get<crypto::ConsentAnswer>(answer.body).question, reply.consent->id);

  ASSERT_EQ(run({"burn", "--json", "--code-file", path("code")}), EX_OK) << complaints_;
  EXPECT_EQ(event("burned")["replies"], json::array({0}));
  EXPECT_EQ(daemon_.living(), 0U);
}

TEST_F(Cli, AnAnswerIsShownInTheReportersLanguage) {
  write("answers", R"({"text":"x"})");
  ASSERT_EQ(run({"report", "--json", "--answers", path("answers")}), EX_OK);
  write("code", event("code")["words"].get<std::string>() + "\n");
  auto reply = a_reply(0);
  reply.status = crypto::ReplyStatus::working;
  reply.text_module = "WAIT";
  daemon_.post(taken_in(0).thread, reply);

  ASSERT_EQ(run({"check", "--code-file", path("code"), "--language", "nl"}), EX_OK);

  EXPECT_THAT(out_, HasSubstr(std::string(text_of_status(reply.status, "nl"))));
  EXPECT_THAT(out_, HasSubstr(text_of_module("WAIT", "nl")));
  EXPECT_THAT(out_, Not(HasSubstr("WAIT")));
}

TEST_F(Cli, APersonIsAskedAndSeesTheCodeBeforeAnythingIsSent) {
  ASSERT_EQ(run({"report"}, "2\nn\ny\nI saw it.\n.\n\ny\n", true), EX_OK) << complaints_;

  EXPECT_LT(out_.find("Seven words"), out_.find("Sending"));
  ASSERT_EQ(daemon_.intake.size(), 1U);
  EXPECT_EQ(std::get<crypto::Statement>(taken_in(0).body).text, "I saw it.");
}

TEST_F(Cli, NothingIsSentWhenThePersonDoesNotAgree) {
  EXPECT_EQ(run({"report"}, "2\nn\nn\nI saw it.\n.\n\nn\n", true), EX_OK);

  EXPECT_TRUE(daemon_.seen.empty());
  EXPECT_THAT(out_, HasSubstr("Nothing was sent."));
}

TEST_F(Cli, NoWayBackShowsNoCodeAndSendsTheSameBytes) {
  write("answers", R"({"text":"x"})");

  ASSERT_EQ(run({"report", "--json", "--no-way-back", "--answers", path("answers")}), EX_OK);

  EXPECT_TRUE(event("code").is_null());
  EXPECT_EQ(daemon_.intake.size(), 1U);
}

TEST_F(Cli, AWrongWordIsDataThatIsWrong) {
  write("code", "this is not any code at all\n");

  EXPECT_EQ(run({"check", "--code-file", path("code")}), EX_DATAERR);
  EXPECT_TRUE(daemon_.seen.empty());
}

TEST_F(Cli, AMessageIsNeverTakenFromTheCommandLine) {
  write("code", crypto::Code::generate().digits());
  EXPECT_EQ(run({"message", "--code-file", path("code"), "my secret"}), EX_USAGE);
}

// What was put together from everything that arrived.
crypto::SecretBuffer whole_of(const crypto::Manifest& manifest,
                              const std::vector<crypto::Report>& arrived) {
  crypto::Assembly assembly(manifest);
  for (const crypto::Report& report : arrived) {
    const auto* part = std::get_if<crypto::Part>(&report.body);
    if (part != nullptr) (void)assembly.add(*part);
  }
  return assembly.whole().value();
}

TEST_F(Cli, WhatIsHiddenInAPhotoDoesNotLeaveTheDevice) {
  write("answers", R"({"text":"seen here"})");
  const auto photo = tests::jpeg_file(tests::four_quarters(600, 400));
  ASSERT_TRUE(tests::holds(photo, tests::marker));
  write("photo", crypto::as_text(photo));

  ASSERT_EQ(run({"report", "--json", "--answers", path("answers"), "--attach", path("photo"),
                 "--attach", path("photo")}),
            EX_OK)
      << complaints_;

  std::vector<crypto::Report> arrived;
  for (std::size_t i = 0; i < daemon_.intake.size(); ++i) arrived.push_back(taken_in(i));
  const auto& statement = std::get<crypto::Statement>(arrived.front().body);
  ASSERT_EQ(statement.enclosed.size(), 2U);
  for (const crypto::Manifest& manifest : statement.enclosed) {
    const auto whole = whole_of(manifest, arrived);
    EXPECT_FALSE(tests::holds(whole.view(), tests::marker));
    EXPECT_TRUE(tests::near(tests::bare_jpeg(whole.view()).quarters()[3], tests::yellow));
    EXPECT_LE(whole.size(), image::photo_largest);
  }
  EXPECT_EQ(event("attached")["bytes_before"], photo.size());
}

TEST_F(Cli, APersonIsToldWhatWasTakenOutOfAPhotoAndHowLongItTakes) {
  write("photo", crypto::as_text(tests::png_file(tests::noise(300, 200))));

  ASSERT_EQ(
      run({"report", "--language", "nl", "--attach", path("photo")}, "2\nn\nn\n.\n\nj\n", true),
      EX_OK)
      << complaints_;

  EXPECT_THAT(out_, HasSubstr("Weggehaald: plaats, tijd, soort telefoon"));
  EXPECT_THAT(out_, HasSubstr("let op gezichten"));
  EXPECT_THAT(out_, HasSubstr("  een foto, "));
  EXPECT_THAT(out_, HasSubstr("delen, één bij elke slag"));
  EXPECT_THAT(out_, HasSubstr("delen zijn aangekomen."));
  EXPECT_GT(daemon_.intake.size(), 2U);
}

TEST_F(Cli, NothingIsSentOrShownWhenAFileIsNoPhoto) {
  write("answers", R"({"text":"x"})");
  write("paper", "%PDF-1.7");
  write("torn", crypto::as_text(tests::jpeg_file(tests::noise(64, 64))).substr(0, 2000));
  write("photo", crypto::as_text(tests::jpeg_file(tests::four_quarters(32, 32))));
  const struct {
    std::vector<std::string> files;
    int code;
    const char* sentence;
  } rows[] = {
      {{"photo", "paper"}, EX_DATAERR, "Only photos (JPEG, PNG, WebP) can"},
      {{"torn"}, EX_DATAERR, "damaged or cut off"},
      {{"absent"}, EX_NOINPUT, "absent"},
      {{"photo", "photo", "photo", "photo", "photo"}, EX_USAGE, "At most 4 photos"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.sentence);
    std::vector<std::string> words{"report", "--answers", path("answers")};
    for (const std::string& file : row.files) words.insert(words.end(), {"--attach", path(file)});

    EXPECT_EQ(run(words), row.code);

    EXPECT_THAT(complaints_, HasSubstr(row.sentence));
    EXPECT_THAT(out_, Not(HasSubstr("Seven words")));
  }
  EXPECT_TRUE(daemon_.seen.empty());
}

TEST_F(Cli, APhotoGoesWithWordsOnly) {
  write("code", crypto::Code::generate().digits());
  write("photo", crypto::as_text(tests::jpeg_file(tests::four_quarters(32, 32))));

  EXPECT_EQ(run({"message", "--code-file", path("code"), "--attach", path("photo"), "--erase"}),
            EX_USAGE);
  EXPECT_TRUE(daemon_.seen.empty());

  EXPECT_EQ(run({"message", "--code-file", path("code"), "--attach", path("photo")}), EX_OK)
      << "without a word, too";
  EXPECT_EQ(daemon_.intake.size(), 2U);
}

TEST_F(Cli, DoctorSaysWhatIsWrongAndWhatToDo) {
  EXPECT_EQ(run({"doctor", "--json"}), EX_OK) << out_ << complaints_;
  EXPECT_EQ(event("finding")["what"], "keys");

  clock_.wall -= std::chrono::hours(48);
  EXPECT_EQ(run({"doctor"}), EX_CONFIG);
  EXPECT_THAT(out_, HasSubstr("WRONG  clock"));

  const auto other = crypto::sign_pin(Region().pin, Region().root);
  write("pin", crypto::as_text(other));
  EXPECT_EQ(run({"doctor"}), EX_DATAERR) << "not signed by its own root";
}

TEST_F(Cli, DoctorSaysWhetherPhotosCanBeMadeAnewHere) {
  EXPECT_EQ(run({"doctor"}), EX_OK) << out_;
  EXPECT_THAT(out_, HasSubstr("good   photos"));

  const struct {
    const char* program;
    const char* remedy;
  } rows[] = {
      {nullptr, "not beside this program. Install it there"},
      {"exit 13", "cannot shut itself in here. Use a system with seccomp"},
      {"kill -SYS $$", "does not do its work here. Install it anew"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.remedy);
    if (row.program != nullptr) {
      write("stand-in", "#!/bin/sh\n" + std::string(row.program) + "\n");
      std::filesystem::permissions(path("stand-in"), std::filesystem::perms::owner_all);
    }
    const Finding found = examine_photos(ImageProgram(path("stand-in")), clock_);
    EXPECT_EQ(found.verdict, Verdict::wrong);
    EXPECT_EQ(found.exit_code, EX_UNAVAILABLE);
    EXPECT_THAT(found.sentence, HasSubstr(row.remedy));
  }
}

TEST_F(Cli, DoctorKnowsAServerOfAnotherRegion) {
  Region other;
  other.pin.server = region_.pin.server;
  const auto pin = crypto::sign_pin(other.pin, other.root);
  write("pin", crypto::as_text(pin));

  EXPECT_EQ(run({"doctor"}), EX_PROTOCOL);
  EXPECT_THAT(out_, HasSubstr("WRONG  keys"));
}

TEST_F(Cli, SaysWhichTermsApplyAndWhereTheyComeFrom) {
  write("terms.json", R"({"retention.LEFT": {"years": 2, "source": "our own decision"}})");
  const auto home = served_.directory().string();
  EXPECT_EQ(run_as_typed({"terms", "--home", home}), EX_OK);
  EXPECT_NE(out_.find("retention.LEFT: 2 years  (decided by the region)"), std::string::npos);
  EXPECT_NE(out_.find("our own decision"), std::string::npos);
  EXPECT_NE(out_.find("request: 1 month"), std::string::npos);
  EXPECT_NE(out_.find("retention.DONE: not decided"), std::string::npos);

  write("terms.json", R"({"retention.LEFT": {"years": 0, "source": "nobody"}})");
  EXPECT_EQ(run_as_typed({"terms", "--home", home}), EX_CONFIG);
  EXPECT_NE(complaints_.find("retention.LEFT"), std::string::npos);
  EXPECT_EQ(run_as_typed({"terms"}), EX_USAGE) << "without a home";
}

TEST_F(Cli, ListsChecklistsAndRefusesOneThatThereIsNot) {
  EXPECT_EQ(run_as_typed({"checklist", "--json"}), EX_OK);
  EXPECT_GE(event("checklists")["checklists"].size(), 4U);
  EXPECT_EQ(run_as_typed({"checklist", "amber bridge", "none"}), EX_USAGE);
}

TEST_F(Cli, RetentionProposesOnlyWhatIsNamed) {
  EXPECT_EQ(run_as_typed({"retention", "--propose"}), EX_USAGE);
  EXPECT_EQ(run_as_typed({"retention", "amber bridge"}), EX_USAGE);
}

TEST_F(Cli, ASecondPersonSaysNoForAReasonOnly) {
  write("nothing", "\n");
  EXPECT_EQ(run_as_typed({"countersign", "--refuse", path("nothing")}), EX_USAGE);
  EXPECT_THAT(complaints_, HasSubstr("Why?"));
}

TEST_F(Cli, APartnerSaysOneThingAtATime) {
  EXPECT_EQ(run_as_typed({"answer", "1234", "--done", "--printed"}), EX_USAGE);
  EXPECT_THAT(complaints_, HasSubstr("--printed"));
}

TEST_F(Cli, ANameThatIsNoneGetsAHint) {
  EXPECT_EQ(run({"chekc"}), EX_USAGE);
  EXPECT_THAT(complaints_, HasSubstr("\"check\""));
  EXPECT_EQ(run({}), EX_USAGE);
}

TEST(Printable, LetsNobodySteerTheTerminal) {
  EXPECT_EQ(printable("a\x1b[2Jb\a\x7f\r"), "a?[2Jb???");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "??31m");
  EXPECT_EQ(printable("over\u202eride\u2066\u200f"), "override");
  EXPECT_EQ(printable("\xff\xe2\x82"), "???");
  EXPECT_EQ(printable("\u20ac\n\t\u0441"), "\u20ac\n\t\u0441");
}

}  // namespace
}  // namespace meldpunt::client
