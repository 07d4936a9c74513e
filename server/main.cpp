// meldpuntd: reads its options and either does one deed or runs until SIGTERM.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sysexits.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "config/documents.h"
#include "config/harden.h"
#include "config/server_options.h"
#include "server/daemon.h"
#include "server/founding.h"
#include "server/storage/backup.h"
#include "server/storage/sqlite_store.h"

namespace {

namespace config = meldpunt::config;
namespace crypto = meldpunt::crypto;
namespace server = meldpunt::server;

class SystemClock : public server::Clock {
 public:
  [[nodiscard]] server::Moment steady() const override { return std::chrono::steady_clock::now(); }
  [[nodiscard]] std::uint64_t unix_seconds() const override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::seconds>(since).count());
  }
};

// What the operator has to put right before the daemon can start.
class Unusable : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

crypto::Buffer read_file(const std::filesystem::path& path, std::string_view option) {
  if (path.empty()) throw Unusable("--" + std::string(option) + " is missing; see --help");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Unusable(path.string() + " (--" + std::string(option) + ") cannot be read");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::filesystem::path needed_path(const config::Options& options, std::string_view name) {
  if (!options.has(name)) throw Unusable("--" + std::string(name) + " is missing; see --help");
  return options.path(name);
}

std::uint64_t bounded(std::string_view name, std::uint64_t value, std::uint64_t least,
                      std::uint64_t most) {
  if (value < least || value > most) {
    throw Unusable("--" + std::string(name) + " must be from " + std::to_string(least) + " to " +
                   std::to_string(most));
  }
  return value;
}

std::string endpoint(const config::Options& options, std::string_view name, std::string_view file) {
  if (!options.has(name)) return "ipc://" + (options.path("run") / file).string();
  std::string given = options.text(name);
  const bool local = given.starts_with("ipc://") || given.starts_with("tcp://127.0.0.1:") ||
                     given.starts_with("tcp://[::1]:");
  if (!local) {
    throw Unusable("--" + std::string(name) + " must be ipc:// or on loopback; strangers reach " +
                   "the gateway, never the daemon");
  }
  return given;
}

crypto::Pin read_pin(const config::Options& options) {
  auto pin = crypto::trust_pin(read_file(needed_path(options, "pin"), "pin"));
  if (!pin) {
    throw Unusable("the pin cannot be used: " + std::string(crypto::describe(pin.error())));
  }
  return *pin;
}

server::Settings read_settings(const config::Options& options) {
  const auto number = [&](std::string_view name, std::uint64_t least, std::uint64_t most) {
    return bounded(name, options.number(name), least, most);
  };
  auto keys = server::read_daemon_keys(needed_path(options, "keys"));
  server::Settings settings{read_pin(options),
                            std::move(keys),
                            {},
                            needed_path(options, "data"),
                            endpoint(options, "reporters-endpoint", "reporters.sock"),
                            endpoint(options, "staff-endpoint", "staff.sock")};
  if (settings.pin.server != settings.keys.curve.public_key()) {
    throw Unusable("the pin names another server's key; give the pin and the keys of one region");
  }
  if (options.has("founding")) settings.founding = read_file(options.path("founding"), "founding");
  settings.metrics_port = static_cast<std::uint16_t>(number("metrics", 0, 65535));
  settings.tick_seconds = static_cast<std::uint16_t>(
      bounded("tick-seconds", static_cast<std::uint64_t>(options.seconds("tick-seconds").count()),
              1, 3600));
  settings.hold = options.milliseconds("hold-ms");
  const auto cores = std::max(1U, std::thread::hardware_concurrency());
  const std::uint64_t workers = number("workers", 0, 256);
  settings.workers = workers == 0 ? cores : static_cast<std::size_t>(workers);
  settings.quota = number("quota", 2, 100'000'000);
  settings.queue = static_cast<std::size_t>(number("queue", 16, 1'000'000));
  settings.check_interval = std::chrono::hours(number("check-interval-hours", 0, 24 * 365));
  return settings;
}

// One descriptor a connection, and some to spare.
void raise_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  static_cast<void>(::setrlimit(RLIMIT_NOFILE, &limit));
}

