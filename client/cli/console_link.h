// A console that runs behind a command: its options, its document, and its link in the terminal.
// The link works once; a new one comes when it was used, and when a person presses Enter.
#pragma once

#include "client/cli/command.h"
#include "client/console/console.h"

namespace meldpunt::client {

inline constexpr std::array console_page_options{
    config::Option{"idle-minutes", config::Type::number, "15",
                   "Lock the console when nobody has done anything for this long."},
    config::Option{"page", config::Type::path, "",
                   "Serve this document; its .headers file lies beside it. Otherwise the one that "
                   "came with the program."},
};

// What those options say.
Outcome<console::Document> console_document(Call& call);
[[nodiscard]] std::chrono::minutes console_idle(Call& call);

class ConsoleLink {
 public:
  // Both must outlive it. Shows the first link.
  ConsoleLink(Call& call, console::Console& console);

  // Shows a new link when it is time; waits that long for somebody to press Enter.
  void attend(std::chrono::milliseconds wait);

 private:
  void show();
  [[nodiscard]] bool enter_pressed(std::chrono::milliseconds wait);

  Call& call_;
  console::Console& console_;
  bool input_ended_ = false;
};

}  // namespace meldpunt::client
