// The store in memory, for tests: the same semantics as every other, gone with the process.
#pragma once

#include <memory>

#include "server/storage/store.h"

namespace meldpunt::server {

// Readers may be used from other threads than the writer.
std::unique_ptr<Store> make_memory_store(std::uint32_t generation = 1);

}  // namespace meldpunt::server
