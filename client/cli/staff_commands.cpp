#include <array>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"

namespace meldpunt::client {

std::span<const Command> staff_commands() {
  static const std::array commands{
      Command{"steward init", "", "Found a region: its root keys, its pin, its first keys.",
              steward_init_options(), steward_init},
      Command{"steward enrol", "", "Enrol a device, after comparing five words.",
              steward_enrol_options(), steward_enrol},
      Command{"steward renew", "", "Make the bundles ahead, and confirm devices' new keys.",
              steward_renew_options(), steward_renew},
      Command{"steward revoke", "DEVICE", "Remove a device, and change what it knew.",
              steward_revoke_options(), steward_revoke},
      Command{"device renew", "", "Make new keys for this device, before its own end.",
              device_renew_options(), device_renew},
      Command{"steward recover", "", "Make a new device from paper, root key and server.",
              steward_recover_options(), steward_recover},
      Command{"steward paper", "", "Make a new recovery code on paper; the old one ends.",
              steward_paper_options(), steward_paper},
      Command{"device init", "", "Make this device's keys, and the file to be enrolled with.",
              device_init_options(), device_init},
      Command{"duty", "", "Take in what comes, and post one address a tick.", duty_options(), duty},
      Command{"queue", "", "List what was taken in and is nobody's yet.", staff_options, queue},
      Command{"next", "", "Take the first case of the queue, and read it.", staff_options, next},
      Command{"cases", "", "List all cases.", staff_options, cases},
      Command{"case", "CASE", "Read a case.", case_options(), show_case},
      Command{"reply", "CASE", "Answer the reporter of a case.", reply_options(), reply},
      Command{"note", "CASE", "Add a note for colleagues to a case.", note_options(), note},
      Command{"tasks", "", "List what waits for a person.", staff_options, tasks},
      Command{"consent", "CASE", "List consent in a case, ask for it, or record what was said.",
              consent_options(), consent},
      Command{"escalate", "CASE", "Send chosen fields of a case to a partner, after a preview.",
              escalate_options(), escalate},
      Command{"withdraw", "CASE", "Tell partners that consent has been taken back.",
              withdraw_options(), withdraw},
      Command{"erase", "CASE", "Propose to erase a case; a second person signs.", erase_options(),
              erase},
      Command{"countersign", "", "Sign, as the second person, what needs two.",
              countersign_options(), countersign},
      Command{"inbox", "", "A partner's: take in what came, and list it.", staff_options, inbox},
      Command{"accept", "ESCALATION", "A partner's: take an escalation on.", said_options(),
              accept},
      Command{"refuse", "ESCALATION", "A partner's: do not take it on.", said_options(), refuse},
      Command{"answer", "ESCALATION", "A partner's: say more about it, or that it is done.",
              answer_options(), answer},
      Command{"code", "CASE [DIMENSION=CODE]...", "Code a case for the trends.", code_options(),
              code},
      Command{"release", "", "Release a period's figures, which can point at nobody.",
              release_options(), release},
      Command{"forward", "", "Carry releases to the receiver of trends: runs beside the daemon.",
              forward_options(), forward},
      Command{"receive", "", "Take in releases of regions: runs at the receiver of trends.",
              receive_options(), receive},
      Command{"received", "", "List the releases that came in.", received_options(), received},
      Command{"receiver region", "", "Add a region by its pin, or its next pin.",
              receiver_region_options(), receiver_region},
  };
  return commands;
}

}  // namespace meldpunt::client
