#include "client/console/guard.h"

#include <array>

namespace meldpunt::console {

namespace {

bool is_api(const Head& head) { return head.path.starts_with(api_prefix); }

struct Check {
  bool (*fails)(const Head& head, const std::string& place);
  unsigned status;
  std::string_view sentence;
};

bool is_doubled(const Head& head, const std::string& /*place*/) { return head.doubled; }

bool has_wrong_host(const Head& head, const std::string& place) { return head.host != place; }

bool leads_nowhere(const Head& head, const std::string& /*place*/) {
  return head.path != document_path && !is_api(head);
}

bool has_wrong_method(const Head& head, const std::string& /*place*/) {
  return head.method == Method::other ||
         (head.method == Method::post && head.path == document_path);
}

// "none" is an address that a person typed or opened from the terminal: it leads to the document.
bool has_wrong_site(const Head& head, const std::string& /*place*/) {
  if (!head.fetch_site || head.fetch_site == "same-origin") return false;
  return is_api(head) || head.fetch_site != "none";
}

bool has_wrong_origin(const Head& head, const std::string& place) {
  if (!head.origin) return is_api(head) && head.method == Method::post;
  return head.origin != "http://" + place;
}

bool has_wrong_type(const Head& head, const std::string& /*place*/) {
  if (head.method != Method::post) return false;
  return head.content_type != "application/json" &&
         head.content_type != "application/json; charset=utf-8";
}

constexpr std::array checks{
    Check{is_doubled, 400, "A header came twice. Open the console with the link of the terminal."},
    Check{has_wrong_host, 403, "This is no address of the console. Use the link of the terminal."},
    Check{leads_nowhere, 404, "There is nothing here. Use the link of the terminal."},
    Check{has_wrong_method, 405, "This is asked for in another way."},
    Check{has_wrong_site, 403, "Another page asked for this. Use the link of the terminal."},
    Check{has_wrong_origin, 403, "Another page asked for this. Use the link of the terminal."},
    Check{has_wrong_type, 415, "The console takes application/json only."},
};

}  // namespace

std::optional<Refusal> refuse(const Head& head, std::uint16_t port) {
  const std::string place = "127.0.0.1:" + std::to_string(port);
  for (const Check& check : checks) {
    if (check.fails(head, place)) return Refusal{check.status, check.sentence};
  }
  return std::nullopt;
}

}  // namespace meldpunt::console
