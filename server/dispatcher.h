// What each request does. A request that only reads is answered at once; one that writes is
// answered when the write is durable, from the writer's thread.
//
// Used by all workers at once; each brings its own StoreReader.
#pragma once

#include <functional>
#include <optional>

#include "server/admission.h"
#include "server/authority.h"
#include "server/clock.h"
#include "server/leases.h"
#include "server/mailboxes.h"
#include "server/metrics.h"
#include "server/recent.h"
#include "server/store_writer.h"
#include "server/tick.h"

namespace meldpunt::server {

class Dispatcher {
 public:
  // All of these outlive the dispatcher.
  struct Parts {
    Authority& authority;
    Tick& tick;
    Admission& admission;
    Leases& leases;
    Recent& recent;
    WriterThread& writer;
    Metrics& metrics;
    const Clock& clock;
    std::function<std::unique_ptr<StoreReader>()> open_reader;  // for the writer's thread
  };
  using Done = std::function<void(crypto::Response)>;

  explicit Dispatcher(Parts parts);

  // An answer, or nullopt: then `done` is called once, later, on the writer's thread. Throws
  // StoreFailure when what it reads cannot be trusted.
  std::optional<crypto::Response> handle(crypto::Request request, const Caller& caller,
                                         StoreReader& reader, Done done);

 private:
  using Answer = std::optional<crypto::Response>;

  Answer put_report(const crypto::PutReport& put, Done done);
  Answer put(crypto::Put put, Done done);
  Answer get(const crypto::Get& get, StoreReader& reader);
  Answer journal_from(std::uint64_t position, StoreReader& reader);
  Answer take(const crypto::Take& take, const Caller& caller, StoreReader& reader);
  Answer take_duty(const Caller& caller);
  Answer acknowledge(const crypto::Acknowledge& item, const Caller& caller, Done done);
  Answer release(const crypto::Release& item, const Caller& caller);
  Answer burn(const crypto::Burn& burn, StoreReader& reader, Done done);
  Answer erase(const crypto::Erase& erase, StoreReader& reader, Done done);
  bool signed_by_two(const crypto::Erase& erase) const;

  // Queues one write; `finish` makes the answer of its outcome, on the writer's thread.
  Answer write(Write write, Done done, std::function<crypto::Response(const Written&)> finish);
  // What a put of a bundle or roster must satisfy beside the policy; nullopt: go on.
  Answer refused_notice(const crypto::Put& put) const;
  void stored(const crypto::Put& put);

  Parts parts_;
  std::unique_ptr<StoreReader> writer_reader_;  // only on the writer's thread
};

}  // namespace meldpunt::server
