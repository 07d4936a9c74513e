// A served page as `meldpunt doctor --page` judges it: from its bytes and headers alone, without
// asking anybody (docs/verify-page.md).
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "client/cli/finding.h"
#include "client/cli/web_fetch.h"
#include "crypto/hierarchy.h"

namespace meldpunt::client {

// 64 hexadecimal digits in small letters.
[[nodiscard]] bool is_page_hash(std::string_view text);

// published_hash: 64 digits, or empty when nobody gave it; pin: null when nobody gave it.
// The first finding says whether it is a page of ours at all; when not, it is the only one.
[[nodiscard]] std::vector<Finding> examine_page(const WebAnswer& answer,
                                                const std::string& published_hash,
                                                const crypto::Pin* pin);

// /.well-known/security.txt of the same host: the draft in config/page has places to fill in.
[[nodiscard]] Finding examine_security_text(const WebAnswer& answer, std::chrono::seconds now);

}  // namespace meldpunt::client
