#include "tests/support/namespaces.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace meldpunt::tests {
namespace {

void must(const Command& command) {
  const Finished finished = run(command);
  if (finished.status != 0) throw std::runtime_error(command[1] + ": " + finished.output);
}

void enter(const std::string& path) {
  const int place = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (place < 0 || setns(place, CLONE_NEWNET) != 0)
    throw std::runtime_error("cannot enter " + path);
  close(place);
}

}  // namespace

std::string Namespaces::obstacle() {
  if (geteuid() != 0) return "network namespaces need root";
  const std::string name = "mpt" + std::to_string(getpid()) + "try";
  const Finished tried = run({"ip", "netns", "add", name});
  if (tried.status != 0) return "no network namespaces here: " + tried.output;
  const Finished cable = run({"ip", "-n", name, "link", "add", "name", "cable", "type", "veth"});
  run({"ip", "netns", "del", name});
  return cable.status == 0 ? "" : "no virtual cables here: " + cable.output;
}

Namespaces::Namespaces(const std::vector<std::string>& names)
    : prefix_("mpt" + std::to_string(getpid())), names_(names) {
  for (const auto& name : names_) {
    must({"ip", "netns", "add", full(name)});
    must({"ip", "-n", full(name), "link", "set", "lo", "up"});
  }
}

Namespaces::~Namespaces() {
  for (const auto& name : names_) run({"ip", "netns", "del", full(name)});
}

void Namespaces::connect(const End& one, const End& other) {
  must({"ip", "-n", full(one.machine), "link", "add", "name", other.machine, "type", "veth", "peer",
        "name", one.machine, "netns", full(other.machine)});
  for (const auto& [end, interface] :
       {std::pair(one, other.machine), std::pair(other, one.machine)}) {
    must({"ip", "-n", full(end.machine), "addr", "add", end.address + "/24", "dev", interface});
    must({"ip", "-n", full(end.machine), "link", "set", interface, "up"});
  }
}

Command Namespaces::on(const std::string& machine, const Command& command) const {
  Command there{"ip", "netns", "exec", full(machine)};
  there.insert(there.end(), command.begin(), command.end());
  return there;
}

Namespaces::Stay::Stay(const Namespaces& all, const std::string& machine)
    : home_(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)) {
  enter("/var/run/netns/" + all.full(machine));
}

Namespaces::Stay::~Stay() {
  setns(home_, CLONE_NEWNET);
  close(home_);
}

Recorder::Recorder(const Namespaces& all, const std::string& machine,
                   const std::string& interface) {
  const Namespaces::Stay stay(all, machine);
  socket_ = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
  sockaddr_ll place{};
  place.sll_family = AF_PACKET;
  place.sll_protocol = htons(ETH_P_ALL);
  place.sll_ifindex = static_cast<int>(if_nametoindex(interface.c_str()));
  if (bind(socket_, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) {
    throw std::runtime_error("cannot record " + interface);
  }
  const int room = 16 << 20;
  setsockopt(socket_, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
  const timeval look_up{0, 50'000};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &look_up, sizeof look_up);
  thread_ = std::thread([this] { record(); });
}

Recorder::~Recorder() {
  stopping_ = true;
  thread_.join();
  close(socket_);
}

void Recorder::record() {
  std::vector<char> packet(1 << 17);
  while (!stopping_) {
    const ssize_t size = recv(socket_, packet.data(), packet.size(), 0);
    if (size <= 0) continue;
    const std::lock_guard lock(mutex_);
    packets_.emplace_back(packet.data(), static_cast<std::size_t>(size));
  }
}

bool Recorder::heard(std::string_view bytes) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(
      packets_, [&](const std::string& packet) { return packet.find(bytes) != std::string::npos; });
}

std::size_t Recorder::size() const {
  const std::lock_guard lock(mutex_);
  std::size_t size = 0;
  for (const auto& packet : packets_) size += packet.size();
  return size;
}

}  // namespace meldpunt::tests
