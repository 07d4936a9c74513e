// What the stories of the dispatcher share: a daemon in this process, and puts of every kind.
#pragma once

#include <gtest/gtest.h>

#include "crypto/reply.h"
#include "server/dispatcher.h"
#include "tests/support/in_process_daemon.h"

namespace meldpunt::server {

using crypto::Status;
using crypto::test::filled;
using crypto::test::id_of;

class Mailboxes : public testing::Test {
 protected:
  // Any bytes do: the daemon cannot tell a report from noise, only whose epoch it names.
  crypto::PutReport report(std::uint8_t fill) {
    crypto::PutReport put;
    put.tick = daemon_.notice().digest.tick;
    put.sealed.fill(fill);
    crypto::copy_bytes(daemon_.region.bundle.epoch.view(), put.sealed);
    return put;
  }
  crypto::Put reply(std::uint8_t address, std::uint8_t fill = 7) {
    crypto::Put put;
    put.kind = MailboxKind::address;
    put.name = filled<32>(address);
    put.expires = daemon_.clock.hour() + 10;
    put.guard = crypto::guard_of(id_of<crypto::BurnToken>(address));
    put.bytes.assign(crypto::sealed_reply_size, fill);
    return put;
  }
  crypto::Put event(std::uint64_t position, std::uint8_t fill = 1) {
    return {MailboxKind::journal, {}, position, 0, {}, crypto::Buffer(512, fill)};
  }
  crypto::Put slot(std::uint64_t version, std::uint8_t fill = 1) {
    return {MailboxKind::slot, filled<32>(9), version, 0, {}, crypto::Buffer(76, fill)};
  }

  const MailboxName nameless_{};
  test::InProcessDaemon daemon_;
  const crypto::test::FixedDevice& coordinator_ = daemon_.region.deputy;
  const crypto::test::FixedDevice& steward_ = daemon_.region.steward;
  const crypto::test::FixedDevice& partner_ = daemon_.region.partner;
};

}  // namespace meldpunt::server
