// What every staff command begins with: the device's home opened with its passphrase, the line to
// the staff endpoint, and the casework in step with the server.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "client/cli/command.h"
#include "client/cli/visit.h"
#include "client/lib/case_json.h"
#include "client/lib/staff_device.h"
#include "client/lib/steward_keys.h"
#include "config/client_options.h"

namespace meldpunt::client {

inline constexpr std::array staff_options{
    row_of(config::common_options, "json"),
    row_of(config::common_options, "help"),
    row_of(config::device_options, "home"),
    row_of(config::device_options, "passphrase-file"),
    row_of(config::session_options, "endpoint"),
    row_of(config::session_options, "timeout"),
    row_of(proxy_options, "proxy"),
};

inline constexpr std::array text_options{
    config::Option{
        "text-file", config::Type::path, "",
        "Read the text from this file, or - for standard input; otherwise it is asked for."},
};

// The device of --home, opened with its passphrase. EX_USAGE without --home. Nobody has been talked
// to yet.
Outcome<std::unique_ptr<StaffDevice>> open_staff(Call& call);
// The same, and in step with the server; says what has to be announced.
Outcome<std::unique_ptr<StaffDevice>> sync_staff(Call& call);
// Announcements and alarms, once each, on standard error.
void tell(Terminal& terminal, StaffDevice& staff);

// Of an id, for a person who names something by its first digits.
inline constexpr std::size_t shortest_prefix = 4;

// --home, or EX_USAGE.
Outcome<Path> home_path(Call& call);
// A passphrase for something new: asked for twice at the terminal.
Outcome<crypto::SecretBuffer> new_passphrase(Call& call, const std::string& file,
                                             const std::string& whose);
// The root key that --root-key names, opened with its passphrase.
Outcome<RootKey> read_root_key(Call& call, const crypto::Pin& pin,
                               WhichRoot which = WhichRoot::present);
// The text of a reply or note: from --text-file, or asked for. Not empty.
Outcome<std::string> read_text(Call& call, std::string_view question);

// The case that the operand names: two words of its name, or the first digits of its id (4 or
// more).
Outcome<crypto::CaseId> named_case(Call& call, const Casework& casework);
Outcome<crypto::CaseId> case_called(const std::string& name, const Casework& casework);

// A case in a list: never a text of it.
[[nodiscard]] std::string line_of(const Case& entry, const Casework& casework);

}  // namespace meldpunt::client
