#include "client/cli/attaching.h"

#include <nlohmann/json.hpp>

#include "client/cli/visit.h"
#include "client/lib/file.h"
#include "client/lib/image_program.h"

namespace meldpunt::client {

namespace {

tl::unexpected<Problem> not_attached(ImageTrouble why, const std::string& file, Tongue tongue) {
  const auto about = [&](int code, Text text) {
    return problem(code, file + ": " + std::string(text.in(tongue)));
  };
  switch (why) {
    case ImageTrouble::no_photo:
      return about(EX_DATAERR, text::photo_only);
    case ImageTrouble::unreadable:
      return about(EX_DATAERR, text::photo_unreadable);
    case ImageTrouble::too_large:
    case ImageTrouble::too_slow:
      return about(EX_DATAERR, text::photo_too_large);
    case ImageTrouble::no_program:
    case ImageTrouble::no_sandbox:
      break;
  }
  return problem(EX_UNAVAILABLE, std::string(text::photos_not_here.in(tongue)));
}

Outcome<crypto::Buffer> read_photo(const std::string& file, Tongue tongue) {
  auto bytes = read_file(file, image::file_longest);
  if (!bytes && bytes.error().exit_code == EX_DATAERR) {
    return not_attached(ImageTrouble::too_large, file, tongue);
  }
  return bytes;
}

}  // namespace

std::string kilobytes(std::size_t bytes) { return std::to_string((bytes + 1023) / 1024) + " kB"; }

Outcome<std::vector<crypto::Buffer>> attachments_of(Call& call) {
  const Tongue tongue = tongue_of(call.options);
  const auto files = call.options.list("attach");
  if (files.size() > image::photos_most) {
    return problem(EX_USAGE, std::string(text::photos_too_many.in(tongue)));
  }
  const auto program = ImageProgram::beside_this_one();
  std::vector<crypto::Buffer> photos;
  for (const std::string& file : files) {
    const auto stored = read_photo(file, tongue);
    if (!stored) return pass_on(stored.error());
    auto photo = program.make_anew(*stored, call.clock);
    if (!photo) return not_attached(photo.error(), file, tongue);
    call.terminal.say(std::string(text::photo_made_anew.in(tongue)) + " " + file + ", " +
                      kilobytes(stored->size()) + " -> " + kilobytes(photo->size()));
    call.terminal.print({{"event", "attached"},
                         {"file", file},
                         {"bytes_before", stored->size()},
                         {"bytes", photo->size()}});
    photos.push_back(std::move(*photo));
  }
  if (!photos.empty()) call.terminal.say(text::photo_still_shows.in(tongue));
  return photos;
}

}  // namespace meldpunt::client
