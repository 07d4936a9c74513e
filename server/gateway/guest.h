// One stranger's connection, whatever it speaks, as the gateway sees it: it arrives, waits for its
// turn, is served, and ends. The cap, the census and the fair queue are the same for every kind.
#pragma once

#include <cstdint>
#include <span>

#include "server/gateway/ending.h"
#include "server/gateway/fair_queue.h"
#include "server/gateway/socket.h"
#include "server/gateway/source.h"

namespace meldpunt::gateway {

class Guest {
 public:
  Guest() = default;
  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;
  virtual ~Guest() = default;

  virtual void start() = 0;
  // The fair queue has let it in.
  virtual void turn() = 0;
  virtual void tick() = 0;
  virtual void end(Ending ending) = 0;
  // Ends as soon as no frame waits for its answer.
  virtual void end_when_answered() = 0;
  virtual bool client_has_left() = 0;
};

// What a guest tells and asks the gateway that owns it.
class Keeper {
 public:
  virtual void identified(ConnectionId id, const Source& source) = 0;
  // May call turn() before it returns.
  virtual void greeted(ConnectionId id) = 0;
  virtual void settled(ConnectionId id) = 0;
  virtual void exchanged(ConnectionId id, std::uint64_t frames, std::uint64_t answers) = 0;
  virtual void ended(ConnectionId id, Ending ending) = 0;

  virtual Dialled dial_daemon() = 0;
  virtual Time now() const = 0;
  virtual std::span<std::uint8_t> shared() = 0;  // for reading into; of use until the next call

 protected:
  ~Keeper() = default;
};

}  // namespace meldpunt::gateway
