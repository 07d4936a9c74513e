// What a deed was asked with: fields of a JSON object that somebody else made. Everything is
// checked for its type here, so that no deed meets a surprise.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "client/lib/case_words.h"
#include "client/lib/problem.h"

namespace meldpunt::console {

class Wish {
 public:
  // It must outlive this.
  explicit Wish(const nlohmann::json& object) : object_(object) {}

  // Empty when it is not there, or no text.
  [[nodiscard]] std::string text(const char* name) const;
  [[nodiscard]] bool flag(const char* name) const;
  // 0 when it is not there, or no whole number.
  [[nodiscard]] std::uint64_t number(const char* name) const;
  // nullopt when it is not there, or neither true nor false.
  [[nodiscard]] std::optional<bool> choice(const char* name) const;
  [[nodiscard]] std::vector<std::string> texts(const char* name) const;
  // Name and text, in the order of the names; what is no text is left out.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs(const char* name) const;
  // A list of objects; what is none is left out.
  [[nodiscard]] std::vector<nlohmann::json> objects(const char* name) const;
  // Null when it is not there, or no object.
  [[nodiscard]] const nlohmann::json* object(const char* name) const;

  // EX_USAGE when it is not one of that size, in hexadecimal digits.
  template <class Id>
  [[nodiscard]] client::Outcome<Id> id(const char* name) const {
    Id id;
    if (client::from_hexadecimal(text(name), id.fill())) return id;
    return client::problem(EX_USAGE, std::string("The console was asked without a right \"") +
                                         name + "\". Load the page anew.");
  }

 private:
  const nlohmann::json& object_;
};

}  // namespace meldpunt::console
