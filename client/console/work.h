// What is done at a desk besides jobs: reading what the disk holds, keeping in step with the
// server, and what the screens then show. One kind for each role that has a console.
//
// All of it runs on the desk's thread.
#pragma once

#include "client/console/place.h"
#include "client/lib/zaak.h"

namespace meldpunt::console {

struct WorkSettings {
  bool duty = false;
  // For duty: a line to the reporters' door; null: it is not looked at.
  std::function<std::unique_ptr<client::Line>()> door{};
  // What a case as a zaak says of the municipality; empty: it is refused, and says what to fill in.
  client::ZaakSettings zaak{};
};

class Work {
 public:
  Work() = default;
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  virtual ~Work() = default;

  [[nodiscard]] virtual Place& place() = 0;
  // Reads what the disk holds.
  virtual client::Outcome<void> start() = 0;
  // Once in step with the server.
  virtual client::Outcome<void> turn() = 0;
  // Until the next turn.
  [[nodiscard]] virtual std::chrono::milliseconds pause(std::chrono::milliseconds otherwise) const {
    return otherwise;
  }
  virtual void end() {}
  // All but its version.
  [[nodiscard]] virtual client::Outcome<View> view() = 0;
  // While it is the same, and the hour and the line are, so is the view.
  [[nodiscard]] virtual std::uint64_t contents() const = 0;

  // How long the server is waited for from now on, where there is one.
  virtual void be_patient(const client::StaffPatience& /*patience*/) {}
  // What is wrong with the notices that came.
  [[nodiscard]] virtual std::vector<std::string> warnings() const { return {}; }
  // Keeps what must not run backwards, for the next time; false when there was nothing to write.
  virtual bool remember() { return false; }
};

// Of a device that a region's server knows.
class StaffWork : public Work {
 public:
  // By what the newest roster calls this device; it is asked for where the home has none yet. One
  // that is in no roster gets the coordinator's, which says so. EX_TEMPFAIL when nobody answers a
  // device that has never met its region, EX_USAGE for duty by anybody but a coordinator. All must
  // outlive it.
  static client::Outcome<std::unique_ptr<Work>> of(client::StaffDevice& device,
                                                   client::Clock& clock,
                                                   const WorkSettings& settings);

  void be_patient(const client::StaffPatience& patience) override {
    device_.line.be_patient(patience);
  }
  [[nodiscard]] std::vector<std::string> warnings() const override;
  bool remember() override;

 protected:
  explicit StaffWork(client::StaffDevice& device)
      : device_(device), kept_mark_(device.notices.mark()) {}

 private:
  client::StaffDevice& device_;
  client::NoticeMark kept_mark_;
};

}  // namespace meldpunt::console
