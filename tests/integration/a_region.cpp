#include "tests/integration/a_region.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace meldpunt::tests {

namespace {

using namespace std::chrono_literals;

const std::string daemon_program = MELDPUNT_DAEMON_PROGRAM;
const std::string gateway_program = MELDPUNT_GATEWAY_PROGRAM;
const std::string client_program = MELDPUNT_CLIENT_PROGRAM;

// As short as the gateway's bucket allows when it is opened for tests.
const std::vector<std::string> quick{"--beat", "50", "--beats", "4"};

void append(Command& command, const std::vector<std::string>& more) {
  command.insert(command.end(), more.begin(), more.end());
}

ARegion::Answer parse(Finished finished) {
  ARegion::Answer answer{finished.status, {}, std::move(finished.output)};
  std::istringstream lines(answer.output);
  for (std::string line; std::getline(lines, line);) {
    if (auto object = Json::parse(line, nullptr, false); object.is_object()) {
      answer.objects.push_back(std::move(object));
    }
  }
  return answer;
}

void must(const Finished& finished, const std::string& what) {
  if (finished.status != 0) throw std::runtime_error(what + " failed: " + finished.output);
}

}  // namespace

Json ARegion::Answer::event(const std::string& name) const {
  const auto found = std::ranges::find_if(
      objects, [&](const Json& object) { return object.value("event", "") == name; });
  return found == objects.end() ? Json() : *found;
}

ARegion::ARegion() : ARegion(Options{}) {}

ARegion::ARegion(Options options)
    : options_(std::move(options)),
      reporters_port_(a_free_port()),
      staff_port_(a_free_port()),
      web_port_(a_free_port()),
      proxied_web_port_(a_free_port()) {
  write_text(folder_ / "passphrase", "only for this test\n");
  found();
  start_daemon();
  start_gateways();
}

std::filesystem::path ARegion::data() const {
  return options_.data.empty() ? folder_ / "data" : options_.data;
}

std::string ARegion::reporters_endpoint() const {
  return "tcp://127.0.0.1:" + std::to_string(reporters_port_);
}

std::string ARegion::staff_endpoint() const {
  return "tcp://127.0.0.1:" + std::to_string(staff_port_);
}

std::string ARegion::web_address() const {
  return "http://127.0.0.1:" + std::to_string(web_port_) + "/";
}

std::vector<std::string> ARegion::web_options() const {
  if (!options_.web) return {};
  const std::string local = "tcp://127.0.0.1:";
  std::vector<std::string> options{"--http-listen",
                                   local + std::to_string(web_port_),
                                   "--http-listen-proxied",
                                   local + std::to_string(proxied_web_port_),
                                   "--pin",
                                   pin()};
  if (!options_.page.empty()) append(options, {"--page", options_.page});
  return options;
}

std::string ARegion::reporters_socket() const {
  return "ipc://" + (folder_ / "run/reporters.sock").string();
}

void ARegion::found() {
  must(run({daemon_program, "--make-keys", folder_ / "server"}), "making the daemon's keys");
  must(run({client_program, "steward", "init", "--demonstration", "--home", folder_ / "steward",
            "--name", "Test", "--daemon-public", folder_ / "server/daemon.public", "--reporters",
            reporters_endpoint(), "--staff", staff_endpoint(), "--out", folder_ / "region",
            "--passphrase-file", folder_ / "passphrase"}),
       "founding the region");
}

Command ARegion::daemon_command() const {
  Command command{daemon_program,
                  "--pin",
                  pin(),
                  "--keys",
                  folder_ / "server/daemon.keys",
                  "--founding",
                  folder_ / "region/founding",
                  "--data",
                  data(),
                  "--run",
                  folder_ / "run",
                  "--metrics",
                  "0",
                  "--tick-seconds",
                  std::to_string(options_.tick_seconds)};
  append(command, options_.daemon);
  return command;
}

void ARegion::start_daemon() {
  daemon_.reset();
  std::filesystem::remove(folder_ / "run/staff.sock");
  daemon_ = std::make_unique<Child>(daemon_command(), folder_ / "daemon.log", options_.environment);
  await("the daemon", [&] { return std::filesystem::exists(folder_ / "run/staff.sock"); });
}

