#include "server/gateway/events.h"

#include <cstdio>

namespace meldpunt::gateway {
namespace {

const char* text_of(Event event) {
  switch (event) {
    case Event::started:
      return "started";
    case Event::daemon_away:
      return "daemon_away: nobody listens at its socket";
    case Event::daemon_back:
      return "daemon_back";
    case Event::descriptors_short:
      return "descriptors_short: accepting pauses; raise the limit of open files";
    case Event::stopping:
      return "stopping";
    case Event::stopped:
      return "stopped";
  }
  return "unknown";
}

}  // namespace

void tell(Event event) {
  static_cast<void>(std::fprintf(stderr, "meldpunt-gateway: %s\n", text_of(event)));
}

}  // namespace meldpunt::gateway