void start_log(const config::Options& options) {
  auto logger = spdlog::stderr_logger_mt("meldpuntd");
  logger->set_pattern("%Y-%m-%dT%H:00Z %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(options.text("log-level")));
  spdlog::set_default_logger(std::move(logger));
}

int run_daemon(const config::Options& options) {
  auto settings = read_settings(options);
  std::filesystem::create_directories(options.path("run"));
  std::filesystem::permissions(options.path("run"), std::filesystem::perms::owner_all);
  raise_descriptors();
  // All threads inherit the mask; one waits for the signals.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const SystemClock clock;
  server::Daemon daemon(std::move(settings), clock);
  std::thread([signals, &daemon] {
    int received = 0;
    sigwait(&signals, &received);
    daemon.stop();
  }).detach();
  daemon.run();
  return EX_OK;
}

int check_database(const config::Options& options) {
  const auto findings = server::check_database(needed_path(options, "data"));
  for (const std::string& finding : findings) std::cout << finding << '\n';
  if (!findings.empty()) return EX_DATAERR;
  std::cout << "nothing wrong\n";
  return EX_OK;
}

int restore(const config::Options& options) {
  const auto existing =
      options.flag("replace") ? server::Existing::replace : server::Existing::refuse;
  const auto generation =
      server::restore_database(options.path("restore"), needed_path(options, "data"), existing);
  std::cout << "restored as generation " << generation << "; start meldpuntd\n";
  return EX_OK;
}

// For the steward alone, as daemon.keys is for the daemon: it names the staff's devices.
int write_authority(const config::Options& options) {
  const auto path = options.path("write-authority");
  if (std::filesystem::exists(path)) throw Unusable(path.string() + " exists; name a new file");
  const auto store = server::open_sqlite_store(needed_path(options, "data"));
  const auto file = server::authority_file(*store->reader());
  std::ofstream out(path, std::ios::binary);
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  out.write(crypto::as_text(file).data(), static_cast<std::streamsize>(file.size()));
  out.close();
  if (!out) throw Unusable(path.string() + " cannot be written");
  std::cout << "written; bring it to the steward, in person\n";
  return EX_OK;
}

int check_config(const config::Options& options) {
  const auto settings = read_settings(options);
  if (settings.hold.count() == 0) {
    std::cout << "hold-ms is 0: time tells a stored report from a miss; for benchmarks only\n";
  }
  std::cout << "the configuration can be used\n" << options.print();
  return EX_OK;
}

int act(const config::Options& options) {
  if (options.flag("help")) {
    std::cout << config::help_text("meldpuntd [OPTION]...", config::server_options);
    return EX_OK;
  }
  if (options.flag("version")) {
    std::cout << "meldpuntd " MELDPUNT_VERSION "\n";
    return EX_OK;
  }
  if (options.flag("print-example")) {
    std::cout << config::server_example();
    return EX_OK;
  }
  if (options.given("make-keys")) {
    server::make_daemon_keys(options.path("make-keys"));
    return EX_OK;
  }
  if (options.flag("check-config")) return check_config(options);
  if (options.flag("check-database")) return check_database(options);
  if (options.given("write-authority")) return write_authority(options);
  if (options.given("backup")) {
    server::backup_database(needed_path(options, "data"), options.path("backup"));
    return EX_OK;
  }
  if (options.given("restore")) return restore(options);
  return run_daemon(options);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    config::harden_process();
    const auto options = config::parse(config::server_options, count, arguments);
    if (!options) {
      std::cerr << "meldpuntd: " << options.error().sentence << '\n';
      return options.error().exit_code();
    }
    start_log(*options);
    return act(*options);
  } catch (const Unusable& problem) {
    std::cerr << "meldpuntd: " << problem.what() << '\n';
    return EX_CONFIG;
  } catch (const server::StoreFailure& failure) {
    std::cerr << "meldpuntd: " << failure.what() << '\n';
    return EX_DATAERR;
  } catch (const std::exception& error) {
    std::cerr << "meldpuntd: " << error.what() << '\n';
    return EX_SOFTWARE;
  }
}
