#include "client/lib/second_closing.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/lib/own_box.h"
#include "client/lib/recording.h"
#include "client/record/record_json.h"
#include "crypto/hexadecimal.h"

namespace meldpunt::client {

namespace {

constexpr std::string_view close_label = "close case";

crypto::ClosingToSign closing_to_sign(const crypto::CaseId& subject,
                                      const record::Version& closing) {
  return {subject, closing.position, closing.device, record::json_of(closing.fields).dump()};
}

bool may_confirm(const crypto::Device& device) {
  return device.role == crypto::DeviceRole::coordinator ||
         device.role == crypto::DeviceRole::approver;
}

}  // namespace

std::optional<crypto::ClosingToSign> closing_that_waits(const Casework& casework,
                                                        const crypto::CaseId& subject) {
  const Case* entry = casework.index().find(subject);
  if (entry == nullptr || !entry->readable) return std::nullopt;
  if (!state_of(casework, subject).closing_waits_for_second) return std::nullopt;
  return closing_to_sign(subject, casework.files().of(subject).one("closing")->now());
}

Outcome<std::size_t> ask_to_countersign_closing(Casework& casework, StaffLine& line,
                                                const crypto::CaseId& subject, crypto::Hour now) {
  const auto closing = closing_that_waits(casework, subject);
  if (!closing) return 0;
  const auto request = crypto::encode(crypto::ToCountersign(*closing));
  if (!request) return problem(EX_DATAERR, "what the closing says", request.error());
  std::size_t asked = 0;
  for (const crypto::Device& device : approvers_of(casework.rosters(), crypto::day_of(now))) {
    const auto put = put_into_box(casework.home(), line, device, crypto::ObjectKind::to_countersign,
                                  request->view());
    if (!put) return pass_on(put.error());
    ++asked;
  }
  return asked;
}

crypto::Signature sign_closing(const Home& home, const crypto::ClosingToSign& closing) {
  return home.keys().signing.sign(close_label, home.pin().region,
                                  crypto::closing_statement(closing));
}

// With any key that the device has had: it may have been renewed since.
bool closing_signed_by(const RosterHistory& rosters, const crypto::ClosingToSign& closing,
                       const crypto::DeviceId& by, const crypto::Signature& signature,
                       const crypto::RegionId& region) {
  if (by == closing.first) return false;
  const auto statement = crypto::closing_statement(closing);
  return std::ranges::any_of(rosters.all(), [&](const crypto::Roster& roster) {
    const crypto::Device* device = roster.find(by);
    return device != nullptr && may_confirm(*device) &&
           crypto::verify(device->signing, close_label, region, statement, signature);
  });
}

Outcome<void> file_closing_signature(Casework& casework, const crypto::ClosingToSign& closing,
                                     const crypto::DeviceId& by,
                                     const crypto::Signature& signature) {
  const auto written =
      write_record(casework, closing.subject,
                   new_item("seconded", {{"what", "closing"},
                                         {"position", std::to_string(closing.position)},
                                         {"by", crypto::hexadecimal(by.view())},
                                         {"signature", crypto::hexadecimal(signature.view())}}));
  if (!written) return pass_on(written.error());
  return {};
}

record::SignedElsewhere believer(const Casework& casework, const crypto::CaseId& subject) {
  return [&casework, subject](const record::Fields& seconded, const record::Version& closing) {
    crypto::DeviceId by;
    crypto::Signature signature;
    return crypto::from_hexadecimal(record::text_in(seconded, "by"), by.fill()) &&
           crypto::from_hexadecimal(record::text_in(seconded, "signature"), signature.fill()) &&
           closing_signed_by(casework.rosters(), closing_to_sign(subject, closing), by, signature,
                             casework.home().pin().region);
  };
}

}  // namespace meldpunt::client
