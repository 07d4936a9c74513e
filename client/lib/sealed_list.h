// A short list that a device keeps for itself: JSON in one file of its home, sealed under the
// master key and bound to the region, the device and the file's name. What it replaces is
// overwritten, and a list without entries is no file.
//
// Several processes may use one home: each reads the file anew, under a lock, before it writes it.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "client/lib/home.h"

namespace meldpunt::client {

class SealedList {
 public:
  // The home must outlive it. `remedy`: what a person whose file is damaged has lost, and does.
  SealedList(const Home& home, std::string name, std::string remedy)
      : home_(&home), name_(std::move(name)), remedy_(std::move(remedy)) {}

  // A JSON array; EX_DATAERR when the file is damaged or another device's.
  [[nodiscard]] Outcome<nlohmann::json> read() const;
  // `change` gets the list as it is on the disk, and is on the disk when this returns.
  Outcome<void> rewrite(const std::function<Outcome<void>(nlohmann::json& list)>& change) const;
  // For entries that nobody here can read.
  [[nodiscard]] tl::unexpected<Problem> damaged() const;

 private:
  [[nodiscard]] Path file() const { return home_->path() / name_; }
  [[nodiscard]] crypto::Buffer context() const;
  [[nodiscard]] Outcome<OpenFile> lock() const;
  [[nodiscard]] Outcome<nlohmann::json> read_locked() const;
  [[nodiscard]] Outcome<void> write_locked(const nlohmann::json& list) const;

  const Home* home_;
  std::string name_;
  std::string remedy_;
};

}  // namespace meldpunt::client
