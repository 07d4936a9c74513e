// Photos made anew by meldpunt-image, a program of its own that is shut in
// (client/image/sandbox.h). Nothing here reads a photo: its bytes go in, other bytes come out, and
// only their number and the time are looked at.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "client/image/agreement.h"
#include "client/lib/clock.h"
#include "crypto/bytes.h"

namespace meldpunt::client {

enum class ImageTrouble : std::uint8_t {
  no_program,  // it is not where it should be
  no_sandbox,  // this system cannot shut it in
  no_photo,    // neither JPEG nor PNG nor WebP
  unreadable,  // damaged, or made to do harm: what killed the program counts as this
  too_large,   // more bytes, pixels or memory than allowed
  too_slow,
};

// Why a photo of a case is not there: the end of a sentence that begins with it.
[[nodiscard]] std::string describe(ImageTrouble why);

template <class T>
class [[nodiscard]] ImageResult : public tl::expected<T, ImageTrouble> {
 public:
  using tl::expected<T, ImageTrouble>::expected;
};

class ImageProgram {
 public:
  explicit ImageProgram(std::filesystem::path program,
                        std::chrono::milliseconds patience = image::time_longest)
      : program_(std::move(program)), patience_(patience) {}

  // In the folder of the program that runs.
  static ImageProgram beside_this_one();

  // A JPEG file of at most image::photo_largest bytes with the same pixels, made smaller and
  // upright, and nothing else of the file. Starts the program anew for each. No other thread may
  // wait for children of this process meanwhile.
  [[nodiscard]] ImageResult<crypto::Buffer> make_anew(crypto::Bytes file, Clock& clock) const;

  // What is wrong with it on this system, found by having it make one pixel anew; nothing when all
  // is well.
  [[nodiscard]] std::optional<ImageTrouble> trouble(Clock& clock) const;

 private:
  std::filesystem::path program_;
  std::chrono::milliseconds patience_;
};

}  // namespace meldpunt::client
