#include "client/lib/second_closing.h"

#include <nlohmann/json.hpp>

#include "client/lib/countersigning.h"
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

// When the line that says so was written.
std::optional<crypto::Hour> hour_of_line(const Casework& casework, const crypto::CaseId& subject,
                                         const record::Fields& seconded) {
  for (const record::Item* item : casework.files().of(subject).several("seconded")) {
    if (item->fields() == seconded) return item->now().hour;
  }
  return std::nullopt;
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
  return ask_approvers(casework, line, *closing, now);
}

crypto::Signature sign_closing(const Home& home, const crypto::ClosingToSign& closing) {
  return home.keys().signing.sign(close_label, home.pin().region,
                                  crypto::closing_statement(closing));
}

bool closing_signed_by(const RosterHistory& rosters, const crypto::ClosingToSign& closing,
                       const crypto::Countersignature& by, crypto::Hour journaled,
                       const crypto::RegionId& region) {
  return by.device != closing.first &&
         signed_when_it_could(rosters, journaled, by, close_label, region,
                              crypto::closing_statement(closing));
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
    crypto::Countersignature by;
    const auto hour = hour_of_line(casework, subject, seconded);
    return hour && crypto::from_hexadecimal(record::text_in(seconded, "by"), by.device.fill()) &&
           crypto::from_hexadecimal(record::text_in(seconded, "signature"), by.signature.fill()) &&
           closing_signed_by(casework.rosters(), closing_to_sign(subject, closing), by, *hour,
                             casework.home().pin().region);
  };
}

}  // namespace meldpunt::client
