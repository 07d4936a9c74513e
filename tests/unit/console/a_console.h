// A console over a region in memory, and a page that has opened it. The desk looks at the server
// when a test says so, and only then: between two requests the test may use the office itself.
#pragma once

#include <atomic>
#include <thread>

#include "client/console/console.h"
#include "client/lib/case_words.h"
#include "tests/support/partner_desk.h"
#include "tests/unit/console/a_browser.h"
#include "tests/unit/console/moved_clock.h"

namespace meldpunt::console::test {

// A line that can be cut.
class CutLine : public client::Line {
 public:
  CutLine(std::unique_ptr<client::Line> line, const std::atomic<bool>& cut)
      : line_(std::move(line)), cut_(cut) {}

  client::Delivery exchange(std::span<std::uint8_t, crypto::frame_size> answer,
                            crypto::FrameView request,
                            std::chrono::milliseconds patience) override {
    if (cut_) return client::Delivery::unreachable;
    return line_->exchange(answer, request, patience);
  }

 private:
  std::unique_ptr<client::Line> line_;
  const std::atomic<bool>& cut_;
};

class AConsole : public testing::Test {
 protected:
  using Json = nlohmann::json;

  AConsole() { office_.enrol_device("deputy"); }
  ~AConsole() override {
    if (console_) console_->stop();
  }

  // The steward's device, as a coordinator's, or another, with a page that has opened the link.
  void start(bool duty = false, const std::string& name = "steward") {
    console_ = made(name, duty);
    client::test::must(console_->start());
    page_ = opened();
    while (page_->get("/api/state").json()["synced"].is_null() && !cut_) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  std::unique_ptr<Console> made(const std::string& name, bool duty = false) {
    ConsoleSettings settings;
    settings.desk.sync_every = settings.desk.after_failure = std::chrono::hours(1);
    settings.desk.work.duty = duty;
    return std::make_unique<Console>(device(name), clock_,
                                     Document{"<p>the page</p>", "the policy"}, settings);
  }
  std::unique_ptr<ABrowser> stranger() { return std::make_unique<ABrowser>(console_->port()); }
  std::string token() {
    const std::string link = console_->new_link();
    return link.substr(link.find('#') + 1);
  }
  std::unique_ptr<ABrowser> opened() {
    auto page = stranger();
    page->session = page->post("/api/open", {{"token", token()}}).json().at("session");
    return page;
  }
  std::unique_ptr<client::StaffDevice> device(const std::string& name) {
    auto home = client::test::must(
        client::Home::open(office_.path_of(name), crypto::as_bytes(client::test::passphrase)));
    const auto dial = [this](const client::Home& opened) {
      return std::make_unique<CutLine>(office_.server.line(opened.keys().curve.public_key()), cut_);
    };
    return client::test::must(client::StaffDevice::open(std::move(home), dial, clock_, {}));
  }

  Got unlock() { return page_->post("/api/unlock", {{"passphrase", client::test::passphrase}}); }
  Json state() { return page_->get("/api/state").json(); }
  Got deed(Json wish) {
    if (!wish.contains("case")) wish["case"] = hex();
    return page_->post("/api/deed", wish);
  }
  Json case_file() { return page_->get("/api/case?id=" + hex()).json(); }
  [[nodiscard]] std::string hex() const { return client::hexadecimal(office_.subject.view()); }
  Json cases(const std::string& query = "") {
    return page_->get("/api/cases" + query).json().at("cases");
  }
  // What a colleague does at her own device, in step with the server.
  std::unique_ptr<client::test::Seat> colleague(const std::string& name = "deputy") {
    auto seat = office_.seat(name);
    client::test::must(seat->casework->sync());
    return seat;
  }

  client::test::PartnerOffice office_;
  MovedClock clock_{office_.clock.now()};
  std::atomic<bool> cut_ = false;
  std::unique_ptr<Console> console_;
  std::unique_ptr<ABrowser> page_;
};

}  // namespace meldpunt::console::test
