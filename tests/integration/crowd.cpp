#include "tests/integration/crowd.h"

#include <stdexcept>
#include <utility>

#include "client/lib/transport/sealed_exchange.h"
#include "tests/support/child.h"
#include "tests/support/http_line.h"

namespace meldpunt::tests {

namespace {

using namespace std::chrono_literals;

// How long a challenge is good (docs/protocol.md, "The puzzle").
constexpr std::uint32_t challenge_ticks = 3;

crypto::Pin read_pin(const std::filesystem::path& path) {
  auto pin = crypto::trust_pin(crypto::as_bytes(read_text(path)));
  if (!pin) throw std::runtime_error("the pin cannot be used");
  return *pin;
}

// The thread's secrets need no code here: nobody of the crowd comes back.
crypto::ThreadSecrets a_thread() {
  crypto::ThreadSecrets thread;
  thread.id = crypto::random_id<crypto::ThreadId>();
  for (auto* key : {&thread.address_key, &thread.up_key, &thread.down_key}) {
    crypto::fill_random(key->fill());
  }
  thread.reply_key = crypto::OpeningKey<crypto::role::Reply>::generate().public_key();
  return thread;
}

}  // namespace

Crowd::Crowd(const std::filesystem::path& pin, std::string endpoint,
             std::chrono::milliseconds patience)
    : pin_(read_pin(pin)), endpoint_(std::move(endpoint)), patience_(patience) {}

void Crowd::start(int reporters, int reports, const std::string& text) {
  for (int i = 0; i < reporters; ++i) {
    threads_.emplace_back([this, i, reports, text] { report(i, reports, text); });
  }
}

void Crowd::stop() {
  stopping_ = true;
  join();
}

void Crowd::join() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

std::set<std::string> Crowd::acknowledged() const {
  const std::lock_guard lock(mutex_);
  return acknowledged_;
}

Crowd::Fate Crowd::put(client::Line& line, client::NoticeSource& source,
                       const crypto::SealedReport& sealed) {
  crypto::PutReport put;
  put.tick = source.notice()->digest.tick;
  put.sealed = sealed;
  const auto request =
      client::SealedRequest::seal(put, source.notice()->digest, pin_.region).value();
  crypto::Frame answer{};
  if (line.exchange(answer, request.frame(), patience_) != client::Delivery::answered) {
    return Fate::failed;
  }
  const auto response = request.open(answer);
  if (!response) return Fate::failed;
  if (response->status == crypto::Status::stale) return Fate::stale;
  return response->status == crypto::Status::ok ? Fate::acknowledged : Fate::failed;
}

std::unique_ptr<client::Line> Crowd::a_line() {
  if (endpoint_.starts_with("http://")) return std::make_unique<HttpLine>(endpoint_);
  return network_.line({endpoint_, pin_.server, ""});
}

void Crowd::report(int reporter, int reports, const std::string& text) {
  const auto line = a_line();
  client::NoticeSource source(pin_, clock_);
  for (int i = 0; i < reports && !stopping_; ++i) {
    crypto::Report report;
    report.id = crypto::random_id<crypto::ReportId>();
    report.thread = a_thread();
    const std::string own = text + " " + std::to_string(reporter) + "/" + std::to_string(i);
    report.body = crypto::Statement{"en", {}, own, {}};
    std::optional<crypto::SealedReport> sealed;
    std::uint32_t stale_until = 0;
    while (!stopping_) {
      if (!client::fetch_notice(source, *line, patience_)) {
        ++failures_;
        std::this_thread::sleep_for(20ms);
        continue;
      }
      // Three ticks are a few seconds here, and every client asks for another notice then. Stale
      // before that is a failure.
      if (source.notice()->digest.tick < std::exchange(stale_until, 0)) ++failures_;
      // Anew when the day has changed: the epoch before may be taken no longer.
      if (!sealed || crypto::epoch_of(*sealed) != source.notice()->bundle.epoch) {
        sealed = crypto::seal_report(report, source.notice()->bundle.team, pin_.region).value();
      }
      const Fate fate = put(*line, source, *sealed);
      if (fate == Fate::acknowledged) {
        const std::lock_guard lock(mutex_);
        acknowledged_.insert(own);
        break;
      }
      if (fate == Fate::failed) ++failures_;
      if (fate == Fate::stale) stale_until = source.notice()->digest.tick + challenge_ticks;
    }
  }
}

}  // namespace meldpunt::tests
