#include "client/lib/staff_line.h"

#include <algorithm>

#include "client/lib/transport/sealed_exchange.h"

namespace meldpunt::client {

namespace {

constexpr std::chrono::seconds longest_busy_wait{5};

bool waits_when_busy(const crypto::Request& request) {
  // The duty lease is held by another device for minutes: that is an answer, not a delay.
  const auto* take = std::get_if<crypto::Take>(&request);
  return take == nullptr || take->kind != crypto::MailboxKind::duty;
}

}  // namespace

Outcome<void> StaffLine::refresh() {
  NoticeFailure failure;
  for (int left = patience_.tries; left > 0; --left) {
    const auto fetched = fetch_notice(notices_, line_, patience_.answer);
    if (fetched) return {};
    failure = fetched.error();
    if (failure.delivery == Delivery::answered) {
      return problem(EX_PROTOCOL,
                     "the server's notice: " + std::string(crypto::describe(failure.error)) +
                         ". Either another server answers; or the region has a new pin: ask the "
                         "steward for it, and run 'device renew --next-pin FILE'; or its bundles "
                         "have run out: then a steward runs 'steward renew --out FILE'");
    }
  }
  return problem(EX_TEMPFAIL, std::string(describe(failure.delivery)));
}

Outcome<const crypto::Notice*> StaffLine::notice() {
  if (notices_.notice() == nullptr) {
    if (const auto fetched = refresh(); !fetched) return pass_on(fetched.error());
  }
  return notices_.notice();
}

Outcome<crypto::Response> StaffLine::ask(const crypto::Request& request) {
  for (int left = patience_.busy_tries; left > 0; --left) {
    auto response = ask_once(request);
    if (!response || response->status != crypto::Status::busy || !waits_when_busy(request)) {
      return response;
    }
    const auto wait = std::chrono::seconds(std::max<std::uint16_t>(response->wait, 1));
    clock_.sleep_until(clock_.steady() + std::min(wait, longest_busy_wait));
  }
  return problem(EX_TEMPFAIL, "the server is busy: try again in a minute");
}

Outcome<crypto::Response> StaffLine::ask_once(const crypto::Request& request) {
  const auto answer = std::make_unique<crypto::Frame>();
  Delivery delivery = Delivery::unreachable;
  for (int left = patience_.tries; left > 0; --left) {
    const auto newest = notice();
    if (!newest) return pass_on(newest.error());
    const auto sealed = SealedRequest::seal(request, (*newest)->digest, notices_.pin().region);
    if (!sealed) return problem(EX_SOFTWARE, "a request", sealed.error());
    delivery = line_.exchange(*answer, sealed->frame(), patience_.answer);
    if (delivery != Delivery::answered) continue;
    auto response = sealed->open(*answer);
    if (response) return std::move(*response);
    if (const auto fetched = refresh(); !fetched) return pass_on(fetched.error());
  }
  if (delivery != Delivery::answered) return problem(EX_TEMPFAIL, std::string(describe(delivery)));
  return problem(EX_PROTOCOL, "the server's answers cannot be opened: run 'doctor', and try again");
}

tl::unexpected<Problem> unexpected_status(const std::string& deed, crypto::Status status) {
  switch (status) {
    case crypto::Status::refused:
      return problem(EX_NOPERM, "the server refuses to " + deed +
                                    ": this device is not enrolled for it, or no longer; ask "
                                    "your steward");
    case crypto::Status::busy:
      return problem(EX_TEMPFAIL, "the server is too busy to " + deed + ": try again");
    case crypto::Status::conflict:
      return problem(EX_TEMPFAIL,
                     "somebody else was first when this device tried to " + deed + ": try again");
    case crypto::Status::erased:
      return problem(EX_UNAVAILABLE, "cannot " + deed + ": it has been erased");
    case crypto::Status::ok:
    case crypto::Status::same:
    case crypto::Status::nothing:
    case crypto::Status::malformed:
    case crypto::Status::stale:
      break;
  }
  return problem(EX_PROTOCOL, "the server answered with status " +
                                  std::to_string(static_cast<int>(status)) + " when asked to " +
                                  deed);
}

}  // namespace meldpunt::client
