#include "server/workers.h"

#include <exception>

#include "server/log.h"

namespace meldpunt::server {

namespace {

constexpr std::uint16_t retry_after_failure = 30;

crypto::Response busy() {
  crypto::Response response;
  response.status = crypto::Status::busy;
  response.wait = retry_after_failure;
  return response;
}

}  // namespace

Workers::Workers(Parts parts, std::size_t count) : parts_(parts) {
  for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() { join(); }

void Workers::join() {
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Workers::run() {
  const auto reader = parts_.store.reader();
  crypto::SecretBytes<crypto::request_plaintext_size> scratch;
  while (auto work = parts_.work.pop()) {
    if (auto* finished = std::get_if<Finished>(&*work)) {
      finish(finished->origin, finished->key, finished->response);
    } else {
      arrived(std::get<Arrived>(std::move(*work)), *reader, scratch);
    }
    if (parts_.work.made_room()) parts_.outbox.wake();
  }
}

void Workers::arrived(Arrived work, StoreReader& reader,
                      crypto::SecretBytes<crypto::request_plaintext_size>& scratch) {
  parts_.metrics.add(Count::frames);
  const crypto::KeyId id = crypto::key_id_of(*work.frame);
  if (id.is_zero()) return answer_notice(work.origin, std::move(work.frame));
  const auto key = parts_.keys.find(id);
  if (key == nullptr) return answer_random(work.origin, std::move(work.frame));
  auto response_key = crypto::open_request(scratch.fill(), *work.frame, key->opening,
                                           parts_.authority.pin().region);
  if (!response_key) return answer_random(work.origin, std::move(work.frame));

  // The writer's thread only queues the answer; a worker seals it.
  const auto kept = std::make_shared<crypto::ResponseKey>(std::move(*response_key));
  const auto done = [this, origin = work.origin, kept](crypto::Response response) {
    parts_.work.push(Finished{origin, std::move(*kept), std::move(response)});
  };
  if (const auto response = handle(scratch.view(), work.origin, reader, done)) {
    finish(work.origin, *kept, *response);
  }
}

std::optional<crypto::Response> Workers::handle(crypto::Bytes plaintext, const Origin& origin,
                                                StoreReader& reader, Dispatcher::Done done) {
  auto request = crypto::decode_request(plaintext.first<crypto::request_plaintext_size>());
  if (!request) {
    crypto::Response response;
    response.status = crypto::Status::malformed;
    return response;
  }
  const auto roster = parts_.authority.roster();
  const crypto::Device* device = origin.device ? roster->find(*origin.device) : nullptr;
  if (device != nullptr && !device->valid_on(parts_.clock.day())) device = nullptr;
  try {
    return parts_.dispatcher.handle(std::move(*request), Caller{origin.door, device}, reader,
                                    std::move(done));
  } catch (const StoreFailure& failure) {
    parts_.metrics.add(Count::store_failures);
    tell(Event::store_failed, failure.what());
    return busy();
  }
}

void Workers::finish(const Origin& origin, const crypto::ResponseKey& key,
                     const crypto::Response& response) {
  crypto::Block<crypto::response_plaintext_size> plaintext;
  // Every answer this program makes fits; a payload that does not is a broken invariant.
  if (!crypto::encode_response(plaintext, response)) throw std::logic_error("answer too long");
  auto frame = std::make_unique_for_overwrite<crypto::Frame>();
  key.seal(*frame, plaintext);
  parts_.outbox.push({origin, std::move(frame)});
}

void Workers::answer_notice(const Origin& origin, FramePointer frame) {
  const auto notice = parts_.tick.notice();
  if (notice == nullptr) return answer_random(origin, std::move(frame));
  parts_.metrics.add(Count::notices);
  *frame = *notice;
  parts_.outbox.push({origin, std::move(frame)});
}

void Workers::answer_random(const Origin& origin, FramePointer frame) {
  parts_.metrics.add(Count::unopened);
  crypto::fill_random(*frame);
  parts_.outbox.push({origin, std::move(frame)});
}

}  // namespace meldpunt::server
