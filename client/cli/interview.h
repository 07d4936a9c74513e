// Asks a person what a report may hold, in plain words. Nothing is required.
#pragma once

#include "client/cli/reporter_texts.h"
#include "client/cli/terminal.h"
#include "client/lib/reporter_answers.h"
#include "crypto/code.h"

namespace meldpunt::client {

// Whether something has to be written: not where a photo speaks for itself.
enum class Needed : std::uint8_t { no, yes };

// EX_NOINPUT when nothing was written that is needed.
Outcome<Answers> interview(Terminal& terminal, Tongue tongue, std::string_view language,
                           Needed words);

// y, yes, j, ja: true.
[[nodiscard]] bool confirmed(Terminal& terminal, std::string_view question);

// Shows what will be sent and asks whether it may be.
[[nodiscard]] bool may_send(Terminal& terminal, Tongue tongue, const Answers& answers,
                            const std::vector<crypto::Buffer>& photos);

void show_code(Terminal& terminal, Tongue tongue, const crypto::Code& code,
               const crypto::WordList& list);
// Asked back until it is the same, or skipped.
void ask_code_back(Terminal& terminal, Tongue tongue, const crypto::Code& code);

}  // namespace meldpunt::client
