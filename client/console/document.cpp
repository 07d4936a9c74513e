#include "client/console/document.h"

#include <array>
#include <string_view>

#include "crypto/text.h"

namespace meldpunt::console {

namespace {

constexpr std::size_t longest_document = std::size_t{8} << 20U;
constexpr std::size_t longest_headers = std::size_t{64} << 10U;
constexpr std::string_view policy_name = "Content-Security-Policy:";

std::string text_in(const crypto::Buffer& bytes) { return std::string(crypto::as_text(bytes)); }

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

std::string policy_in(std::string_view headers) {
  while (!headers.empty()) {
    const std::string_view line = headers.substr(0, headers.find('\n'));
    headers.remove_prefix(std::min(headers.size(), line.size() + 1));
    if (line.starts_with(policy_name)) return trimmed(line.substr(policy_name.size()));
  }
  return {};
}

}  // namespace

std::string fault_of_policy(const std::string& policy) {
  static constexpr std::array<std::string_view, 3> needed{
      "default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"};
  static constexpr std::array<std::string_view, 5> forbidden{
      "unsafe-", "*", "http:", "https:", "script-src 'self'"};
  for (const auto& part : needed) {
    if (policy.find(part) == std::string::npos) return "lacks " + std::string(part);
  }
  for (const auto& part : forbidden) {
    if (policy.find(part) != std::string::npos) return "allows " + std::string(part);
  }
  return {};
}

client::Outcome<Document> Document::read(const client::Path& html) {
  if (html.empty()) {
    return client::problem(EX_NOINPUT,
                           "where this program lies cannot be told here: name the console's "
                           "document with --page");
  }
  const auto page = client::read_file(html, longest_document);
  if (!page) return client::pass_on(page.error());
  auto beside = html;
  const auto headers = client::read_file(beside.replace_extension(".headers"), longest_headers);
  if (!headers) return client::pass_on(headers.error());
  Document document{text_in(*page), policy_in(text_in(*headers))};
  if (const auto fault = fault_of_policy(document.policy); !fault.empty()) {
    return client::problem(EX_CONFIG, beside.string() + ": its Content-Security-Policy " + fault +
                                          ". Build the console anew.");
  }
  return document;
}

client::Path Document::beside_this_one() {
  std::error_code error;
  const client::Path self = std::filesystem::read_symlink("/proc/self/exe", error);
  // Where that is not known it is not looked for: least of all in whatever folder this was started.
  if (self.empty()) return {};
  const client::Path folder = self.parent_path();
  const client::Path own = folder / "console" / "console.html";
  return std::filesystem::exists(own, error) ? own : folder / "console.html";
}

}  // namespace meldpunt::console
