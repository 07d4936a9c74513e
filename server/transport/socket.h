// The one place where the daemon's ZeroMQ sockets are made: CURVE on every one, bounds on
// everything (docs/architecture.md, "ZeroMQ").
#pragma once

#include <string>
#include <zmq.hpp>

#include "crypto/keys.h"
#include "server/mailboxes.h"

namespace meldpunt::server {

// A ROUTER bound to `endpoint` (ipc:// in a directory of mode 0700). Throws zmq::error_t.
zmq::socket_t bind_router(zmq::context_t& context, const std::string& endpoint, Door door,
                          const crypto::CurveSecret& server);

// The ZAP domain of a door.
[[nodiscard]] std::string_view domain_of(Door door);

}  // namespace meldpunt::server
