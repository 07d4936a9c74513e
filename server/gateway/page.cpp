#include "server/gateway/page.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

namespace meldpunt::gateway {
namespace {

constexpr std::uintmax_t file_max = 8U << 20U;
constexpr std::array<std::string_view, coding_names.size()> file_names{"page.html", "page.html.gz",
                                                                       "page.html.br"};

// What the gateway writes itself, because it depends on the answer.
constexpr std::array<std::string_view, 6> own_headers{
    "connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding", "vary"};

using Text = tl::expected<std::string, std::string>;

Text read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) {
    return tl::unexpected("page: cannot read " + path.string() +
                          "; build the page into this directory, and let this user read it");
  }
  if (size == 0 || size > file_max) {
    return tl::unexpected("page: " + path.string() + " is empty or larger than 8 MiB");
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

bool is_name(std::string_view name) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [&](unsigned char letter) {
    return std::isalnum(letter) != 0 || marks.find(static_cast<char>(letter)) != marks.npos;
  });
}

bool is_value(std::string_view value) {
  return !value.empty() && std::ranges::all_of(value, [](unsigned char letter) {
    return letter >= ' ' && letter < 0x7f;
  });
}

std::string in_lower_case(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return lower;
}

tl::unexpected<std::string> bad_line(int number, const std::string& why) {
  return tl::unexpected("page: line " + std::to_string(number) + " of page.headers " + why);
}

}  // namespace

tl::expected<std::string, std::string> read_headers(std::string_view text, std::string& type) {
  std::string headers;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const auto colon = line.find(": ");
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || !is_name(name) || !is_value(line.substr(colon + 2))) {
      return bad_line(number, "is not \"Name: value\"");
    }
    const std::string lower = in_lower_case(name);
    if (std::ranges::find(own_headers, lower) != own_headers.end()) {
      return bad_line(number, "is a header that the gateway writes itself; leave it out");
    }
    if (lower == "content-type") {
      type = line.substr(colon + 2);
    } else {
      headers += std::string(line) + "\r\n";
    }
  }
  return headers;
}

tl::expected<Page, std::string> read_page(const std::filesystem::path& folder) {
  Page page;
  for (std::size_t coding = 0; coding < file_names.size(); ++coding) {
    auto body = read_file(folder / file_names[coding]);
    if (!body) return tl::unexpected(body.error());
    page.bodies[coding] = std::move(*body);
  }
  const auto lines = read_file(folder / "page.headers");
  if (!lines) return tl::unexpected(lines.error());
  auto headers = read_headers(*lines, page.type);
  if (!headers) return tl::unexpected(headers.error());
  page.headers = std::move(*headers);
  return page;
}

}  // namespace meldpunt::gateway
