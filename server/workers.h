// The pool that opens requests and seals answers. Each worker has its own connection to the store.
// Whatever a stranger sends costs its worker one attempt to open it, and is answered with a frame
// like any other.
#pragma once

#include <thread>
#include <vector>

#include "server/dispatcher.h"
#include "server/outbox.h"
#include "server/request_keys.h"
#include "server/work_queue.h"

namespace meldpunt::server {

class Workers {
 public:
  // All of these outlive the workers.
  struct Parts {
    Store& store;
    WorkQueue& work;
    Outbox& outbox;
    Dispatcher& dispatcher;
    const RequestKeys& keys;
    const Tick& tick;
    const Authority& authority;
    Metrics& metrics;
    const Clock& clock;
  };

  Workers(Parts parts, std::size_t count);
  // Ends when the work queue is closed and empty.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  void join();

 private:
  void run();
  void arrived(Arrived work, StoreReader& reader,
               crypto::SecretBytes<crypto::request_plaintext_size>& scratch);
  void finish(const Origin& origin, const crypto::ResponseKey& key,
              const crypto::Response& response);
  void answer_notice(const Origin& origin, FramePointer frame);
  void answer_random(const Origin& origin, FramePointer frame);
  std::optional<crypto::Response> handle(crypto::Bytes plaintext, const Origin& origin,
                                         StoreReader& reader, Dispatcher::Done done);

  Parts parts_;
  std::vector<std::thread> threads_;
};

}  // namespace meldpunt::server
