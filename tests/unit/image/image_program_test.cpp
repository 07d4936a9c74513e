// Photos go through the real meldpunt-image, as the client starts it.
#include "client/lib/image_program.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <random>
#include <stdexcept>

#include "tests/support/child.h"
#include "tests/support/photos.h"

namespace meldpunt::tests {
namespace {

using client::ImageProgram;
using client::ImageResult;
using client::ImageTrouble;

class AnImageProgram : public testing::Test {
 protected:
  ~AnImageProgram() override {
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child was left behind";
    EXPECT_EQ(errno, ECHILD);
  }
  ImageResult<Buffer> make_anew(const Buffer& file) { return program_.make_anew(file, clock_); }
  void refuses(const Buffer& file, ImageTrouble why) {
    const auto made = make_anew(file);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error(), why);
  }
  // What another program in its place comes to.
  ImageTrouble trouble_with(const std::string& script, const Buffer& file) {
    write_text(folder_ / "stand-in", "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(folder_ / "stand-in", std::filesystem::perms::owner_all);
    const ImageProgram other(folder_ / "stand-in", std::chrono::milliseconds(300));
    const auto made = other.make_anew(file, clock_);
    return made ? throw std::runtime_error("it was believed") : made.error();
  }

  client::SystemClock clock_;
  ImageProgram program_ = ImageProgram::beside_this_one();
  Folder folder_;
};

using MakeFile = Buffer (*)(const Drawing&, Style);
constexpr MakeFile all_kinds[] = {jpeg_file, png_file, webp_file};

TEST_F(AnImageProgram, LeavesThePixelsAndNothingElse) {
  const Drawing drawing = four_quarters(640, 480);
  for (const MakeFile make : all_kinds) {
    const Buffer file = make(drawing, {});
    ASSERT_TRUE(holds(file, marker));

    const auto photo = make_anew(file);

    ASSERT_TRUE(photo);
    for (const auto* const text : {"Exif", "http://", "ICC_PROFILE", "xmp"}) {
      EXPECT_FALSE(holds(*photo, text));
    }
    EXPECT_FALSE(holds(*photo, marker));
    const Drawing seen = bare_jpeg(*photo);
    EXPECT_EQ(seen.width, 640U);
    EXPECT_EQ(seen.height, 480U);
    EXPECT_TRUE(near(seen.quarters()[0], red));
    EXPECT_TRUE(near(seen.quarters()[3], yellow));
  }
}

TEST_F(AnImageProgram, TurnsThePhotoAsTheCameraWasHeld) {
  const std::array<Colour, 4> upright[] = {
      {red, green, blue, yellow}, {green, red, yellow, blue}, {yellow, blue, green, red},
      {blue, yellow, red, green}, {red, blue, green, yellow}, {blue, red, yellow, green},
      {yellow, green, blue, red}, {green, yellow, red, blue},
  };
  for (const MakeFile make : all_kinds) {
    for (int orientation = 1; orientation <= 8; ++orientation) {
      SCOPED_TRACE(orientation);
      const auto photo = make_anew(make(four_quarters(96, 64), {.orientation = orientation}));
      ASSERT_TRUE(photo);
      const Drawing seen = bare_jpeg(*photo);

      EXPECT_EQ(seen.width, orientation >= 5 ? 64U : 96U);
      for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_TRUE(near(seen.quarters()[i], upright[orientation - 1][i])) << i;
      }
    }
  }
}

TEST_F(AnImageProgram, MakesALargePhotoAboutTwoHundredKilobytes) {
  const Buffer file = jpeg_file(noise(2400, 1600), {});
  ASSERT_GT(file.size(), std::size_t{2} << 20);

  const auto photo = make_anew(file);

  ASSERT_TRUE(photo);
  EXPECT_LE(photo->size(), image::photo_largest);
  EXPECT_GT(photo->size(), image::photo_largest / 2);
}

TEST_F(AnImageProgram, KeepsAsMuchOfAPlainPhotoAsIsAllowed) {
  for (const MakeFile make : all_kinds) {
    const auto photo = make_anew(make(four_quarters(1800, 1350), {.metadata = false}));

    ASSERT_TRUE(photo);
    const Drawing seen = bare_jpeg(*photo);
    EXPECT_EQ(seen.width, 1600U);
    EXPECT_EQ(seen.height, 1200U);
    EXPECT_TRUE(near(seen.quarters()[2], blue));
  }
}

TEST_F(AnImageProgram, PutsWhatIsTransparentOnWhite) {
  for (const MakeFile make : {MakeFile{png_file}, MakeFile{webp_file}}) {
    const auto photo = make_anew(make(four_quarters(64, 64, 0), {}));
    ASSERT_TRUE(photo);
    for (const Colour colour : bare_jpeg(*photo).quarters()) EXPECT_TRUE(near(colour, white));
  }
  const auto half = make_anew(png_file(four_quarters(64, 64, 128), {}));
  ASSERT_TRUE(half);
  EXPECT_TRUE(near(bare_jpeg(*half).quarters()[0], {237, 137, 137}));
}

TEST_F(AnImageProgram, ReadsWhatIsStoredInPasses) {
  for (const MakeFile make : {MakeFile{jpeg_file}, MakeFile{png_file}}) {
    const auto photo = make_anew(make(four_quarters(200, 100), {.progressive = true}));
    ASSERT_TRUE(photo);
    EXPECT_TRUE(near(bare_jpeg(*photo).quarters()[1], green));
  }
}

TEST_F(AnImageProgram, ReadsAPrintersColours) {
  const auto photo = make_anew(jpeg_file(four_quarters(64, 48), {.printed = true}));
  ASSERT_TRUE(photo);
  const auto seen = bare_jpeg(*photo).quarters();
  EXPECT_TRUE(near(seen[0], red) && near(seen[1], green) && near(seen[2], blue));
}

TEST_F(AnImageProgram, TakesTheFirstPictureOfAnAnimation) {
  const auto photo = make_anew(webp_animation(four_quarters(64, 48), noise(64, 48)));
  ASSERT_TRUE(photo);
  const auto seen = bare_jpeg(*photo).quarters();
  EXPECT_TRUE(near(seen[0], red) && near(seen[3], yellow));
}

TEST_F(AnImageProgram, RefusesWhatIsNoPhoto) {
  for (const std::string text : {"", "x", "%PDF-1.7", "GIF89a", "RIFF....WAVE", "\xff\xd8",
                                 "<svg xmlns='http://www.w3.org/2000/svg'/>"}) {
    SCOPED_TRACE(text);
    refuses(Buffer(text.begin(), text.end()), ImageTrouble::no_photo);
  }
}

TEST_F(AnImageProgram, RefusesWhatIsCutOff) {
  for (const MakeFile make : all_kinds) {
    Buffer file = make(noise(300, 200), {.metadata = false});
    for (const std::size_t part : {1U, 2U, 3U}) {
      refuses(
          Buffer(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(file.size() * part / 4)),
          ImageTrouble::unreadable);
    }
  }
}

// PNG's check over a chunk, by its definition.
std::uint32_t crc_of(crypto::Bytes bytes) {
  std::uint32_t crc = ~0U;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
  }
  return ~crc;
}

