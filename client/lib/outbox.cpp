#include "client/lib/outbox.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/lib/recording.h"
#include "crypto/hexadecimal.h"
#include "crypto/label.h"
#include "crypto/xaead.h"

namespace meldpunt::client {

namespace {

using nlohmann::json;

constexpr std::size_t longest_outbox = std::size_t{16} * 1024 * 1024;

Path outbox_file(const Home& home) { return home.path() / "outbox"; }

crypto::Buffer outbox_context(const Home& home) {
  return crypto::bind("outbox", {home.pin().region.view(), home.keys().id.view()});
}

tl::unexpected<Problem> damaged_outbox(const Home& home) {
  return problem(EX_DATAERR, outbox_file(home).string() +
                                 " is damaged or another device's: what was written without the "
                                 "line cannot be read. Move the file away to go on without it");
}

std::optional<Unsent> read_unsent(const json& entry) {
  Unsent unsent;
  const std::string subject = entry.value("case", "");
  if (!crypto::from_hexadecimal(subject, unsent.subject.fill())) return std::nullopt;
  auto change = record::decode(entry.value("change", ""));
  if (!change) return std::nullopt;
  unsent.change = std::move(*change);
  return unsent;
}

}  // namespace

Outcome<Outbox> Outbox::open(const Home& home) {
  Outbox outbox(home);
  const auto sealed = read_file(outbox_file(home), longest_outbox);
  if (!sealed && sealed.error().exit_code == EX_NOINPUT) return outbox;
  if (!sealed) return pass_on(sealed.error());
  if (sealed->size() < crypto::xaead_overhead) return damaged_outbox(home);
  crypto::SecretBuffer bytes(sealed->size() - crypto::xaead_overhead);
  if (!crypto::xaead_open(bytes.fill(), *sealed, outbox_context(home), home.keys().master)) {
    return damaged_outbox(home);
  }
  const json list = json::parse(crypto::as_text(bytes.view()), nullptr, false);
  if (!list.is_array()) return damaged_outbox(home);
  for (const json& entry : list) {
    auto unsent = entry.is_object() ? read_unsent(entry) : std::nullopt;
    if (!unsent) return damaged_outbox(home);
    outbox.unsent_.push_back(std::move(*unsent));
  }
  return outbox;
}

Outcome<void> Outbox::write() const {
  if (unsent_.empty()) return remove_secret_file(outbox_file(*home_));
  json list = json::array();
  for (const Unsent& unsent : unsent_) {
    list.push_back({{"case", crypto::hexadecimal(unsent.subject.view())},
                    {"change", record::encode(unsent.change)}});
  }
  const auto bytes = crypto::SecretBuffer::of(crypto::as_bytes(list.dump()));
  crypto::Buffer sealed(bytes.size() + crypto::xaead_overhead);
  crypto::xaead_seal(sealed, bytes.view(), outbox_context(*home_), home_->keys().master);
  return replace_secret_file(outbox_file(*home_), sealed);
}

Outcome<void> Outbox::add(const crypto::CaseId& subject, record::RecordEvent change) {
  if (const std::string fault = fault_of_change(change); !fault.empty()) {
    return problem(EX_DATAERR, fault);
  }
  if (change.change.is_zero()) change.change = crypto::random_id<record::ChangeId>();
  unsent_.push_back({subject, std::move(change)});
  const auto kept = write();
  if (!kept) unsent_.pop_back();
  return kept;
}

Outcome<Delivered> Outbox::send(Casework& casework) {
  Delivered delivered;
  while (!unsent_.empty()) {
    const Unsent& first = unsent_.front();
    const auto written = write_record(casework, first.subject, first.change);
    if (!written && written.error().exit_code != EX_UNAVAILABLE) return pass_on(written.error());
    if (written) {
      ++delivered.sent;
    } else {
      delivered.refused.push_back("what was written as '" + first.change.kind +
                                  "' cannot be kept: " + written.error().sentence);
    }
    unsent_.erase(unsent_.begin());
    if (const auto kept = write(); !kept) return pass_on(kept.error());
  }
  return delivered;
}

}  // namespace meldpunt::client
