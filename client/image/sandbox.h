// Shuts this process in before it reads what may have been made to break it.
//
// Afterwards it can read standard input, write standard output, use memory, and end; any other call
// to the kernel kills it. Nothing undoes this.
#pragma once

#include <cstddef>

namespace meldpunt::image {

inline constexpr std::size_t memory_most = std::size_t{640} << 20;  // address space, all in all
inline constexpr unsigned processor_seconds_most = 20;

// All of the following, in this order; call it with one thread. False when this system does not do
// what it must do: then nothing may be read.
[[nodiscard]] bool enter_sandbox();

// No core dumps, no tracing, no other descriptors than the standard ones; bounds on memory and
// processor time, no new files and processes.
[[nodiscard]] bool limit_resources();
// Landlock: no file can be opened, made or run. A kernel without it (before 5.13, or where it is
// switched off) changes nothing: the next one forbids the calls themselves.
void forbid_files();
// seccomp: the list of calls. This one must be there.
[[nodiscard]] bool allow_few_calls();

}  // namespace meldpunt::image