void put(Buffer& file, std::size_t at, std::uint32_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) {
    file.at(at + i) = static_cast<std::uint8_t>(value >> (8 * (width - 1 - i)));
  }
}

Buffer png_that_says(std::uint32_t width, std::uint32_t height) {
  Buffer file = png_file(four_quarters(8, 8), {.metadata = false});
  put(file, 16, width, 4);
  put(file, 20, height, 4);
  put(file, 29, crc_of(crypto::Bytes(file).subspan(12, 17)), 4);
  return file;
}

Buffer jpeg_that_says(std::uint32_t width, std::uint32_t height, bool progressive) {
  Buffer file = jpeg_file(four_quarters(8, 8), {.metadata = false, .progressive = progressive});
  const Buffer frame{0xff, static_cast<std::uint8_t>(progressive ? 0xc2 : 0xc0)};
  const auto at = std::search(file.begin(), file.end(), frame.begin(), frame.end()) - file.begin();
  put(file, static_cast<std::size_t>(at) + 5, height, 2);
  put(file, static_cast<std::size_t>(at) + 7, width, 2);
  return file;
}

TEST_F(AnImageProgram, RefusesAPhotoThatUnpacksToTooMuch) {
  refuses(png_that_says(60'000, 60'000), ImageTrouble::too_large);
  refuses(png_that_says(0x7fffffff, 0x7fffffff), ImageTrouble::too_large);
  refuses(png_that_says(0x7fffffff, 1), ImageTrouble::too_large);
  refuses(jpeg_that_says(65'500, 65'500, false), ImageTrouble::too_large);
  // Few enough pixels; what progressive decoding holds of them is more memory than there is.
  refuses(jpeg_that_says(11'300, 11'300, true), ImageTrouble::too_large);
  // Says much and brings nothing.
  refuses(png_that_says(11'000, 11'000), ImageTrouble::unreadable);
}

