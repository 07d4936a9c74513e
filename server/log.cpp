#include "server/log.h"

#include <spdlog/spdlog.h>

namespace meldpunt::server {

namespace {

struct Entry {
  spdlog::level::level_enum level;
  std::string_view text;
};

Entry entry(Event event) {
  using spdlog::level::err;
  using spdlog::level::info;
  using spdlog::level::warn;
  switch (event) {
    case Event::started:
      return {info, "started, generation"};
    case Event::stopping:
      return {info, "stopping: taking nothing new, finishing what was accepted"};
    case Event::stopped:
      return {info, "stopped, writes since the start:"};
    case Event::store_failed:
      return {err, "the store could not write or read:"};
    case Event::store_damaged:
      return {err, "the background check found:"};
    case Event::check_passed:
      return {info, "the background check found nothing wrong"};
    case Event::bundle_missing:
      return {err, "no bundle for today: nobody can report until a steward sends one"};
    case Event::bundles_run_out:
      return {warn, "bundles run out; a steward must send new ones. Days left:"};
    case Event::bundle_taken:
      return {info, "took a bundle for day"};
    case Event::roster_taken:
      return {info, "took roster number"};
    case Event::roster_refused:
      return {
          warn,
          "refused a roster that does not follow the one before or is signed by nobody we trust:"};
    case Event::intake_half_full:
      return {warn, "the intake is half full; reports now cost a puzzle. Run `meldpunt duty`"};
    case Event::intake_full:
      return {err, "the intake is full: reports are answered busy. Run `meldpunt duty`"};
    case Event::digest_full:
      return {err, "more living addresses than the digest holds; the newest replies wait"};
    case Event::request_key_renewed:
      return {info, "made a new request key"};
    case Event::clock_jumped:
      return {warn, "the clock jumped; check time synchronisation"};
  }
  return {err, ""};
}

}  // namespace

void tell(Event event) {
  const Entry found = entry(event);
  spdlog::log(found.level, found.text);
}

void tell(Event event, std::uint64_t number) {
  const Entry found = entry(event);
  spdlog::log(found.level, "{} {}", found.text, number);
}

void tell(Event event, std::string_view sentence) {
  const Entry found = entry(event);
  spdlog::log(found.level, "{} {}", found.text, sentence);
}

}  // namespace meldpunt::server
