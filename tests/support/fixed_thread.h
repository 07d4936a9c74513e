// A thread with fixed keys, and one report and one reply in it, without the cost of Argon2id.
#pragma once

#include "crypto/reply.h"
#include "tests/support/fixed_region.h"

namespace meldpunt::crypto::test {

inline SecretBytes<32> secret_of(std::uint8_t byte) {
  SecretBytes<32> secret;
  std::fill(secret.fill().begin(), secret.fill().end(), byte);
  return secret;
}

inline ThreadKeys fixed_thread(std::uint8_t byte = 0x60) {
  const auto next = [&](int step) { return static_cast<std::uint8_t>(byte + step); };
  ThreadSecrets shared;
  ThreadKeys keys{std::move(shared), opening_key<role::Reply>(byte)};
  keys.shared.id = id_of<ThreadId>(next(1));
  keys.shared.address_key = secret_of(next(2));
  keys.shared.up_key = secret_of(next(3));
  keys.shared.down_key = secret_of(next(4));
  keys.shared.reply_key = keys.reply.public_key();
  return keys;
}

inline Statement a_statement() {
  return {"nl",
          {{"exploitation_form", {"LAB.UNPAID", "LAB.HOURS"}}, {"minor", {"NO"}}},
          "Ik werk zestien uur per dag.",
          {}};
}

// A report of that kind with that body, in the fixed thread.
inline Report a_report(ReportKind kind, ReportBody body) {
  Report report;
  report.id = id_of<ReportId>(0x71);
  report.thread = fixed_thread().shared.clone();
  report.visit = id_of<VisitId>(0x72);
  report.part = 1;
  report.hour = this_hour;
  report.kind = kind;
  report.body = std::move(body);
  return report;
}

inline Report a_report() { return a_report(ReportKind::report, a_statement()); }

inline Reply a_reply(std::uint16_t index = 0) {
  Reply reply;
  reply.index = index;
  reply.last_seen = id_of<ReportId>(0x71);
  reply.burn = id_of<BurnToken>(0x73);
  reply.expires = this_hour + 30 * 24;
  reply.text = "Dank voor uw bericht.";
  return reply;
}

inline ConsentQuestion a_question() {
  return {id_of<ConsentId>(0x74), "shelter", "HELP.HOUSING", {"first_name", "language"}};
}

}  // namespace meldpunt::crypto::test