TEST_F(AnImageProgram, SurvivesDamageAtAnyPlace) {
  std::mt19937 random(11);
  for (const MakeFile make : all_kinds) {
    const Buffer whole = make(noise(48, 32), {.progressive = true});
    for (int round = 0; round < 100; ++round) {
      Buffer file = whole;
      for (int i = 0; i < 3; ++i)
        file[random() % file.size()] = static_cast<std::uint8_t>(random());
      const auto photo = make_anew(file);
      if (photo) {
        EXPECT_FALSE(holds(*photo, marker));
        EXPECT_NO_THROW((void)bare_jpeg(*photo));
      } else {
        EXPECT_TRUE(photo.error() == ImageTrouble::unreadable ||
                    photo.error() == ImageTrouble::no_photo ||
                    photo.error() == ImageTrouble::too_large);
      }
    }
  }
}

TEST_F(AnImageProgram, IsNotGivenAFileThatIsTooLong) {
  refuses(Buffer(image::file_longest + 1), ImageTrouble::too_large);
  Buffer longest = jpeg_file(four_quarters(64, 64), {});
  longest.resize(image::file_longest);
  EXPECT_TRUE(make_anew(longest));
}

TEST_F(AnImageProgram, IsMissedWhereItIsNot) {
  const auto made =
      ImageProgram(folder_ / "nothing").make_anew(jpeg_file(four_quarters(8, 8), {}), clock_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error(), ImageTrouble::no_program);
}

TEST_F(AnImageProgram, IsTriedOutWithOnePixel) {
  EXPECT_EQ(program_.trouble(clock_), std::nullopt);
  EXPECT_EQ(ImageProgram(folder_ / "nothing").trouble(clock_), ImageTrouble::no_program);
}

// Whatever broke it, the one who started it goes on.
TEST_F(AnImageProgram, IsNotBelievedWhenItMisbehaves) {
  const Buffer much(std::size_t{1} << 20, 'x');
  const struct {
    const char* script;
    ImageTrouble trouble;
  } rows[] = {
      {"exec sleep 60", ImageTrouble::too_slow},
      {"exec cat", ImageTrouble::unreadable},  // no size that fits
      {"exec yes", ImageTrouble::unreadable},  // no end
      {"exit 0", ImageTrouble::unreadable},    // reads nothing, gives nothing
      {"kill -SEGV $$", ImageTrouble::unreadable},
      {"exit 13", ImageTrouble::no_sandbox},
      {"printf '\\0\\0\\0\\1xy'", ImageTrouble::unreadable},  // more than it says
      {"printf '\\0\\0\\0\\2x'", ImageTrouble::unreadable},   // less
      {"printf '\\0\\0\\0\\0'", ImageTrouble::unreadable},    // nothing
      {"printf '\\0\\0\\0\\1x'; exit 1", ImageTrouble::unreadable},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.script);
    EXPECT_EQ(trouble_with(row.script, much), row.trouble);
  }
}

TEST_F(AnImageProgram, IsHandedNothingOfTheOneWhoStartsIt) {
  const Buffer file = jpeg_file(four_quarters(8, 8), {});
  const std::string seen = folder_ / "seen";
  const int open_here = ::dup(STDOUT_FILENO);  // without close-on-exec

  (void)trouble_with("{ /usr/bin/env; ls /proc/self/fd; } >" + seen + "; exit 1", file);

  ::close(open_here);
  const std::string text = read_text(seen);
  EXPECT_EQ(text.find("HOME"), std::string::npos) << text;
  // Standard input, output and error, and the directory that is listed.
  EXPECT_NE(text.find("0\n1\n2\n3\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("\n4\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace meldpunt::tests
