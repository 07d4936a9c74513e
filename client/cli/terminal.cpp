#include "client/cli/terminal.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "crypto/text.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t secret_longest = 4096;

std::size_t character_size(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

// U+061C, U+200E-200F, U+2028-202E, U+2066-2069.
bool turns_direction(std::string_view c) {
  if (c == "\u061c" || c == "\u200e" || c == "\u200f") return true;
  if (c.size() != 3) return false;
  const auto last = static_cast<unsigned char>(c.back());
  if (c.starts_with("\xe2\x80")) return last >= 0xa8 && last <= 0xae;
  return c.starts_with("\xe2\x81") && last >= 0xa6 && last <= 0xa9;
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ > STDERR_FILENO) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

// Puts echo back however the reading ends.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    if (::tcgetattr(terminal_, &before_) != 0) return;
    known_ = true;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(terminal_, TCSAFLUSH, &silent);
  }
  ~Silence() {
    if (known_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  int terminal_;
  termios before_{};
  bool known_ = false;
};

// Into locked memory, up to the first line end or the end of the input. Byte by byte: nothing is
// left behind in a stream's buffer.
Outcome<crypto::SecretBuffer> read_line(int descriptor) {
  crypto::SecretBuffer line(secret_longest + 1);
  std::size_t size = 0;
  while (size <= secret_longest) {
    const ssize_t got = ::read(descriptor, line.fill().data() + size, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return problem(EX_IOERR, "The secret cannot be read.");
    if (got == 0 || line.view()[size] == '\n') break;
    ++size;
  }
  if (size > secret_longest) return problem(EX_DATAERR, "The secret is longer than 4096 bytes.");
  if (size > 0 && line.view()[size - 1] == '\r') --size;
  if (size == 0) return problem(EX_DATAERR, "The secret is empty.");
  line.shrink(size);
  return line;
}

Outcome<crypto::SecretBuffer> read_at_terminal(std::string_view question) {
  const Descriptor tty(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (tty.number() < 0) {
    return problem(EX_NOINPUT,
                   "There is no terminal to ask at. Give the secret in a file, or - for standard "
                   "input.");
  }
  const auto write = [&](std::string_view text) {
    return ::write(tty.number(), text.data(), text.size()) >= 0;
  };
  const Silence silence(tty.number());
  if (!write(question)) return problem(EX_IOERR, "The terminal cannot be written to.");
  auto line = read_line(tty.number());
  write("\n");
  return line;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const std::string_view character =
        text.substr(0, character_size(static_cast<std::uint8_t>(text.front())));
    if (text.front() == '\n' || text.front() == '\t') {
      clean += text.front();
      text.remove_prefix(1);
    } else if (!crypto::is_text(crypto::as_bytes(character))) {
      clean += '?';
      text.remove_prefix(1);
    } else {
      if (!turns_direction(character)) clean += character;
      text.remove_prefix(character.size());
    }
  }
  return clean;
}

void Terminal::say(std::string_view sentence) {
  if (!json_) out_ << printable(sentence) << std::endl;
}

void Terminal::print(const nlohmann::json& object) {
  // Only ASCII: what is not is escaped, control characters too.
  if (json_) {
    out_ << object.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) << std::endl;
  }
}

void Terminal::complain(std::string_view sentence) {
  complaints_ << printable(sentence) << std::endl;
}

std::optional<std::string> Terminal::ask(std::string_view question) {
  complaints_ << printable(question) << std::flush;
  std::string line;
  if (!std::getline(in_, line)) return std::nullopt;
  return line;
}

std::string Terminal::ask_text(std::string_view question) {
  complaints_ << printable(question) << std::endl;
  std::string text;
  for (std::string line; std::getline(in_, line) && line != ".";) text += line + '\n';
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

Outcome<crypto::SecretBuffer> Terminal::secret(const std::string& file, std::string_view question) {
  if (file.empty()) return read_at_terminal(question);
  if (file == "-") return read_line(STDIN_FILENO);
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.number() < 0) {
    return problem(EX_NOINPUT, file + " cannot be read. Check the path and its permissions.");
  }
  return read_line(opened.number());
}

Outcome<std::string> Terminal::read_input(const std::string& file, std::size_t longest) {
  std::ifstream opened;
  if (file != "-") {
    opened.open(file, std::ios::binary);
    if (!opened) {
      return problem(EX_NOINPUT, file + " cannot be read. Check the path and its permissions.");
    }
  }
  std::istream& in = file == "-" ? in_ : opened;
  std::string content;
  std::array<char, 4096> block{};
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    content.append(block.data(), static_cast<std::size_t>(in.gcount()));
    if (content.size() > longest) {
      return problem(EX_DATAERR, (file == "-" ? "The input" : file) + " is too long.");
    }
  }
  if (in.bad()) return problem(EX_IOERR, file + " cannot be read to its end.");
  return content;
}

}  // namespace meldpunt::client
