// Machines that are none: network namespaces with cables between them, and a recorder on a cable.
// Needs root and iproute2.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/child.h"

namespace meldpunt::tests {

class Namespaces {
 public:
  // Why there can be none here; empty when there can.
  static std::string obstacle();

  // Each name is a machine whose loopback is up. They go with this.
  explicit Namespaces(const std::vector<std::string>& names);
  ~Namespaces();
  Namespaces(const Namespaces&) = delete;
  Namespaces& operator=(const Namespaces&) = delete;

  struct End {
    std::string machine;
    std::string address;  // of a network of 24 bits
  };
  // The interface at each end is named after the machine at the other.
  void connect(const End& one, const End& other);

  // The command as it runs on that machine.
  [[nodiscard]] Command on(const std::string& machine, const Command& command) const;
  // Moves this thread there, with all that it starts; back home at the end of the scope.
  class Stay {
   public:
    Stay(const Namespaces& all, const std::string& machine);
    ~Stay();
    Stay(const Stay&) = delete;
    Stay& operator=(const Stay&) = delete;

   private:
    int home_;
  };

 private:
  [[nodiscard]] std::string full(const std::string& machine) const { return prefix_ + machine; }

  std::string prefix_;
  std::vector<std::string> names_;
};

// Keeps every byte that passes an interface, in both directions.
class Recorder {
 public:
  Recorder(const Namespaces& all, const std::string& machine, const std::string& interface);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  [[nodiscard]] bool heard(std::string_view bytes) const;
  [[nodiscard]] std::size_t size() const;

 private:
  void record();

  int socket_ = -1;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;  // guards packets_
  std::vector<std::string> packets_;
  std::thread thread_;
};

}  // namespace meldpunt::tests
