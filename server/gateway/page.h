// The page as it was built: three codings of the same bytes and the headers that go with them, read
// once at the start and never again.
//
//   page.html  page.html.gz  page.html.br  page.headers ("Name: value" a line)
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <tl/expected.hpp>

#include "server/gateway/coding.h"

namespace meldpunt::gateway {

struct Page {
  std::array<std::string, coding_names.size()> bodies;  // by Coding
  std::string type = "text/html; charset=utf-8";
  std::string headers;  // lines that end with CR LF

  const std::string& body(Coding coding) const { return bodies[static_cast<std::size_t>(coding)]; }
};

// The error is a sentence for the operator.
tl::expected<Page, std::string> read_page(const std::filesystem::path& folder);

// The lines of page.headers, each with its CR LF; a Content-Type goes to `type` instead.
tl::expected<std::string, std::string> read_headers(std::string_view text, std::string& type);

}  // namespace meldpunt::gateway
