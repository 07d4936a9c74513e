#include "client/lib/image_program.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "client/lib/file.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t output_most = image::size_field + image::photo_largest;
constexpr std::chrono::milliseconds look_again = 20ms;
constexpr int could_not_start = 127;

// A grey PNG of one pixel.
constexpr std::array<std::uint8_t, 67> one_pixel{
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
    0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00,
    0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78,
    0xda, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0xda, 0x45, 0x08, 0x3b, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

// A write to a program that has died must not end this one: the signal is held back, and taken away
// before it is let through again.
class NoBrokenPipe {
 public:
  NoBrokenPipe() {
    sigemptyset(&broken_pipe_);
    sigaddset(&broken_pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe_, &before_);
  }
  ~NoBrokenPipe() {
    if (sigismember(&before_, SIGPIPE) == 0) {
      const timespec at_once{};
      while (sigtimedwait(&broken_pipe_, nullptr, &at_once) > 0) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoBrokenPipe(const NoBrokenPipe&) = delete;
  NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;

 private:
  sigset_t broken_pipe_{};
  sigset_t before_{};
};

struct Pipe {
  OpenFile out;
  OpenFile in;
};

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{OpenFile(ends[0]), OpenFile(ends[1])};
}

void do_not_wait(const OpenFile& end) { fcntl(end.descriptor(), F_SETFL, O_NONBLOCK); }

// What a started program gets: two pipes, no words, no environment, no other descriptor, no signal
// set aside.
class Spawning {
 public:
  Spawning(const OpenFile& input, const OpenFile& output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input.descriptor(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output.descriptor(), STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Spawning() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }
  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;

  [[nodiscard]] std::optional<pid_t> start(const std::string& program) const {
    std::string name = program;
    std::array<char*, 2> words{name.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    pid_t id = -1;
    if (posix_spawn(&id, program.c_str(), &actions_, &attributes_, words.data(),
                    environment.data()) != 0) {
      return std::nullopt;
    }
    return id;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// One run of the program. It does not outlive this.
class Run {
 public:
  Run(pid_t id, OpenFile to, OpenFile from) : id_(id), to_(std::move(to)), from_(std::move(from)) {
    do_not_wait(to_);
    do_not_wait(from_);
  }
  ~Run() {
    if (id_ < 0) return;
    kill(id_, SIGKILL);
    while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  // Everything in, everything out; false when the time is over.
  bool exchange(crypto::Bytes file, Clock& clock, Clock::Steady until) {
    rest_ = file;
    while (from_.descriptor() >= 0) {
      if (clock.steady() >= until) return false;
      wait();
      feed();
      collect();
    }
    return true;
  }
  // How it ended, as waitpid() says; nothing when the time is over.
  std::optional<int> ended(Clock& clock, Clock::Steady until) {
    int status = 0;
    for (;;) {
      const pid_t found = waitpid(id_, &status, WNOHANG);
      if (found == id_) {
        id_ = -1;
        return status;
      }
      if ((found < 0 && errno != EINTR) || clock.steady() >= until) return std::nullopt;
      poll(nullptr, 0, 1);
    }
  }
  [[nodiscard]] const crypto::Buffer& output() const { return output_; }

 private:
  void wait() const {
    std::array<pollfd, 2> ends{pollfd{from_.descriptor(), POLLIN, 0},
                               pollfd{to_.descriptor(), POLLOUT, 0}};
    poll(ends.data(), ends.size(), static_cast<int>(look_again.count()));
  }
  void feed() {
    if (to_.descriptor() < 0) return;
    const ssize_t put = rest_.empty() ? 0 : write(to_.descriptor(), rest_.data(), rest_.size());
    if (put > 0) rest_ = rest_.subspan(static_cast<std::size_t>(put));
    const bool broken = put < 0 && errno != EAGAIN && errno != EINTR;
    if (rest_.empty() || broken) to_ = OpenFile();
  }
  // What is more than can be meant is not taken, and not waited for.
  void collect() {
    std::array<std::uint8_t, 65536> block{};
    const ssize_t got = read(from_.descriptor(), block.data(), block.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got > 0) output_.insert(output_.end(), block.begin(), block.begin() + got);
    if (got <= 0 || output_.size() > output_most) {
      from_ = OpenFile();
      to_ = OpenFile();
    }
  }

  pid_t id_;
  OpenFile to_;
  OpenFile from_;
  crypto::Bytes rest_;
  crypto::Buffer output_;
};

std::optional<ImageTrouble> trouble_of(int status) {
  if (WIFSIGNALED(status)) {
    return WTERMSIG(status) == SIGXCPU ? ImageTrouble::too_slow : ImageTrouble::unreadable;
  }
  switch (WEXITSTATUS(status)) {
    case static_cast<int>(image::Ending::done):
      return std::nullopt;
    case static_cast<int>(image::Ending::no_photo):
      return ImageTrouble::no_photo;
    case static_cast<int>(image::Ending::too_large):
      return ImageTrouble::too_large;
    case static_cast<int>(image::Ending::no_sandbox):
      return ImageTrouble::no_sandbox;
    case could_not_start:
      return ImageTrouble::no_program;
    default:
      return ImageTrouble::unreadable;
  }
}

ImageResult<crypto::Buffer> made(const crypto::Buffer& output) {
  if (output.size() <= image::size_field || output.size() > output_most) {
    return tl::unexpected(ImageTrouble::unreadable);
  }
  const crypto::Bytes bytes(output);
  const crypto::Bytes photo = bytes.subspan(image::size_field);
  if (crypto::Reader(bytes.first(image::size_field)).u32() != photo.size()) {
    return tl::unexpected(ImageTrouble::unreadable);
  }
  return crypto::Buffer(photo.begin(), photo.end());
}

}  // namespace

std::string describe(ImageTrouble why) {
  switch (why) {
    case ImageTrouble::no_program:
      return "meldpunt-image is not beside this program: install it there";
    case ImageTrouble::no_sandbox:
      return "meldpunt-image cannot shut itself in on this system, which needs seccomp";
    case ImageTrouble::no_photo:
      return "it is no photo";
    case ImageTrouble::unreadable:
      return "it cannot be opened: damaged, or made to do harm";
    case ImageTrouble::too_large:
      return "it is larger than can be opened";
    case ImageTrouble::too_slow:
      return "opening it takes too long";
  }
  return {};
}

ImageProgram ImageProgram::beside_this_one() {
  std::error_code unknown;
  const Path self = std::filesystem::read_symlink("/proc/self/exe", unknown);
  // Where that is not known it is not looked for: least of all in whatever folder this was started.
  return ImageProgram(self.empty() ? Path() : self.parent_path() / "meldpunt-image");
}

ImageResult<crypto::Buffer> ImageProgram::make_anew(crypto::Bytes file, Clock& clock) const {
  if (file.size() > image::file_longest) return tl::unexpected(ImageTrouble::too_large);
  auto to = make_pipe();
  auto from = make_pipe();
  if (!to || !from) return tl::unexpected(ImageTrouble::no_program);
  const NoBrokenPipe no_broken_pipe;
  const auto id = Spawning(to->out, from->in).start(program_.string());
  if (!id) return tl::unexpected(ImageTrouble::no_program);
  // Its ends are its own: with ours closed, each of the two sees the other go.
  to->out = OpenFile();
  from->in = OpenFile();
  Run run(*id, std::move(to->in), std::move(from->out));
  const auto until = clock.steady() + patience_;
  if (!run.exchange(file, clock, until)) return tl::unexpected(ImageTrouble::too_slow);
  const auto status = run.ended(clock, until);
  if (!status) return tl::unexpected(ImageTrouble::too_slow);
  if (const auto trouble = trouble_of(*status)) return tl::unexpected(*trouble);
  return made(run.output());
}

std::optional<ImageTrouble> ImageProgram::trouble(Clock& clock) const {
  const auto photo = make_anew(one_pixel, clock);
  if (photo) return std::nullopt;
  return photo.error();
}

}  // namespace meldpunt::client
