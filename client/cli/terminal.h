// The person at the keyboard, or the script in their place.
//
// Sentences and JSON objects go to standard output, complaints and questions to standard error, so
// that a pipe gets only what was asked for. With JSON on, sentences are left out. Nothing that
// somebody else wrote can steer the terminal: printable() is applied to all of it.
#pragma once

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "client/lib/problem.h"
#include "crypto/secret.h"

namespace meldpunt::client {

// Without control characters other than line feed and tab, and without the marks that turn the
// direction of writing; bytes that are no UTF-8 become question marks.
[[nodiscard]] std::string printable(std::string_view text);

class Terminal {
 public:
  // The streams must outlive it.
  Terminal(std::istream& in, std::ostream& out, std::ostream& complaints)
      : in_(in), out_(out), complaints_(complaints) {}
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void use_json(bool on) { json_ = on; }
  [[nodiscard]] bool json() const { return json_; }
  // A person can answer: standard input is a terminal.
  [[nodiscard]] bool interactive() const { return interactive_; }
  void set_interactive(bool on) { interactive_ = on; }

  // A line for people; nothing with JSON on.
  void say(std::string_view sentence);
  // One object, one line; nothing without JSON.
  void print(const nlohmann::json& object);
  // For both, on standard error.
  void complain(std::string_view sentence);

  // One line; nothing at the end of the input.
  [[nodiscard]] std::optional<std::string> ask(std::string_view question);
  // Lines up to one that holds a single dot, or the end of the input.
  [[nodiscard]] std::string ask_text(std::string_view question);

  // A secret line or file: from `file`, from standard input for "-", else asked for at the
  // terminal without echo. EX_NOINPUT when there is none, EX_DATAERR when it is empty or longer
  // than 4,096 bytes. The line end is not part of it.
  [[nodiscard]] Outcome<crypto::SecretBuffer> secret(const std::string& file,
                                                     std::string_view question);
  // A whole input that is no secret of this device, at most `longest` bytes; "-": standard input.
  [[nodiscard]] Outcome<std::string> read_input(const std::string& file, std::size_t longest);

 private:
  std::istream& in_;
  std::ostream& out_;
  std::ostream& complaints_;
  bool json_ = false;
  bool interactive_ = false;
};

}  // namespace meldpunt::client
