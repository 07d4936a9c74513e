// page_daemon: the daemon in one process, for tests of the page. It reads commands from standard
// input and answers each with one line: "> ", and then
// words, hexadecimal or JSON. Other lines are the daemon's log.
//
//   pin | time                     the region's pin; the daemon's clock
//   frame HEX                      one frame in, one out, as the listener does it
//   reports                        takes in what waits: opened, decoded, as a JSON list
//   parts NUMBER                   what the report with this number in that list encloses
//   reply JSON                     posts a reply to the thread of the newest report; then a tick
//   tick SECONDS                   time passes, and there is a new notice
//   change_key                     another request key; what was sealed to the old one stays closed
//   fill COUNT                     so many places of the intake's quota of 100 are taken; below
//   zero: free damage ON                      every notice has one bit turned, as long as ON is 1
//   thread NUMBER                  the thread secrets that a report brought
//   derive HEX                     the keys of a canonical code of 12 bytes, made natively
#include <sodium.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "crypto/reply.h"
#include "tests/support/in_process_daemon.h"

namespace meldpunt::server::test {
namespace {

using nlohmann::json;

std::string hex(crypto::Bytes bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

crypto::Buffer unhex(const std::string& text) {
  crypto::Buffer bytes(text.size() / 2);
  std::size_t length = 0;
  sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr);
  bytes.resize(length);
  return bytes;
}

json shown(const crypto::ReportBody& body) {
  if (const auto* statement = std::get_if<crypto::Statement>(&body)) {
    json answers = json::object();
    for (const auto& answer : statement->answers) answers[answer.question] = answer.codes;
    return {{"language", statement->language},
            {"answers", answers},
            {"text", statement->text},
            {"enclosed", statement->enclosed.size()}};
  }
  if (const auto* consent = std::get_if<crypto::ConsentAnswer>(&body)) {
    return {{"consent", hex(consent->question.view())},
            {"choice", static_cast<int>(consent->choice)},
            {"text", consent->text}};
  }
  if (const auto* erase = std::get_if<crypto::EraseRequest>(&body)) return {{"text", erase->text}};
  return {{"index", std::get<crypto::Part>(body).index}};
}

class PageDaemon {
 public:
  std::string answer(const std::string& command, const std::string& argument) {
    if (command == "pin") return hex(daemon_.region.signed_pin());
    if (command == "time") return std::to_string(daemon_.clock.unix_seconds());
    if (command == "frame") return hex(frame(unhex(argument)));
    if (command == "reports") return reports().dump();
    if (command == "parts") return parts(std::stoul(argument)).dump();
    if (command == "reply") return reply(json::parse(argument));
    if (command == "tick") return tick(std::stoi(argument));
    if (command == "change_key") return change_key();
    if (command == "fill") return fill(std::stoi(argument));
    if (command == "damage") return std::to_string(damage_ = argument == "1");
    if (command == "thread") return thread(std::stoul(argument));
    if (command == "derive") return derive(unhex(argument));
    return "unknown";
  }

 private:
  crypto::Buffer frame(const crypto::Buffer& request) {
    crypto::Frame answer{};
    crypto::fill_random(answer);
    if (request.size() == crypto::frame_size) respond(answer, crypto::Bytes(request));
    return {answer.begin(), answer.end()};
  }

  void respond(crypto::Frame& answer, crypto::Bytes bytes) {
    const auto request = bytes.first<crypto::frame_size>();
    if (crypto::key_id_of(request).is_zero()) {
      answer = *daemon_.tick.notice();
      if (damage_) answer.back() ^= 1;
      return;
    }
    crypto::SecretBytes<crypto::request_plaintext_size> plaintext;
    const auto opened = crypto::open_request(plaintext.fill(), request, keys_->current()->opening,
                                             daemon_.region.pin.region);
    if (!opened || crypto::key_id_of(request) != keys_->current()->id) return;
    auto decoded = crypto::decode_request(plaintext.view());
    crypto::Response response;
    response.status = crypto::Status::malformed;
    if (decoded) response = daemon_.as_stranger(std::move(*decoded));
    crypto::Block<crypto::response_plaintext_size> out{};
    if (crypto::encode_response(out, response)) opened->seal(answer, out);
  }

  void take_in() {
    for (;;) {
      const auto taken =
          daemon_.as(daemon_.region.deputy, crypto::Take{crypto::MailboxKind::intake, {}});
      if (taken.status != crypto::Status::ok) return;
      const auto opened =
          crypto::open_report(crypto::Bytes(taken.payload).first<crypto::sealed_report_size>(),
                              daemon_.region.team, daemon_.region.pin.region);
      auto report = crypto::decode_report(opened.value().plaintext.view()).value();
      continues_.push_back(crypto::continues_thread(*opened, report.thread.up_key));
      taken_in_.push_back(std::move(report));
      daemon_.as(daemon_.region.deputy,
                 crypto::Acknowledge{crypto::MailboxKind::intake, {}, taken.id});
    }
  }

