// The daemon without sockets: everything between the listener and the store, over the store in
// memory, with a clock that the test moves. One request in, one response out.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "crypto/parts.h"
#include "server/dispatcher.h"
#include "server/storage/memory_store.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/fixed_region.h"

namespace meldpunt::server::test {

inline constexpr std::uint64_t noon = std::uint64_t{crypto::test::today} * 86400 + 12 * 3600;

// Splits a signed roster the way a steward publishes it.
inline std::vector<Write> roster_rows(crypto::Bytes signed_roster, std::uint32_t number) {
  constexpr std::size_t part_size = 12'000;
  const auto manifest =
      crypto::make_manifest(crypto::PartsKind::roster, signed_roster, part_size).value();
  std::vector<Write> rows;
  const auto add = [&](std::uint32_t index, auto write) {
    Write row;
    row.rule = Rule::supersede;
    row.item.kind = MailboxKind::roster;
    row.item.position = roster_position(number, index);
    row.item.bytes.resize(crypto::put_bytes_max);
    crypto::Writer writer(row.item.bytes);
    write(writer);
    row.item.bytes.resize(writer.size());
    rows.push_back(std::move(row));
  };
  add(0, [&](crypto::Writer& writer) { crypto::write_manifest(writer, manifest); });
  for (std::uint16_t i = 0; i < manifest.parts.size(); ++i) {
    add(i + 1U, [&](crypto::Writer& writer) {
      crypto::write_part(writer, crypto::make_part(manifest, signed_roster, part_size, i));
    });
  }
  return rows;
}

// A store in which the steward's ceremony has been: today's bundle and the first roster.
inline std::unique_ptr<Store> founded_store(const crypto::test::FixedRegion& region) {
  auto store = make_memory_store();
  auto rows = roster_rows(region.signed_roster(), region.roster.number);
  Write bundle;
  bundle.rule = Rule::supersede;
  bundle.item.kind = MailboxKind::notice;
  bundle.item.position = region.bundle.day;
  bundle.item.bytes = region.signed_bundle();
  rows.push_back(std::move(bundle));
  store->writer().apply(rows);
  return store;
}

class InProcessDaemon {
 public:
  explicit InProcessDaemon(std::uint64_t quota = 100)
      : store(founded_store(region)),
        reader(store->reader()),
        authority(region.pin, *reader, clock.day()),
        keys(clock.steady()),
        tick(authority.pin(), region.daemon, 600, store->generation()),
        admission(quota, 0),
        recent(64),
        writer(store->writer(), {64, 16}, [](std::string_view) {}),
        dispatcher({authority, tick, admission, leases, recent, writer, metrics, clock,
                    [this] { return store->reader(); }}) {
    turn();
  }
  ~InProcessDaemon() { writer.stop(); }
  InProcessDaemon(const InProcessDaemon&) = delete;
  InProcessDaemon& operator=(const InProcessDaemon&) = delete;

  void turn() {
    std::vector<crypto::Address> living;
    for (const auto& name : reader->names(MailboxKind::address)) living.push_back({name});
    const auto key = keys.current();
    ASSERT_TRUE(tick.turn(
        {clock.unix_seconds(), *authority.bundle(clock.day()), living, admission.effort(), *key}));
  }

  [[nodiscard]] crypto::Notice notice() const {
    return crypto::verify_notice(*tick.notice(), region.pin).value();
  }

  // Waits for what is answered by the writer.
  crypto::Response ask(crypto::Request request, const Caller& caller) {
    std::mutex mutex;
    std::condition_variable answered;
    std::optional<crypto::Response> answer;
    const auto at_once =
        dispatcher.handle(std::move(request), caller, *reader, [&](crypto::Response response) {
          const std::lock_guard lock(mutex);
          answer = std::move(response);
          answered.notify_one();
        });
    if (at_once) return *at_once;
    std::unique_lock lock(mutex);
    answered.wait(lock, [&] { return answer.has_value(); });
    return *answer;
  }
  crypto::Response as_stranger(crypto::Request request) {
    return ask(std::move(request), Caller{Door::reporters, nullptr});
  }
  crypto::Response as(const crypto::test::FixedDevice& device, crypto::Request request) {
    const auto roster = authority.roster();
    return ask(std::move(request), Caller{Door::staff, roster->find(device.entry.id)});
  }

  crypto::test::FixedRegion region;
  FixedClock clock{noon};
  std::unique_ptr<Store> store;
  std::unique_ptr<StoreReader> reader;
  Metrics metrics;
  Authority authority;
  RequestKeys keys;
  Tick tick;
  Admission admission;
  Leases leases;
  Recent recent;
  WriterThread writer;
  Dispatcher dispatcher;
};

}  // namespace meldpunt::server::test
