#include "client/cli/saving.h"

#include <nlohmann/json.hpp>

#include "client/lib/case_words.h"
#include "client/lib/enclosures.h"
#include "client/lib/image_program.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t case_digits = 8;  // of the case's id, in a file's name

class Saving {
 public:
  Saving(Call& call, const crypto::CaseId& subject, Path directory)
      : call_(call),
        name_(hexadecimal(subject.view()).substr(0, case_digits)),
        directory_(std::move(directory)) {}

  Outcome<void> save_all(const StoryEntry& told, const std::vector<StoryEntry>& story) {
    const auto* report = std::get_if<StoryReport>(&told.what);
    if (report == nullptr) return {};
    const auto* statement = std::get_if<crypto::Statement>(&report->report.body);
    if (statement == nullptr) return {};
    std::size_t number = 0;
    for (const Enclosure& enclosure : enclosures_of(*statement, story)) {
      if (enclosure.kind != crypto::PartsKind::image) continue;
      const Path file = directory_ / (name_ + "-" + std::to_string(told.position) + "-" +
                                      std::to_string(++number) + ".jpg");
      if (auto saved = save(enclosure, file); !saved) return saved;
    }
    return {};
  }
  [[nodiscard]] std::size_t saved() const { return saved_; }
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  Outcome<void> save(const Enclosure& enclosure, const Path& file) {
    if (enclosure.whole.size() == 0) {
      leave_out(file, "it is not complete: " + describe(enclosure));
      return {};
    }
    const auto photo = program_.make_anew(enclosure.whole.view(), call_.clock);
    if (!photo) {
      leave_out(file, describe(photo.error()));
      return {};
    }
    if (auto written = write_durably(file, *photo); !written) return written;
    ++saved_;
    call_.terminal.say(file.string() + ", " + std::to_string((photo->size() + 500) / 1000) + " kB");
    call_.terminal.print({{"event", "saved"}, {"file", file.string()}, {"bytes", photo->size()}});
    return {};
  }
  void leave_out(const Path& file, const std::string& why) {
    ++left_out_;
    call_.terminal.complain(file.filename().string() + " is not saved: " + why + ".");
  }

  Call& call_;
  std::string name_;
  Path directory_;
  ImageProgram program_ = ImageProgram::beside_this_one();
  std::size_t saved_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace

Outcome<void> save_attachments(Call& call, const std::vector<StoryEntry>& story,
                               const crypto::CaseId& subject, const Path& directory) {
  if (auto made = make_private_directory(directory); !made) return made;
  Saving saving(call, subject, directory);
  for (const StoryEntry& told : story) {
    if (auto saved = saving.save_all(told, story); !saved) return saved;
  }
  if (saving.saved() > 0) {
    call.terminal.say("They are not sealed there. Remove them when you have seen them.");
  } else if (saving.left_out() == 0) {
    call.terminal.say("No photo is enclosed in this case.");
  }
  if (saving.left_out() > 0) {
    return problem(EX_DATAERR, "Not every photo was saved: " + std::to_string(saving.left_out()) +
                                   " left out.");
  }
  return {};
}

}  // namespace meldpunt::client
