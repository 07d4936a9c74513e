// meldpunt-gateway: options in, parts built, loop run.
#include <sys/resource.h>
#include <sysexits.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <utility>  // before Boost 1.74's Asio, which forgets it

#include "config/documents.h"
#include "config/gateway_options.h"
#include "config/harden.h"
#include "server/gateway/events.h"
#include "server/gateway/gateway.h"
#include "server/gateway/metrics_page.h"
#include "server/gateway/settings.h"

namespace {

namespace config = meldpunt::config;
using namespace meldpunt::gateway;

Time steady_now() { return std::chrono::steady_clock::now(); }

std::uint64_t unix_seconds() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::seconds>(since).count());
}

// Two descriptors per connection over ZeroMQ, one per web visitor, three for each of our own
// connections to the daemon, and some for everything else.
bool raise_file_limit(const Settings& settings) {
  rlim_t needed = 2 * settings.limits.connections + 64;
  if (settings.web) {
    needed += settings.web->limits.connections + 3 * settings.web->limits.daemon_connections;
  }
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return false;
  if (files.rlim_cur >= needed) return true;
  files.rlim_cur = needed;
  files.rlim_max = std::max(files.rlim_max, needed);
  return setrlimit(RLIMIT_NOFILE, &files) == 0;
}

void serve(const Settings& settings, std::optional<Site> site) {
  boost::asio::io_context loop(1);
  Gateway gateway(loop, settings, steady_now, std::move(site), unix_seconds);
  std::optional<MetricsPage> page;
  if (settings.metrics_port != 0) {
    page.emplace(loop, settings.metrics_port, [&] { return as_text(gateway.counters()); });
    page->start();
  }
  boost::asio::signal_set endings(loop, SIGTERM, SIGINT);
  endings.async_wait([&](const boost::system::error_code&, int) {
    tell(Event::stopping);
    if (page) page->stop();
    gateway.stop();
  });
  gateway.start();
  tell(Event::started);
  loop.run();
  tell(Event::stopped);
}

int fail(int code, const std::string& sentence) {
  static_cast<void>(std::fprintf(stderr, "meldpunt-gateway: %s\n", sentence.c_str()));
  return code;
}

int run(int count, const char* const* words) {
  const auto options = config::parse(config::gateway_reporters_options, count, words);
  if (!options) return fail(options.error().exit_code(), options.error().sentence);
  if (options->flag("help")) {
    std::cout << config::help_text("meldpunt-gateway [OPTION]...",
                                   config::gateway_reporters_options);
    return EX_OK;
  }
  if (options->flag("version")) {
    std::cout << "meldpunt-gateway " MELDPUNT_VERSION "\n";
    return EX_OK;
  }
  const auto settings = settings_from(options->given_values());
  if (!settings) return fail(EX_CONFIG, settings.error());
  if (options->flag("print-example")) {
    std::cout << config::gateway_example(options->text("instance") == "staff");
    return EX_OK;
  }
  std::optional<Site> site;
  if (settings->web) {
    auto read = read_site(*settings->web);
    if (!read) return fail(EX_CONFIG, read.error());
    site = std::move(*read);
  }
  if (!raise_file_limit(*settings)) {
    return fail(EX_CONFIG,
                "connections needs twice as many open files, web-connections one each; raise the "
                "limit");
  }
  if (options->flag("check-config")) return EX_OK;
  serve(*settings, std::move(site));
  return EX_OK;
}

}  // namespace

int main(int count, char** words) {
  try {
    config::harden_process();
    static_cast<void>(std::signal(SIGHUP, SIG_IGN));
    return run(count, words);
  } catch (const std::exception& error) {
    return fail(EX_UNAVAILABLE, error.what());
  }
}
