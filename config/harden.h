// What every program does first: make its memory hard to reach, then start libsodium.
#pragma once

namespace meldpunt::config {

// No core dumps, no tracing by processes of the same user, files readable by their owner only,
// libsodium ready. Call it at the start of main(), before any thread and any secret. Throws
// std::runtime_error when one of these fails: a program that cannot protect its keys must not load
// them.
void harden_process();

}  // namespace meldpunt::config
