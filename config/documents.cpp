#include "config/documents.h"

#include "config/client_options.h"
#include "config/gateway_options.h"
#include "config/server_options.h"

namespace meldpunt::config {
namespace {

std::string shown(std::string_view value) {
  return value.empty() ? std::string() : '`' + std::string(value) + '`';
}

std::string gateway_rows() {
  std::string out =
      "| option | default, reporters | default, staff | what it says |\n|---|---|---|---|\n";
  for (const GatewayOption& row : gateway_settings) {
    out += "| `--" + std::string(row.name) + "` | " + shown(row.reporters) + " | " +
           shown(row.staff) + " | " + std::string(row.help) + " |\n";
  }
  return out;
}

// The table itself is config/terms.json.
constexpr std::string_view terms_section = R"(
## Terms of the case files

When an answer, a review or a request is due, and how long a closed case is kept, stands in one table, each row with its
source: `config/terms.json`, which the programs hold. A region changes rows in the file `terms.json` of each
coordinator's home; what it does not name stays as shipped:

    {
      "retention.LEFT": {"years": 2, "source": "decision of the municipal executive, 3 March"},
      "request": {"weeks": 2, "source": "our own promise; the law gives a month"}
    }

One whole number of `hours`, `days`, `weeks`, `months` or `years` (a hundred years at most), and a source that is not
empty. A row that there is not, or anything else, ends the program with one sentence and exit code 78. A month later is
the same day of the next month, or its last. `meldpunt terms` and the console's settings show what applies. Every
coordinator's device needs the same file: a device without it goes by the table as shipped.

| row | begins | as shipped |
|---|---|---|
| `partner_answer` | when something is shared with a partner | 72 hours |
| `review.HIGH`, `.NORMAL`, `.LOW` | today: a proposal for the next review | a week, a month, three months |
| `reflection` | when the need P2.REFLECT is written down as arranged | not decided |
| `request` | when a request came (erasure, access, correction, objection) | a month (GDPR, article 12(3)) |
| `retention.REASON` | when a case is closed for that reason of the vocabulary | not decided |
| `retention.advice`, `.junk`, `.muted` | when a report is called so | not decided |
| `retention.no_case` | the last reply, where no phase was begun and nobody said what it is | not decided |

By a row that is not decided nothing becomes due. Fixed, and in no table: the review of what was sent in haste (72 hours),
which partners' programs check too; the life of a reply and of keys ([protocol.md](protocol.md)).
)";

}  // namespace

std::string server_example() {
  return example_file(
      "meldpuntd: every option at its default. Read with meldpuntd --config FILE; the command line "
      "wins over it. Secrets stand in files of their own, never here.",
      server_options);
}

std::string gateway_example(bool staff) {
  const std::string whose = staff ? "staff's" : "reporters'";
  const std::string other = staff ? "reporters" : "staff";
  return example_file("meldpunt-gateway: every option at the default of the " + whose +
                          " instance. With instance = " + other +
                          " the defaults are others (docs/configuration.md): leave out what you "
                          "do not change.",
                      staff ? Table(gateway_staff_options) : Table(gateway_reporters_options));
}

std::string configuration_document() {
  std::string out = R"(# Configuration

This page is written from the tables in `config/*_options.h` by the program `write_documents`; a test compares
them. Every option is written `--name value` or `--name=value` on the command line, or `name = value` in the file
that `--config` names (`#` starts a comment). The command line wins. Times are whole numbers in the unit that the
value column names. An unknown option, a value that is not a number, or an option given twice ends the program
with one sentence and exit code 64 (command line) or 78 (file).

No secret is an option: a program is told which file holds it. Files with secrets must be readable by their owner
only.

## meldpuntd

Example: `config/server.conf.example`.

)";
  out += markdown_rows(server_options);
  out += R"(
## meldpunt-gateway

One program, two instances. `--instance` chooses which column of defaults holds. Example:
`config/gateway.conf.example`.

)";
  out += gateway_rows();
  out += '\n' + markdown_rows(gateway_deeds);
  out += R"(
## meldpunt

`meldpunt COMMAND --help` lists what one command takes; these are shared. Exit codes are those of sysexits.h:
64 usage, 65 data that cannot be used, 66 a file that cannot be read, 69 server not reachable, 70 a fault in the
program, 73 a file that cannot be made, 74 input or output, 75 try again later, 76 protocol, 77 not allowed,
78 configuration.

Every command:

)";
  out += markdown_rows(common_options);
  out += "\nCommands that talk to the server:\n\n" + markdown_rows(session_options);
  out += "\nCommands of a reporter:\n\n" + markdown_rows(reporter_options);
  out += "\nCommands of an enrolled device:\n\n" + markdown_rows(device_options);
  out += terms_section;
  return out;
}

}  // namespace meldpunt::config
