#include "client/cli/console_link.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace meldpunt::client {

namespace {

constexpr std::uint64_t longest_idle_minutes = 8 * 60;

}  // namespace

Outcome<console::Document> console_document(Call& call) {
  return console::Document::read(call.options.has("page") ? Path(call.options.path("page"))
                                                          : console::Document::beside_this_one());
}

std::chrono::minutes console_idle(Call& call) {
  return std::chrono::minutes(
      std::clamp<std::uint64_t>(call.options.number("idle-minutes"), 1, longest_idle_minutes));
}

ConsoleLink::ConsoleLink(Call& call, console::Console& console) : call_(call), console_(console) {
  call_.terminal.say("The console runs until you press Ctrl+C here.");
  show();
}

void ConsoleLink::attend(std::chrono::milliseconds wait) {
  const bool wanted = enter_pressed(wait);
  if (wanted || !console_.link_waits()) show();
}

void ConsoleLink::show() {
  const std::string link = console_.new_link();
  call_.terminal.say("Open this link in your browser. It works once:\n\n  " + link + "\n");
  call_.terminal.print({{"event", "link"}, {"link", link}});
}

bool ConsoleLink::enter_pressed(std::chrono::milliseconds wait) {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  const auto milliseconds = static_cast<int>(wait.count());
  if (!call_.terminal.interactive() || input_ended_) {
    (void)::poll(nullptr, 0, milliseconds);
    return false;
  }
  if (::poll(&input, 1, milliseconds) <= 0) return false;
  std::array<char, 256> line{};
  input_ended_ = ::read(STDIN_FILENO, line.data(), line.size()) <= 0;
  return !input_ended_;
}

}  // namespace meldpunt::client