void ARegion::start_gateways() {
  const auto start = [&](const std::string& instance, int port) {
    Command command{gateway_program,
                    "--instance",
                    instance,
                    "--listen",
                    "tcp://127.0.0.1:" + std::to_string(port),
                    "--daemon",
                    "ipc://" + (folder_ / ("run/" + instance + ".sock")).string(),
                    "--metrics-port",
                    "0"};
    if (instance == "reporters") {
      append(command, {"--burst", "100000"});
      append(command, web_options());
      append(command, options_.gateway);
    }
    const std::filesystem::path log = folder_ / (instance + ".log");
    auto child = std::make_unique<Child>(command, log);
    await("the gateway", [&] {
      if (!child->alive()) throw std::runtime_error("the gateway ended: " + read_text(log));
      return listens(port);
    });
    return child;
  };
  gateway_.reset();
  staff_gateway_.reset();
  gateway_ = start("reporters", reporters_port_);
  staff_gateway_ = start("staff", staff_port_);
}

void ARegion::kill_gateway() {
  gateway_->kill();
  start_gateways();
}

std::unique_ptr<Child> ARegion::start_duty(const std::string& home) {
  return std::make_unique<Child>(
      Command{client_program, "duty", "--home", folder_ / home, "--passphrase-file",
              folder_ / "passphrase", "--look-every", "200"},
      folder_ / "duty.log");
}

ARegion::Answer ARegion::reporter(const std::string& command, const std::vector<std::string>& more,
                                  const std::string& input) const {
  Command line{client_program, command, "--pin", pin(), "--json"};
  append(line, quick);
  append(line, more);
  return parse(run(line, input));
}

ARegion::Answer ARegion::staff(const std::string& command, const std::vector<std::string>& more,
                               const std::string& home, const std::string& input) const {
  Command line{client_program};
  std::istringstream words(command);
  for (std::string word; words >> word;) line.push_back(word);
  append(line, {"--home", folder_ / home, "--passphrase-file", folder_ / "passphrase", "--json"});
  append(line, more);
  return parse(run(line, input));
}

std::string ARegion::report(const std::string& text, const Json& answers) {
  const auto file = folder_ / ("report" + std::to_string(++files_) + ".json");
  write_text(
      file,
      Json{{"kind", "SIGNAL"}, {"language", "en"}, {"text", text}, {"answers", answers}}.dump());
  const Answer answer = reporter("report", {"--answers", file});
  if (answer.status != 0 || answer.event("arrived").is_null()) {
    throw std::runtime_error("the report did not arrive: " + answer.output);
  }
  return answer.event("code").at("words");
}

void ARegion::duty_once(const std::string& home) {
  const Answer answer = staff("duty", {"--once"}, home);
  if (answer.status != 0) throw std::runtime_error("duty failed: " + answer.output);
}

std::vector<Json> ARegion::check(const std::string& words) {
  const Answer answer = reporter("check", {"--code-file", "-"}, words + "\n");
  std::vector<Json> replies;
  std::ranges::copy_if(answer.objects, std::back_inserter(replies),
                       [](const Json& object) { return object.value("event", "") == "reply"; });
  return replies;
}

bool ARegion::reads(const std::string& words, const std::string& text) {
  const auto until = std::chrono::steady_clock::now() + 30s;
  while (std::chrono::steady_clock::now() < until) {
    const auto replies = check(words);
    if (std::ranges::any_of(replies, [&](const Json& reply) { return reply.at("text") == text; })) {
      return true;
    }
  }
  return false;
}

void ARegion::enrol(const std::string& home, const std::string& role) {
  must(run({client_program, "device", "init", "--home", folder_ / home, "--pin", pin(), "--name",
            home, "--passphrase-file", folder_ / "passphrase"}),
       "making a device");
  const Answer answer =
      staff("steward enrol", {"--enrolment", folder_ / home / "enrolment", "--role", role},
            "steward", "yes\n");
  if (answer.status != 0) throw std::runtime_error("enrolling failed: " + answer.output);
}

}  // namespace meldpunt::tests
