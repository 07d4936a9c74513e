// A request and its answer, as the parts of the console hand them on: nothing of the HTTP library.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace meldpunt::console {

enum class Method : std::uint8_t { get, post, other };

// What is known of a request before its body has been read.
struct Head {
  Method method = Method::other;
  std::string path;   // "/api/case"
  std::string query;  // "id=0f3a", without the question mark
  std::optional<std::string> host;
  std::optional<std::string> origin;
  std::optional<std::string> fetch_site;
  std::optional<std::string> content_type;
  std::optional<std::string> authorization;
  bool doubled =
      false;  // one of the fields above came twice: who reads which one is anybody's guess
};

struct Request {
  Head head;
  std::string body;
};

struct Response {
  unsigned status = 200;
  std::string body;
  // Of the document; empty: the answer is JSON, and may load nothing at all.
  std::string document_policy{};
};

// Called exactly once, from any thread.
using Answer = std::function<void(Response)>;

// {"problem": sentence, "said": its code and values (sentences.h)}
[[nodiscard]] Response refusal(unsigned status, std::string_view sentence);

// The value of one name in "a=1&b=two%20words"; empty when it is not there or cannot be decoded.
[[nodiscard]] std::string query_value(std::string_view query, std::string_view name);

}  // namespace meldpunt::console
