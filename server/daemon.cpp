#include "server/daemon.h"

#include <boost/asio/io_context.hpp>
#include <utility>  // before Boost 1.74's Asio, which forgets it

#include "server/dispatcher.h"
#include "server/founding.h"
#include "server/gateway/metrics_page.h"
#include "server/housekeeper.h"
#include "server/log.h"
#include "server/storage/sqlite_store.h"
#include "server/transport/listener.h"
#include "server/transport/socket.h"
#include "server/workers.h"

namespace meldpunt::server {

namespace {

constexpr std::chrono::milliseconds grace{3000};
constexpr std::size_t recent_reports = 4096;
constexpr std::uint64_t gateway_descriptors = 8192;

std::unique_ptr<Store> open_store(const Settings& settings, const Clock& clock) {
  auto store = open_sqlite_store(settings.data);
  if (!settings.founding.empty()) {
    auto founding = read_founding(settings.founding, clock.hour());
    if (!founding)
      throw StoreFailure("the founding file is damaged; copy it from the steward again");
    take_founding(std::move(*founding), settings.pin, *store);
  }
  return store;
}

// The metrics page has a loop of its own, so that nobody who reads it can slow a report down.
class MetricsThread {
 public:
  MetricsThread(std::uint16_t port, const Metrics& metrics) {
    if (port == 0) return;
    page_.emplace(loop_, port, [&metrics] { return metrics.text(); });
    page_->start();
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~MetricsThread() {
    loop_.stop();
    if (thread_.joinable()) thread_.join();
  }
  MetricsThread(const MetricsThread&) = delete;
  MetricsThread& operator=(const MetricsThread&) = delete;

 private:
  boost::asio::io_context loop_{1};
  std::optional<gateway::MetricsPage> page_;
  std::thread thread_;
};

}  // namespace

struct Daemon::Parts {
  Parts(Settings given, const Clock& clock)
      : settings(std::move(given)),
        store(open_store(settings, clock)),
        reader(store->reader()),
        authority(settings.pin, *reader, clock.day()),
        keys(clock.steady()),
        tick(settings.pin, settings.keys.signing, settings.tick_seconds, store->generation()),
        admission(settings.quota, reader->count(MailboxKind::intake)),
        recent(recent_reports),
        writer(store->writer(), {settings.queue, 256},
               [this](std::string_view sentence) {
                 metrics.add(Count::store_failures);
                 tell(Event::store_failed, sentence);
               }),
        dispatcher({authority, tick, admission, leases, recent, writer, metrics, clock,
                    [this] { return store->reader(); }}),
        work(settings.queue),
        housekeeper({*store, writer, authority, keys, tick, admission, work, metrics, clock},
                    {std::chrono::seconds(settings.tick_seconds), settings.check_interval}),
        workers({*store, work, outbox, dispatcher, keys, tick, authority, metrics, clock},
                settings.workers),
        metrics_thread(settings.metrics_port, metrics),
        context(1) {
    context.set(zmq::ctxopt::max_sockets, static_cast<int>(gateway_descriptors));
    gatekeeper.emplace(context, authority, clock);
    listener.emplace(
        Listener::Parts{work, outbox, metrics, clock},
        bind_router(context, settings.reporters_endpoint, Door::reporters, settings.keys.curve),
        bind_router(context, settings.staff_endpoint, Door::staff, settings.keys.curve),
        settings.hold);
  }

  Settings settings;
  Metrics metrics;
  std::unique_ptr<Store> store;
  std::unique_ptr<StoreReader> reader;
  Authority authority;
  RequestKeys keys;
  Tick tick;
  Admission admission;
  Leases leases;
  Recent recent;
  WriterThread writer;
  Dispatcher dispatcher;
  WorkQueue work;
  Outbox outbox;
  Housekeeper housekeeper;
  Workers workers;
  MetricsThread metrics_thread;
  zmq::context_t context;
  std::optional<Gatekeeper> gatekeeper;
  std::optional<Listener> listener;
};

Daemon::Daemon(Settings settings, const Clock& clock)
    : parts_(std::make_unique<Parts>(std::move(settings), clock)) {
  tell(Event::started, parts_->store->generation());
}

Daemon::~Daemon() {
  // Order matters: durable first, then answered, then the threads that answer.
  parts_->writer.stop();
  parts_->work.close();
  parts_->workers.join();
  parts_->listener.reset();
  parts_->context.shutdown();
  parts_->gatekeeper.reset();
  tell(Event::stopped, parts_->writer.counts().writes);
}

void Daemon::run() {
  parts_->listener->run(grace);
  tell(Event::stopping);
}

void Daemon::stop() { parts_->listener->stop(); }

}  // namespace meldpunt::server
