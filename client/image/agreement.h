// What meldpunt-image and whoever starts it agree on.
//
//   standard input:   a file's bytes, to the end
//   standard output:  size 4 | a JPEG file of that size       when the program ends with
//   Ending::done
//
// Of any other end no byte of the output counts; the exit status says why.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace meldpunt::image {

inline constexpr std::size_t file_longest = std::size_t{64} << 20;
inline constexpr std::uint64_t pixels_most = 128'000'000;
// As the reporter's page has it (client/page/source/attach.ts).
inline constexpr std::size_t photo_largest = std::size_t{200} * 1024;
inline constexpr std::uint32_t side_longest = 1600;
inline constexpr std::size_t photos_most = 4;

inline constexpr std::size_t size_field = 4;  // most significant byte first
inline constexpr std::chrono::seconds time_longest{60};

// Exit statuses. 127 is what a program that could not be started ends with.
enum class Ending : int {
  done = 0,
  no_photo = 10,    // neither JPEG nor PNG nor WebP
  unreadable = 11,  // damaged, cut off, or not what it says
  too_large = 12,   // more bytes, pixels or memory than allowed
  no_sandbox = 13,  // this system cannot shut the program in
  lost = 14,        // standard input or output failed
};

}  // namespace meldpunt::image
