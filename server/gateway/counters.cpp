#include "server/gateway/counters.h"

#include <string_view>

namespace meldpunt::gateway {
namespace {

void add(std::string& text, std::string_view name, std::string_view kind, std::string_view help,
         std::uint64_t value) {
  const std::string full = "meldpunt_gateway_" + std::string(name);
  text += "# HELP " + full + ' ' + std::string(help) + '\n';
  text += "# TYPE " + full + ' ' + std::string(kind) + '\n';
  text += full + ' ' + std::to_string(value) + '\n';
}

void add_web(std::string& text, const Counters& counters) {
  add(text, "pages_total", "counter", "Times that the page was served.", counters.pages);
  add(text, "not_found_total", "counter", "Requests from the web for nothing that is there.",
      counters.not_found);
  add(text, "web_frames_total", "counter", "Frames from the web passed to the daemon.",
      counters.web_frames);
  add(text, "web_answers_total", "counter", "Answers passed to the web, notices among them.",
      counters.web_answers);
  add(text, "web_unanswered_total", "counter", "Random bytes given where the daemon was silent.",
      counters.web_unanswered);
  add(text, "notices_fetched_total", "counter", "Times that the daemon was asked for the notice.",
      counters.notices_fetched);
}

}  // namespace

std::string as_text(const Counters& counters) {
  std::string text;
  add(text, "connections", "gauge", "Connections now, over ZeroMQ.", counters.connections);
  add(text, "web_connections", "gauge", "Connections now, from the web.", counters.web_connections);
  add(text, "waiting", "gauge", "Connections that wait for their turn.", counters.waiting);
  add(text, "accepted_total", "counter", "Connections accepted.", counters.accepted);
  add(text, "accept_pauses_total", "counter", "Times that descriptors ran out.",
      counters.accept_pauses);
  add(text, "dials_total", "counter", "Connections made to the daemon.", counters.dials);
  add(text, "dial_failures_total", "counter", "Attempts that did not reach the daemon.",
      counters.dial_failures);
  add(text, "handshakes_total", "counter",
      "Handshakes completed, and visitors from the web let in.", counters.settled);
  add(text, "frames_total", "counter", "Full frames passed to the daemon.", counters.frames);
  add(text, "answers_total", "counter", "Full frames passed to clients.", counters.answers);
  add_web(text, counters);
  const std::string name = "meldpunt_gateway_ended_total";
  text += "# HELP " + name + " Connections ended, by reason.\n# TYPE " + name + " counter\n";
  for (std::size_t ending = 0; ending < endings; ++ending) {
    text += name + "{reason=\"" + std::string(ending_names[ending]) + "\"} " +
            std::to_string(counters.ended[ending]) + '\n';
  }
  return text;
}

}  // namespace meldpunt::gateway
