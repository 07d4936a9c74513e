// The journal on a file, for whoever supervises: a line of JSON for each event, chained, and signed
// by the device that wrote it. Anybody can check it without keys and without the server.
//
//   header   {"line": "header", "version": 1, "region", "region_id", "case", "made", "user",
//             "device", "key", "journal": {"events", "head"}, "previous": 64 zeros}
//   event    {"line": "event", ..., "previous": hash}         (access_log.h)
//   end      {"line": "end", "events": count, "previous": hash, "signature"}
//
// `previous` is hash("audit line", the line before without its line end), in hexadecimal digits.
// The signature is sign(device, "audit file", region id, that hash of the last line before the
// end), so a line that was changed, dropped, added or moved is noticed, and so is a file that ends
// early. Whose `key` it is, the rosters of the region say; `journal` names the events and the head
// of the journal that it was made from.
#pragma once

#include "client/lib/access_log.h"

namespace meldpunt::client {

// Of the whole journal, or of the case that the thread belongs to.
Outcome<std::string> audit_file(Casework& casework, const std::optional<crypto::CaseId>& subject);

struct AuditFile {
  std::string region;
  crypto::RegionId region_id;
  crypto::DeviceId device;
  crypto::VerifyKey<crypto::role::Device> key;
  std::string made;  // as the header says it
  crypto::Hour hour = 0;
  std::size_t events = 0;
  crypto::Hash chain;  // of the last line before the end: five words of it can be compared
};

// EX_DATAERR, naming the line, when it is no such file or was changed since.
Outcome<AuditFile> verify_audit_file(std::string_view text);

// Whether that key was a coordinator's device's at that hour.
[[nodiscard]] bool is_of_region(const AuditFile& file, const RosterHistory& rosters);

}  // namespace meldpunt::client
