// What crosses the border of the page's core as more than a number: drafts in, threads out, keys
// from one instance to the other. The layouts stand in page_core.h.
#pragma once

#include <optional>

#include "client/lib/reporter_outgoing.h"
#include "client/page/core/correspondence.h"
#include "client/page/core/page_bytes.h"

namespace meldpunt::page {

// nullopt for bytes that are no draft. Control characters of the text are left out.
[[nodiscard]] std::optional<client::Outgoing> read_draft(crypto::Reader& reader);
[[nodiscard]] std::optional<client::Outgoing> read_consent(crypto::Reader& reader);
[[nodiscard]] std::optional<client::Outgoing> erase_request(std::string_view text);

void write_thread(Output& out, const Correspondence& thread);

void write_keys(Output& out, const crypto::ThreadKeys& keys);
[[nodiscard]] std::optional<crypto::ThreadKeys> read_keys(crypto::Reader& reader);

}  // namespace meldpunt::page
