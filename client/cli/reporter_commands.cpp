#include <array>

#include "client/cli/check.h"
#include "client/cli/command.h"
#include "client/cli/doctor.h"
#include "client/cli/message.h"
#include "client/cli/report.h"

namespace meldpunt::client {

std::span<const Command> reporter_commands() {
  static const std::array commands{
      Command{"report", "", "Report something; shows the code to come back with.", report_options(),
              report},
      Command{"message", "[given|refused|later|withdrawn]",
              "Add to a report, answer a question for consent, or ask to erase everything.",
              message_options(), message},
      Command{"check", "", "Read the answers that wait under a code.", check_options(), check},
      Command{"burn", "", "Erase answers from the server.", burn_options(), burn},
      Command{"doctor", "",
              "Find out what is wrong with pin, keys, clock, connection, photos or page.",
              doctor_options(), doctor},
  };
  return commands;
}

}  // namespace meldpunt::client