  json reports() {
    take_in();
    json list = json::array();
    for (std::size_t i = 0; i < taken_in_.size(); ++i) {
      const crypto::Report& report = taken_in_[i];
      json object = shown(report.body);
      object["kind"] = static_cast<int>(report.kind);
      object["report"] = hex(report.id.view());
      object["thread"] = hex(report.thread.id.view());
      object["visit"] = hex(report.visit.view());
      object["part"] = report.part;
      object["last_reply_read"] = report.last_reply_read;
      object["hour"] = report.hour;
      object["proven"] = static_cast<bool>(continues_[i]);
      list.push_back(std::move(object));
    }
    return list;
  }

  // Each enclosed thing as kind and hexadecimal; what is not whole has an empty one.
  json parts(std::size_t number) {
    take_in();
    json list = json::array();
    for (const auto& manifest : std::get<crypto::Statement>(taken_in_.at(number).body).enclosed) {
      crypto::Assembly assembly(manifest);
      for (const crypto::Report& report : taken_in_) {
        if (const auto* part = std::get_if<crypto::Part>(&report.body)) (void)assembly.add(*part);
      }
      const auto whole = assembly.whole();
      list.push_back({static_cast<int>(manifest.kind), whole ? hex(whole->view()) : std::string()});
    }
    return list;
  }

  std::string reply(const json& wanted) {
    take_in();
    crypto::Reply reply;
    reply.index = wanted.value("index", std::uint16_t{0});
    reply.status = static_cast<crypto::ReplyStatus>(wanted.value("status", 2));
    reply.text = wanted.value("text", "");
    reply.text_module = wanted.value("module", "");
    reply.burn = crypto::random_id<crypto::BurnToken>();
    reply.expires = daemon_.clock.hour() + 24 * 30;
    reply.previous = previous_;
    if (wanted.contains("fields")) {
      reply.consent = crypto::ConsentQuestion{crypto::test::id_of<crypto::ConsentId>(0x21),
                                              "SHELTER", "HELP", wanted["fields"]};
    }
    const crypto::ThreadSecrets& thread = taken_in_.back().thread;
    const auto sealed = crypto::seal_reply(reply, thread, daemon_.region.pin.region).value();
    previous_ = crypto::hash_of_reply(sealed);
    crypto::Put put;
    put.kind = crypto::MailboxKind::address;
    put.name = crypto::address_of(thread, daemon_.region.pin.region, reply.index).bytes;
    put.expires = reply.expires;
    put.guard = crypto::guard_of(reply.burn);
    put.bytes.assign(sealed.begin(), sealed.end());
    const auto response = daemon_.as(daemon_.region.deputy, put);
    return std::to_string(static_cast<int>(response.status)) + " " + tick(600);
  }

  std::string tick(int seconds) {
    daemon_.clock.pass(std::chrono::seconds(seconds));
    turn();
    return std::to_string(daemon_.notice().digest.tick);
  }

  std::string change_key() {
    keys_ = std::make_unique<RequestKeys>(daemon_.clock.steady());
    turn();
    return "changed";
  }

  std::string fill(int count) {
    for (; count > 0; --count) (void)daemon_.admission.reserve();
    for (; count < 0; ++count) daemon_.admission.give_back();
    turn();
    return std::to_string(daemon_.notice().digest.effort);
  }

  std::string thread(std::size_t number) {
    const crypto::ThreadSecrets& thread = taken_in_.at(number).thread;
    return hex(thread.id.view()) + hex(thread.address_key.view()) + hex(thread.up_key.view()) +
           hex(thread.down_key.view()) + hex(thread.reply_key.view());
  }

  std::string derive(const crypto::Buffer& canonical) {
    const auto code =
        crypto::Code::from_canonical(crypto::Bytes(canonical).first<crypto::code_size>());
    const auto keys = crypto::derive_thread(code.value(), daemon_.region.pin.region).value();
    const auto& shared = keys.shared;
    return hex(shared.id.view()) + hex(shared.address_key.view()) + hex(shared.up_key.view()) +
           hex(shared.down_key.view()) + hex(keys.reply.secret());
  }

  void turn() {
    std::vector<crypto::Address> living;
    for (const auto& name : daemon_.reader->names(MailboxKind::address)) living.push_back({name});
    const auto key = keys_->current();
    const auto turned = daemon_.tick.turn({daemon_.clock.unix_seconds(),
                                           *daemon_.authority.bundle(daemon_.clock.day()), living,
                                           daemon_.admission.effort(), *key});
    if (!turned) throw std::runtime_error("no notice");
  }

 public:
  PageDaemon() { turn(); }

 private:
  InProcessDaemon daemon_;
  std::unique_ptr<RequestKeys> keys_ = std::make_unique<RequestKeys>(daemon_.clock.steady());
  std::vector<crypto::Report> taken_in_;
  std::vector<bool> continues_;
  crypto::Hash previous_;
  bool damage_ = false;
};

}  // namespace
}  // namespace meldpunt::server::test

int main() {
  if (sodium_init() < 0) return 1;
  meldpunt::server::test::PageDaemon daemon;
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto space = line.find(' ');
    const std::string argument = space == std::string::npos ? "" : line.substr(space + 1);
    std::cout << "> " << daemon.answer(line.substr(0, space), argument) << std::endl;
  }
}
