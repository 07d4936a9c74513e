// What the web gets to see: the page, one answer for every frame, and one for everything else. All
// heads are made once; an answer is two spans of bytes that outlive every connection, and a body
// that is a frame.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tl/expected.hpp>

#include "crypto/hierarchy.h"
#include "server/gateway/page.h"
#include "server/gateway/request_reader.h"
#include "server/gateway/settings.h"

namespace meldpunt::gateway {

class Site {
 public:
  // No page: everything that is not a frame is not found.
  Site(std::string path, std::optional<Page> page, crypto::Pin pin);

  const std::string& path() const { return path_; }
  bool has_page() const { return page_.has_value(); }
  const crypto::Pin& pin() const { return pin_; }

  // The head of the answer to this wish. A frame's is always the same.
  std::span<const std::uint8_t> head(const Wish& wish) const;
  // Its body, where that is not a frame; empty for HEAD.
  std::span<const std::uint8_t> body(const Wish& wish) const;

 private:
  // One for each way in which the connection goes on.
  struct Head {
    std::string keep;
    std::string close;
  };
  static Head head_of(const std::string& first_lines, std::size_t length);

  std::string path_;
  std::optional<Page> page_;
  crypto::Pin pin_;
  std::array<Head, coding_names.size()> page_heads_;
  Head frame_head_;
  Head nothing_head_;
};

// Reads the page and the pin. The error is a sentence for the operator.
tl::expected<Site, std::string> read_site(const WebSettings& settings);

}  // namespace meldpunt::gateway
