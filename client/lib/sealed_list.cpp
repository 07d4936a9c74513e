#include "client/lib/sealed_list.h"

#include <nlohmann/json.hpp>

#include "crypto/label.h"
#include "crypto/xaead.h"

namespace meldpunt::client {

namespace {

using nlohmann::json;

constexpr std::size_t longest_list = std::size_t{16} * 1024 * 1024;

}  // namespace

crypto::Buffer SealedList::context() const {
  return crypto::bind(name_, {home_->pin().region.view(), home_->keys().id.view()});
}

tl::unexpected<Problem> SealedList::damaged() const {
  return problem(EX_DATAERR, file().string() + " is damaged or another device's: " + remedy_ +
                                 ". Move the file away to go on without it");
}

Outcome<OpenFile> SealedList::lock() const { return lock_file(home_->path() / (name_ + ".lock")); }

Outcome<json> SealedList::read_locked() const {
  const auto sealed = read_file(file(), longest_list);
  if (!sealed && sealed.error().exit_code == EX_NOINPUT) return json::array();
  if (!sealed) return pass_on(sealed.error());
  if (sealed->size() < crypto::xaead_overhead) return damaged();
  crypto::SecretBuffer bytes(sealed->size() - crypto::xaead_overhead);
  if (!crypto::xaead_open(bytes.fill(), *sealed, context(), home_->keys().master)) {
    return damaged();
  }
  json list = json::parse(crypto::as_text(bytes.view()), nullptr, false);
  if (!list.is_array()) return damaged();
  return list;
}

Outcome<void> SealedList::write_locked(const json& list) const {
  if (list.empty()) return remove_secret_file(file());
  const auto bytes = crypto::SecretBuffer::of(crypto::as_bytes(list.dump()));
  crypto::Buffer sealed(bytes.size() + crypto::xaead_overhead);
  crypto::xaead_seal(sealed, bytes.view(), context(), home_->keys().master);
  return replace_secret_file(file(), sealed);
}

// Another process may be overwriting the file that it has just replaced.
Outcome<json> SealedList::read() const {
  const auto held = lock();
  if (!held) return pass_on(held.error());
  return read_locked();
}

Outcome<void> SealedList::rewrite(const std::function<Outcome<void>(json&)>& change) const {
  const auto held = lock();
  if (!held) return pass_on(held.error());
  auto list = read_locked();
  if (!list) return pass_on(list.error());
  if (const auto changed = change(*list); !changed) return pass_on(changed.error());
  return write_locked(*list);
}

}  // namespace meldpunt::client
