#include "client/lib/forwarder.h"

#include <algorithm>

#include "client/lib/staff_box.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

using crypto::DeliveryStatus;
using crypto::DeliveryVerb;

constexpr std::chrono::milliseconds longest{300'000};

}  // namespace

std::chrono::milliseconds BackOff::next() {
  const auto wait = wait_;
  wait_ = std::min(wait_ * 2, longest);
  return wait;
}

Outcome<ForwardCounts> Forwarder::run() {
  ForwardCounts counts;
  const auto box = crypto::box_of(home_.keys().id);
  for (;;) {
    if (const auto known = rosters_.refresh(line_); !known) return pass_on(known.error());
    const auto taken = line_.ask(crypto::Take{crypto::MailboxKind::box, box});
    if (!taken) return pass_on(taken.error());
    if (taken->status == crypto::Status::nothing) return counts;
    if (taken->status != crypto::Status::ok) {
      return unexpected_status("open the forwarder's box", taken->status);
    }
    if (const auto passed = pass(*taken, counts); !passed) return pass_on(passed.error());
    if (const auto done = let_go(taken->id, true); !done) return pass_on(done.error());
  }
}

Outcome<void> Forwarder::pass(const crypto::Response& taken, ForwardCounts& counts) {
  if (taken.payload.size() != crypto::boxed_object_size) {
    ++counts.dropped;
    return {};
  }
  const auto receipt = deliver(taken.payload);
  if (!receipt) {
    (void)let_go(taken.id, false);  // or its lease runs out
    return pass_on(receipt.error());
  }
  if (receipt->empty()) {
    ++counts.taken;
    return {};
  }
  const auto given = give_to_staff(home_, line_, crypto::ObjectKind::release_receipt, *receipt);
  if (!given) return pass_on(given.error());
  ++counts.receipts;
  return {};
}

Outcome<void> Forwarder::let_go(std::uint64_t id, bool done) {
  const auto box = crypto::box_of(home_.keys().id);
  constexpr auto kind = crypto::MailboxKind::box;
  const auto response = done ? line_.ask(crypto::Acknowledge{kind, box, id})
                             : line_.ask(crypto::Release{kind, box, id});
  if (!response) return pass_on(response.error());
  return {};
}

Outcome<crypto::Buffer> Forwarder::deliver(crypto::Bytes object) {
  auto answer = ask(DeliveryVerb::object, object);
  if (answer && answer->status == DeliveryStatus::needs_roster) {
    if (const auto brought = bring_roster(); !brought) return pass_on(brought.error());
    answer = ask(DeliveryVerb::object, object);
  }
  if (!answer) return pass_on(answer.error());
  switch (answer->status) {
    case DeliveryStatus::taken:
      return crypto::Buffer{};
    case DeliveryStatus::receipt:
      return std::move(answer->body);
    case DeliveryStatus::refused:
      return problem(EX_CONFIG,
                     "the receiver does not know this region: have it add the region's pin with "
                     "'receiver region'");
    case DeliveryStatus::needs_roster:
    case DeliveryStatus::busy:
      break;
  }
  return problem(EX_TEMPFAIL, "the receiver cannot take a release at this time");
}

Outcome<crypto::DeliveryAnswer> Forwarder::ask(DeliveryVerb verb, crypto::Bytes body) {
  const crypto::DeliveryQuestion question{verb,
                                          home_.pin().region,
                                          rosters_.empty() ? 0 : rosters_.newest().number,
                                          {body.begin(), body.end()}};
  const auto request = std::make_unique<crypto::Frame>();
  const auto response = std::make_unique<crypto::Frame>();
  if (const auto made = crypto::encode(*request, question); !made) {
    return problem(EX_SOFTWARE, "what was to be forwarded", made.error());
  }
  const Delivery delivery = receiver_.exchange(*response, *request, patience_);
  if (delivery != Delivery::answered) {
    return problem(EX_TEMPFAIL, "the receiver of trends: " + std::string(describe(delivery)));
  }
  auto answer = crypto::decode_delivery_answer(*response);
  if (!answer) return problem(EX_TEMPFAIL, "the receiver's answer", answer.error());
  return std::move(*answer);
}

// As it lies on the server: the manifest, then its parts.
Outcome<void> Forwarder::bring_roster() {
  const std::uint32_t number = rosters_.newest().number;
  std::size_t pieces = 1;
  for (std::size_t index = 0; index < pieces; ++index) {
    const auto position = roster_position(number, static_cast<std::uint16_t>(index));
    const auto piece = line_.ask(crypto::Get{crypto::MailboxKind::roster, {}, position});
    if (!piece) return pass_on(piece.error());
    if (piece->status != crypto::Status::ok) {
      return unexpected_status("read the roster", piece->status);
    }
    if (index == 0) {
      crypto::Reader reader(piece->payload);
      pieces += crypto::read_manifest(reader).parts.size();
    }
    const auto answer = ask(DeliveryVerb::roster, piece->payload);
    if (!answer) return pass_on(answer.error());
    if (answer->status == DeliveryStatus::refused) {
      return problem(EX_CONFIG,
                     "the receiver does not know this region, or not its roots: have it add the "
                     "region's pin with 'receiver region'");
    }
    if (answer->roster >= number) return {};
  }
  return {};
}

}  // namespace meldpunt::client
