// Every coordinator's device is lost: `steward recover` makes a new one. The first call works
// without the server and writes the file for the operator; the second, once the operator has
// started the daemon with it, reads what is kept for the paper.
#include <nlohmann/json.hpp>

#include "client/cli/paper.h"
#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/recovery.h"
#include "client/lib/renewal.h"
#include "client/lib/vault_renewal.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t longest_authority = std::size_t{64} << 20;

constexpr std::array steward_recover_own_options{
    row_of(config::common_options, "pin"),
    config::Option{"authority", config::Type::path, "",
                   "The file that the operator wrote with `meldpuntd --write-authority`."},
    config::Option{"name", config::Type::text, "steward", "What colleagues see the new device as."},
    config::Option{"lost", config::Type::text, "",
                   "The lost device's name; without it all coordinators' devices are left out."},
    config::Option{"out", config::Type::path, "", "The directory for the operator's file."},
};

Outcome<void> first_call(Call& call) {
  for (const char* needed : {"pin", "out"}) {
    if (!call.options.has(needed)) {
      return problem(EX_USAGE, "--" + std::string(needed) + " is needed to recover a region.");
    }
  }
  const auto path = home_path(call);
  if (!path) return pass_on(path.error());
  const auto pin = read_file(call.options.path("pin"), 4096);
  if (!pin) return pass_on(pin.error());
  const auto authority = read_file(call.options.path("authority"), longest_authority);
  if (!authority) return pass_on(authority.error());
  const auto root = root_of(call);
  if (!root) return pass_on(root.error());
  const auto passphrase = new_passphrase(call, call.options.text("passphrase-file"), "this device");
  if (!passphrase) return pass_on(passphrase.error());
  Recovery recovery{*pin, *authority, call.options.text("name"), {}};
  if (call.options.has("lost")) recovery.lost.push_back(call.options.text("lost"));
  const Path out = call.options.path("out");
  const auto home = recover_home(recovery, *root, *path, out, passphrase->view(), call.clock.now());
  if (!home) return pass_on(home.error());
  call.terminal.say("The new device is made. Give " + (out / "recovery").string() +
                    " to the operator, who starts the daemon with it as --founding; then run "
                    "'steward recover' again with --home and the paper at hand.");
  call.terminal.print({{"event", "device_made"},
                       {"device", hexadecimal(home->keys().id.view())},
                       {"recovery", (out / "recovery").string()}});
  return {};
}

Outcome<crypto::PaperCode> read_code(Call& call) {
  const auto typed =
      call.terminal.secret(call.options.text("recovery-file"), "The eleven words on the paper: ");
  if (!typed) return pass_on(typed.error());
  const auto lists = all_words();
  auto code = crypto::PaperCode::parse(crypto::as_text(typed->view()), lists);
  if (!code) return problem(EX_DATAERR, "the recovery code", code.error());
  return std::move(*code);
}

Outcome<void> second_call(Call& call) {
  const auto staff = open_staff(call);
  if (!staff) return pass_on(staff.error());
  StaffDevice& desk = **staff;
  const auto code = read_code(call);
  if (!code) return pass_on(code.error());
  const auto recovered = recover_secrets(desk.home, *desk.casework, desk.line, *code);
  if (!recovered) return pass_on(recovered.error());
  const auto renewed =
      renew_vault(desk.home, *desk.casework, desk.line, call.clock.now(), VaultReason::at_once);
  if (!renewed) return pass_on(renewed.error());
  RenewalWishes wishes;
  wishes.every_day = true;
  const auto days = renew(desk.home, *desk.casework, desk.line, wishes, call.clock.now());
  tell(call.terminal, desk);
  if (!days) return pass_on(days.error());
  if (const auto kept = desk.remember(); !kept) return pass_on(kept.error());
  const std::size_t cases = desk.casework->index().cases().size();
  call.terminal.say(
      "This device has what the paper opens, as of " +
      format_time(std::chrono::hours(recovered->as_of)) + ": " + std::to_string(cases) +
      " cases are readable. The vault has changed and every day has other keys, so that the lost "
      "device opens nothing that comes. Now run 'duty' to take in what waits, and make a new paper "
      "with 'steward paper'.");
  call.terminal.print({{"event", "recovered"},
                       {"cases", cases},
                       {"epochs", recovered->epochs},
                       {"vault", renewed->version},
                       {"bundles", days->bundles},
                       {"as_of", format_time(std::chrono::hours(recovered->as_of))}});
  return {};
}

}  // namespace

config::Table steward_recover_options() {
  static constexpr auto all =
      config::join(staff_options, root_options, paper_options, steward_recover_own_options);
  return all;
}

Outcome<void> steward_recover(Call& call) {
  return call.options.has("authority") ? first_call(call) : second_call(call);
}

config::Table steward_paper_options() {
  static constexpr auto all = config::join(staff_options, root_options, paper_options);
  return all;
}

Outcome<void> steward_paper(Call& call) {
  const auto root = root_of(call);
  if (!root) return pass_on(root.error());
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  StaffDevice& desk = **staff;
  if (root->public_key() != desk.home.pin().root) {
    return problem(EX_DATAERR, "This is not the root key that the pin names.");
  }
  const auto made = make_and_show_paper(call, desk.home, *root);
  if (!made) return pass_on(made.error());
  if (!*made) return {};
  if (const auto kept = keep_recovery(desk.home, *desk.casework, desk.line); !kept) {
    return pass_on(kept.error());
  }
  call.terminal.say("From now on the server keeps the secrets for this paper. Destroy older ones.");
  call.terminal.print({{"event", "paper_made"}});
  return {};
}

}  // namespace meldpunt::client
