#include "server/gateway/site.h"

#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

namespace meldpunt::gateway {
namespace {

constexpr std::string_view nothing_text = "Not found.\n";

// Nothing is kept anywhere, nothing is told to the next site, nothing is taken for what it is not.
constexpr std::string_view fixed_headers =
    "Cache-Control: no-store\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "X-Content-Type-Options: nosniff\r\n";

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// The page's own headers, and of the fixed ones those that it does not name.
std::string headers_with(const std::string& own) {
  std::string headers = own;
  std::string_view rest = fixed_headers;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n') + 1);
    rest.remove_prefix(line.size());
    const std::string_view name = line.substr(0, line.find(':') + 1);
    const bool named =
        headers.starts_with(name) || headers.find('\n' + std::string(name)) != std::string::npos;
    if (!named) headers += line;
  }
  return headers;
}

}  // namespace

Site::Head Site::head_of(const std::string& first_lines, std::size_t length) {
  const std::string both = first_lines + "Content-Length: " + std::to_string(length) + "\r\n";
  return {both + "\r\n", both + "Connection: close\r\n\r\n"};
}

Site::Site(std::string path, std::optional<Page> page, crypto::Pin pin)
    : path_(std::move(path)), page_(std::move(page)), pin_(std::move(pin)) {
  const std::string headers = headers_with(page_ ? page_->headers : std::string());
  const std::string ok = "HTTP/1.1 200 OK\r\n" + headers;
  for (std::size_t coding = 0; page_ && coding < page_heads_.size(); ++coding) {
    std::string lines = ok + "Content-Type: " + page_->type + "\r\nVary: Accept-Encoding\r\n";
    if (coding > 0) lines += "Content-Encoding: " + std::string(coding_names[coding]) + "\r\n";
    page_heads_[coding] = head_of(lines, page_->bodies[coding].size());
  }
  frame_head_ = head_of(ok + "Content-Type: application/octet-stream\r\n", crypto::frame_size);
  nothing_head_ = head_of("HTTP/1.1 404 Not Found\r\n" + std::string(fixed_headers) +
                              "Content-Type: text/plain; charset=utf-8\r\n",
                          nothing_text.size());
}

std::span<const std::uint8_t> Site::head(const Wish& wish) const {
  const auto choose = [&](const Head& head) {
    return bytes_of(wish.last ? head.close : head.keep);
  };
  switch (wish.kind) {
    case Wish::Kind::page:
      return choose(page_heads_[static_cast<std::size_t>(wish.coding)]);
    case Wish::Kind::frame:
      return choose(frame_head_);
    case Wish::Kind::nothing:
    case Wish::Kind::refused:
      return choose(nothing_head_);
  }
  return choose(nothing_head_);
}

std::span<const std::uint8_t> Site::body(const Wish& wish) const {
  if (wish.without_body || wish.kind == Wish::Kind::frame) return {};
  return bytes_of(wish.kind == Wish::Kind::page ? std::string_view(page_->body(wish.coding))
                                                : nothing_text);
}

tl::expected<Site, std::string> read_site(const WebSettings& settings) {
  std::ifstream file(settings.pin, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const auto pin = crypto::trust_pin(bytes_of(bytes));
  if (!pin) {
    return tl::unexpected("pin: " + settings.pin +
                          " is no region's pin; take the file that the steward gave you");
  }
  std::optional<Page> page;
  if (!settings.page.empty()) {
    auto read = read_page(settings.page);
    if (!read) return tl::unexpected(read.error());
    page = std::move(*read);
  }
  return Site(settings.path, std::move(page), *pin);
}

}  // namespace meldpunt::gateway
